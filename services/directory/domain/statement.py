"""What a person reads before she asks for all of hers to be erased: what goes, what stays, and when.

One screen, at most 120 words. A version that someone has read is kept as it was: other words are a
new version.
"""

from __future__ import annotations

from collections.abc import Mapping

Text = Mapping[str, tuple[str, ...]]

# by version, then language; {days} is the organisation's delay
STATEMENTS: Mapping[str, Mapping[str, Text]] = {
    "2026-11": {
        "fr": {
            "goes": (
                (
                    "Vos mots, vos réponses, votre réseau, votre plan, votre nom et votre accès : "
                    "plus personne ne pourra les lire."
                ),
                "Ce que d’autres ont écrit dans votre dossier.",
            ),
            "stays": (
                (
                    "La trace qu’il y a eu des entrées, quel jour et avec qui, sans votre nom ni un "
                    "mot de ce qui était dit."
                ),
                "Ce que vous avez écrit hors de votre dossier, sans votre nom.",
                "Ce qui est déjà sorti d’ici, et ce que la loi fait garder ailleurs.",
            ),
            "when": (
                (
                    "Une fois la demande acceptée, votre dossier est caché. Pendant {days} jours, vous "
                    "pouvez y renoncer. Après, c’est détruit pour toujours."
                ),
                "Pour garder quelque chose, demandez d’abord une copie.",
            ),
        },
        "en": {
            "goes": (
                (
                    "Your words, your answers, your network, your plan, your name and your access: "
                    "nobody will be able to read them any more."
                ),
                "What others wrote in your record.",
            ),
            "stays": (
                (
                    "The trace that there were entries, on which day and with whom, without your name "
                    "or a word of what was said."
                ),
                "What you wrote outside your record, without your name.",
                "What has left this place already, and what the law has kept elsewhere.",
            ),
            "when": (
                (
                    "Once the request is granted, your record is hidden. For {days} days you can call "
                    "it off. After that it is destroyed for good."
                ),
                "To keep something, ask for a copy first.",
            ),
        },
    }
}


def statement(version: str, language: str, days: int) -> Text:
    """Its parts in one language, with the organisation's own delay."""
    told = STATEMENTS[version][language]
    return {name: tuple(line.format(days=days) for line in lines) for name, lines in told.items()}
