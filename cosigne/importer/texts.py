"""How a CSV file is written: its encoding and its delimiter, found out of its first part."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from shared.kernel import Refused

DELIMITERS = ";,\t|"
PIECE = 1 << 20
LONGEST_CELL = 1 << 20


class Assumed(NamedTuple):
    encoding: str
    delimiter: str


def assumed_of(path: Path) -> Assumed:
    encoding = encoding_of(path)
    with path.open(encoding=encoding, newline="") as opened:
        first = opened.readline()
    counts = {sign: outside_quotes(first, sign) for sign in DELIMITERS}
    return Assumed(encoding, max(DELIMITERS, key=lambda sign: counts[sign]))


def encoding_of(path: Path) -> str:
    """UTF-8 if the whole file is; else what Windows writes, in which nearly every byte is a letter."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as opened:
        start = opened.read(4)
        if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-16"
        marked = start.startswith(codecs.BOM_UTF8)
        opened.seek(0)
        try:
            while piece := opened.read(PIECE):
                decoder.decode(piece)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1252"
    return "utf-8-sig" if marked else "utf-8"


def outside_quotes(line: str, sign: str) -> int:
    return sum(part.count(sign) for part in line.split('"')[::2])


def rows_of(path: Path, assumed: Assumed) -> Iterator[tuple[int, list[str]]]:
    """Each row and the number of the line it begins on. Raises Refused where no rows can be told."""
    csv.field_size_limit(LONGEST_CELL)
    with path.open(encoding=assumed.encoding, newline="") as opened:
        reader = csv.reader(opened, delimiter=assumed.delimiter, strict=True)
        number = 1
        while True:
            try:
                row = next(reader, None)
            except (csv.Error, UnicodeDecodeError) as error:
                raise Refused(
                    "import.unreadable", path=path.name, line=number, reason=error
                ) from error
            if row is None:
                return
            yield number, row
            number = reader.line_num + 1
