"""How far the persons of the nine stories took part, as expected: claimed parts left out.

One line a story: understand, prioritise, set goals, act, follow up, evaluate; – where there is no
entry.
"""

from services.reporting.domain.steps import STEPS

TABLE = """
1 | initiated, shaped | initiated | – | – | – | initiated
2 | initiated, shaped | – | – | – | – | initiated
3 | initiated | initiated, shaped, refused and followed | initiated, accepted | initiated | initiated | initiated
4 | initiated, shaped | initiated | initiated, accepted | accepted | initiated | –
5 | initiated, accepted | initiated | initiated, accepted | initiated | – | initiated
6 | initiated | initiated | accepted | – | – | –
7 | initiated | initiated | initiated, accepted | – | – | –
8 | initiated | – | initiated, accepted, refused and followed | – | – | –
9 | initiated, accepted | – | – | – | – | initiated
"""


def lines() -> dict[int, dict[str, tuple[str, ...]]]:
    told = [line.split(" | ") for line in TABLE.strip().splitlines()]
    return {int(n): dict(zip(STEPS, map(levels, cells), strict=True)) for n, *cells in told}


def levels(cell: str) -> tuple[str, ...]:
    return () if cell == "–" else tuple(one.replace(" ", "_") for one in cell.split(", "))


EXPECTED = lines()
# the whole names, from the same rules; what only the wider reading adds, with the entry that does
NAMES = {
    1: "complete", 2: "partial", 3: "complete", 4: "partial", 5: "partial", 6: "partial",
    7: "complete", 8: "partial", 9: "partial",
}  # fmt: skip
# Marc noted that Yasmine had talked of it too: hers to confirm
ONLY_CLAIMED = {6: {"understand": "shaped"}}


def with_claimed(story: int) -> dict[str, tuple[str, ...]]:
    """The same line with claimed parts left in."""
    added = ONLY_CLAIMED.get(story, {})
    return {
        step: (*found, added[step]) if step in added else found
        for step, found in EXPECTED[story].items()
    }
