"""She shows one tab to her practitioner and to a relative, and keeps two themes: so it is everywhere.

Every operation is tried again by those to whom she has shown something, and by all the others.
"""

from dataclasses import dataclass, field

import pytest

from tests.matrix.aiming import THEME, tried
from tests.matrix.calls_assessment import asked, fresh
from tests.matrix.quiet import Quiet, around, spared
from tests.matrix.scene import made_scene
from tests.matrix.test_her_answer_stands import OTHERS, entries_for
from tests.support.operations import every_operation

pytestmark = pytest.mark.xdist_group("matrix-each-alone")
EXCEPTED, JUST_ME = "intimite", "sommeil"
TO = ("practitioner", "relative")
FIRST = [o for o in every_operation() if not o.changes]
# a body that says whom to name or what to close would change for whom the next test asks
THEN = [
    o
    for o in every_operation()
    if o.changes and o.about_her and o.service in ("assessment", "network", "plans")
    and not o.path.endswith(("/closure", "/sharings"))
]  # fmt: skip


@dataclass
class Shown(Quiet):
    """Words by what she did with the theme they were said on."""

    said: dict[str, list[str]] = field(default_factory=dict)

    def words(self, which):
        return [word for theme in which for word in self.said[theme]]


@pytest.fixture(scope="module")
def shown(installation):
    made = Shown(made_scene(installation))
    s = made.scene
    s.ids["assessment"] = one = fresh(s)
    for theme, more in ((THEME, {}), (EXCEPTED, {}), (JUST_ME, {"visibility": "just_me"})):
        words = made.said[theme] = [made.word(theme) for _ in range(2)]
        rating = {"theme": theme, "value": 37, "comment": words[0], **more}
        told = asked(s, "person", one, "ratings", **rating)
        if theme == THEME:
            made.entries["assessment"] = s.ids["entry"] = told["entries"][0]
        asked(s, "person", one, "threads", theme=theme, words=words[1])
    for kind in ("pending", "claimed", "opening"):
        made.entries[kind] = s["entry"]
    for step in (around, spared):
        step(made)
    audience = [s[who] for who in TO]
    share = {"audience": audience, "parts": ["quality_of_life"], "except_themes": [EXCEPTED]}
    told = asked(s, "person", one, "sharings", **share)
    s.ids["sharing"] = told["sharings"][0]["sharing"]
    s.settled()
    yield made
    s.leave()


def read(shown, operation, who):
    """Everything that is answered to someone who tries this operation."""
    client = shown.scene.client(who)
    aims = entries_for(operation, shown)[:1]
    return "".join(
        answer.text for aim in aims for answer in tried(operation, shown.scene, who, client, **aim)
    )


@pytest.mark.parametrize("operation", [pytest.param(o, id=str(o)) for o in FIRST])
def test_what_she_keeps_is_read_by_nobody_and_what_she_shows_by_those_she_chose(operation, shown):
    kept, given = shown.words((EXCEPTED, JUST_ME)), shown.words((THEME,))
    for who in OTHERS:
        text = read(shown, operation, who)
        assert [word for word in kept if word in text] == [], who
        if who not in TO:
            assert [word for word in given if word in text] == [], who


@pytest.mark.parametrize("who", TO)
def test_those_she_chose_do_read_it(who, shown):
    answered = "".join(read(shown, operation, who) for operation in FIRST)
    assert [word for word in shown.words((THEME,)) if word not in answered] == []


@pytest.mark.parametrize("operation", [pytest.param(o, id=str(o)) for o in THEN])
def test_nothing_they_do_with_it_moves_her_answer_or_opens_the_rest(operation, shown):
    kept, before = shown.words((EXCEPTED, JUST_ME)), shown.answer()
    for who in TO:
        text = read(shown, operation, who)
        assert [word for word in kept if word in text] == [], who
        assert shown.answer() == before, who
