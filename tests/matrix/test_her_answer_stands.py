"""Every operation, as everyone: her answer stays hers, and what she has not shown stays unread.

Nothing here is shown to anybody. Each operation of every OpenAPI is tried on her record by everyone
but herself, in their own name and as noted for her, on her own entries and on those noted for her.
"""

from itertools import chain

import pytest

from tests.matrix.aiming import THEME, tried
from tests.matrix.calls_assessment import asked, fresh
from tests.matrix.quiet import HELD_BACK, VALUE, may_read
from tests.support.operations import every_operation

pytestmark = pytest.mark.xdist_group("matrix-each-alone")
OTHERS = (
    "practitioner", "stand_in", "colleague", "relative", "representative", "assistant",
    "neighbour", "administrator", "manager", "officer", "auditor", "operator",
)  # fmt: skip
# what closes the record or the questionnaire under it, or lets someone in, is tried last of all
LAST = ("/closure", "/retirement", "/publication", "/emergency-accesses")
EVERY = sorted(every_operation(), key=lambda o: (o.path.endswith(LAST), str(o)))


def entries_for(operation, quiet):
    """The entries that an operation may aim at: hers, those noted for her, what all rests on."""
    if "{entry}" not in operation.path:
        return [{}]
    if "/assessments/" in operation.path:
        kinds = ("assessment", "pending", "claimed", "opening")
        return [{"entry": quiet.entries[kind]} for kind in kinds]
    return [{"entry": quiet.entry(operation)}]


def everyone(quiet, theirs):
    s = quiet.scene
    yield from ((who, s.client(who)) for who in OTHERS)
    yield from ((f"{who} elsewhere", theirs.client(who)) for who in ("practitioner", "person"))


HERS = (
    "/ratings",
    "/ratings/batches",
    "/ratings/withdrawals",
    "/skips",
    "/entries/{entry}/withdrawals",
)


# before the rest: at its end, the questionnaire is retired
@pytest.mark.parametrize("path", HERS)
def test_the_search_would_find_it_as_she_herself_moves_her_answer(path, quiet, monkeypatch):
    s = quiet.scene
    one = fresh(s)
    told = asked(s, "person", one, "ratings", theme=THEME, value=VALUE)
    monkeypatch.setitem(s.ids, "assessment", one)
    before = quiet.answer()
    operation = next(o for o in EVERY if o.path.endswith(f"/assessments/{{assessment}}{path}"))
    aim = {"entry": told["entries"][0]}
    assert any(
        a.status_code == 201 for a in tried(operation, s, "person", s.client("person"), **aim)
    )
    assert quiet.answer() != before


@pytest.mark.parametrize("operation", [pytest.param(o, id=str(o)) for o in EVERY])
def test_nobody_but_she_moves_her_answer_or_reads_what_she_keeps(operation, quiet, theirs):
    before, read = quiet.answer(), {}
    assert before["answer"]["attestation"] == "own"
    for who, client in everyone(quiet, theirs):
        aims = entries_for(operation, quiet)
        answers = chain.from_iterable(
            tried(operation, quiet.scene, who, client, **aim) for aim in aims
        )
        for answer in answers:
            assert answer.status_code < 500, answer.text
            if answer.status_code < 300:
                assert quiet.answer() == before, f"{who}: {answer.request.content!r}"
            found = quiet.found(answer.text).values()
            kept = sorted({where for where in found if not may_read(who, where)})
            if kept:
                read[who] = kept
    assert quiet.answer() == before
    assert read == {}, f"{operation} told what she has shown nobody"


def test_she_could_write_in_every_field_that_is_hers(quiet):
    assert set(quiet.refused.values()) <= {
        "action.not_yours",
        "plan.already_open",
        "request.invalid",  # an extension is the officer's to give, and says until when
        # a summary is made of what reporting has seen: its words are tried with its own tests
        "summary.no_such_piece",
        "entry.unknown",
    }
    assert len(quiet.planted) >= HELD_BACK
    told = {where.split()[0] for where in quiet.planted.values()}
    assert {"assessment", "directory", "network", "plans"} <= told
