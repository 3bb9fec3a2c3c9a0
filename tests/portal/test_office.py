"""The administrator at the portal, over the real services: what opens it, who is here, who stands to whom."""

from uuid import uuid4

import pytest

from tests.portal.conftest import Reading

PAGES = (
    "/office",
    "/office/help-lines",
    "/office/sites",
    "/office/organisation",
    "/office/staff",
    "/office/staff/new",
    "/office/persons",
    "/office/persons/new",
    "/office/mandates",
    "/office/mandates/new",
)


def once():
    return str(uuid4())


def lines(*rows):
    return {"fr": [fr for fr, _ in rows], "en": [en for _, en in rows], "key": once()}


def after(answer):
    """The address to which a form led."""
    assert answer.status_code == 200, Reading(answer.text).text
    return answer.url.path


@pytest.fixture
def office(house, visiting):
    return visiting(house.administrator)


def test_the_portal_opens_once_it_says_whom_to_call_and_how_soon_it_reads(house, office, visiting):
    shut = office.get("/")
    assert (shut.status_code, "/office/help-lines" in shut.text) == (503, True)
    assert "Dire dans quel délai vous lisez" in office.read("/office")
    offered = Reading(office.get("/office/help-lines").text)
    assert "proposition" in offered.text
    told = office.send("/office/help-lines", **lines(("Urgence : 9-1-1", "Emergency: 9-1-1")))
    assert "C’est gardé" in told
    assert "Urgence : 9-1-1" in told
    assert visiting(house.person).get("/").status_code == 503
    opens = office.send("/office/help-lines/delay", fr="deux jours", en="two days", key=once())
    assert "Le portail est ouvert" in opens
    assert visiting(house.practitioner).get("/").status_code == 200


def test_a_line_written_in_one_language_only_comes_back_with_its_words(open_house, visiting):
    office = visiting(open_house.administrator)
    answer = office.post(
        "/office/help-lines", **lines(("Ligne d’écoute", ""), ("Urgence : 9-1-1", "Emergency"))
    )
    assert answer.status_code == 422
    assert "deux langues" in answer.text
    assert "Ligne d’écoute" in answer.text
    assert "écoute" not in office.read("/help-now")
    without_any = office.post("/office/help-lines", **lines(("", "")))
    assert without_any.status_code == 422


def test_a_place_and_its_programme_are_added_and_closed(open_house, visiting):
    office = visiting(open_house.administrator)
    again = office.post("/office/sites", name="x" * 300, town="Rivière-aux-Aulnes", key=once())
    assert (again.status_code, "Rivière-aux-Aulnes" in again.text) == (422, True)
    office.send("/office/sites", name="Maison du Quai", key=once())
    house = open_house.administrator.client.get("/directory/v1/organisation").json()
    [site] = [one["id"] for one in house["sites"] if one["name"] == "Maison du Quai"]
    told = office.send(f"/office/sites/{site}/programmes", name="Hébergement", key=once())
    assert "Hébergement" in told
    told = office.send(f"/office/sites/{site}/closure", key=once())
    assert "Maison du Quai est fermé" in told
    house = open_house.administrator.client.get("/directory/v1/organisation").json()
    assert not any(one["open"] for one in (*house["sites"], *house["programmes"]))


def test_the_organisation_reads_its_country_and_its_hour_in_words(open_house, visiting):
    said = visiting(open_house.administrator).read("/office/organisation")
    assert "Québec (Canada)" in said
    assert "heure de l’Est" in said
    assert "CA-QC" not in said
    assert "America/Toronto" not in said


def registered(office, which, **fields):
    return after(office.post(f"/office/{which}/new", key=once(), **fields))


def test_someone_is_registered_given_roles_and_leaves(open_house, visiting):
    office = visiting(open_house.administrator)
    assert office.post("/office/staff/new", name="Karim Belhadj").status_code == 422
    page = registered(
        office,
        "staff",
        name="Karim Belhadj",
        kind="staff",
        role="practitioner",
        job="travail social",
    )
    assert "Accompagne des personnes, travail social" in office.read(page)
    told = office.send(f"{page}/roles", role="manager", key=once())
    assert "Gestion" in told
    office.send(f"{page}/role-revocations", role="manager", key=once())
    party = page.rpartition("/")[2]
    me = open_house.administrator.client
    told = me.get(f"/directory/v1/parties/{party}").json()["roles"]
    assert [post["role"] for post in told] == ["practitioner"]
    assert "a quitté l’organisation" in office.send(f"{page}/departures", key=once())


def test_nobody_takes_away_their_own_last_way_in(open_house, visiting):
    page = visiting(open_house.administrator).get(f"/office/staff/{open_house.administrator.id}")
    assert "departures" not in page.text
    assert "role-revocations" not in page.text


def test_a_person_is_registered_and_told_in_words_who_accompanies_her(open_house, visiting):
    office, admin = visiting(open_house.administrator), open_house.administrator.client
    site, programme = str(uuid4()), str(uuid4())
    admin.post("/directory/v1/sites", json={"id": site, "name": "Maison du Quai"})
    body = {"id": programme, "site": site, "name": "Hébergement"}
    admin.post("/directory/v1/programmes", json=body)
    page = registered(office, "persons", name="Noémie Lajoie")
    worker = f"{open_house.practitioner.id}:practitioner"
    words = "Karim vous accompagne à la Maison du Quai."
    fields = {"who": worker, "programme": programme, "words": words}
    again = office.post(f"{page}/care-relations", **{**fields, "programme": ""}, key=once())
    assert (again.status_code, words in again.text) == (422, True)
    told = office.send(f"{page}/care-relations", **fields, key=once())
    assert words in told
    person = page.rpartition("/")[2]
    known = admin.get(f"/directory/v1/persons/{person}").json()
    [relation] = known["care_relations"]
    assert (relation["words"], relation["site"]) == (words, site)
    ending = f"{page}/care-relations/{relation['id']}/endings"
    told = office.send(ending, words="Karim change de poste.", key=once())
    assert "C’est terminé" in told
    assert "Personne pour l’instant" in told


def test_who_represents_her_is_noted_until_a_day(open_house, visiting):
    office = visiting(open_house.administrator)
    paul = registered(office, "staff", name="Paul Roy", kind="representative")
    page = f"/office/persons/{open_house.person.id}"
    fields = {
        "who": f"{paul.rpartition('/')[2]}:representative",
        "kind": "tutelle",
        "scope": ["money", "papers"],
    }
    open_house.installation.settled()
    again = office.post(f"{page}/representations", **fields, until="2001-01-01", key=once())
    assert (again.status_code, "tutelle" in again.text) == (422, True)
    told = office.send(f"{page}/representations", **fields, until="2099-12-31", key=once())
    assert "Paul Roy" in told
    assert "argent, papiers" in told


def test_an_administrator_reads_names_and_relations_and_nothing_she_wrote(open_house, visiting):
    visiting(open_house.person).send(
        "/persons/{me}/strengths", kind="personal", words="Je joue de la guitare.", key=once()
    )
    office = visiting(open_house.administrator)
    page = office.read(f"/office/persons/{open_house.person.id}")
    assert "practitioner" in page
    assert "guitare" not in page
    for place in ("strengths", "plan", "life", "network"):
        assert office.get(f"/persons/{open_house.person.id}/{place}").status_code == 404


def test_a_long_list_is_turned_page_by_page_and_searched_by_letters_of_a_name(open_house, visiting):
    for n in range(55):
        open_house.add(f"Zoé {n:02}", "relative", "relative")
    open_house.installation.settled()
    office = visiting(open_house.administrator)
    first = office.get("/office/staff").text
    assert "Zoé 54" not in first
    onward = first.partition('rel="next" href="')[2].partition('"')[0].replace("&amp;", "&")
    assert "Zoé 54" in office.read(onward)
    found = office.send("/office/staff", name="zoe 5")
    assert "Zoé 54" in found
    assert "Zoé 41" not in found
    assert "administrator" not in found.partition("Chercher")[2]


def test_a_mandate_is_given_and_ended(open_house, visiting):
    office = visiting(open_house.administrator)
    fields = {"auditor": open_house.auditor.id, "purpose": "Vérification annuelle"}
    days = {"begins": "2026-01-05", "until": "2099-12-31"}
    again = office.post("/office/mandates/new", **fields, **days, words_allowed="yes", key=once())
    assert (again.status_code, "Vérification annuelle" in again.text) == (422, True)
    page = after(office.post("/office/mandates/new", **fields, **days, key=once()))
    assert "restent masqués" in office.read(page)
    assert "a pris fin" in office.send(f"{page}/endings", reason="Terminé.", key=once())
    open_house.installation.settled()
    assert "auditor" in office.read("/office/mandates")


def test_the_age_of_consent_is_said_with_its_law(open_house, visiting):
    office = visiting(open_house.administrator)
    law = {"fr": "Code civil du Québec, art. 14", "en": "Civil Code of Québec, s. 14"}
    again = office.post("/office/organisation", age="", **law, key=once())
    assert (again.status_code, law["fr"] in again.text) == (422, True)
    told = office.send("/office/organisation", age="14", **law, key=once())
    assert "14 ans (Code civil du Québec, art. 14)" in told


@pytest.mark.parametrize("page", PAGES)
def test_for_anyone_else_there_is_no_office(open_house, visiting, page):
    for name in ("practitioner", "manager", "officer", "auditor", "person"):
        assert visiting(getattr(open_house, name)).get(page).status_code == 404, name


def test_an_administrator_of_another_organisation_finds_nobody_here(
    open_house, other_house, visiting
):
    stranger = visiting(other_house.administrator)
    for page in (
        f"/office/persons/{open_house.person.id}",
        f"/office/staff/{open_house.practitioner.id}",
    ):
        assert stranger.get(page).status_code == 404
    relation = f"/office/persons/{open_house.person.id}/care-relations"
    worker = f"{other_house.practitioner.id}:practitioner"
    answer = stranger.post(relation, who=worker, programme=str(uuid4()), words="x", key=once())
    assert answer.status_code == 404
    assert "colleague" in stranger.read("/office/staff")


def test_the_office_stands_in_the_menu_of_administrators_only(open_house, visiting):
    assert 'href="/office"' in visiting(open_house.administrator).get("/").text
    assert 'href="/office"' not in visiting(open_house.manager).get("/").text
