"""Quality of life, network, strengths and plan: the four tabs of a person."""

from services.portal.pages.plan_steps import ADDRESS as STEPS
from tests.portal.browser.places.finding import (
    Places,
    at,
    in_plan,
    side_by_side,
    sitting,
    strength,
    tie,
)

TABS: Places = {
    "/persons/<uuid:person>/life": [
        ("luc", at("life")),
        ("rejean", at("life", "rejean")),
        ("karim", at("life", "rejean")),
    ],
    "/persons/<uuid:person>/life/process": [
        ("luc", at("life/process")),
        ("felix", at("life/process", "felix")),
    ],
    "/persons/<uuid:person>/life/portraits": [
        ("luc", at("life/portraits")),
        ("karim", at("life/portraits")),
    ],
    "/persons/<uuid:person>/life/compare": [("luc", side_by_side), ("karim", side_by_side)],
    "/persons/<uuid:person>/life/<uuid:assessment>": [("luc", sitting()), ("karim", sitting())],
    "/persons/<uuid:person>/life/<uuid:assessment>/spheres/<sphere>": [
        ("luc", sitting(sphere="sante")),
        ("karim", sitting(sphere="sante")),
    ],
    "/persons/<uuid:person>/life/<uuid:assessment>/<theme>": [
        ("luc", sitting("travail")),
        ("luc", sitting("intimite")),
        ("luc", sitting("mes-journees", number=1)),
        ("karim", sitting("securite", "rejean")),
    ],
    "/persons/<uuid:person>/life/<uuid:assessment>/<theme>/over-time": [
        ("luc", sitting("travail/over-time")),
        ("karim", sitting("travail/over-time")),
    ],
    "/persons/<uuid:person>/network": [
        ("luc", at("network")),
        ("luc", at("network?on=2026-02-01")),
        ("karim", at("network")),
        ("isabelle", at("network", "noemie")),
    ],
    "/persons/<uuid:person>/network/<uuid:tie>": [("luc", tie())],
    "/persons/<uuid:person>/network/then-and-now": [
        ("sandrine", at("network/then-and-now?since=2026-03-04&until=2026-03-20", "sandrine")),
    ],
    "/persons/<uuid:person>/network/who-knows-whom": [("luc", at("network/who-knows-whom"))],
    "/persons/<uuid:person>/network/figures": [
        ("luc", at("network/figures")),
        ("karim", at("network/figures?on=2026-02-01")),
    ],
    "/persons/<uuid:person>/strengths": [
        ("luc", at("strengths")),
        ("karim", at("strengths")),
    ],
    "/persons/<uuid:person>/strengths/<any(strengths, aspirations):path>/<uuid:entry>": [
        ("luc", strength()),
        ("karim", strength()),
    ],
    "/persons/<uuid:person>/plan": [
        ("luc", at("plan")),
        ("noemie", at("plan", "noemie")),
        ("isabelle", at("plan", "noemie")),
        ("leila", at("plan", "beatrice")),
    ],
    "/persons/<uuid:person>/plan/begin": [
        ("luc", at("plan/begin")),
        ("karim", at("plan/begin")),
    ],
    "/persons/<uuid:person>/plan/<uuid:plan>": [in_plan(), in_plan(of="hugo")],
    "/persons/<uuid:person>/plan/<uuid:plan>/<any(reviews, closure):what>": [
        in_plan("/reviews", who="isabelle"),
        in_plan("/closure"),
    ],
    "/persons/<uuid:person>/plan/<uuid:plan>/goals": [
        in_plan("/goals"),
        in_plan("/goals", of="sandrine"),
        in_plan("/goals", who="isabelle"),
    ],
    "/persons/<uuid:person>/plan/<uuid:plan>/goals/<uuid:goal>": [
        in_plan("/goals/GOAL"),
        in_plan("/goals/GOAL", who="isabelle"),
        in_plan("/goals/GOAL", of="hugo"),
        in_plan("/goals/GOAL", of="beatrice"),
    ],
    f"/persons/<uuid:person>/plan{STEPS}": [
        in_plan(f"/goals/GOAL/{step}", who=who)
        for step, who in (
            ("other-words", ""),
            ("not-now", "isabelle"),
            ("no", ""),
            ("reword", "isabelle"),
            ("pause", ""),
            ("aside", "isabelle"),
            ("reached", ""),
            ("levels", ""),
        )
    ],
    "/persons/<uuid:person>/plan/<uuid:plan>/goals/<uuid:goal>/actions": [
        in_plan("/goals/GOAL/actions"),
        in_plan("/goals/GOAL/actions", who="isabelle"),
    ],
    "/persons/<uuid:person>/plan/<uuid:plan>/goals/<uuid:goal>/actions/<uuid:action>": [
        in_plan("/goals/GOAL/actions/ACTION"),
    ],
    "/persons/<uuid:person>/plan/<uuid:plan>/themes/<any('suggest', 'leave-out'):way>": [
        in_plan("/themes/suggest", who="isabelle"),
        in_plan("/themes/leave-out"),
    ],
}
