"""Entries as the trail keeps them, and what is known around them, for the tests of this service."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from cosigne.people import id_of, people
from services.reporting.domain.entry import Answer, Entry
from services.reporting.domain.known import Known, ThemeLabel
from shared.kernel import Contributor

TENANT = id_of("organisation", "grand-heron")
ZONE = ZoneInfo("America/Toronto")
WHEN = datetime(2026, 5, 12, 19, 0, tzinfo=UTC)
NAMES = {p.id: p.name for p in people().values()} | {
    id_of("site", "maison-du-quai"): "Maison du Quai"
}
LABELS = {
    "travail": ("Mon travail", "My work"),
    "sommeil": ("Mon sommeil", "My sleep"),
    "securite": ("Me sentir en sécurité", "Feeling safe"),
    "comprendre-medicaments": ("Comprendre mes médicaments", "Understanding my medication"),
}
THEMES = {
    key: (ThemeLabel(theme=key, catalogue=uuid4(), since=datetime(2025, 1, 1, tzinfo=UTC), fr=fr, en=en),)
    for key, (fr, en) in LABELS.items()
}  # fmt: skip


def party(key: str) -> UUID:
    return id_of("party", key)


def took(key: str, part: str = "wrote", attestation: str = "own", role: str = "") -> Contributor:
    role = role or people()[key].role
    return Contributor(party=party(key), role=role, part=part, attestation=attestation)


def entry(
    kind: str, body=None, *, of: str = "luc", by: str = "", noted_by: str = "", **more
) -> Entry:
    author = by or of
    service = kind.partition(".")[0]
    known = {
        "id": uuid4(),
        "tenant": TENANT,
        "subject": party(of),
        "source": service,
        "type": kind,
        "position": 7,
        "leaf": "00" * 32,
        "stream": uuid4(),
        "version": 3,
        "recorded_at": more.get("occurred_at", WHEN),
        "occurred_at": more.get("recorded_at", WHEN),
        "precision": "instant",
        "actor": party(noted_by or author),
        "author": party(author),
        "contributors": (took(author),),
        "body": body or {},
        "about": UUID(body["entry"]) if body and "entry" in body else None,
    }
    return Entry(**{**known, **more})


def answer(to: Entry, kind: str, by: str, **more) -> Answer:
    when = more.pop("at", WHEN + timedelta(days=3))
    return Answer(
        entry=uuid4(), kind=kind, author=party(by), actor=party(by),
        recorded_at=when, occurred_at=when, precision="instant", **more,
    )  # fmt: skip


def known(*entries: Entry, **more) -> Known:
    given = {"names": NAMES, "themes": THEMES, "zone": ZONE, "entries": {e.id: e for e in entries}}
    return Known(**{**given, **more})


def plain(text: str) -> str:
    """Without the no-break spaces, so that a test reads as a sentence."""
    return text.replace("\u00a0", " ")
