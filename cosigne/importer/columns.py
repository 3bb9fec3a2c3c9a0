"""What a file may hold: the kinds of lines, their columns, and the headings they are known by.

The reference page and the mapping templates are made from here.
"""

from __future__ import annotations

from collections.abc import Mapping

from cosigne.importer.codes import ALTERS, CARE, ROLES
from cosigne.importer.column import Column, Kind, key, named

PERSON_KEY = ("numéro de dossier", "no de dossier", "dossier", "identifiant", "numéro")
PERSON_KEY_EN = ("file number", "file no", "person", "record number", "id")
PERSON = named("person", PERSON_KEY, PERSON_KEY_EN, "the person's number, as in `persons`")
SITE = named("site", ("site", "lieu", "établissement"), ("site", "place"), "its code, or its name")
SIGN_IN = Column(
    "sign_in",
    ("identifiant de connexion", "courriel", "connexion"),
    ("sign-in", "e-mail", "login"),
    longest=200,
    about="how the provider of sign-ins calls them; without it nobody signs in",
)
KINDS: tuple[Kind, ...] = (
    Kind(
        "sites",
        ("sites", "lieux", "établissements"),
        (
            key(("code", "code du site", "numéro"), ("code", "site code", "id")),
            Column("name", ("nom", "nom du site"), ("name", "site name"), needed=True, longest=200),
            Column("town", ("ville", "commune"), ("town", "city"), longest=200),
            Column("kind", ("type", "genre"), ("type",), longest=200),
        ),
        "Where a service is given.",
    ),
    Kind(
        "programmes",
        ("programmes", "services", "programs"),
        (
            key(("code", "code du programme", "numéro"), ("code", "programme code", "id")),
            SITE,
            Column("name", ("nom", "nom du programme"), ("name",), needed=True, longest=200),
        ),
        "Within what a service is given, each at one site.",
    ),
    Kind(
        "practitioners",
        ("practitioners", "intervenants", "professionnels", "staff", "personnel"),
        (
            key(("matricule", "numéro", "code", "identifiant"), ("staff number", "number", "id")),
            Column("name", ("nom", "nom complet"), ("name", "last name"), needed=True, longest=60),
            Column("first_name", ("prénom",), ("first name",), longest=59),
            Column("role", ("rôle", "fonction"), ("role",), "code", needed=True, codes=ROLES),
            Column(
                "site", SITE.fr, SITE.en, longest=200, about="left out: in the whole organisation"
            ),
            Column("job", ("titre d'emploi", "métier", "poste"), ("job", "title"), longest=120),
            SIGN_IN,
        ),
        "Who works here, one line for each role.",
    ),
    Kind(
        "persons",
        ("persons", "personnes", "people"),
        (
            key(PERSON_KEY, PERSON_KEY_EN),
            Column("name", ("nom", "nom complet"), ("name", "last name"), needed=True, longest=60),
            Column("first_name", ("prénom",), ("first name",), longest=59),
            Column("born", ("date de naissance", "naissance"), ("birth date", "born"), "day"),
            SIGN_IN,
        ),
        "Whom the service is for.",
    ),
    Kind(
        "relations",
        ("relations", "suivis", "accompagnements"),
        (
            PERSON,
            named(
                "practitioner",
                ("intervenant", "matricule", "professionnel"),
                ("practitioner", "staff number"),
                "the number, sign-in or name of someone who works here",
            ),
            Column(
                "role", ("rôle",), ("role",), "code", codes=CARE, about="practitioner if left out"
            ),
            SITE,
            named("programme", ("programme", "service"), ("programme", "program"), "code or name"),
            Column(
                "words",
                ("mots", "pourquoi"),
                ("words", "why"),
                longest=1000,
                about="what she is told about it",
            ),
            Column("since", ("depuis", "début", "date de début"), ("since", "start"), "day"),
        ),
        "Who accompanies whom now, where and within what.",
    ),
    Kind(
        "ratings",
        ("ratings", "cotes", "réponses", "bilans", "answers"),
        (
            PERSON,
            named(
                "theme",
                ("thème", "question"),
                ("theme",),
                "its name, or its title in French or English",
            ),
            Column(
                "value",
                ("valeur", "cote", "réponse"),
                ("value", "rating", "answer"),
                "percent",
                needed=True,
                most=100,
            ),
            Column("day", ("date", "jour", "date du bilan"), ("date", "day"), "day", needed=True),
            Column("comment", ("commentaire", "mots"), ("comment",), longest=4000),
        ),
        "Her answers, those of one day being one sitting.",
    ),
    Kind(
        "ties",
        ("ties", "liens", "réseau", "network"),
        (
            PERSON,
            Column(
                "name",
                ("nom", "nom du lien"),
                ("name",),
                needed=True,
                longest=80,
                about="as she calls them; also tells ties apart where there is no key",
            ),
            key(("code", "numéro du lien"), ("code", "tie number"), needed=False),
            Column("relation", ("relation", "lien"), ("relation",), longest=80),
            Column("circle", ("cercle",), ("circle",), "whole", least=1, most=3),
            Column("kind", ("type", "genre"), ("type",), "code", codes=ALTERS),
            Column("quality", ("qualité",), ("quality",), longest=200),
            Column("closeness", ("proximité",), ("closeness",), longest=200),
            Column("day", ("date", "jour"), ("date", "day"), "day"),
        ),
        "Who and what is around her, as she said it.",
    ),
    Kind(
        "goals",
        ("goals", "objectifs"),
        (
            PERSON,
            Column(
                "words",
                ("objectif", "mots", "libellé"),
                ("goal", "words"),
                needed=True,
                longest=4000,
            ),
            key(("code", "numéro de l'objectif"), ("code", "goal number"), needed=False),
            Column("day", ("date", "jour"), ("date", "day"), "day"),
        ),
        "What she works towards: proposals until she says yes.",
    ),
)
KIND: Mapping[str, Kind] = {kind.name: kind for kind in KINDS}
