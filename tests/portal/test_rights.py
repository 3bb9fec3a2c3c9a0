import pytest

from tests.portal.conftest import Reading


@pytest.fixture
def her(open_house, visiting):
    return visiting(open_house.person)


def test_she_takes_a_copy_away_and_it_stands_in_her_record(open_house, her):
    open_house.person.client.post(
        f"/assessment/v1/persons/{open_house.person.id}/resources/strengths",
        json={"kind": "personal", "words": "Je suis ponctuel."},
    )
    open_house.installation.settled()
    page = her.post("/persons/{me}/rights/copies", form="html", key="c" * 20)
    assert "attachment" in page.headers["Content-Disposition"]
    assert "Je suis ponctuel." in page.text
    lines = her.post("/persons/{me}/rights/copies", form="ndjson", key="d" * 20)
    assert "ponctuel" in lines.text
    open_house.installation.settled()
    trail = open_house.person.client.get(
        f"/reporting/v1/persons/{open_house.person.id}/trail",
        params={"type": "reporting.export_made"},
    ).json()["entries"]
    assert len(trail) == 2


def test_a_request_says_by_which_day_an_answer_is_due(her):
    said = her.send(
        "/persons/{me}/rights/requests", right="objection", words="On a mal écrit.", key="q" * 20
    )
    assert "Vous devez recevoir une réponse au plus tard le" in said
    assert "On a mal écrit." in said
    assert her.post("/persons/{me}/rights/requests", words="Et aussi.").status_code == 422


def test_a_worker_kept_away_no_more_sees_her_and_sees_again(open_house, her, visiting):
    at = f"/persons/{open_house.person.id}/strengths"
    assert visiting(open_house.practitioner).get(at).status_code == 200
    page = her.post(
        "/persons/{me}/rights/restrictions",
        whom=str(open_house.practitioner.id),
        scope="everything",
        reason="C’est mon voisin.",
        key="v" * 20,
    )
    assert "C’est mon voisin." in page.text
    open_house.installation.settled()
    seen = visiting(open_house.practitioner).get(at)
    assert seen.status_code == 404 or "n’a pas montré" in Reading(seen.text).text
    (lift,) = [to for to, _ in Reading(page.text).forms if to.endswith("/lift")]
    assert "C’est levé" in her.send(lift, key="l" * 20)


def test_erasing_is_read_first_asked_granted_and_called_off(open_house, her):
    at = "/persons/{me}/rights/erasure"
    page = her.get(at)
    assert "Ce qui disparaît" in Reading(page.text).text
    (form,) = [f for _, f in Reading(page.text).forms if "statement" in f]
    assert her.post(at, **form).status_code == 422
    assert "Rien n’est effacé" in her.send(at, **form, read="yes")
    told = open_house.person.client.get(f"/directory/v1/persons/{open_house.person.id}").json()
    (request,) = [r["id"] for r in told["rights"]]
    answered = open_house.officer.client.post(
        f"/directory/v1/persons/{open_house.person.id}/rights/{request}/answers",
        json={"outcome": "granted"},
    )
    assert answered.status_code == 201, answered.text
    page = her.get("/persons/{me}/rights")
    assert "sera effacé" in Reading(page.text).text
    (off,) = [to for to, _ in Reading(page.text).forms if to.endswith("/call-off")]
    said = her.send(off, key="o" * 20)
    assert "Tout est encore là" in said
    assert "sera effacé" not in said


def test_her_rights_are_nobody_else_s_page(open_house, visiting):
    theirs = visiting(open_house.practitioner)
    for page in ("rights", "rights/erasure"):
        assert theirs.get(f"/persons/{open_house.person.id}/{page}").status_code == 404
    copies = f"/persons/{open_house.person.id}/rights/copies"
    assert theirs.post(copies, form="html").status_code == 404
