"""`cosigne migrate`: databases, roles and tables, through the administrator's URL."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from cosigne.plans import plans
from cosigne.running.preparing import prepare_all
from cosigne.words import Words
from shared.kernel import Refused
from shared.settings import Settings


def arguments(parser: ArgumentParser, words: Words) -> None:
    del parser, words


def command(given: Namespace, words: Words) -> None:
    del given, words
    settings = Settings.read()
    if not settings.admin_database_url:
        raise Refused("settings.missing", names="COSIGNE_ADMIN_DATABASE_URL")
    prepare_all(settings, plans(), lambda name: print(name, flush=True))
