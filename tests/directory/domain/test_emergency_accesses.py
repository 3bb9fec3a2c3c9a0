from datetime import timedelta
from uuid import uuid4

import pytest

from services.directory.domain import events as e
from services.directory.domain.emergency import (
    CloseEmergencyAccess,
    OpenEmergencyAccess,
    ReviewEmergencyAccess,
)
from shared.kernel import Denied, Invalid, NotFound, Refused
from tests.directory.domain.story import AWA, KIM, NEL, NOON, PAT, ROY, Someone

HOUR = timedelta(hours=1)
ASKED = {"reason": "Inquiétude pour sa sécurité.", "expires": NOON + HOUR}


@pytest.fixture
def opened(awa):
    awa.when(OpenEmergencyAccess, ROY, at=NOON, **ASKED)
    return awa.facts[-1].id


def test_emergency_access_has_a_reason_and_an_end(awa, opened):
    access = awa.state.emergencies.opened[opened]
    assert (access.party, access.reason) == (ROY.id, ASKED["reason"])
    assert access.current(NOON)
    assert not access.current(NOON + HOUR)


@pytest.mark.parametrize("hours", [-1, 0, 73])
def test_emergency_access_ends_within_three_days(awa, hours):
    with pytest.raises(Invalid, match=r"emergency\.too_long"):
        awa.when(OpenEmergencyAccess, ROY, at=NOON, reason="Danger", expires=NOON + hours * HOUR)


def test_emergency_access_without_a_reason_is_refused(awa):
    with pytest.raises(Invalid, match=r"text\.empty"):
        awa.when(OpenEmergencyAccess, ROY, at=NOON, **ASKED | {"reason": " "})


def test_nobody_opens_emergency_access_for_someone_else(awa):
    with pytest.raises(Denied, match=r"emergency\.own_sign_in"):
        awa.when(OpenEmergencyAccess, PAT, author=ROY, at=NOON, **ASKED)


def test_an_open_access_is_not_opened_again_but_another_may_open_one(awa, opened):
    assert awa.when(OpenEmergencyAccess, ROY, at=NOON, **ASKED) == []
    longer = ASKED | {"expires": NOON + 2 * HOUR}
    with pytest.raises(Refused, match=r"emergency\.open_already"):
        awa.when(OpenEmergencyAccess, ROY, at=NOON, **longer)
    assert len(awa.when(OpenEmergencyAccess, KIM, at=NOON, **ASKED)) == 1
    later = {"reason": "Encore", "expires": NOON + 3 * HOUR}
    assert len(awa.when(OpenEmergencyAccess, ROY, at=NOON + HOUR, **later)) == 1


def test_it_is_closed_by_the_one_who_opened_it_or_a_privacy_officer(awa, opened):
    for someone in (KIM, AWA, PAT):
        with pytest.raises(Denied, match=r"emergency\.not_yours"):
            awa.when(CloseEmergencyAccess, someone, at=NOON, access=opened)
    assert len(awa.when(CloseEmergencyAccess, ROY, at=NOON, access=opened)) == 1
    assert awa.when(CloseEmergencyAccess, NEL, at=NOON, access=opened) == []


def test_it_is_checked_once_by_a_privacy_officer(awa, opened):
    [checked] = awa.when(
        ReviewEmergencyAccess, NEL, access=opened, outcome="justified", words="Avertie."
    )
    assert (checked.outcome, checked.words) == ("justified", "Avertie.")
    access = awa.state.emergencies.opened[opened]
    assert (access.outcome, access.reviewer) == ("justified", NEL.id)
    again = {"access": opened, "outcome": "justified", "words": "Avertie."}
    assert awa.when(ReviewEmergencyAccess, NEL, **again) == []
    with pytest.raises(Refused, match=r"emergency\.reviewed_already"):
        awa.when(ReviewEmergencyAccess, NEL, **again | {"outcome": "not_justified"})


def test_nobody_checks_their_own_access(awa):
    roy_as_officer = Someone(ROY.id, "privacy_officer")
    [opened] = awa.when(OpenEmergencyAccess, ROY, at=NOON, **ASKED)
    with pytest.raises(Denied, match=r"emergency\.reviewed_by_another"):
        awa.when(ReviewEmergencyAccess, roy_as_officer, access=opened.id, outcome="justified")
    with pytest.raises(Denied, match=r"emergency\.by_privacy_officer"):
        awa.when(ReviewEmergencyAccess, KIM, access=opened.id, outcome="justified")


def test_an_access_found_not_justified_ends_at_once(awa, opened):
    facts = awa.when(ReviewEmergencyAccess, NEL, at=NOON, access=opened, outcome="not_justified")
    assert [type(f) for f in facts] == [e.EmergencyAccessClosed, e.EmergencyAccessReviewed]


@pytest.mark.parametrize("command", [CloseEmergencyAccess, ReviewEmergencyAccess])
def test_an_access_nobody_opened_is_unknown(awa, command):
    more = {"outcome": "justified"} if command is ReviewEmergencyAccess else {}
    with pytest.raises(NotFound, match=r"emergency\.unknown"):
        awa.when(command, NEL, access=uuid4(), **more)
