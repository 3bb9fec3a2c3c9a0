"""docs/reference/settings.md, made from the declaration of every setting."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

DECLARED = Path(__file__).parents[1] / "data" / "settings.toml"
PAGE = Path(__file__).parents[2] / "docs" / "reference" / "settings.md"
HEAD = """*Reference.* Every setting, read once when a process starts. Made by `make docs`.

# Settings

On one's own machine `cosigne run` needs none of them. An installation gives them in the
environment. `COSIGNE_X_FILE` names a file that holds the value of `COSIGNE_X`: for secrets, which
are marked **secret**. A process asks only for what it needs: *read by* says which ones those are,
by [the command](commands.md) that starts them; *all work* is `seal`, `project`, `consume`, `relay`
and `work`. [What production refuses](../how-to/run-in-production.md#what-is-refused) is said all at once.
"""
SEEN = """
## Telemetry

Off until `OTEL_EXPORTER_OTLP_ENDPOINT` names a receiver: [what is told, and its settings](telemetry.md).
"""
ROLES = """
Roles of each service's database, `<service>_<role>`:

| Role | May |
| --- | --- |
| `owner` | make and change tables; never used while serving |
| `app` | read its organisation's rows, append events for it |
| `combine` | append events of several organisations in one statement, and read nothing |
| `sealer` | give events their place in the log |
| `reader` | read the sealed log, write the views |
| `relay` | read the published log for other services |
| `eraser` | make the words of one entry unreadable, and nothing else |

Who could see more than that, a superuser for one, is refused at start-up.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One setting as it is declared. `default`: what holds without it."""

    name: str
    group: str
    meaning: str
    read_by: str
    default: str = ""
    secret: bool = False
    production: str = ""

    @property
    def row(self) -> str:
        marked = f"{self.meaning}; **secret**" if self.secret else self.meaning
        refused = f". In production: {self.production}" if self.production else ""
        return f"| `{self.name}` | {marked}{refused} | {self.default} | {self.read_by} |\n"


def declared() -> Mapping[str, Setting]:
    """By name, in the order of the page."""
    told = tomllib.loads(DECLARED.read_text("utf-8"))["setting"]
    return {one["name"]: Setting(**one) for one in told}


def page() -> str:
    groups = tomllib.loads(DECLARED.read_text("utf-8"))["group"]
    return HEAD + "".join(part(group) for group in groups) + SEEN


def part(group: Mapping[str, str]) -> str:
    title = group["title"]
    rows = "".join(one.row for one in declared().values() if one.group == title)
    before = f"{group['before']}\n\n" if "before" in group else ""
    head = "| Setting | Meaning | Without it | Read by |\n| --- | --- | --- | --- |\n"
    return f"\n## {title}\n\n{before}{head}{rows}{ROLES if 'after' in group else ''}"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
