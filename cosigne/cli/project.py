"""`cosigne project`: the views that a service makes of its own log alone, kept up to date."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from cosigne.cli.working import options, work
from cosigne.words import Words


def arguments(parser: ArgumentParser, words: Words) -> None:
    options(parser, words)


def command(given: Namespace, words: Words) -> None:
    del words
    work(given, "project")
