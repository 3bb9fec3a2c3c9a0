"""A subscription: what a partner is told, on which terms, and whether its webhooks go out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from services.delivery.domain import commands as c
from services.delivery.domain import events as e
from services.delivery.domain.names import overlapping
from services.delivery.domain.offer import TYPES
from shared.kernel import Decider, Fact, Invalid, Refused

PAYLOADS = ("thin", "full")
GONE, FAILING = "gone", "failing"


@dataclass(frozen=True)
class Subscription(Decider):
    """`generation` counts its secrets, `overlaps` says until when earlier ones count as well.

    `disabled` says why webhooks stopped by themselves.
    """

    terms: e.SubscriptionGranted | None = None
    url: str | None = None
    generation: int = 1
    overlaps: Mapping[int, datetime] = field(default_factory=dict)
    paused: bool = False
    disabled: str | None = None
    ended: bool = False
    acknowledged: frozenset[UUID] = frozenset()

    def decide(self, command: Any) -> Sequence[Fact]:
        if isinstance(command, c.GrantSubscription):
            return self.grant(command)
        if isinstance(command, c.AcknowledgeErasure):
            # a partner whose subscription has ended still has what it was sent
            told = command.erasure in self.acknowledged
            return [] if told else [e.ErasureAcknowledged(*self.stamp(command), command.erasure)]
        if isinstance(command, c.EndSubscription):
            return [] if self.ended else [e.SubscriptionEnded(*self.stamp(command))]
        if self.ended:
            raise Refused("subscription.ended")
        return self.while_it_runs(command)

    def while_it_runs(self, command: Any) -> Sequence[Fact]:
        match command:
            case c.SetEndpoint(url=url):
                return [] if url == self.url else [e.EndpointSet(*self.stamp(command), url)]
            case c.PauseSubscription():
                return [] if self.paused else [e.SubscriptionPaused(*self.stamp(command))]
            case c.ResumeSubscription():
                return [e.SubscriptionResumed(*self.stamp(command))] if self.paused else []
            case c.EnableSubscription():
                return [e.SubscriptionEnabled(*self.stamp(command))] if self.disabled else []
            case c.DisableSubscription(reason=reason):
                return (
                    [] if self.disabled else [e.SubscriptionDisabled(*self.stamp(command), reason)]
                )
            case _:
                return self.sign_and_send(command)

    def sign_and_send(self, command: Any) -> Sequence[Fact]:
        match command:
            case c.RotateSecret(overlap=until):
                return [e.SecretRotated(*self.stamp(command), self.generation + 1, until)]
            case c.AskTrial():
                return [e.TrialAsked(*self.stamp(command))]
            case c.AskReplay(first=first, last=last, head=head):
                upto = head if last is None else min(last, head)
                if upto < first:
                    raise Invalid("replay.nothing", field="first", head=head)
                return [e.ReplayAsked(*self.stamp(command), first, upto, command.failed)]
            case _:
                raise TypeError(command)

    def grant(self, asked: c.GrantSubscription) -> Sequence[Fact]:
        for type_ in asked.types:
            if type_ not in TYPES:
                raise Invalid("value.not_in_list", field="types", allowed=", ".join(TYPES))
        if not asked.types:
            raise Invalid("length.too_small", field="types", min=1)
        if asked.until < asked.act.occurred.date():
            raise Invalid("subscription.until_past", field="until", day=asked.until)
        granted = e.SubscriptionGranted(
            *self.stamp(asked),
            partner=asked.partner,
            name=asked.name,
            types=tuple(type_ for type_ in TYPES if type_ in asked.types),
            purpose=asked.purpose,
            until=asked.until,
            payload=asked.payload,
            sites=tuple(dict.fromkeys(asked.sites)),
            programmes=tuple(dict.fromkeys(asked.programmes)),
        )
        if self.terms is not None:
            if said(granted) == said(self.terms):
                return []
            raise Refused("subscription.granted_already")
        if asked.url is None:
            return [granted]
        return [granted, e.EndpointSet(*self.evolve(granted).stamp(asked), asked.url)]

    def evolve(self, fact: Any) -> Subscription:
        now = replace(self, version=fact.originator_version)
        match fact:
            case e.SubscriptionGranted():
                return replace(now, terms=fact)
            case e.EndpointSet(url=url):
                return replace(now, url=url)
            case e.SecretRotated(generation=number, overlap=until):
                kept = overlapping(self.overlaps, self.generation, until, fact.act.at)
                return replace(now, generation=number, overlaps=kept)
            case e.ErasureAcknowledged(erasure=which):
                return replace(now, acknowledged=self.acknowledged | {which})
            case _:
                return now.turned(fact)

    def turned(self, fact: Any) -> Subscription:
        match fact:
            case e.SubscriptionPaused() | e.SubscriptionResumed():
                return replace(self, paused=isinstance(fact, e.SubscriptionPaused))
            case e.SubscriptionDisabled(reason=reason):
                return replace(self, disabled=reason)
            case e.SubscriptionEnabled():
                return replace(self, disabled=None)
            case e.SubscriptionEnded():
                return replace(self, ended=True)
            case _:  # a test or a replay changes nothing of it
                return self

    def runs(self, day: date) -> bool:
        return self.terms is not None and not self.ended and day <= self.terms.until


def said(fact: e.SubscriptionGranted) -> tuple[object, ...]:
    reach = frozenset(fact.sites), frozenset(fact.programmes)
    return fact.partner, fact.name, fact.types, fact.purpose, fact.until, fact.payload, *reach
