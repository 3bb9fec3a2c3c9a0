"""JSON as it comes in from outside: read once, bounded in size, depth, numbers and characters."""

from __future__ import annotations

from typing import Any

import orjson
from flask import Request, g
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from shared.http.complaints import Trouble
from shared.http.errors import Misfit, Unreadable, WrongType

DEEPEST = 32
LARGEST_NUMBER = 2**53 - 1  # beyond it, JavaScript readers would see another number
MOST_VALUES = 20_000


def body_of(request: Request) -> Any:
    """The JSON of a request, `{}` when it has none; kept, as a digest of it may be asked later."""
    if "body" not in g:
        raw = arrived(request)
        if raw and not request.is_json:
            raise WrongType("body.not_json_type")
        g.body = read(raw) if raw else {}
    return g.body


def arrived(request: Request) -> bytes:
    """All the bytes of a body; whatever breaks on the way, it broke on the caller's side."""
    most = request.max_content_length
    try:
        raw = request.get_data(cache=True)
    except HTTPException:
        raise
    except Exception:  # noqa: BLE001 - each server has its own errors for a torn chunk or a lost connection
        raise Unreadable("body.torn") from None
    if request.content_length is None and most is not None and len(raw) >= most:
        # werkzeug cuts a body of unannounced length at the limit, and says nothing
        raise RequestEntityTooLarge
    return raw


def read(raw: bytes) -> Any:
    """Decode, or refuse with what is wrong."""
    try:
        value = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise Unreadable(unreadable(raw, error), line=error.lineno, column=error.colno) from None
    if isinstance(value, (dict, list)):
        bounded(value)
    return value


def unreadable(raw: bytes, error: orjson.JSONDecodeError) -> str:
    if "depth" in error.msg:
        return "body.too_deep"
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return "body.not_utf8"
    return "body.not_json"


def bounded(value: Any) -> None:
    """Walk without recursion, so that no nesting can exhaust the stack."""
    waiting: list[tuple[Any, tuple[str, ...]]] = [(value, ())]
    seen = 0
    while waiting:
        here, path = waiting.pop()
        seen += 1
        if len(path) > DEEPEST:
            raise Unreadable("body.too_deep", most=DEEPEST)
        if seen > MOST_VALUES:
            raise Unreadable("body.too_many_values", most=MOST_VALUES)
        if isinstance(here, dict):
            for key, inner in here.items():
                if "\0" in key:
                    raise Misfit([Trouble((*path, key.replace("\0", "")), "text.nul")])
                waiting.append((inner, (*path, key)))
        elif isinstance(here, list):
            waiting.extend((inner, (*path, str(i))) for i, inner in enumerate(here))
        else:
            fit(here, path)


def fit(scalar: Any, path: tuple[str, ...]) -> None:
    if isinstance(scalar, str):
        if "\0" in scalar:
            raise Misfit([Trouble(path, "text.nul")])
    elif isinstance(scalar, (int, float)) and abs(scalar) > LARGEST_NUMBER:
        raise Misfit([Trouble(path, "number.too_large_to_read")])


def canonical(value: Any) -> bytes:
    """The same JSON, whatever its spaces and the order of its keys: the same bytes."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
