"""What tests of notes from an organisation's files begin with."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from tests.support.installation import House, Someone


def begun(house: House, by: Someone | None = None) -> str:
    """An import under way, begun by the administrator unless someone else is named."""
    told = {"id": str(uuid4()), "source": "Suivi 2024"}
    answer = (by or house.administrator).client.post("/directory/v1/imports", json=told)
    assert answer.status_code == 201, answer.text
    house.installation.settled()
    return told["id"]


def ended(house: House, opened: str) -> None:
    counts = {"read": 0, "noted": 0, "set_aside": 0}
    path = f"/directory/v1/imports/{opened}/endings"
    assert house.administrator.client.post(path, json=counts).status_code == 201
    house.installation.settled()


def noted(someone: Someone, path: str, body: dict[str, Any], key: str | None = None) -> Any:
    """The lines of the answer."""
    headers = {"Idempotency-Key": key} if key else {}
    answer = someone.client.post(path, json=body, headers=headers)
    assert answer.status_code == 201, answer.text
    return answer.json()["lines"]
