from __future__ import annotations

from uuid import uuid4

import pytest

from tests.network.api.test_network import path, post


def read(someone, house, resource="", **query):
    return someone.client.get(f"{path(house)}{resource}", params=query)


def tie(house, name, **more):
    id_ = str(uuid4())
    told = post(house, house.person, "ties", tie=id_, name=name, **more)
    assert told.status_code == 201, told.text
    return id_


def on(day):
    return {"occurred_at": day}


def lived(house):
    """Three people and a service, in 2025, shown to her practitioner but for one."""
    simon = tie(house, "Simon", relation="frère", circle=2, act=on("2025-01-05"))
    anne = tie(house, "Anne", relation="amie", circle=1, act=on("2025-01-05"))
    kept = tie(house, "Quelqu’un d’autre", circle=1, act=on("2025-01-05"))
    tie(house, "Le CLSC", kind="service", circle=3, act=on("2025-01-05"))
    post(house, house.person, "sharings", audience=[str(house.practitioner.id)], except_ties=[kept])
    everyone = [simon, anne, kept]
    post(house, house.person, "alter-ties-asked", ties=everyone, act=on("2025-01-06"))
    for pair in ((simon, anne), (anne, kept)):
        body = dict(zip(("one", "other"), pair, strict=True))
        post(house, house.person, "lines", **body, act=on("2025-01-06"))
    post(house, house.person, f"ties/{simon}/places", circle=1, act=on("2025-03-01"))
    post(house, house.person, f"ties/{anne}/endings", act=on("2025-03-02"))
    return simon, anne, kept


def test_the_map_as_of_a_day_and_what_changed_since(house):
    simon, anne, kept = lived(house)
    before = read(house.person, house, as_of="2025-01-04").json()
    assert (before["ties"], before["lines"]) == ([], [])
    then = read(house.person, house, as_of="2025-02-01").json()
    assert {t["name"]: (t["circle"], t["ended"]) for t in then["ties"]} == {
        "Simon": (2, False),
        "Anne": (1, False),
        "Quelqu’un d’autre": (1, False),
        "Le CLSC": (3, False),
    }
    assert then["lines"] == sorted([sorted([simon, anne]), sorted([anne, kept])])
    assert (then["as_of"], then["alter_ties_asked"]) == ("2025-02-01", "all")
    found = read(house.person, house, "/evolution", since="2025-02-01").json()
    assert [t["name"] for t in found["lost"]] == ["Anne"]
    assert found["changed"] == [{"tie": simon, "what": "circle", "before": 2, "after": 1}]
    people = next(t for t in found["turnover"] if t["kind"] == "person")
    assert (people["n"], people["value"]) == (3, pytest.approx(1 / 3, abs=1e-6))
    whole = read(house.person, house, "/evolution").json()
    assert whole["since"] == "2025-01-05"


def test_others_see_the_past_of_what_she_shows_now_and_nothing_else(house):
    simon, anne, kept = lived(house)
    for query in ({}, {"as_of": "2025-02-01"}):
        seen = read(house.practitioner, house, **query).json()
        assert [t["name"] for t in seen["ties"]] == ["Simon", "Anne"]
        assert [n["name"] for n in seen["named"]] == ["Le CLSC"]
        assert seen["lines"] == [sorted([simon, anne])]
    for resource in ("", "/evolution", "/measures"):
        told = read(house.practitioner, house, resource).text
        assert kept not in told
        assert "autre" not in told
    post(house, house.person, f"ties/{anne}/visibility", visibility="just_me")
    for resource in ("", "/evolution", "/measures"):
        assert anne not in read(house.practitioner, house, resource).text
    stop = house.person.client.get(path(house)).json()["sharings"][0]["sharing"]
    post(house, house.person, f"sharings/{stop}/endings")
    for resource in ("", "/evolution", "/measures"):
        answer = read(house.practitioner, house, resource)
        assert (answer.status_code, answer.json()["code"]) == (404, "stream.unknown")


def test_measures_are_over_what_the_reader_is_shown(house):
    lived(house)
    hers = read(house.person, house, "/measures", as_of="2025-02-01").json()
    theirs = read(house.practitioner, house, "/measures", as_of="2025-02-01").json()
    assert (hers["over"], theirs["over"]) == ("everyone", "shown")
    assert [k["size"]["value"] for k in hers["kinds"]] == [3, 0, 1, 0]
    assert [k["size"]["value"] for k in theirs["kinds"]] == [2, 0, 0, 0]
    density = {f["measure"]: f for f in hers["among_people"]}["density"]
    assert (density["n"], density["value"]) == (3, pytest.approx(2 / 3, abs=1e-6))
    assert density["method"] == "2t / (n(n - 1))"
    assert density["version"] == 1
    people = hers["kinds"][0]
    assert people["circles"][:2] == [{"circle": 1, "n": 2}, {"circle": 2, "n": 1}]
    assert {r["relation"] for r in people["relations"]} == {"frère", "amie", None}


def test_a_measure_that_is_not_defined_is_null_and_says_why_in_both_languages(house):
    tie(house, "Simon")
    tie(house, "Anne")
    for language, sentence in (
        ("fr-CA", "On n’a pas demandé qui connaît qui."),
        ("en", "Nobody was asked who knows whom."),
    ):
        answer = house.person.client.get(
            f"{path(house)}/measures", headers={"Accept-Language": language}
        ).json()
        assert answer["alter_ties_asked"] == "never"
        for figure in answer["among_people"]:
            assert (figure["value"], figure["reason"]) == (None, "not_collected")
            assert figure["sentence"] == sentence


def test_days_are_asked_in_their_order_and_no_day_to_come_is_told(house):
    tie(house, "Simon")
    wrong = read(house.person, house, "/evolution", since="2025-02-01", until="2025-01-01")
    assert (wrong.status_code, wrong.json()["code"]) == (422, "evolution.backwards")
    assert read(house.person, house, as_of="demain").status_code == 422
    told = read(house.person, house, as_of="2199-01-01").json()
    assert told["as_of"] < "2199"


def test_she_and_her_team_talk_about_a_tie_she_shows_and_nobody_else_does(house):
    simon, _, kept = lived(house)
    said = post(house, house.practitioner, f"ties/{simon}/threads", words="Vous l’appelez?")
    assert said.status_code == 201, said.text
    thread = next(t for t in said.json()["ties"] if t["tie"] == simon)["thread"]
    assert [(t["author"], t["words"]) for t in thread] == [
        (str(house.practitioner.id), "Vous l’appelez?")
    ]
    unknown = post(house, house.practitioner, f"ties/{kept}/threads", words="Et lui?")
    nothing = post(house, house.practitioner, f"ties/{uuid4()}/threads", words="Et lui?")
    assert unknown.json() == nothing.json()
    assert (unknown.status_code, unknown.json()["code"]) == (404, "tie.unknown")


def test_whether_she_has_begun_a_map_is_hers_to_tell(house):
    before = post(house, house.practitioner, f"ties/{uuid4()}/threads", words="?")
    tie(house, "Simon")
    after = post(house, house.practitioner, f"ties/{uuid4()}/threads", words="?")
    told = [(a.status_code, a.json()["code"], a.json()["detail"]) for a in (before, after)]
    assert told[0] == told[1]


def test_nobody_of_another_organisation_finds_any_of_it(house, other_house):
    simon, anne, _ = lived(house)
    eli = other_house.practitioner.client
    for resource in ("", "/evolution", "/measures"):
        assert eli.get(f"{path(house)}{resource}").json()["code"] == "person.unknown"
    for resource, body in (
        (f"ties/{simon}/threads", {"words": "?"}),
        (f"ties/{simon}/visibility", {"visibility": "as_map"}),
        (f"ties/{simon}/places", {"circle": 1}),
        (f"ties/{simon}/contact", {"often": "?"}),
        ("lines", {"one": simon, "other": anne}),
        ("alter-ties-asked", {"ties": [simon, anne]}),
    ):
        assert eli.post(f"{path(house)}/{resource}", json=body).json()["code"] == "person.unknown"
