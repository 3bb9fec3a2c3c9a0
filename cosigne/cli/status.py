"""`cosigne status`: how far the sealed logs and the views have come."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Sequence

from cosigne.cli.here import settings_here
from cosigne.running.caught_up import statuses
from cosigne.running.counting import Positions, positions
from cosigne.running.delivering import Delivery, deliveries
from cosigne.running.measuring import erasures_of
from cosigne.words import Words
from shared.settings import Settings
from shared.store.status import StoreStatus, ViewStatus

HEAD = ("service", "sealed", "organisations", "unsealed", "oldest", "lag", "parked")
HEAD_OF_VIEWS = ("view", "version", "source", "behind", "lag", "parked")
HEAD_OF_RELAY = ("service", "unpublished", "oldest")
HEAD_OF_DELIVERIES = ("organisation", "subscription", "waiting", "oldest", "given_up", "stopped")
HEAD_OF_POSITIONS = ("service", "organisation", "sealed", "last_position", "gapless")


def arguments(parser: ArgumentParser, words: Words) -> None:
    parser.add_argument("--views", action="store_true", help=words.line("help.views"))
    parser.add_argument("--deliveries", action="store_true", help=words.line("help.deliveries"))
    parser.add_argument(
        "--positions", action="store_true", help=words.line("help.status_positions")
    )


def command(given: Namespace, words: Words) -> int:
    """Answers 1 when something is parked or has waited for more than a minute."""
    settings = settings_here()
    found = statuses(settings)
    print(table([words.line(f"status.{name}") for name in HEAD], map(of_service, found)))
    if given.views:
        rows = [of_view(one, view) for one in found for view in one.followers]
        print("\n" + table([words.line(f"status.{name}") for name in HEAD_OF_VIEWS], rows))
    say_relayed(found, words)
    say_deliveries(deliveries(settings), words, each=given.deliveries)
    if given.positions:
        told = positions(settings)
        rows = [[p.service, p.tenant, p.events, p.last, yes_or_no(p, words)] for p in told]
        print("\n" + table([words.line(f"status.{name}") for name in HEAD_OF_POSITIONS], rows))
        if not all(one.gapless for one in told):
            return 1
    return int(any(troubled(one) for one in found) | erasures(settings, words))


def say_relayed(found: Sequence[StoreStatus], words: Words) -> None:
    """What the brokers have not acknowledged yet, service by service, where there are any."""
    told = [(one.service, one.unpublished) for one in found if one.unpublished is not None]
    if told:
        head = [words.line(f"status.{name}") for name in HEAD_OF_RELAY]
        print("\n" + table(head, [(name, u.events, seconds(u.seconds)) for name, u in told]))


def say_deliveries(found: Sequence[Delivery], words: Words, *, each: bool) -> None:
    waiting, stopped = sum(d.waiting for d in found), sum(d.disabled for d in found)
    if waiting or stopped:
        oldest = seconds(max(d.seconds for d in found))
        print(
            "\n" + words.say("status.deliveries", waiting=waiting, oldest=oldest, stopped=stopped)
        )
    if each:
        head = [words.line(f"status.{name}") for name in HEAD_OF_DELIVERIES]
        print("\n" + table(head, [of_delivery(one, words) for one in found]))


def of_delivery(one: Delivery, words: Words) -> list[object]:
    why = words.line(f"status.stopped_{one.stopped}") if one.stopped else ""
    numbers = (one.waiting, seconds(one.seconds), one.given_up)
    return [one.tenant, one.subscription, *numbers, why]


def erasures(settings: Settings, words: Words) -> bool:
    """How many wait or are under way; whether one takes longer than any should."""
    waiting, begun, late = erasures_of(settings)
    if waiting or begun:
        print("\n" + words.say("status.erasures", waiting=waiting, begun=begun, late=late))
    return bool(late)


def yes_or_no(one: Positions, words: Words) -> str:
    return words.line("status.yes" if one.gapless else "status.no")


def of_service(one: StoreStatus) -> list[object]:
    oldest, lag = seconds(one.oldest_unsealed_seconds), seconds(worst(one))
    parked = sum(view.parked for view in one.followers)
    return [one.service, one.head, one.tenants, one.unsealed, oldest, lag, parked]


def of_view(one: StoreStatus, view: ViewStatus) -> list[object]:
    name, lag = f"{one.service}.{view.view}", seconds(view.behind_seconds)
    version = "" if view.version is None else view.version
    return [name, version, view.source, view.behind_events, lag, view.parked]


def worst(one: StoreStatus) -> float:
    return max((v.behind_seconds for v in one.followers), default=0.0)


def troubled(one: StoreStatus) -> bool:
    unpublished = one.unpublished.seconds if one.unpublished else 0.0
    waits = max(float(one.oldest_unsealed_seconds), worst(one), unpublished) > 60
    return waits or any(v.parked for v in one.followers)


def seconds(value: float) -> str:
    return f"{float(value):.1f} s"


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [[str(cell) for cell in row] for row in (head, *rows)]
    widths = [max(len(line[n]) for line in lines) for n in range(len(head))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )
