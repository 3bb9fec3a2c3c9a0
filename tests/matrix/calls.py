"""For every operation, a call that succeeds: by whom, on what, with what beside its example.

`@call("directory post /sites")` names the operation as the tests print it. A function takes the
scene, makes whatever the operation needs (the next call needs it anew), and answers a Call. Ids in
an example that stand for something of the scene are put in by `FILLED`.
"""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import uuid4

from tests.matrix.scene import Scene
from tests.support.clients import Call
from tests.support.operations import Operation, Slot, every_operation

Prepare = Callable[[Scene], Call]
CALLS: dict[str, Prepare] = {}

# what an id of this name may stand for, in a body or a query
FILLED: Mapping[str, str] = {
    "access": "access",
    "action": "action",
    "actor": "practitioner",
    "after": "assessment",
    "assessment": "assessment",
    "audience": "practitioner",
    "auditor": "auditor",
    "author": "person",
    "before": "assessment",
    "catalogue": "catalogue",
    "consent": "consent",
    "contributor": "practitioner",
    "derived_from": "catalogue",
    "entry": "entry",
    "erasure": "erasure",
    "event": "event",
    "except_ties": "tie",
    "from_import": "import",
    "goal": "goal",
    "goals": "goal",
    "lastEventId": "event",
    "led_by": "practitioner",
    "mandate": "mandate",
    "one": "tie",
    "opened": "opened",
    "organisation": "organisation",
    "other": "spare_tie",
    "partner": "partner",
    "party": "practitioner",
    "person": "person",
    "pieces": "entry",
    "plan": "plan",
    "programme": "programme",
    "programmes": "programme",
    "relation": "relation",
    "responsible": "practitioner",
    "site": "site",
    "sites": "site",
    "stream": "assessment",
    "subject": "event",
    "subscription": "subscription",
    "tie": "tie",
    "ties": "tie",
    "with_party": "practitioner",
}
# an id that is kept as it is sent: that of something which nothing else is asked about
CHOSEN: Mapping[tuple[str, str], str] = {
    ("actions", "action"): "spare_action",
    ("administrator", "id"): "spare_party",
    ("assessments", "id"): "spare_assessment",
    ("assessments-from-files", "id"): "spare_assessment",
    ("audit-mandates", "id"): "spare_mandate",
    ("because_of", "because_of"): "spare_entry",
    ("goals", "goal"): "spare_goal",
    ("imports", "id"): "spare_import",
    ("organisations", "id"): "organisation",
    ("parties", "id"): "spare_party",
    ("persons", "id"): "spare_person",
    ("programmes", "id"): "spare_programme",
    ("rights", "about"): "spare_entry",
    ("sites", "id"): "spare_site",
    ("subscriptions", "id"): "spare_subscription",
    ("summaries", "id"): "spare_summary",
    ("ties", "tie"): "spare_tie",
}


class Untold(LookupError):
    """Something of an operation that these tests know nothing about yet."""


def call(name: str) -> Callable[[Prepare], Prepare]:
    def keep(prepare: Prepare) -> Prepare:
        assert name not in CALLS, f"{name} is told twice"
        CALLS[name] = prepare
        return prepare

    return keep


def prepared(operation: Operation, scene: Scene) -> Call:
    """A call that will succeed. Raises Untold for an operation nobody has told how to call."""
    if str(operation) not in CALLS:
        raise Untold(
            f"`{operation}` is described by its service, and no test calls it yet: "
            f'add @call("{operation}") to tests/matrix/calls_{operation.service}.py'
        )
    found = CALLS[str(operation)](scene)
    if operation.service == "reporting":
        scene.settled()
    return found


def meant(operation: Operation, slot: Slot) -> str:
    """What of a scene an id in this place means. Raises Untold when nobody has said."""
    thing = slot.way[-2] if len(slot.way) > 1 else operation.path.rsplit("/", 1)[-1]
    if (thing, slot.name) in CHOSEN and slot.where == "body":
        return CHOSEN[thing, slot.name]
    if slot.name in FILLED:
        return FILLED[slot.name]
    raise Untold(
        f"`{operation}` takes an id in {slot}: say in FILLED of tests/matrix/calls.py "
        "what of a scene it stands for"
    )


def example(name: str, **more: Any) -> dict[str, Any]:
    """The example of an operation, with some fields otherwise; None leaves a field out."""
    operation = next(o for o in every_operation() if str(o) == name)
    told = {**operation.example, **more}
    return {field: value for field, value in told.items() if value is not None}


def once(name: str) -> str:
    """A name that nobody else has."""
    return f"{name}-{uuid4().hex[:8]}"
