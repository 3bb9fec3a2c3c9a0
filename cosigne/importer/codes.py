"""The words in which files say what the services know by a code."""

from __future__ import annotations

from collections.abc import Mapping

ROLES: Mapping[str, tuple[str, ...]] = {
    "practitioner": (
        "intervenant",
        "intervenante",
        "professionnel",
        "professionnelle",
        "practitioner",
    ),
    "peer_worker": ("pair aidant", "paire aidante", "pair-aidant", "peer worker"),
    "manager": ("gestionnaire", "chef de service", "cheffe de service", "manager"),
    "researcher": ("chercheur", "chercheuse", "researcher"),
    "administrator": ("administrateur", "administratrice", "administrator"),
    "privacy_officer": (
        "responsable de la protection des renseignements personnels",
        "responsable de la vie privée",
        "privacy officer",
    ),
    "auditor": ("vérificateur", "vérificatrice", "auditeur", "auditrice", "auditor"),
}
CARE: Mapping[str, tuple[str, ...]] = {
    name: ROLES[name] for name in ("practitioner", "peer_worker")
}
ALTERS: Mapping[str, tuple[str, ...]] = {
    "person": ("personne", "person"),
    "animal": ("animal", "pet"),
    "group": ("groupe", "group"),
    "service": ("service", "lieu", "organisme", "place"),
}
