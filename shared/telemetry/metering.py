"""Instruments of our own, thin over OpenTelemetry's: what is said is checked, and nothing costs when off.

What tells a value apart is said in the order in which it is declared, so that no other can be added.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, ClassVar, Protocol

from shared.telemetry.attributes import Attribute

Said = str | int | bool | None  # None is left out
Reading = tuple[float, *tuple[Said, ...]]  # a value, and what tells it apart
UNITS = {"s": "seconds", "By": "bytes"}
MOST_REMEMBERED = 10_000


class Meter(Protocol):
    """What makes the real instruments: OpenTelemetry's, or nothing."""

    def make(self, instrument: Instrument) -> Any: ...


class Instrument:
    """One declared instrument; it does nothing until telemetry begins in this process."""

    kind: ClassVar[str]

    def __init__(
        self,
        name: str,
        unit: str,
        meaning: str,
        attributes: Sequence[Attribute],
        boundaries: Sequence[float] = (),
    ) -> None:
        self.name, self.unit, self.meaning = name, unit, meaning
        self.attributes, self.boundaries = tuple(attributes), tuple(boundaries)
        self.real: Any = None
        self._known: dict[tuple[Said, ...], Mapping[str, Any]] = {}

    def begin(self, meter: Meter) -> None:
        self.real = meter.make(self)

    def end(self) -> None:
        self.real = None

    @property
    def prometheus(self) -> str:
        """What it is called where OTLP is translated for Prometheus."""
        unit = UNITS.get(self.unit)
        told = [self.name.replace(".", "_"), *([unit] if unit else [])]
        return "_".join([*told, "total"] if self.kind == "counter" else told)

    def labelled(self, said: tuple[Said, ...]) -> Mapping[str, Any]:
        """What may be said of it; remembered, as few things are said again and again."""
        known = self._known.get(said)
        if known is None:
            known = self._checked(said)
            if len(self._known) < MOST_REMEMBERED:
                self._known[said] = known
        return known

    def _checked(self, said: tuple[Said, ...]) -> Mapping[str, Any]:
        pairs = zip(self.attributes, said, strict=True)
        told = [(one, value) for one, value in pairs if value is not None]
        for one, value in told:
            if not one.allows(value):
                withheld(one.name)
        return {one.name: value for one, value in told if one.allows(value)}


class Counter(Instrument):
    """What only grows."""

    kind = "counter"

    def add(self, number: int, *said: Said) -> None:
        if self.real is not None:
            self.real.add(number, self.labelled(said))


class Histogram(Instrument):
    """How long something took, each time."""

    kind = "histogram"

    def record(self, value: float, *said: Said) -> None:
        if self.real is not None:
            self.real.record(value, self.labelled(said))


class Gauge(Instrument):
    """How something stands, asked anew at each reading."""

    kind = "gauge"

    def __init__(self, *declared: Any) -> None:
        super().__init__(*declared)
        self._read: list[Callable[[], Iterable[Reading]]] = []

    def end(self) -> None:
        super().end()
        self._read.clear()

    def read_by(self, read: Callable[[], Iterable[Reading]]) -> None:
        """Ask this too, from now on."""
        self._read.append(read)

    def readings(self) -> Iterable[tuple[float, Mapping[str, Any]]]:
        for read in tuple(self._read):
            for value, *said in read():
                yield value, self.labelled(tuple(said))


class Sum(Gauge):
    """The same, of what may be added up over processes."""

    kind = "sum"


class Total(Gauge):
    """The same, of what only grows and is counted elsewhere."""

    kind = "counter"


_counted_by: list[Counter] = []


def count_withheld(counter: Counter) -> None:
    _counted_by[:] = [counter]


def withheld(name: str) -> None:
    """Something could have been somebody's: said only that, and of which name."""
    for counter in _counted_by:
        counter.add(1, name)
