"""Freezes what is new: contracts and stored names. Never changes or removes what was frozen.

python -m tests.architecture.freeze
"""

import json
from pathlib import Path

from shared.contracts.changes import broken
from shared.contracts.schema import path_of, schema_of
from shared.contracts.shape import Many, Maybe, Record, Scalar, Shape, body_of
from shared.kernel import Fact
from tests.support.registry import every_fact

NAMES = Path(__file__).parent / "stored_names.json"
Names = dict[str, dict[str, object]]


def words(shape: Shape) -> str:
    """A type as one reads it: `UUID`, `str | None`, `tuple[OwnWord(word: str, text: str), ...]`."""
    match shape:
        case Scalar(kind=kind):
            return kind.__name__
        case Maybe(of=of):
            return f"{words(of)} | None"
        case Many(of=of):
            return f"tuple[{words(of)}, ...]"
        case Record(kind=kind, parts=parts):
            return f"{kind.__name__}({', '.join(f'{p.name}: {words(p.shape)}' for p in parts)})"


def named(kind: type[Fact]) -> dict[str, object]:
    return {
        "version": kind.class_version,
        "fields": {p.name: words(p.shape) for p in body_of(kind).parts},
    }


def frozen_names() -> Names:
    return json.loads(NAMES.read_text("utf-8")) if NAMES.exists() else {}


def pretty(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def grown(was: dict[str, object], now: dict[str, object]) -> bool:
    """The same fact, with more fields or a higher version."""
    before, after = was["fields"], now["fields"]
    higher = now["version"] > was["version"]
    return higher or all(after.get(name) == kind for name, kind in before.items())


def main() -> None:
    names = frozen_names()
    for topic, kind in every_fact().items():
        if topic not in names or grown(names[topic], named(kind)):
            names[topic] = named(kind)
        file, schema = path_of(topic, kind.class_version), schema_of(kind)
        kept = json.loads(file.read_text("utf-8")) if file.exists() else None
        if kept == schema:
            continue
        if kept is not None and any(broken(kept, schema)):
            print(f"left as it was frozen: {file.name}")  # noqa: T201 - a command speaks
            continue
        file.parent.mkdir(exist_ok=True)
        file.write_text(pretty(schema), "utf-8")
    NAMES.write_text(pretty(dict(sorted(names.items()))), "utf-8")


if __name__ == "__main__":
    main()
