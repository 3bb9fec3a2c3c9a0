from uuid import uuid4

import pytest

from services.directory.domain import events as e
from services.directory.domain.organisation import (
    Organisation,
    RegisterOrganisation,
    SetHelpLines,
    SetReadingDelay,
)
from services.directory.domain.party import LeaveParty
from services.directory.domain.places import CloseProgramme, CloseSite, OpenProgramme, OpenSite
from shared.coproduction import WithdrawWords
from shared.kernel import Invalid, NotFound, Refused
from tests.directory.domain.story import HOUSE, Story

QUAI, FOYER = uuid4(), uuid4()
REGISTERED = {
    "name": "Maison des Tisserands",
    "country": "CA-QC",
    "locale": "fr-CA",
    "timezone": "America/Toronto",
    "words": (e.OwnWord("practitioner", "intervenant"),),
}
LINE = e.HelpLine("Danger immédiat : 9-1-1", "Immediate danger: 9-1-1")


@pytest.fixture
def house(clock):
    story = Story(Organisation(HOUSE), clock)
    story.when(RegisterOrganisation, **REGISTERED)
    return story


@pytest.fixture
def with_site(house):
    house.when(OpenSite, site=QUAI, name="Maison du Quai", town="Rivière-aux-Aulnes")
    house.when(OpenProgramme, programme=FOYER, site=QUAI, name="Hébergement")
    return house


def test_an_organisation_is_registered_with_its_words_zone_and_language(house):
    registered = house.facts[0]
    assert isinstance(registered, e.OrganisationRegistered)
    assert registered.timezone == "America/Toronto"
    assert registered.words == (e.OwnWord("practitioner", "intervenant"),)


def test_registering_the_same_twice_records_nothing(house):
    assert house.when(RegisterOrganisation, **REGISTERED) == []


def test_an_id_already_taken_by_another_organisation_is_refused(house):
    with pytest.raises(Refused, match=r"organisation\.registered_already"):
        house.when(RegisterOrganisation, **REGISTERED | {"name": "Autre maison"})


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("country", "Canada", "country.malformed"),
        ("locale", "de", "value.not_in_list"),
        ("timezone", "America/Nowhere", "timezone.unknown"),
        ("timezone", "../../etc/passwd", "timezone.unknown"),
        ("address_form", "hey", "value.not_in_list"),
        ("words", (e.OwnWord("person", "client"),), "value.not_in_list"),
        ("name", "   ", "text.empty"),
        ("name", "x" * 201, "length.too_large"),
    ],
)
def test_what_cannot_be_an_organisation_is_refused(clock, field, value, code):
    story = Story(Organisation(HOUSE), clock)
    with pytest.raises(Invalid) as refused:
        story.when(RegisterOrganisation, **REGISTERED | {field: value})
    assert refused.value.code == code


def test_a_portal_may_open_once_help_lines_and_reading_delay_are_known(house):
    assert not house.state.ready
    house.when(SetHelpLines, lines=(LINE,))
    assert not house.state.ready
    house.when(SetReadingDelay, fr="deux jours ouvrables", en="two working days")
    assert house.state.ready
    assert house.state.help_lines == (LINE,)
    assert house.state.reading_delay == ("deux jours ouvrables", "two working days")


def test_help_lines_can_be_changed_but_never_emptied(house):
    assert len(house.when(SetHelpLines, lines=(LINE,))) == 1
    assert house.when(SetHelpLines, lines=(LINE,)) == []
    with pytest.raises(Invalid, match=r"length\.too_small"):
        house.when(SetHelpLines, lines=())


def test_the_same_reading_delay_is_recorded_once(house):
    house.when(SetReadingDelay, fr="deux jours", en="two days")
    assert house.when(SetReadingDelay, fr=" deux jours ", en="two days") == []


def test_a_programme_is_given_at_an_open_site(with_site):
    site = with_site.state.places.open_site(QUAI)
    assert site.town == "Rivière-aux-Aulnes"
    assert with_site.state.places.open_programme(FOYER, QUAI).name == "Hébergement"


def test_opening_the_same_site_or_programme_again_records_nothing(with_site):
    again = with_site.when(OpenSite, site=QUAI, name="Maison du Quai", town="Rivière-aux-Aulnes")
    assert again == []
    assert with_site.when(OpenProgramme, programme=FOYER, site=QUAI, name="Hébergement") == []


def test_an_id_cannot_name_two_sites_or_two_programmes(with_site):
    with pytest.raises(Refused, match=r"site\.known_already"):
        with_site.when(OpenSite, site=QUAI, name="Autre maison")
    with pytest.raises(Refused, match=r"programme\.known_already"):
        with_site.when(OpenProgramme, programme=FOYER, site=QUAI, name="Autre programme")


def test_no_programme_begins_at_a_closed_or_unknown_site(with_site):
    with_site.when(CloseSite, site=QUAI)
    with pytest.raises(Refused, match=r"site\.closed"):
        with_site.when(OpenProgramme, programme=uuid4(), site=QUAI, name="Suivi")
    with pytest.raises(NotFound, match=r"site\.unknown"):
        with_site.when(OpenProgramme, programme=uuid4(), site=uuid4(), name="Suivi")


def test_closing_a_site_closes_its_programmes_first_and_only_once(with_site):
    facts = with_site.when(CloseSite, site=QUAI)
    assert [type(f) for f in facts] == [e.ProgrammeClosed, e.SiteClosed]
    assert with_site.when(CloseSite, site=QUAI) == []
    assert with_site.when(CloseProgramme, programme=FOYER) == []
    with pytest.raises(Refused, match=r"programme\.closed"):
        with_site.state.places.open_programme(FOYER, QUAI)


def test_a_programme_closes_alone_and_its_site_goes_on(with_site):
    [closed] = with_site.when(CloseProgramme, programme=FOYER)
    assert closed.programme == FOYER
    assert with_site.state.places.open_site(QUAI).open


def test_a_programme_belongs_to_its_site(with_site):
    with pytest.raises(Invalid, match=r"programme\.elsewhere"):
        with_site.state.places.open_programme(FOYER, uuid4())
    with pytest.raises(NotFound, match=r"programme\.unknown"):
        with_site.state.places.open_programme(uuid4(), QUAI)


@pytest.mark.parametrize("command", [CloseSite, CloseProgramme])
def test_what_is_not_known_cannot_be_closed(house, command):
    field = "site" if command is CloseSite else "programme"
    with pytest.raises(NotFound, match=rf"{field}\.unknown"):
        house.when(command, **{field: uuid4()})


def test_what_others_rest_on_cannot_be_taken_back(with_site):
    with pytest.raises(Refused, match=r"entry\.others_rest_on_it"):
        with_site.when(WithdrawWords, entry=with_site.facts[1].id)
    with pytest.raises(NotFound, match=r"entry\.unknown"):
        with_site.when(WithdrawWords, entry=uuid4())


def test_a_command_of_something_else_is_a_mistake_of_ours(house):
    with pytest.raises(TypeError):
        house.when(LeaveParty)
