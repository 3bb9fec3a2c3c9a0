"""What of a log record may be told: its sentence, numbers, kinds of errors, and words of our own.

Whatever else is put into a sentence could be somebody's. So could the message of any exception, and
what somebody else's library has put together by itself.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType

WITHHELD = "…"
OURS = ("cosigne", "services", "shared")
ROOTS = sorted({str(Path(p).resolve()) + "/" for p in sys.path if p}, key=len, reverse=True)
MOST_FRAMES = 50


class Word(str):
    """A word of the program itself (a service, a view, a code), vouched for by who logs it."""

    __slots__ = ()


def sentence(record: logging.LogRecord) -> str:
    """The record as it may be told."""
    ours = record.name.partition(".")[0] in OURS
    if not isinstance(record.msg, str) or not (ours or record.args):
        return f"{WITHHELD} ({record.funcName}:{record.lineno})"
    if not record.args:
        return record.msg
    try:
        if isinstance(record.args, Mapping):
            return record.msg % {name: said(value) for name, value in record.args.items()}
        return record.msg % tuple(said(value) for value in record.args)
    except (TypeError, ValueError):  # a number was to be written as one, and was something else
        return f"{WITHHELD} ({record.funcName}:{record.lineno})"


def said(value: object) -> object:
    if value is None or isinstance(value, (bool, int, float, Word)):
        return value
    if isinstance(value, BaseException):
        return error(value)
    if isinstance(value, type) and issubclass(value, BaseException):
        return value.__name__
    return WITHHELD


def error(value: BaseException) -> str:
    """Its class, and PostgreSQL's code or the system's, which say what kind of thing went wrong."""
    code = getattr(value, "sqlstate", None) or getattr(value, "errno", None)
    return f"{type(value).__name__} ({code})" if code else type(value).__name__


def frames(trace: TracebackType | None) -> str:
    """Where an error came through: files, lines, functions; no values."""
    return "\n".join(list(places(trace))[-MOST_FRAMES:])


def places(trace: TracebackType | None) -> Iterator[str]:
    while trace is not None:
        code = trace.tb_frame.f_code
        file = next(
            (code.co_filename[len(r) :] for r in ROOTS if code.co_filename.startswith(r)),
            Path(code.co_filename).name,
        )
        yield f'  File "{file}", line {trace.tb_lineno}, in {code.co_name}'
        trace = trace.tb_next
