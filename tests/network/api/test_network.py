from __future__ import annotations

from uuid import uuid4

NO_ENTRY = uuid4()


def path(house):
    return f"/network/v1/persons/{house.person.id}/network"


def post(house, someone, resource, **body):
    return someone.client.post(f"{path(house)}/{resource}", json=body)


def test_a_tie_is_added_rated_ended_and_resumed(house):
    tie = str(uuid4())
    added = post(house, house.person, "ties", tie=tie, name="Simon", relation="frère", circle=1)
    assert added.status_code == 201, added.text
    told = {"received": ["emotional", "practical"], "given": ["companionship"]}
    post(house, house.person, f"ties/{tie}/support", **told)
    post(house, house.person, f"ties/{tie}/ratings", quality="bonne", closeness="très proche")
    ended = post(house, house.person, f"ties/{tie}/endings", reason="On ne s’est pas parlé.")
    assert ended.json()["ties"][0]["ended"] is True
    shown = post(house, house.person, f"ties/{tie}/resumptions").json()
    (found,) = shown["ties"]
    assert (found["ended"], found["rating"]["quality"]) == (False, "bonne")
    assert found["support"]["given"] == ["companionship"]
    renamed = post(house, house.person, f"ties/{tie}/names", name="Mon frère").json()
    assert renamed["ties"][0]["name"] == "Mon frère"


def test_an_empty_map_is_hers_to_read(house):
    answer = house.person.client.get(path(house))
    assert (answer.status_code, answer.json()["ties"]) == (200, [])


def test_nobody_sees_it_before_she_shows_it(house):
    post(house, house.person, "ties", name="Simon")
    assert house.practitioner.client.get(path(house)).status_code == 404
    shown = post(house, house.person, "sharings", audience=[str(house.practitioner.id)]).json()
    seen = house.practitioner.client.get(path(house)).json()
    assert [t["name"] for t in seen["ties"]] == ["Simon"]
    assert seen["sharings"] == []
    sharing = shown["sharings"][0]["sharing"]
    post(house, house.person, f"sharings/{sharing}/endings")
    assert house.practitioner.client.get(path(house)).status_code == 404


def test_only_she_rates_a_tie(house):
    tie = str(uuid4())
    post(house, house.person, "ties", tie=tie, name="Simon")
    refused = post(house, house.practitioner, f"ties/{tie}/ratings", quality="mauvaise")
    assert (refused.status_code, refused.json()["code"]) == (403, "network.hers_to_say")
    act = {"author": str(house.person.id)}
    unknown = post(house, house.practitioner, f"ties/{tie}/ratings", quality="bonne", act=act)
    assert (unknown.status_code, unknown.json()["code"]) == (404, "tie.unknown")
    his = str(uuid4())
    post(house, house.practitioner, "ties", tie=his, name="Anne", act=act)
    noted = post(house, house.practitioner, f"ties/{his}/ratings", quality="bonne", act=act)
    assert (noted.status_code, noted.json()["ties"]) == (201, [])
    for someone in (house.colleague, house.manager, house.neighbour):
        assert post(house, someone, "ties", name="X").status_code in (403, 404)


def test_a_rating_noted_for_her_is_confirmed_or_disputed(house):
    tie = str(uuid4())
    post(house, house.person, "ties", tie=tie, name="Simon")
    post(house, house.person, "sharings", audience=[str(house.practitioner.id)])
    act = {"author": str(house.person.id)}
    noted = post(house, house.practitioner, f"ties/{tie}/ratings", quality="bonne", act=act)
    (entry,) = noted.json()["entries"]
    answer = post(house, house.person, f"entries/{entry}/disputes", reason="Je n’ai pas dit ça.")
    assert answer.status_code == 201, answer.text
    assert house.person.client.get(path(house)).json()["ties"][0]["rating"] is None


def test_an_answer_to_no_entry_does_not_tell_whether_she_has_begun_a_map(house):
    """Nor does it for anyone who takes part with her."""
    answering = {
        "confirmations": {},
        "disputes": {},
        "withdrawals": {},
        "corrections": {"words": "…"},
    }

    def answers():
        return [
            (one.status_code, one.json())
            for resource, body in answering.items()
            for one in [post(house, house.practitioner, f"entries/{NO_ENTRY}/{resource}", **body)]
        ]

    before = answers()
    assert {(status, told["code"]) for status, told in before} == {(404, "entry.unknown")}
    post(house, house.person, "ties", name="Simon")
    assert answers() == before
