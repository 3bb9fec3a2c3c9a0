"""The degree of coproduction of the stories as told: expected, the same from everywhere, no leak."""

from contextlib import ExitStack
from typing import Any

import pytest

from cosigne.demo.stories import chapter_of
from cosigne.people import Person, find
from cosigne.plans import plans
from services.reporting.domain.degree import READINGS
from services.reporting.domain.entry import Entry
from services.reporting.domain.intervention import whole
from services.reporting.domain.marks import Marks
from services.reporting.views.marked import marks_of
from services.reporting.views.trail import Trail, TrailRow, entry_of
from shared.http.service import keys_of, sources_of
from shared.postgres.pool import connect
from shared.store.history import as_of
from shared.store.rebuild import Rebuild
from shared.store.told import Teller
from tests.journeys.told import Told
from tests.reporting.expected_degree import EXPECTED, NAMES, with_claimed

TOLD = sorted(EXPECTED)
# what reporting reads her story from
STORY = ("assessment", "network", "plans")


def degree(told: Told, who: str, about: Person, **query: Any) -> Any:
    return told.get(who, f"/reporting/v1/persons/{about.id}/coproduction", **query)


def levels(found: Any) -> dict[str, Any]:
    """By reading and step, as answered."""
    return {
        reading["reading"]: {
            step["step"]: tuple(level["level"] for level in step["levels"])
            for step in reading["hers"]["steps"]
        }
        for reading in found["readings"]
    }


def names(found: Any) -> dict[str, str]:
    return {reading["reading"]: reading["hers"]["degree"] for reading in found["readings"]}


@pytest.mark.parametrize("story", TOLD)
def test_the_degree_of_a_story_is_the_expected_one(told: Told, story: int) -> None:
    person, _ = chapter_of(story)
    found = degree(told, person.key, person)

    assert levels(found)["own_and_confirmed"] == EXPECTED[story]
    assert levels(found)["all_but_disputed"] == with_claimed(story)
    assert names(found) == dict.fromkeys(READINGS, NAMES[story])
    assert found["seen"] == "everything"


def entries_from_the_log(told: Told, person: Person) -> list[Entry]:
    """Her story, folded from the sealed logs in memory: no table is read."""
    assert person.tenant is not None
    settings, view = told.installation.settings, Trail()
    with keys_of(settings) as keys, ExitStack() as opened:
        sources = sources_of(settings, plans()["reporting"])
        for source in sources.values():
            opened.callback(source.close)
        rows = as_of(view, sources, Teller(keys), (person.tenant, person.id))
    entries = [entry_of(row) for row in rows.values() if isinstance(row, TrailRow)]
    hers = [e for e in entries if e.source in STORY and e.kind != "record_read"]
    return sorted(hers, key=lambda e: (e.recorded_at, e.source, e.position))


@pytest.mark.parametrize("story", TOLD)
def test_the_degree_reads_the_same_from_a_fold_of_the_log(told: Told, story: int) -> None:
    person, _ = chapter_of(story)
    folded = whole(Marks.told(person.id, entries_from_the_log(told, person))).readings()
    found = degree(told, person.key, person)

    assert levels(found) == {reading: one.levels() for reading, one in folded.items()}
    assert names(found) == {reading: one.name for reading, one in folded.items()}


@pytest.mark.parametrize("story", TOLD)
def test_the_degree_reads_the_same_from_the_row_that_counts_go_by(told: Told, story: int) -> None:
    person, _ = chapter_of(story)
    with connect(told.installation.settings.conninfo("reporting", "reader")) as reader:
        (marks,) = reader.execute(
            "SELECT marks FROM marked WHERE tenant_id = %s AND subject_id = %s",
            (person.tenant, person.id),
        ).fetchall()[0]
    kept, folded = (
        whole(one).readings()
        for one in (
            marks_of(person.id, marks),
            Marks.told(person.id, entries_from_the_log(told, person)),
        )
    )

    assert kept == folded


@pytest.fixture(scope="module")
def rebuilt(told: Told) -> tuple[dict[int, Any], dict[int, Any]]:
    """What is answered before and after the trail was built anew from the logs, and swapped in."""

    def answers() -> dict[int, Any]:
        people = {story: chapter_of(story)[0] for story in TOLD}
        return {story: degree(told, who.key, who) for story, who in people.items()}

    before, settings = answers(), told.installation.settings
    with keys_of(settings) as keys, ExitStack() as opened:
        sources = sources_of(settings, plans()["reporting"])
        for source in sources.values():
            opened.callback(source.close)
        conninfo = (settings.conninfo("reporting", role) for role in ("owner", "reader"))
        rebuild = Rebuild("reporting", Trail(), *conninfo, sources, Teller(keys))
        # other tests of this installation tell of someone erased in one log only
        done = rebuild.run(lambda *_: None, accept_differences=True)
    assert done.version == 2
    assert done.rows > 200
    told.installation.settled()
    return before, answers()


@pytest.mark.parametrize("story", TOLD)
def test_the_degree_reads_the_same_after_a_rebuild(
    rebuilt: tuple[dict[int, Any], dict[int, Any]], story: int
) -> None:
    before, after = rebuilt
    assert before[story] == after[story]


def test_an_intervention_without_a_plan_is_said_to_be_not_about_a_plan(told: Told) -> None:
    found = degree(told, "luc", find("luc"))

    assert (found["plan"], found["about_a_plan"]) == (None, False)
    assert found["reason_said"] == "Il n’y a pas de plan\u00a0: ce n’est pas un manque."
    english = told.get("luc", f"/reporting/v1/persons/{find('luc').id}/coproduction", "en")
    assert english["reason_said"] == "This is not about a plan: nothing is missing."


def test_one_plan_is_asked_for_by_its_id(told: Told) -> None:
    noemie = find("noemie")
    found = degree(told, "noemie", noemie, plan=told.life("noemie").plan)

    assert found["about_a_plan"]
    assert levels(found)["own_and_confirmed"] == EXPECTED[3]
    elsewhere = told.ask(
        "noemie", f"/reporting/v1/persons/{noemie.id}/coproduction", plan=str(find("luc").id)
    )
    assert (elsewhere.status_code, elsewhere.json()["code"]) == (404, "plan.unknown")


def test_every_figure_says_by_which_method_from_what_and_when(told: Told) -> None:
    found = degree(told, "noemie", find("noemie"))

    assert found["method"] == {"name": "coproduction.degree", "version": 1}
    assert found["n"] > 0
    assert (found["begins"], found["ends"]) == ("2025-11-03", "2026-09-14")
    assert len(found["catalogues"]) == 1


def test_a_practitioner_reads_the_degree_of_what_is_shown_and_no_more(told: Told) -> None:
    beatrice = find("beatrice")
    hers, leilas = degree(told, "beatrice", beatrice), degree(told, "leila", beatrice)

    assert leilas["seen"] == "what_is_shown"
    assert leilas["n"] < hers["n"]


@pytest.mark.parametrize("who", ["patrick", "nathalie", "etienne"])
def test_the_degree_of_a_person_is_not_for_who_runs_or_reviews_the_house(
    told: Told, who: str
) -> None:
    answer = told.ask(who, f"/reporting/v1/persons/{find('luc').id}/coproduction")
    assert answer.status_code in (403, 404)
