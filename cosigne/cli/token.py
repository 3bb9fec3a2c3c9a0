"""`cosigne token --as luc`: an access token for one of the fictional people."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from cosigne.cli.here import settings_here
from cosigne.crowd import find
from cosigne.embedded.home import Home
from cosigne.issuer.kept import Kept
from cosigne.issuer.tokens import mint_for
from cosigne.people import Person, Unknown, people
from cosigne.words import Words
from shared.kernel import Refused
from shared.settings import Settings


def arguments(parser: ArgumentParser, words: Words) -> None:
    parser.add_argument("--as", dest="key", metavar="NAME", help=words.line("help.as"))


def command(given: Namespace, words: Words) -> None:
    """Print the token and nothing else; without a name, who there is."""
    if given.key is None:
        for person in people().values():
            place = person.organisation.name if person.organisation else "—"
            print(f"{person.key:14} {person.name:24} {person.role:16} {place}")
        print(words.say("token.how"))
        return
    print(token_for(settings_here(), given.key))


def token_for(settings: Settings, key: str) -> str:
    """A token for one of the fictional people by name."""
    try:
        return token_of(settings, find(key))
    except Unknown:
        raise Refused("token.unknown", name=key) from None


def token_of(settings: Settings, person: Person) -> str:
    """Signed with the embedded issuer's key, which only this account may read."""
    home = Home.of()
    if settings.mode == "production" or settings.oidc_issuer != home.issuer_of(settings.url):
        raise Refused("issuer.not_in_production")
    return mint_for(Kept(home.issuer).signing_key(), person, issuer=settings.oidc_issuer)
