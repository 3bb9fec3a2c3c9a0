"""The example of every answer: one fictional person's goal, as the API tells it."""

from __future__ import annotations

from typing import Any

NOEMIE = "0197a0c2-6c1e-7d55-9b7a-2f3f0e6a4c01"
PLAN_ID = "0197a0c2-6c1e-5d55-9b7a-2f3f0e6a4c03"
GOAL_ID = "0197a0c2-6c1e-7d55-9b7a-2f3f0e6a4c04"
ACTION_ID = "0197a0c2-6c1e-7d55-9b7a-2f3f0e6a4c05"
ENTRY = "0197a0c2-6c1e-7d55-9b7a-2f3f0e6a4c06"
DAY = "2025-11-10"

SAID: dict[str, Any] = {
    "entry": ENTRY,
    "author": NOEMIE,
    "noted_by": None,
    "attestation": "own",
    "occurred_at": DAY,
}
ACTION: dict[str, Any] = {
    "action": ACTION_ID,
    "goal": GOAL_ID,
    "words": "Appeler le centre d’éducation des adultes.",
    "responsible": NOEMIE,
    "due": "2025-11-21",
    "acceptance": "own",
    "status": "open",
    "said": SAID,
}
GOAL: dict[str, Any] = {
    "goal": GOAL_ID,
    "words": "Terminer ma chimie du secondaire.",
    "status": "active",
    "agreement": "own",
    "grown_from": ["star:etudes"],
    "proposal": SAID,
    "wordings": [{**SAID, "words": "Terminer ma chimie du secondaire."}],
    "wordings_asked": [],
    "answers": [{**SAID, "party": NOEMIE, "answer": "agreed", "reason": None}],
    "pending": [],
    "turns": [],
    "progress": [{**SAID, "words": None, "value": 80, "level": None, "stands": True}],
    "levels": None,
    "thread": [],
    "actions": [ACTION],
}
LEFT_OUT = {
    "theme": "comprendre-medicaments",
    "carried_over": False,
    "reason": "Mes objectifs, c’est pour ma vie.",
    "said": SAID,
}
THEMES: dict[str, Any] = {"considered": [], "left_out": [LEFT_OUT]}
RECORDED = {"version": 8, "entries": [ENTRY]}
PLAN: dict[str, Any] = {
    "id": PLAN_ID,
    "person": NOEMIE,
    "number": 1,
    "starts": "2025-11-10",
    "ends": None,
    "words": None,
    "closed": False,
    "opened_at": DAY,
    "themes": THEMES,
    "goals": [GOAL],
    "reviews": [],
}
PLAN_CHANGED, GOAL_CHANGED = {**PLAN, **RECORDED}, {**GOAL, **RECORDED}
ACTION_CHANGED, THEMES_CHANGED = {**ACTION, **RECORDED}, {**THEMES, **RECORDED}
