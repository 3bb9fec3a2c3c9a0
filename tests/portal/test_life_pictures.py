from services.portal.pictures.over_time import line_of
from services.portal.pictures.portrait import compared, outline, picture_of
from services.portal.pictures.sitting import Portrait

SCALE = {"lowest": 0, "highest": 100}
STEPS = [{"value": v, "fr": f"p{v}", "en": f"s{v}"} for v in (0, 50, 100)]


def asked(theme, sphere):
    return {"theme": theme, "sphere": sphere, "meaning": theme, "sensitive": False}


QUESTIONS = {
    "spheres": [{"sphere": "besoins"}, {"sphere": "sante"}],
    "themes": [asked("logement", "besoins"), asked("sommeil", "sante"), asked("energie", "sante")],
    "scale": {**SCALE, "steps": STEPS},
}


def told(**values):
    def said(theme, value):
        choice = "rather_not_say" if value is None else None
        answer = {"value": value, "choice": choice, "attestation": "own"}
        return {"theme": theme, "answer": answer, "views": [], "thread": []}

    return {"scale": SCALE, "themes": [said(*one) for one in values.items()], "sharings": []}


def portrait(**values):
    return Portrait.of(told(**values), QUESTIONS)


def test_needs_are_asked_last():
    assert [sphere.name for sphere in portrait().spheres] == ["sante", "besoins"]


def test_only_what_is_answered_in_a_figure_has_a_line():
    picture = picture_of(portrait(sommeil=30, energie=None))
    assert [(g.sphere.name, [r.theme.name for r in g.rows]) for g in picture.groups] == [
        ("sante", ["sommeil"])
    ]


def test_a_mark_stands_where_its_figure_is_on_the_scale():
    picture = picture_of(portrait(logement=0, sommeil=50, energie=100))
    marks = [row.marks[0].x for group in picture.groups for row in group.rows]
    assert marks == [picture.ticks[1], picture.ticks[2], picture.ticks[0]]


def test_a_view_stands_beside_hers_and_moves_nothing_of_it():
    alone = portrait(sommeil=100)
    seen = told(sommeil=100)
    seen["themes"][0]["views"] = [
        {"perspective": "practitioner", "value": 40},
        {"perspective": "relative", "value": None},
    ]
    (row,) = picture_of(Portrait.of(seen, QUESTIONS)).groups[0].rows
    assert [mark.whose for mark in row.marks] == ["self", "practitioner"]
    assert row.marks[0] == picture_of(alone).groups[0].rows[0].marks[0]


def test_each_perspective_has_a_shape_of_its_own():
    whose = ("self", "practitioner", "peer_worker", "relative", "manager", "researcher")
    assert len({outline(one, 10, 10) for one in whose}) == len(whose)


def test_then_and_now_stand_on_one_line_where_both_are_figures():
    differences = [
        {"meaning": "sommeil", "points": 30, "before": {"value": 30}, "after": {"value": 60}},
        {"meaning": "energie", "points": None, "before": {"value": 30}, "after": None},
    ]
    picture = compared(portrait(sommeil=60), {"differences": differences})
    ((then, now),) = [row.marks for group in picture.groups for row in group.rows]
    assert (then.value, then.before, now.value, now.before) == (30, True, 60, False)


def test_one_answer_draws_no_line_and_two_stand_by_their_days():
    def answer(day, value):
        return {"answer": {"value": value, "occurred_at": f"{day}T10:00:00-05:00"}}

    first, last = answer("2026-01-01", 0), answer("2026-01-11", 100)
    assert line_of([first, answer("2026-01-02", None)], SCALE) is None
    line = line_of([first, answer("2026-01-06", 50), last], SCALE)
    left, middle, right = line.dots
    assert (left.x + right.x) / 2 == middle.x
    assert left.y > middle.y > right.y
