"""A view is rebuilt beside the one that readers see; nothing stops meanwhile."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest

from shared.kernel import Refused
from shared.store.projector import Projector
from shared.store.rebuild import Rebuild, Rebuilt
from shared.store.subjects import SubjectLog
from shared.store.told import Teller, Told
from shared.store.views import Index, Key, View
from tests.support.phrases import PhraseRow, Phrases, PhraseSaid
from tests.support.telling import Telling, all_of


class Louder(Phrases):
    """The same question answered by other code: a rebuild must notice."""

    def fold(self, key: Key, row: PhraseRow | None, told: Told) -> PhraseRow | None:
        folded = super().fold(key, row, told)
        return folded and replace(folded, times=folded.times + 1)


class Often(Phrases):
    """A newer release asks for what was said often."""

    indexes = (Index(("tenant_id", "times"), where="times > 1"),)


class Elsewhere(Phrases):
    """A newer release asks by what its rows will hold once they are rebuilt."""

    indexes = (("tenant_id", "place"),)


def rebuild(telling: Telling, view: View[Any] | None = None) -> Rebuild:
    return Rebuild(
        "assessment",
        view or Phrases(),
        telling.store.conninfo("owner"),
        telling.store.conninfo("reader"),
        {"assessment": telling.source()},
        Teller(telling.keys),
    )


def say(telling: Telling, phrases: Iterable[str]) -> None:
    for phrase in phrases:
        telling.tell(PhraseSaid, telling.her, phrase=phrase)
    telling.seal()


def active(telling: Telling) -> int:
    return telling.store.ask("reader", "SELECT active FROM view_version WHERE name = 'phrases'")


def quiet(*_: object) -> None:
    """Progress that nobody watches."""


@pytest.fixture
def projector(telling: Telling) -> Projector:
    made = telling.projector(Phrases())
    say(telling, ["bonjour", "merci", "bonjour"])
    all_of(made)
    return made


def test_the_new_version_is_compared_and_swapped_in(telling: Telling, projector: Projector) -> None:
    before = telling.rows("phrases")
    assert rebuild(telling).run(quiet) == Rebuilt("phrases", 2, rows=2, events=3, different=0)
    assert (active(telling), telling.rows("phrases")) == (2, before)


def test_the_worker_goes_on_with_the_version_that_readers_see(
    telling: Telling, projector: Projector
) -> None:
    rebuild(telling).run(quiet)
    projector.close()
    say(telling, ["bonsoir"])
    all_of(telling.projector(Phrases()))
    assert ("bonsoir", 1) in [(r[2], r[3]) for r in telling.rows("phrases")]


def test_a_difference_found_stops_the_swap(telling: Telling, projector: Projector) -> None:
    before = telling.rows("phrases")
    with pytest.raises(Refused, match=r"rebuild\.different"):
        rebuild(telling, Louder()).run(quiet)
    assert (active(telling), telling.rows("phrases")) == (1, before)


def test_a_difference_that_was_meant_is_accepted(telling: Telling, projector: Projector) -> None:
    rebuilt = rebuild(telling, Louder()).run(quiet, accept_differences=True)
    assert rebuilt.different == 4  # two rows, each in one version only
    assert [r[3] for r in telling.rows("phrases")] == [4, 2]


def test_commands_go_on_and_readers_see_the_old_version_meanwhile(
    telling: Telling, projector: Projector
) -> None:
    seen: list[int] = []

    def meanwhile(*_: object) -> None:
        if not seen:
            say(telling, ["pendant ce temps"])
            all_of(projector)
        seen.append(active(telling))
        assert "pendant ce temps" in [r[2] for r in telling.rows("phrases")]

    assert rebuild(telling).run(meanwhile).rows == 3
    assert set(seen) == {1}


def test_a_killed_rebuild_goes_on_where_it_was(telling: Telling, projector: Projector) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuild(telling).run(killed)
    say(telling, ["après"])
    all_of(projector)
    # the three events that the killed one folded are not folded again
    assert rebuild(telling).run(quiet) == Rebuilt("phrases", 2, rows=3, events=1, different=0)


def test_one_can_go_back(telling: Telling, projector: Projector) -> None:
    before = telling.rows("phrases")
    rebuild(telling, Louder()).run(quiet, accept_differences=True)
    assert rebuild(telling).back() == 1
    assert (active(telling), telling.rows("phrases")) == (1, before)


def test_without_an_earlier_version_there_is_no_way_back(
    telling: Telling, projector: Projector
) -> None:
    with pytest.raises(Refused, match=r"rebuild\.nothing_to_go_back_to"):
        rebuild(telling).back()


def test_the_index_by_subject_is_rebuilt_like_any_other_view(telling: Telling) -> None:
    index = SubjectLog("assessment")
    say(telling, ["bonjour"])
    all_of(telling.projector(index))
    rebuild(telling, index).run(quiet)

    say(telling, ["merci"])
    all_of(telling.projector(index))
    found = telling.source().of_subject(telling.tenant, telling.her, 2)
    assert [event.gpos for event in found] == [1, 2]


def test_what_a_newer_release_asks_by_is_indexed_when_it_starts(
    telling: Telling, projector: Projector
) -> None:
    indexed = "SELECT max(indexdef) FROM pg_indexes WHERE indexname = 'phrases_v1_1'"
    assert telling.store.ask("reader", indexed) is None
    for newer in (Elsewhere(), Often(), Often()):
        telling.projector(newer)
        made = telling.store.ask("reader", indexed)
        assert (made is None) == isinstance(newer, Elsewhere)
    assert made.endswith("(tenant_id, times) WHERE (times > 1)")
    rebuild(telling, Often()).run(quiet)
    assert telling.store.ask("reader", indexed.replace("v1", "v2")).endswith("WHERE (times > 1)")
