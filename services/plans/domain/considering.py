"""Commands on themes: consider, leave out, take up again. Only she leaves out and takes up again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from services.plans.domain.events import ThemeConsidered, ThemeDeclined, ThemeReconsidered
from services.plans.domain.naming import theme_named, worded_if_any
from services.plans.domain.voice import FIRM, is_own
from shared.kernel import Command, Denied, Fact
from shared.naming import normal

if TYPE_CHECKING:
    from services.plans.domain.plan import Plan


@dataclass(frozen=True, kw_only=True)
class ConsiderTheme(Command):
    """`names` are the other names of the theme, as the catalogues know it: never the caller's."""

    theme: str
    words: str | None = None
    names: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class DeclineTheme(Command):
    theme: str
    reason: str | None = None
    names: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ReconsiderTheme(Command):
    theme: str
    reason: str | None = None
    names: tuple[str, ...] = ()


def consider(plan: Plan, command: ConsiderTheme) -> Sequence[Fact]:
    theme = theme_named(command.theme)
    words = worded_if_any(command.words)
    plan.themes.require_in((theme, *command.names), "theme")
    plan.themes.require_unnamed(command.act, words or "")
    if normal(theme) in plan.themes.considered:
        return []
    return [ThemeConsidered(*plan.stamp(command), theme=theme, words=words)]


def decline(plan: Plan, command: DeclineTheme) -> Sequence[Fact]:
    theme = theme_named(command.theme)
    reason = worded_if_any(command.reason, "reason")
    if command.act.author != plan.person:
        raise Denied("theme.hers_to_decline", field="act.author")
    for declined in plan.themes.out({theme}):
        firm = declined.said is None or declined.said.stance(plan.person) in FIRM
        if firm or not is_own(command.act):
            return []
    return [ThemeDeclined(*plan.stamp(command), theme=theme, reason=reason, names=command.names)]


def reconsider(plan: Plan, command: ReconsiderTheme) -> Sequence[Fact]:
    """Every theme that goes by this name comes back, by her own sign-in and nobody's noting."""
    theme = theme_named(command.theme)
    reason = worded_if_any(command.reason, "reason")
    if not is_own(command.act):
        raise Denied("theme.hers_to_reconsider", field="act.author")
    facts: list[Fact] = []
    for declined in plan.themes.out((theme, *command.names)):
        stamp = plan.stamp(command)
        fact = ThemeReconsidered(*stamp, theme=declined.theme, reason=reason)
        facts.append(fact)
        plan = plan.follow(fact)
    return facts
