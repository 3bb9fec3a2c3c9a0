"""A party: someone who takes part without being the person whom the service is for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar
from uuid import UUID

from services.directory.domain import checked
from services.directory.domain import events as e
from services.directory.domain.standing import Standing
from shared.kernel import Command, Fact, Invalid, NotFound, Refused, Stamp

STAFF = (
    "practitioner",
    "peer_worker",
    "manager",
    "researcher",
    "administrator",
    "privacy_officer",
    "auditor",
    "assistant",
)
NEAR = ("relative", "representative", "assistant")
ROLES_OF: Mapping[str, tuple[str, ...]] = {
    "staff": STAFF,
    "relative": NEAR,
    "representative": NEAR,
    "assistant": NEAR,
    "partner": (),
}


@dataclass(frozen=True)
class Post:
    """A role, at one site or (None) in the whole organisation, and the job's usual name."""

    role: str
    site: UUID | None = None
    job: str | None = None


@dataclass(frozen=True, kw_only=True)
class RegisterParty(Command):
    opens: ClassVar[bool] = True
    kind: str
    name: str
    sign_in_subject: str | None = None
    sign_in_issuer: str | None = None
    posts: tuple[Post, ...] = ()


@dataclass(frozen=True, kw_only=True)
class GrantRole(Command):
    role: str
    site: UUID | None = None
    job: str | None = None


@dataclass(frozen=True, kw_only=True)
class RevokeRole(Command):
    role: str
    site: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class LeaveParty(Command):
    """The party leaves the organisation; every role ends with it."""


@dataclass(frozen=True)
class Party(Standing):
    profile: e.PartyRegistered | None = None
    posts: Mapping[tuple[str, UUID | None], Post] = field(default_factory=dict)
    left: bool = False

    @property
    def roles(self) -> frozenset[str]:
        return frozenset(role for role, _ in self.posts)

    @property
    def name(self) -> str:
        return self.profile.name if self.profile else ""

    def choose(self, command: Any) -> Sequence[Fact]:
        if isinstance(command, RegisterParty):
            return self.register(command)
        if self.profile is None:
            raise NotFound("party.unknown")
        if isinstance(command, LeaveParty):
            return [] if self.left else [e.PartyLeft(*self.stamp(command))]
        if self.left:
            raise Refused("party.left")
        match command:
            case GrantRole():
                return self.grant(
                    [Post(command.role, command.site, command.job)], self.stamps(command)
                )
            case RevokeRole(role=role, site=site):
                held = [s for r, s in self.posts if r == role and site in (None, s)]
                return [e.RoleRevoked(*self.stamp(command), role, site)] if held else []
            case _:
                raise TypeError(command)

    def register(self, asked: RegisterParty) -> Sequence[Fact]:
        checked.one_of(asked.kind, ROLES_OF, "kind")
        stamps = self.stamps(asked)
        registered = e.PartyRegistered(
            *next(stamps),
            kind=asked.kind,
            name=checked.text(asked.name, "name", 120),
            sign_in_subject=checked.maybe(asked.sign_in_subject, "sign_in_subject"),
            sign_in_issuer=checked.maybe(asked.sign_in_issuer, "sign_in_issuer"),
        )
        if self.version > 0:
            if self.profile and said(registered) == said(self.profile):
                return []
            raise Refused("party.registered_already")
        # who is near someone has that role from the start; staff are given theirs
        posts = asked.posts or ((Post(asked.kind),) if asked.kind in NEAR else ())
        return [registered, *self.follow(registered).grant(posts, stamps)]

    def grant(self, posts: Sequence[Post], stamps: Iterator[Stamp]) -> Sequence[Fact]:
        allowed = ROLES_OF.get(self.profile.kind, ()) if self.profile else ()
        facts: list[Fact] = []
        for post in posts:
            if post.role not in allowed:
                raise Invalid("role.not_for_kind", field="role", allowed=", ".join(allowed))
            asked = Post(post.role, post.site, checked.maybe(post.job, "job", 120))
            if self.posts.get((asked.role, asked.site)) != asked:
                facts.append(e.RoleGranted(*next(stamps), asked.role, asked.site, asked.job))
        return facts

    def evolve(self, fact: Any) -> Party:
        known = replace(self, version=fact.originator_version)
        match fact:
            case e.PartyRegistered():
                return replace(known, profile=fact)
            case e.RoleGranted(role=role, site=site):
                return replace(
                    known, posts={**self.posts, (role, site): Post(role, site, fact.job)}
                )
            case e.RoleRevoked(role=role, site=site):
                kept = {k: p for k, p in self.posts.items() if not ends(k, role, site)}
                return replace(known, posts=kept)
            case e.PartyLeft():
                return replace(known, posts={}, left=True)
            case _:
                return known


def ends(held: tuple[str, UUID | None], role: str, site: UUID | None) -> bool:
    """Revoking a role without a site ends it at every site."""
    return held[0] == role and site in (None, held[1])


def said(fact: e.PartyRegistered) -> tuple[object, ...]:
    return fact.kind, fact.name, fact.sign_in_subject, fact.sign_in_issuer
