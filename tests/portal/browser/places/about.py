"""What stands beside the four tabs: together, summary, history, rights, notices."""

from tests.portal.browser.places.finding import Places, at, entry, on_portrait, summary

ABOUT: Places = {
    "/persons/<uuid:person>/notices": [("luc", at("notices")), ("karim", at("notices"))],
    "/persons/<uuid:person>/notices/<text>": [
        ("luc", at("notices/welcome")),
        ("luc", at("notices/erasing_all")),
        ("karim", at("notices/research")),
    ],
    "/persons/<uuid:person>/rights": [("luc", at("rights"))],
    "/persons/<uuid:person>/rights/erasure": [("luc", at("rights/erasure"))],
    "/persons/<uuid:person>/together": [("luc", at("together")), ("karim", at("together"))],
    "/persons/<uuid:person>/together/shown-before": [("luc", at("together/shown-before"))],
    "/persons/<uuid:person>/together/relative": [("luc", at("together/relative"))],
    "/persons/<uuid:person>/together/show/<any(portrait, strengths, network):what>": [
        ("luc", at(f"together/show/{what}")) for what in ("portrait", "strengths", "network")
    ],
    "/persons/<uuid:person>/together/meeting": [
        ("luc", at("together/meeting")),
        ("karim", at("together/meeting")),
    ],
    "/persons/<uuid:person>/together/meeting/<uuid:assessment>": [
        on_portrait("together/meeting", "luc"),
        on_portrait("together/meeting", "karim"),
    ],
    "/persons/<uuid:person>/history": [
        ("luc", at("history")),
        ("luc", at("history?tab=strengths")),
        ("karim", at("history")),
    ],
    "/persons/<uuid:person>/history/decisions": [("luc", at("history/decisions"))],
    "/persons/<uuid:person>/history/looks": [("olivier", at("history/looks", "olivier"))],
    "/persons/<uuid:person>/history/<uuid:entry>": [
        ("luc", entry("assessment.theme_rated")),
        ("beatrice", entry("plans.goal_agreed", "beatrice")),
        ("karim", entry("assessment.sharing_meeting_held")),
    ],
    "/persons/<uuid:person>/history/<uuid:entry>/withdraw": [
        ("luc", entry("assessment.theme_rated", more="/withdraw")),
    ],
    "/persons/<uuid:person>/history/<uuid:entry>/worry": [
        ("olivier", entry("reporting.summary_opened", "olivier", "/worry")),
    ],
    "/persons/<uuid:person>/summary": [
        ("olivier", at("summary", "olivier")),
        ("karim", at("summary")),
    ],
    "/persons/<uuid:person>/summary/new": [
        ("luc", at("summary/new")),
        ("karim", at("summary/new")),
    ],
    "/persons/<uuid:person>/summary/<uuid:summary>": [("olivier", summary())],
    "/persons/<uuid:person>/summary/<uuid:summary>/change": [("olivier", summary("/change"))],
    "/persons/<uuid:person>/upcoming": [("karim", at("upcoming"))],
}
