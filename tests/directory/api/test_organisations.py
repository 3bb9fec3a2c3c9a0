from uuid import uuid4

from tests.directory.api.town import REGISTERED

LINES = [{"fr": "Danger immédiat : 9-1-1", "en": "Immediate danger: 9-1-1"}]


def asked(**more):
    admin = {"id": str(uuid4()), "name": "Patrick Hébert", "sign_in_subject": f"p-{uuid4().hex}"}
    return {**REGISTERED, "id": str(uuid4()), "administrator": admin, **more}


def test_whoever_belongs_reads_the_organisation(town):
    for who in ("admin", "kim", "awa", "may"):
        told = town.get(who, "/organisation")
        assert told["name"] == "Maison des Tisserands"
        assert str(town.site) in [site["id"] for site in told["sites"]]


def test_only_an_operator_registers_an_organisation(town):
    assert town.refused("admin", "/organisations", asked(), status=403) == "action.not_yours"


def test_an_operator_registers_nothing_inside_an_organisation(town):
    assert town.ask("POST", "operator", "/sites", {"name": "Atelier"}).status_code == 403
    assert town.ask("GET", "operator", town.her()).status_code == 403


def test_registering_again_with_the_same_answers_is_harmless(town, installation):
    body = asked()
    first = town.post("operator", "/organisations", body)
    again = town.post("operator", "/organisations", body)
    assert (len(first["entries"]), again["entries"]) == (1, [])
    assert first["administrator"] == again["administrator"] == body["administrator"]["id"]
    code = town.refused("operator", "/organisations", {**body, "name": "Autre"})
    assert code == "organisation.registered_already"


def test_a_portal_is_ready_once_help_lines_and_reading_delay_are_set(town):
    assert not town.get("admin", "/organisation")["ready"]
    told = town.post("admin", "/help-lines", {"lines": LINES}, status=200, method="PUT")
    assert (told["lines"], told["ready"]) == (LINES, False)
    delay = {"fr": "deux jours ouvrables", "en": "two working days"}
    told = town.post("admin", "/reading-delay", delay, status=200, method="PUT")
    assert told["ready"]
    read = town.get("awa", "/organisation")
    assert (read["help_lines"], read["reading_delay"]) == (LINES, delay)


def test_only_an_administrator_opens_a_site(town):
    for who in ("kim", "nel", "awa", "may", "etienne"):
        assert town.refused(who, "/sites", {"name": "X"}, status=403) == "action.not_yours"


def test_a_closed_site_takes_nothing_new(town):
    site = town.post("admin", "/sites", {"name": "Atelier des Érables"})["id"]
    programme = town.post("admin", "/programmes", {"site": site, "name": "Activité"})["id"]
    assert town.post("admin", f"/sites/{site}/closures")["open"] is False
    told = town.get("admin", "/organisation")["programmes"]
    assert [p["open"] for p in told if p["id"] == programme] == [False]
    code = town.refused("admin", "/programmes", {"site": site, "name": "Suivi"})
    assert code == "site.closed"


def test_a_programme_closes_by_itself(town):
    body = {"site": str(town.site), "name": "Suivi"}
    programme = town.post("admin", "/programmes", body)["id"]
    assert town.post("admin", f"/programmes/{programme}/closures")["open"] is False


def test_eli_finds_nothing_of_this_house_in_hers(town, elsewhere):
    mine, foreign, never = (
        elsewhere.ask("POST", "admin", f"/sites/{site}/closures", {})
        for site in (uuid4(), town.site, uuid4())
    )
    assert foreign.status_code == 404
    assert foreign.content == never.content == mine.content
