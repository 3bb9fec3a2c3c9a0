"""`cosigne demo`: the cast's stories, told to an installation that runs on this machine."""

from __future__ import annotations

import signal
import sys
from argparse import ArgumentParser, Namespace
from functools import partial

from cosigne.cli.here import settings_here
from cosigne.cli.token import token_of
from cosigne.demo.door import Refusal
from cosigne.running.lifeline import hold_on
from cosigne.running.telling import tell_here
from cosigne.words import Words
from shared.kernel import Refused

STEPS = 10


def arguments(parser: ArgumentParser, words: Words) -> None:
    del parser, words


def command(given: Namespace, words: Words) -> None:
    """Harmless to repeat; interrupted, it goes on where it was."""
    del given
    hold_on()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    settings = settings_here()

    def progress(done: int, whole: int) -> None:
        """On a terminal one line that moves; elsewhere a line for each tenth."""
        line = f"  {words.line('demo.progress', done=done, whole=whole)}"
        if sys.stdout.isatty():
            print(f"\r{line}", end="\n" if done == whole else "", flush=True)
        elif done == whole or done % max(1, whole // STEPS) == 0:
            print(line, flush=True)

    try:
        tell_here(settings, partial(token_of, settings), progress)
    except Refusal as refusal:
        raise Refused("demo.refused", reason=str(refusal)) from refusal
