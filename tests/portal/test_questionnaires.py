"""Questionnaires at the portal: a draft made from what is published, one theme at a time, then published for good."""

import pytest

from services.portal.pages.questionnaires_wording import changes, name_from
from tests.assessment.api.portraits import begin, defaults
from tests.portal.conftest import Reading
from tests.portal.test_life import life_of

AT = "/questionnaires"
WORDS = {
    "fr": "Mon chez-moi",
    "help_fr": "Est-ce que je suis bien chez moi?",
    "en": "My own place",
    "help_en": "Do I feel well at home?",
    "sphere": "besoins",
}


def hidden(visit, page, to):
    """What the form that leads there holds without anybody having written in it."""
    answer = visit.get(page)
    fields = dict(next(told for where, told in Reading(answer.text).forms if where == to))
    return {name: fields[name] for name in ("key", "version", "seen") if name in fields}


def told(house, catalogue):
    return house.administrator.client.get(f"/assessment/v1/catalogues/{catalogue}").json()


def theme(house, catalogue, name="logement"):
    return next((t for t in told(house, catalogue)["themes"] if t["theme"] == name), None)


@pytest.fixture
def published(open_house):
    catalogue = defaults(open_house)["default"]
    open_house.installation.settled()
    return str(catalogue)


@pytest.fixture
def making(open_house, published, visiting):
    return visiting(open_house.administrator)


@pytest.fixture
def draft(making, published):
    """A draft made from the published version; answers its address."""
    page = making.post(f"{AT}/{published}/drafts", fr="La nôtre", en="Ours", key="first-draft-01")
    assert page.status_code == 200, Reading(page.text).text
    assert "Le brouillon est prêt." in page.text
    return page.url.path


def reword(visit, draft, name="logement", **words):
    page = f"{draft}/themes/{name}"
    return visit.post(page, **{**hidden(visit, page, page), **WORDS, "asks": "same", **words})


def test_a_draft_holds_all_themes_and_a_person_still_begins_with_what_is_published(
    making, draft, open_house, published, visiting
):
    page = making.get(draft).text
    assert page.count('id="t-') == 55
    assert "Un brouillon ne sert à aucun portrait." in page
    open_house.installation.settled()
    assert "Commencer mon portrait" in visiting(open_house.person).read("/persons/{me}/life")
    listed = making.read(AT)
    assert "Version 1" in listed
    assert "Version 2" in listed


def test_a_theme_is_put_in_other_words_in_both_languages_and_marked(making, draft, open_house):
    page = reword(making, draft, sensitive="yes")
    assert "C’est gardé dans le brouillon." in page.text
    kept = theme(open_house, draft.split("/")[-1])
    assert {name: kept[name] for name in WORDS} == WORDS
    assert kept["sensitive"]
    assert kept["meaning"] == "logement"
    said = Reading(making.get(draft).text).text
    assert "autres mots devient sensible" in said


def test_a_theme_that_asks_something_else_is_compared_with_nothing_before(
    making, draft, open_house
):
    catalogue = draft.split("/")[-1]
    reword(making, draft, asks="other")
    assert theme(open_house, catalogue)["meaning"] == "mon-chez-moi"
    assert "autre question" in making.read(draft)
    reword(making, draft, asks="back")
    assert theme(open_house, catalogue)["meaning"] == "logement"


def test_words_that_do_not_fit_stay_in_the_fields(making, draft):
    answer = reword(making, draft, fr="", help_fr="Une question à garder")
    assert answer.status_code == 422
    assert "Une question à garder" in answer.text
    assert "My own place" in answer.text


def test_a_field_that_was_emptied_does_not_fill_again(making, draft):
    answer = reword(making, draft, fr="", help_en="")
    assert answer.status_code == 422
    page = Reading(answer.text)
    fields = next(f for to, f in page.forms if to == f"{draft}/themes/logement")
    assert fields["fr"] == ""
    assert "Do I feel" not in answer.text


def test_whoever_writes_on_another_theme_meanwhile_is_in_nobodys_way(
    making, draft, open_house, visiting
):
    page = f"{draft}/themes/logement"
    before = hidden(making, page, page)
    reword(visiting(open_house.manager), draft, "quartier", fr="Le voisinage")
    answer = making.post(page, **{**before, **WORDS, "asks": "same"})
    assert "C’est gardé" in answer.text
    catalogue = draft.split("/")[-1]
    assert theme(open_house, catalogue)["fr"] == "Mon chez-moi"
    assert theme(open_house, catalogue, "quartier")["fr"] == "Le voisinage"


def test_two_who_write_on_the_same_theme_lose_no_words(making, draft, open_house, visiting):
    page = f"{draft}/themes/logement"
    before = hidden(making, page, page)
    reword(visiting(open_house.manager), draft, fr="Mon toit")
    answer = making.post(page, **{**before, **WORDS, "asks": "same"})
    assert answer.status_code == 422
    said = Reading(answer.text).text
    assert "Quelqu’un d’autre a changé ceci" in said
    assert "Mon toit" in said
    assert 'value="Mon chez-moi"' in answer.text
    assert theme(open_house, draft.split("/")[-1])["fr"] == "Mon toit"
    # sent again knowingly, it stands
    again = next(f for to, f in Reading(answer.text).forms if to == page)
    again = {name: again[name] for name in ("key", "version", "seen")}
    assert "C’est gardé" in making.post(page, **{**again, **WORDS, "asks": "same"}).text


def test_a_draft_takes_another_name_and_two_who_name_it_lose_no_words(
    making, draft, open_house, visiting
):
    page = f"{draft}/name"
    before = hidden(making, page, page)
    ours = {"fr": "À notre façon", "en": "Our way"}
    other = visiting(open_house.manager)
    assert "C’est gardé" in other.send(page, **{**hidden(other, page, page), **ours, "fr": "Nous"})
    answer = making.post(page, **{**before, **ours})
    assert answer.status_code == 422
    assert "Nous" in Reading(answer.text).text
    assert 'value="À notre façon"' in answer.text
    again = next(f for to, f in Reading(answer.text).forms if to == page)
    said = making.send(page, **{name: again[name] for name in again if name != ""})
    assert "À notre façon" in said


def test_a_theme_is_left_out_put_back_and_another_added(making, draft, open_house):
    catalogue, page = draft.split("/")[-1], f"{draft}/themes/logement"
    leaving = f"{page}/retirement"
    assert "On peut le remettre." in making.send(leaving, **hidden(making, page, leaving))
    assert theme(open_house, catalogue) is None
    back = f"{page}/return"
    assert "de retour" in making.send(back, **hidden(making, draft, back))
    assert theme(open_house, catalogue)["meaning"] == "logement"
    add = f"{draft}/add-theme"
    new = {**WORDS, "fr": "Être à l’œuvre", "sphere": "sante"}
    making.send(add, **{**hidden(making, f"{add}?sphere=sante", add), **new})
    added = theme(open_house, catalogue, "etre-a-l-oeuvre")
    assert added["sphere"] == "sante"
    assert "nouveau" in making.read(draft)


def test_a_theme_comes_back_with_its_sphere(making, draft, open_house):
    catalogue = draft.split("/")[-1]
    home = [t["theme"] for t in told(open_house, catalogue)["themes"] if t["sphere"] == "besoins"]
    for name in home:
        page = f"{draft}/themes/{name}"
        making.send(f"{page}/retirement", **hidden(making, page, f"{page}/retirement"))
    page = f"{draft}/spheres/besoins"
    making.send(f"{page}/retirement", **hidden(making, page, f"{page}/retirement"))
    assert "besoins" not in {s["sphere"] for s in told(open_house, catalogue)["spheres"]}
    back = f"{draft}/themes/logement/return"
    assert "de retour" in making.send(back, **hidden(making, draft, back))
    assert theme(open_house, catalogue)["sphere"] == "besoins"
    assert "besoins" in {s["sphere"] for s in told(open_house, catalogue)["spheres"]}


def test_a_sphere_is_added_named_otherwise_and_left_out_once_empty(making, draft, open_house):
    add = f"{draft}/add-sphere"
    making.send(add, **hidden(making, add, add), fr="Vie de l’esprit", en="Spirit")
    page = f"{draft}/spheres/vie-de-l-esprit"
    making.send(page, **hidden(making, page, page), fr="Ce qui m’élève", en="Spirit")
    assert "Ce qui m’élève" in making.read(draft)
    leaving = f"{page}/retirement"
    making.send(leaving, **hidden(making, page, leaving))
    assert "Ce qui m’élève" not in making.read(draft)
    # a sphere with themes stays
    full = f"{draft}/spheres/besoins"
    assert "il faut d’abord déplacer ses thèmes" in making.read(full)


def test_it_is_seen_as_a_person_sees_it_before_it_is_published(making, draft):
    reword(making, draft)
    first = making.read(f"{draft}/preview")
    assert "Trois réponses suffisent." in first
    assert "Mon chez-moi" in first
    seen = making.get(f"{draft}/preview/logement").text
    assert "Est-ce que je suis bien chez moi?" in seen
    assert "<fieldset" in seen
    assert "disabled" in seen
    english = making.client.get(f"{draft}/preview/logement", headers={"Accept-Language": "en"})
    assert "Do I feel well at home?" in english.text


def test_published_for_good_it_is_what_the_next_portrait_asks_and_older_ones_stay(
    making, draft, open_house, published, visiting
):
    older = begin(open_house, published)
    reword(making, draft)
    page = f"{draft}/publication"
    looked = making.read(page)
    assert "Ce qui est publié ne change plus." in looked
    assert "Les portraits commencés avec la version 1 la gardent." in looked
    assert "Mon chez-moi" in looked
    done = making.send(page, **hidden(making, page, page))
    assert "C’est publié." in done
    assert "sans la participation de personnes concernées" in done
    open_house.installation.settled()
    hers = visiting(open_house.person)
    kept = hers.read(life_of(open_house, older).theme("logement"))
    assert "Mon logement" in kept
    # what a new portrait begins with
    assert f'name="catalogue" value="{draft.split("/")[-1]}"' in hers.get("/persons/{me}/life").text


def test_what_changed_since_it_was_read_is_read_again_before_it_is_published(
    making, draft, open_house, visiting
):
    page = f"{draft}/publication"
    looked = hidden(making, page, page)
    reword(visiting(open_house.manager), draft)
    answer = making.post(page, **looked)
    assert answer.status_code == 422
    assert "Le brouillon a changé depuis que vous l’avez lu." in Reading(answer.text).text
    assert told(open_house, draft.split("/")[-1])["stage"] == "draft"


def test_words_written_while_it_was_being_published_are_still_there(making, draft):
    page, publication = f"{draft}/themes/logement", f"{draft}/publication"
    before = hidden(making, page, page)
    making.send(publication, **hidden(making, publication, publication))
    answer = making.post(page, **{**before, **WORDS, "asks": "same"})
    assert answer.status_code >= 400
    assert "Est-ce que je suis bien chez moi?" in answer.text


def test_a_draft_is_set_aside_and_a_version_no_longer_used(making, draft, published, open_house):
    aside = f"{draft}/setting-aside"
    assert "laissé de côté" in making.send(aside, **hidden(making, draft, aside))
    assert "Ce brouillon a été laissé de côté." in making.read(draft)
    assert "Ce brouillon a été laissé de côté." in making.read(f"{draft}/publication")
    page = f"{AT}/{published}"
    retiring = f"{page}/retirement"
    making.send(retiring, **hidden(making, page, retiring))
    assert told(open_house, published)["stage"] == "retired"


def test_these_pages_are_for_those_who_make_them_in_their_own_organisation(
    making, draft, open_house, other_house, visiting
):
    for name in ("person", "practitioner", "auditor"):
        stranger = visiting(getattr(open_house, name))
        for page in (AT, draft, f"{draft}/themes/logement", f"{draft}/publication"):
            assert stranger.get(page).status_code == 404
    elsewhere = visiting(other_house.administrator)
    for more in ("", "/themes/logement", "/preview", "/publication", "/add-theme"):
        assert elsewhere.get(f"{draft}{more}").status_code == 404
    assert elsewhere.post(f"{draft}/setting-aside", key="x" * 20).status_code == 404
    assert told(open_house, draft.split("/")[-1])["stage"] == "draft"


def test_a_name_is_made_of_plain_letters_and_is_never_taken():
    assert name_from("Être bien, là!", ()) == "etre-bien-la"
    assert name_from("Mon toit", {"mon-toit", "mon-toit-2"}) == "mon-toit-3"
    assert name_from("…", ()) == "theme"
    assert len(name_from("a" * 500, ())) <= 80


def test_changes_are_named_and_the_same_is_no_change():
    one = {"theme": "a", "sphere": "s", "meaning": "a", "sensitive": False}
    one |= {"fr": "A", "en": "A", "help_fr": "", "help_en": ""}
    source = {"themes": [one]}
    assert changes({"themes": [one]}, source) == {}
    other = {**one, "en": "B", "sphere": "t"}
    assert changes({"themes": [other]}, source) == {"a": ["words", "moved"]}
    assert changes({"themes": [{**one, "theme": "b"}]}, source) == {"b": ["new"]}
