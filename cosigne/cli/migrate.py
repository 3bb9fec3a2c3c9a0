"""`cosigne migrate`: databases, roles and tables, through the administrator's URL."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from cosigne.plans import plans
from cosigne.running.preparing import prepare_all
from cosigne.words import Words
from shared.settings import KEYS, SERVICES, Settings, url_of

NEEDS = frozenset({*map(url_of, (*SERVICES, KEYS)), "COSIGNE_ADMIN_DATABASE_URL"})


def arguments(parser: ArgumentParser, words: Words) -> None:
    del parser, words


def command(given: Namespace, words: Words) -> None:
    del given, words
    settings = Settings.read(needs=NEEDS)
    prepare_all(settings, plans(), lambda name: print(name, flush=True))
