"""`cosigne seal`: the events of some or all services, given their place in the sealed log."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from cosigne.cli.working import options, work
from cosigne.words import Words


def arguments(parser: ArgumentParser, words: Words) -> None:
    options(parser, words)


def command(given: Namespace, words: Words) -> None:
    del words
    work(given, "seal")
