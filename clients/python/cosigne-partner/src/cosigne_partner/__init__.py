"""Takes in what a Cosigne installation tells a partner: each event once, in order, none missing."""

from cosigne_partner.checkpoint import Checkpoint, FileCheckpoint, Place, PostgresCheckpoint
from cosigne_partner.credentials import Credentials
from cosigne_partner.event import Event, Strange
from cosigne_partner.feed import Feed, Page, Refused, StartAgain
from cosigne_partner.inbox import Gap, Inbox, Missing
from cosigne_partner.webhook import Secret, Unverified, Verifier

__all__ = [
    "Checkpoint",
    "Credentials",
    "Event",
    "Feed",
    "FileCheckpoint",
    "Gap",
    "Inbox",
    "Missing",
    "Page",
    "Place",
    "PostgresCheckpoint",
    "Refused",
    "Secret",
    "StartAgain",
    "Strange",
    "Unverified",
    "Verifier",
]
