"""Ties out of an organisation's files: hers to confirm, and whoever notes them sees no map."""

from __future__ import annotations

from uuid import uuid4

from tests.support.bringing_in import begun, noted

YES = {"noted": True, "refused": None}
SIMON = {"name": "Simon", "relation": "frère", "circle": 1, "quality": "on se parle"}


def path(house) -> str:
    return f"/network/v1/persons/{house.person.id}/ties-from-files"


def body(opened, *ties):
    lines = [{"tie": str(uuid4()), **tie} for tie in ties]
    return {"from_import": opened, "occurred_at": "2024-03-05", "lines": lines}


def facts(house):
    from services.network.api.seeing import stream_of

    ledger = house.installation.front.services["network"].ledger
    return ledger.facts(house.tenant, stream_of(house.person.id))


def test_a_tie_and_its_rating_are_noted_in_her_name(house):
    told = body(begun(house), SIMON, {"name": "Mon chat", "kind": "animal"})
    assert noted(house.administrator, path(house), told) == [YES, YES]
    recorded = [(f.TOPIC, f.act.attestation_of(house.person.id)) for f in facts(house)]
    assert recorded == [
        ("network.tie_added", "claimed"),
        ("network.tie_rated", "claimed"),
        ("network.tie_added", "claimed"),
    ]
    answer = house.person.client.get(f"/network/v1/persons/{house.person.id}/network")
    assert answer.status_code == 200, answer.text
    assert {tie["name"] for tie in answer.json()["ties"]} == {"Simon", "Mon chat"}


def test_ties_sent_again_are_noted_once(house):
    told = body(begun(house), SIMON)
    for key in ("1", "1", "2"):
        assert noted(house.administrator, path(house), told, key=key) == [YES]
    assert len(facts(house)) == 2


def test_whoever_notes_ties_reads_nothing_of_her_map(house):
    hers = {"name": "Ma confidente"}
    where = f"/network/v1/persons/{house.person.id}/network/ties"
    assert house.person.client.post(where, json=hers).status_code == 201
    told = body(begun(house), SIMON)
    answer = house.administrator.client.post(path(house), json=told)
    assert answer.json() == {"lines": [YES]}
    assert house.administrator.client.get(where.removesuffix("/ties")).status_code in (403, 404)
