from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import httpx
import pytest

from cosigne.issuer.kept import Kept
from services.directory.domain import events as told
from tests.portal.conftest import Reading, held, signed_in
from tests.support.installation import relations


@pytest.fixture
def stranger(installation):
    with httpx.Client(
        base_url=installation.url, follow_redirects=True, trust_env=False, timeout=30
    ) as client:
        yield client


def test_whom_to_call_is_said_without_signing_in(stranger):
    page = stranger.get("/help-now")
    assert page.status_code == 200
    assert "9-1-1" in page.text


def test_nobody_sees_a_page_of_hers_without_signing_in(stranger, house):
    page = stranger.get(f"/persons/{house.person.id}/strengths")
    assert str(page.url).startswith(f"{house.installation.url}/issuer/authorize")


def test_whoever_is_unknown_here_is_told_so_and_stays_outside(stranger, installation):
    page = stranger.get("/sign-in?next=/tour")
    password = Kept(installation.issuer_folder).password()
    back = stranger.post(str(page.url), data={"person": "eli", "password": password})
    assert back.status_code == 403
    assert "n’est pas connu ici" in back.text
    assert "/sign-in?next=%2Ftour" in back.text
    assert not stranger.cookies.get("cosigne-signing-in.0")
    assert not stranger.cookies.get("cosigne.0")


def test_a_sign_in_begun_by_somebody_else_does_not_end_here(stranger):
    page = stranger.get("/sign-in/back?state=theirs&code=theirs")
    assert page.status_code == 400
    assert "Recommencez" in page.text


@pytest.mark.parametrize(
    "next_page",
    [
        "https://elsewhere.example/",
        "//elsewhere.example",
        "/\\elsewhere.example",
        "/\t//elsewhere.example",
        "/\t\\elsewhere.example",
        "//[",
        "/a\r\nSet-Cookie: b=c",
    ],
)
def test_signing_in_leads_nowhere_else(next_page):
    from services.portal.pages.entrance import near

    assert near(next_page) == "/"


def test_a_page_of_somebody_else_cannot_make_her_browser_send_anything(open_house, visiting):
    visit = visiting(open_house.person)
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elsewhere.example"}):
        answer = visit.client.post(
            f"/persons/{open_house.person.id}/strengths",
            data={"kind": "personal", "words": "Je joue de la guitare."},
            headers=headers,
        )
        assert answer.status_code == 403
    assert "guitare" not in visit.read("/persons/{me}/strengths")


def test_nothing_of_her_is_kept_by_the_browser(open_house, visiting):
    answer = visiting(open_house.person).get("/persons/{me}/strengths")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert all("HttpOnly" in c for c in answer.headers.get_list("Set-Cookie"))


def test_the_quick_way_out_leaves_nothing_on_the_screen(open_house, visiting):
    visit = visiting(open_house.person)
    visit.client.follow_redirects = False
    answer = visit.post("/away")
    assert answer.status_code == 303
    assert answer.headers["Location"] == open_house.installation.settings.portal_away
    visit.client.follow_redirects = True
    visit.client.cookies.clear()
    assert "authorize" in str(visit.get("/persons/{me}/strengths").url)


def test_the_quick_way_out_works_without_a_script_too(open_house, visiting):
    """A browser lets a form end only where the policy says, also when it is led on."""
    policy = visiting(open_house.person).get("/help-now").headers["Content-Security-Policy"]
    away = urlsplit(open_house.installation.settings.portal_away)
    ends = next(rule for rule in policy.split(";") if rule.strip().startswith("form-action"))
    assert f"{away.scheme}://{away.netloc}" in ends.split()


def test_whoever_comes_after_her_is_asked_who_they_are(open_house, visiting):
    """The provider may still know her when the portal does no more."""
    visit = visiting(open_house.person)
    visit.client.follow_redirects = False
    for way_out in ("/sign-out", "/away"):
        visit.client.cookies = held(signed_in(open_house, open_house.person))
        assert "prompt" not in visit.get("/sign-in").headers["Location"]
        visit.post(way_out)
        asked = visit.get("/sign-in").headers["Location"]
        assert "prompt=login" in asked
        assert "max_age=0" in asked


def test_she_goes_on_when_her_time_is_over_but_nobody_goes_on_as_another(
    open_house, visiting, known_at_the_issuer
):
    visit = visiting(open_house.person)
    visit.client.cookies = held(signed_in(open_house, open_house.person, until=0))
    password = Kept(open_house.installation.issuer_folder).password()
    asked = visit.get("/persons/{me}/strengths")
    assert "prompt" not in asked.url.params
    # meanwhile somebody else was let in at the provider, which answers with them
    led = visit.client.post(str(asked.url), data={"person": "practitioner", "password": password})
    assert led.url.path == "/issuer/authorize"
    assert led.url.params["prompt"] == "login"
    back = visit.client.post(str(led.url), data={"person": "person", "password": password})
    assert str(back.url.path) == f"/persons/{open_house.person.id}/strengths"


def test_a_form_of_hers_is_not_kept_as_somebody_elses_who_signed_in_since(open_house, visiting):
    hers = visiting(open_house.person)
    page = f"/persons/{open_house.person.id}/strengths"
    form = dict(
        next(f for _, f in Reading(hers.get(page).text).forms if "kind" in f or "words" in f)
    )
    words = "Je joue de la guitare depuis que mon frère me l’a montré, il y a longtemps."
    other = visiting(open_house.practitioner)
    answer = other.post(page, **{**form, "kind": "personal", "words": words})
    assert answer.status_code == 409
    assert "pour quelqu’un d’autre" in Reading(answer.text).text
    assert words in answer.text
    assert "guitare" not in hers.read(page)
    # sent again from there it is still hers alone
    again = next(f for to, f in Reading(answer.text).forms if to.startswith(page))
    assert again["for"] == str(open_house.person.id)


def test_a_portal_without_help_lines_does_not_open(house, visiting):
    answer = visiting(house.person).get("/")
    assert answer.status_code == 503
    assert "qui appeler" in answer.text


def test_whoever_assists_her_finds_her_on_the_first_page_and_no_page_of_those_who_work_here(
    open_house, visiting
):
    her, assisting = open_house.person, open_house.add("Aline", "relative", "assistant")
    open_house.installation.settled()
    theirs = visiting(assisting)
    assert "Il n’y a personne ici" in theirs.read("/")
    started = {"party": assisting.id, "role": "assistant", "kind": "assistance", "scope": ("plan",)}
    until = datetime.now(UTC).date() + timedelta(days=30)
    open_house.tell(told.RepresentationStarted, relations(her.id), her.id, **started, until=until)
    open_house.installation.settled()
    page = theirs.read("/")
    assert "Vous assistez cette personne" in page
    assert "Ne vous montre rien pour l’instant" in page
    for other in ("Mon travail ici", "Accès d’urgence", "Charte d’usage"):
        assert other not in page
    assert open_house.neighbour.name not in page


def test_words_sent_to_a_portal_that_does_not_open_are_still_there(house, visiting):
    words = "Je joue de la guitare."
    answer = visiting(house.person).post("/persons/{me}/strengths", kind="personal", words=words)
    assert answer.status_code == 503
    assert "n’est pas ouvert en ce moment" in answer.text
    assert f"{words}</textarea>" in answer.text


def test_nobody_is_told_of_a_team_that_they_may_not_have(open_house, visiting):
    hers, theirs = visiting(open_house.person), visiting(open_house.practitioner)
    assert "Si une équipe vous accompagne, elle lit d’habitude" in hers.read("/help")
    assert "Les équipes lisent d’habitude dans un délai de deux jours." in theirs.read("/help")


def test_words_written_when_the_time_is_over_are_still_there(open_house, installation):
    client = httpx.Client(base_url=installation.url, trust_env=False, timeout=30)
    words = "Je joue de la guitare depuis que mon frère me l’a montré, il y a longtemps."
    with client:
        answer = client.post(
            f"/persons/{open_house.person.id}/strengths",
            data={"kind": "personal", "words": words},
            headers={"Sec-Fetch-Site": "same-origin"},
        )
    assert answer.status_code == 401
    assert words in answer.text


def test_she_names_a_strength_and_reads_it(open_house, visiting):
    visit = visiting(open_house.person)
    said = visit.send(
        "/persons/{me}/strengths", kind="personal", words="Je suis ponctuel.", key="k" * 20
    )
    assert "C’est gardé." in said
    assert "Je suis ponctuel." in said


def test_the_page_speaks_english_to_who_reads_english(open_house, visiting):
    said = visiting(open_house.person, "en").read("/persons/{me}/strengths")
    assert "My strengths and projects" in said


def test_what_does_not_fit_comes_back_with_her_words(open_house, visiting):
    visit = visiting(open_house.person)
    answer = visit.post("/persons/{me}/strengths", kind="aspiration", words="x" * 5000)
    assert answer.status_code == 422
    assert "x" * 5000 in answer.text


def test_what_she_has_not_shown_is_not_there_for_her_team(open_house, visiting):
    visiting(open_house.person).send(
        "/persons/{me}/strengths", kind="personal", words="Je suis ponctuel."
    )
    page = visiting(open_house.practitioner).get(f"/persons/{open_house.person.id}/strengths")
    assert "ponctuel" not in Reading(page.text).text


def test_on_the_page_of_another_the_menu_leads_home_and_to_nothing_that_is_hers_alone(
    open_house, visiting
):
    page = visiting(open_house.practitioner).get(f"/persons/{open_house.person.id}/strengths")
    menu = page.text.partition("<nav aria-label")[2].partition("</nav>")[0]
    assert "Les personnes que j’accompagne" in menu
    assert "Résumé" in menu
    assert "Mon résumé" not in menu
    assert "Mes droits" not in menu
    hers = visiting(open_house.person).get("/persons/{me}/strengths").text
    assert "Mes droits" in hers.partition("<nav aria-label")[2].partition("</nav>")[0]


def test_a_person_of_another_organisation_is_not_found(open_house, other_house, visiting):
    for who in (open_house.practitioner, open_house.person):
        answer = visiting(who).get(f"/persons/{other_house.person.id}/strengths")
        assert answer.status_code == 404


def test_a_program_at_a_wrong_address_reads_a_problem_and_no_page(stranger):
    answer = stranger.get("/v1/feed", headers={"Authorization": "Bearer x"})
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert (answer.status_code, answer.json()["code"]) == (404, "route.unknown")


def test_whoever_gives_up_at_the_provider_can_begin_again(stranger):
    page = stranger.get("/sign-in?next=/tour")
    answer = stranger.get("/sign-in/back", params={"error": "access_denied", "state": asked(page)})
    assert answer.status_code == 400
    assert "/sign-in?next=%2Ftour" in answer.text
    assert not stranger.cookies.get("cosigne-signing-in.0")


def asked(page):
    """The state that the provider was given, which it gives back."""
    return page.url.params["state"]


def test_where_nothing_static_is_there_is_no_page_of_anybody(open_house, visiting):
    answer = visiting(open_house.person).get("/static/nothing.css")
    assert answer.status_code == 404
    assert answer.headers["Cache-Control"] == "no-store"
    assert not answer.text


def test_of_several_relations_the_closest_says_what_can_be_done(open_house, visiting):
    me, theirs = open_house.person, open_house.colleague
    open_house.tell(
        told.ConsentGiven,
        relations(me.id),
        me.id,
        audience=theirs.id,
        category=None,
        tabs=("strengths",),
        purpose="care",
        until=datetime.now(UTC).date() + timedelta(days=30),
    )
    open_house.care(me, theirs)
    open_house.installation.settled()
    visit = visiting(theirs)
    assert "Vous accompagnez cette personne" in visit.read("/")
    assert "Vous notez ce que person dit." in visit.read(f"/persons/{me.id}/strengths")
