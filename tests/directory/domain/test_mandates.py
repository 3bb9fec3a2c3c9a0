from datetime import date
from uuid import uuid4

import pytest

from services.directory.domain import events as e
from services.directory.domain.mandate import EndAuditMandate, GiveAuditMandate, Mandate
from services.directory.domain.party import LeaveParty
from shared.coproduction import DisputeContribution
from shared.kernel import Invalid, NotFound, Refused
from tests.directory.domain.story import Story

ETIENNE, QUAI = uuid4(), uuid4()
ASKED = {
    "auditor": ETIENNE,
    "purpose": "Vérification annuelle",
    "begins": date(2030, 3, 1),
    "until": date(2030, 6, 30),
    "sites": (QUAI, QUAI),
}


@pytest.fixture
def mandate(clock):
    return Story(Mandate(uuid4()), clock)


def test_a_mandate_says_who_may_read_what_between_which_days(mandate):
    [given] = mandate.when(GiveAuditMandate, **ASKED)
    assert (given.auditor, given.sites, given.words_allowed) == (ETIENNE, (QUAI,), False)
    assert not mandate.state.current(date(2030, 2, 28))
    assert mandate.state.current(date(2030, 3, 1))
    assert mandate.state.current(date(2030, 6, 30))
    assert not mandate.state.current(date(2030, 7, 1))


def test_an_auditor_reads_words_only_where_the_law_orders_it(mandate):
    with pytest.raises(Invalid, match=r"mandate\.words_need_law"):
        mandate.when(GiveAuditMandate, **ASKED, words_allowed=True, legal_basis="  ")
    [given] = mandate.when(
        GiveAuditMandate, **ASKED, words_allowed=True, legal_basis="Ordonnance 12-345"
    )
    assert given.words_allowed


@pytest.mark.parametrize(
    ("begins", "until", "code"),
    [
        (date(2030, 5, 2), date(2030, 5, 1), "day.before"),
        (date(2030, 1, 1), date(2030, 2, 28), "day.past"),
    ],
)
def test_a_mandate_ends_after_it_begins_and_is_not_over_already(mandate, begins, until, code):
    with pytest.raises(Invalid) as refused:
        mandate.when(GiveAuditMandate, **ASKED | {"begins": begins, "until": until})
    assert refused.value.code == code


def test_a_mandate_is_given_once_and_ends_once(mandate):
    mandate.when(GiveAuditMandate, **ASKED)
    assert mandate.when(GiveAuditMandate, **ASKED) == []
    with pytest.raises(Refused, match=r"mandate\.given_already"):
        mandate.when(GiveAuditMandate, **ASKED | {"auditor": uuid4()})
    assert [type(f) for f in mandate.when(EndAuditMandate)] == [e.AuditMandateEnded]
    assert mandate.when(EndAuditMandate) == []
    assert not mandate.state.current(date(2030, 3, 1))
    with pytest.raises(Refused, match=r"mandate\.given_already"):
        mandate.when(GiveAuditMandate, **ASKED)


def test_what_is_no_mandate_cannot_end(mandate):
    with pytest.raises(NotFound, match=r"mandate\.unknown"):
        mandate.when(EndAuditMandate)


def test_a_mandate_stands_while_it_is_disputed(mandate):
    [given] = mandate.when(GiveAuditMandate, **ASKED)
    mandate.when(DisputeContribution, entry=given.id, reason="Pas signé.")
    assert mandate.state.current(date(2030, 3, 1))


def test_a_command_of_something_else_is_a_mistake_of_ours(mandate):
    with pytest.raises(TypeError):
        mandate.when(LeaveParty)
