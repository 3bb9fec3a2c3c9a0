"""Every refusal written in the product, found by reading its source: the code, and its values."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = ("shared", "services", "cosigne")
# calls that carry a code without being a refusal themselves, and where in their arguments it is
CARRIERS = {"Trouble": 1, "refuse": 0, "Complaint": 0}


@dataclass(frozen=True)
class Raised:
    """One place where a code is written."""

    code: str
    values: frozenset[str]
    open_ended: bool  # **values: what is given is not written here
    file: str
    line: int

    @property
    def room(self) -> str:
        """`shared`, `cosigne`, or `services/<name>`."""
        parts = self.file.split("/")
        return "/".join(parts[:2]) if parts[0] == "services" else parts[0]


def sources() -> list[tuple[str, ast.Module]]:
    return [
        (str(path.relative_to(ROOT)), ast.parse(path.read_text("utf-8")))
        for room in ROOMS
        for path in sorted((ROOT / room).rglob("*.py"))
    ]


def refusals(trees: list[tuple[str, ast.Module]]) -> frozenset[str]:
    """The names of the classes that descend from Refused."""
    names = {"Refused"}
    while True:
        found = {
            node.name
            for _, tree in trees
            for node in ast.walk(tree)
            if isinstance(node, ast.ClassDef) and any(name_of(base) in names for base in node.bases)
        }
        if found <= names:
            return frozenset(names)
        names |= found


def raised() -> list[Raised]:
    trees = sources()
    carriers = {**CARRIERS, **dict.fromkeys(refusals(trees), 0)}
    return [one for file, tree in trees for one in calls(file, tree, carriers)]


def calls(file: str, tree: ast.Module, carriers: dict[str, int]) -> Iterator[Raised]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or (name := name_of(node.func)) not in carriers:
            continue
        place = carriers[name]
        if len(node.args) <= place:
            continue
        given = {k.arg for k in node.keywords if k.arg is not None}
        values = frozenset(given | {"field"})
        open_ended = any(k.arg is None for k in node.keywords) or name == "Trouble"
        for code in codes_in(node.args[place]):
            yield Raised(code, values, open_ended, file, node.lineno)


def codes_in(argument: ast.expr) -> Iterator[str]:
    """The literal codes of an argument: itself, or both ends of a choice."""
    if isinstance(argument, ast.IfExp):
        yield from codes_in(argument.body)
        yield from codes_in(argument.orelse)
    elif isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        yield argument.value


def name_of(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""
