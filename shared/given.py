"""What an environment says: texts, paths, addresses, and secrets kept in files."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from ipaddress import ip_network
from pathlib import Path

from psycopg.conninfo import make_conninfo

from shared.kernel import Refused

MOST_SECONDS = 1e6


@dataclass(frozen=True, slots=True)
class Given:
    """The environment, with `COSIGNE_<NAME>_FILE` standing for a secret kept in a file."""

    environment: Mapping[str, str]

    def text(self, name: str, default: str = "") -> str:
        value = self.environment.get(f"COSIGNE_{name}")
        path = self.environment.get(f"COSIGNE_{name}_FILE")
        if value and path:
            raise Refused("settings.given_twice", name=f"COSIGNE_{name}")
        if path:
            try:
                return Path(path).read_text("utf-8").strip()
            except OSError as error:
                reason = error.strerror or "?"
                raise Refused("settings.file_unreadable", path=path, reason=reason) from error
        return value or default

    def path(self, name: str) -> Path | None:
        return Path(told) if (told := self.text(name)) else None

    def administrator(self, name: str) -> str:
        """`<NAME>_URL`, with `<NAME>_PASSWORD` where that is told apart, as an operator's Secret does."""
        url, password = self.text(f"{name}_URL"), self.text(f"{name}_PASSWORD")
        return make_conninfo(url, password=password) if url and password else url

    def seconds(self, name: str, default: float) -> float:
        """A length of time; 0 is one too."""
        told = self.text(name)
        try:
            value = float(told) if told else default
        except ValueError:
            value = -1.0
        if not 0 <= value < MOST_SECONDS:
            raise Refused("settings.no_seconds", name=f"COSIGNE_{name}", value=told)
        return value

    def networks(self, name: str) -> tuple[str, ...]:
        """Between commas: `127.0.0.0/8,::1/128`."""
        given = [one.strip() for one in self.text(name).split(",") if one.strip()]
        try:
            return tuple(str(ip_network(one)) for one in given)
        except ValueError as error:
            told = ", ".join(given)
            raise Refused("settings.no_network", name=f"COSIGNE_{name}", value=told) from error

    def urls_of(self, names: Iterable[str], kind: str = "DATABASE_URL") -> dict[str, str]:
        """`PLANS_DATABASE_URL` and others such, by the service's name; those not given are left out."""
        found = {name: self.text(f"{name.upper()}_{kind}") for name in names}
        return {name: url for name, url in found.items() if url}


def whole(name: str, told: str) -> int:
    if not told.isdecimal() or not int(told):
        raise Refused("settings.no_number", name=f"COSIGNE_{name}", value=told)
    return int(told)
