"""What is wrong with a field, as a code with its values: marshmallow's own words are English only."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

import marshmallow as ma
from marshmallow import validate

# marshmallow's keys of a field's messages, and what we say instead
CODES = {
    "required": "field.required",
    "null": "field.null",
    "type": "value.not_an_object",
    "validator_failed": "value.invalid",
    "invalid_uuid": "value.not_an_id",
    "too_large": "number.too_large_to_read",
    "special": "value.not_a_number",
    "invalid_awareness": "moment.invalid",
    "format": "value.invalid",
}
INVALID: tuple[tuple[type[ma.fields.Field[Any]], str], ...] = (
    (ma.fields.String, "value.not_text"),
    (ma.fields.Integer, "value.not_a_whole_number"),
    (ma.fields.Number, "value.not_a_number"),
    (ma.fields.Boolean, "value.not_true_or_false"),
    (ma.fields.List, "value.not_a_list"),
    (ma.fields.Date, "day.invalid"),
    (ma.fields.DateTime, "moment.invalid"),
    (ma.fields.Mapping, "value.not_an_object"),
)
# the same, said of the whole body rather than of a field
WHOLE_BODY = {"value.not_an_object": "body.not_an_object"}


class Complaint(str):
    """A message of marshmallow's which is a code and keeps the values of its sentence."""

    __slots__ = ("values",)

    values: Mapping[str, object]

    def __new__(cls, code: str, **values: object) -> Self:
        told = super().__new__(cls, code)
        told.values = values
        return told

    def format(self, *_: object, **values: object) -> Complaint:
        """Called by marshmallow to fill a message: the values are kept for later."""
        return Complaint(str(self), **{**self.values, **values})


@dataclass(frozen=True)
class Trouble:
    """One thing to put right: where, what, and the values of the sentence."""

    path: tuple[str, ...]
    code: str
    values: Mapping[str, object] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return ".".join(self.path)

    @property
    def pointer(self) -> str:
        return "#" + "".join("/" + p.replace("~", "~0").replace("/", "~1") for p in self.path)


def speak_in_codes(bound: ma.fields.Field[Any]) -> None:
    """Make a field, and those inside it, complain in codes; called while a schema binds it."""
    invalid = next((code for kind, code in INVALID if isinstance(bound, kind)), "value.invalid")
    bound.error_messages = {
        key: said if isinstance(said, Complaint) else Complaint(CODES.get(key, invalid))
        for key, said in bound.error_messages.items()
    }
    bound.validators = [speaking(validator) for validator in bound.validators]
    for inner in ("inner", "key_field", "value_field"):
        if isinstance(getattr(bound, inner, None), ma.fields.Field):
            speak_in_codes(getattr(bound, inner))


def speaking(validator: Any) -> Any:
    """The same check, complaining in a code; one of an unknown kind says `value.invalid`."""
    said = getattr(validator, "error", None)
    if not isinstance(validator, validate.Validator) or isinstance(said, Complaint):
        return validator
    twin = copy.copy(validator)
    twin.error = complaint_of(validator)
    return twin


def complaint_of(validator: validate.Validator) -> Complaint:
    match validator:
        case validate.OneOf():
            return Complaint("value.not_in_list", allowed=list(validator.choices))
        case validate.Length(equal=int(exact)):
            return Complaint("length.wrong", exact=exact)
        case validate.Length():
            return Complaint("length" + bounds(validator.min, validator.max))
        case validate.Range():
            return Complaint("number" + bounds(validator.min, validator.max))
        case validate.Regexp():
            return Complaint("value.wrong_form")
        case _:
            return Complaint("value.invalid")


def bounds(low: object, high: object) -> str:
    if high is None:
        return ".too_small"
    return ".too_large" if low is None else ".out_of_range"


def troubles(messages: object, path: tuple[str, ...] = ()) -> Iterator[Trouble]:
    """Every complaint of a marshmallow error, flat, each with the way to its field."""
    if isinstance(messages, Mapping):
        for key, inner in messages.items():
            here = path if key == "_schema" else (*path, str(key))
            yield from troubles(inner, here)
    elif isinstance(messages, Complaint):
        code = str(messages) if path else WHOLE_BODY.get(str(messages), str(messages))
        yield Trouble(path, code, messages.values)
    elif isinstance(messages, Iterable) and not isinstance(messages, str):
        for inner in messages:
            yield from troubles(inner, path)
    else:
        # an English sentence of a library: not for people
        yield Trouble(path, "value.invalid")
