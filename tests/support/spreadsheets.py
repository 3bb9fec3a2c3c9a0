"""An institution's files, made up: fictional people, and faults planted where we know."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import cycle, islice, product
from pathlib import Path

from services.assessment.api.installing import DATA

FIRST = ("Luc", "Awa", "Noé", "Maëlle", "Ésaïe", "Zoé", "Ali", "Inès", "Théo", "Fatou")
LAST = ("Gendreau", "Côté-Roy", "N’Diaye", "Lévesque", "Œuvrard", "Bélanger", "Tremblay")
DEFAULT = json.loads((DATA / "default-catalogue.json").read_text("utf-8"))
# by name, by their title in French, in English, as institutions do
THEMES = [t[("id", "fr", "en")[n % 3]] for n, t in enumerate(DEFAULT["themes"])]
PERSONS = ("Numéro de dossier", "Nom", "Prénom", "Date de naissance")
RATINGS = ("No de dossier", "Thème", "Réponse", "Date", "Commentaire")
# each way in which a line of ratings may be wrong: its column, and what stands there
WRONG = cycle((
    ("Réponse", "beaucoup"), ("Réponse", "140"), ("Date", "le 30 février"), ("Date", ""),
    ("No de dossier", "X-404"), ("Thème", "bonheur"), ("Réponse", "12,5"),
))  # fmt: skip


@dataclass(frozen=True)
class Planted:
    """A fault that we put there: on which line, under which heading."""

    line: int
    column: str


def write(path: Path, header: tuple[str, ...], rows: Iterator[tuple[str, ...]], **how) -> None:
    encoding = how.pop("encoding", "utf-8")
    with path.open("w", encoding=encoding, newline="", errors="strict") as opened:
        writer = csv.writer(opened, **{"delimiter": ";", **how})
        writer.writerow(header)
        writer.writerows(rows)


def people(count: int) -> Iterator[tuple[str, ...]]:
    names = cycle(product(LAST, FIRST))
    for number, (last, first) in enumerate(islice(names, count), 1):
        born = date(1950, 1, 1) + timedelta(days=number * 11)
        yield f"D-{number:05}", last, first, born.strftime("%d/%m/%Y")


def places(folder: Path) -> None:
    """One site, one programme, one worker: what relations need."""
    write(folder / "sites.csv", ("Code", "Nom", "Ville"), iter([("Q", "Maison du Quai", "Aulnes")]))
    programme = [("H", "Q", "Hébergement")]
    write(folder / "programmes.csv", ("Code", "Site", "Nom"), iter(programme))
    staff = [("M-1", "Belhadj", "Karim", "Intervenant", "Maison du Quai", "éducateur spécialisé")]
    header = ("Matricule", "Nom", "Prénom", "Rôle", "Site", "Titre d'emploi")
    write(folder / "intervenants.csv", header, iter(staff))


def answers(path: Path, persons: int, lines: int, *, one_in: int = 100, **how) -> list[Planted]:
    """Ratings, a sitting after the other; every so many lines one fault. Answers where."""
    planted: list[Planted] = []

    def rows() -> Iterator[tuple[str, ...]]:
        for number in range(lines):
            sitting, theme = divmod(number, len(THEMES))
            person = f"D-{sitting % persons + 1:05}"
            day = date(2022, 1, 3) + timedelta(days=sitting // persons * 30)
            named = THEMES[theme]
            row = dict(
                zip(RATINGS, (person, named, f"{number % 101} %", day.isoformat(), ""), strict=True)
            )
            if number % 5 == 0:
                row["Commentaire"] = f"Ça va ; « {number} »,\nc'est tout."
            if number % one_in == one_in // 2:
                column, wrong = next(WRONG)
                row[column] = wrong
                planted.append(Planted(line[0], column))
            line[0] += 2 if row["Commentaire"] else 1
            yield tuple(row.values())

    line = [2]
    write(path, RATINGS, rows(), **how)
    return planted
