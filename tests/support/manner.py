"""The manner of the house: what no sentence that a person reads may hold, and a detector of it.

What people wrote themselves stands in quotation marks and is theirs; names are nobody's language.
"""

import re
from collections.abc import Iterable

FORBIDDEN = re.compile(
    r"\b(refus\w*|échec\w*|échou\w*|non[- ]conform\w*|prétend\w*|patients?|patientes?|clients?|"
    r"clientes?|bénéficiaires?|usag(?:er|ère)s?|fail\w*|non-compliant|claims?|beneficiar\w+|"
    r"cases?|service users?|complian\w+)\b",
    re.IGNORECASE,
)
QUOTED = re.compile(r"«[^«»]*»|“[^“”]*”|\[mots [^\]]*\]|\[words [^\]]*\]")
OPTION = re.compile(r"(?<!\w)--[a-z-]+|\bdocs/[\w/.-]+")
SOMEONE = "Quelqu’un"

# words that only one of the two languages has, and that no sentence of some length does without
ONLY = {
    "fr": frozenset(
        [
            "le",
            "la",
            "les",
            "une",
            "des",
            "du",
            "et",
            "à",
            "au",
            "aux",
            "par",
            "est",
            "sont",
            "avec",
            "pour",
            "dans",
            "sur",
            "ce",
            "cette",
            "vous",
            "votre",
            "qui",
            "que",
            "pas",
            "été",
            "chez",
            "mais",
            "ceci",
            "leur",
            "ont",
            "peut",
            "jusqu’au",
            "depuis",
        ]
    ),
    "en": frozenset(
        [
            "the",
            "of",
            "and",
            "to",
            "is",
            "are",
            "with",
            "for",
            "this",
            "that",
            "you",
            "your",
            "who",
            "not",
            "their",
            "has",
            "have",
            "was",
            "were",
            "from",
            "it",
            "at",
            "be",
            "been",
            "there",
            "about",
            "until",
            "since",
            "which",
            "can",
            "by",
        ]
    ),
}
WORD = re.compile(r"[\w’]+")

# « Quelqu’un est parti », « vous êtes inscrite », « Quelqu’un, désigné par … »
ENDING = r"(?:ée?s?|ie?s?|ue?s?|te?s?|se?s?|eux|euse?s?|ives?|ifs?)"
# words with such an end that agree with nothing
PLAIN = (
    r"(?!(?:quelqu|dans|sous|plus|pas|tout|très|sans|aussi|moins|toujours|souvent|les|des|ses|vos|tous|"
    r"ceci|puis|jamais|parfois|alors|devant|ensuite|après|depuis)\b)"
)
BEING = (
    r"(?:,? (?:qui )?(?:ne )?(?:est|êtes|était|étiez|sera|serez|s’est|vous êtes|reste|restez|"
    r"a été|avez été|semble|semblez|n’est|n’êtes|n’a pas été|se sent|vous sentez)"
    r"(?: pas| plus| déjà| bien)?)"
)
AGREEING = re.compile(
    rf"(?:{SOMEONE}|\bvous|\bune personne sans nom ici)(?: \([^)]*\))?{BEING} {PLAIN}\w+{ENDING}\b"
    rf"|(?<!par ){SOMEONE}, {PLAIN}\w+(?:ée?s?|ie?s?|ue?s?)\b",
    re.IGNORECASE,
)
ENDINGS_OF_BOTH = re.compile(r"\w(?:\(e\)|\(ne\)|\(trice\)|·e|·ne|·trice|\.e\.?s?\b(?!\w))")
GENDERED = re.compile(
    r"\b(?:intervenante?|travailleu(?:r|se)|éducat(?:eur|rice)|conseill(?:er|ère)|infirmi(?:er|ère)|"
    r"direct(?:eur|rice)|contente?|satisfaite?|inqui(?:et|ète))s?\b"
    rf"|{SOMEONE} (?:lui|elle)-même",
    re.IGNORECASE,
)
PRONOUNS = re.compile(r"\b(?:he|she|his|her|hers|him|himself|herself)\b", re.IGNORECASE)
# participles that agree with a thing, or with « la personne », stand after these
OF_THINGS = re.compile(r"\bd’accord\b")


def bare(sentence: str, names: Iterable[str] = ()) -> str:
    """The sentence as the product says it: without words in quotation marks, names made one."""
    left = OPTION.sub("…", QUOTED.sub("…", sentence))
    for name in sorted(set(names), key=len, reverse=True):
        left = left.replace(name, SOMEONE)
    return left.replace("\u00a0", " ").replace("\u202f", " ")


def faults(sentence: str, language: str, names: Iterable[str] = ()) -> list[str]:
    """Why a sentence is not in the manner of the house; empty when nothing is wrong with it."""
    left = bare(sentence, names)
    other = {"fr": "en", "en": "fr"}[language]
    words = {word.lower() for word in WORD.findall(left)}
    found = [f"of the other language: {word}" for word in sorted(words & ONLY[other])]
    found += [f"a word that judges or is not hers: {word}" for word in FORBIDDEN.findall(left)]
    if language == "en":
        return found + [f"a gender: {word}" for word in PRONOUNS.findall(left)]
    agreeing = [m[0] for m in AGREEING.finditer(left) if not OF_THINGS.search(m[0])]
    both = [m[0] for m in ENDINGS_OF_BOTH.finditer(left)]
    gendered = [m[0] for m in GENDERED.finditer(left)]
    return found + [f"a gender: {words}" for words in (*agreeing, *both, *gendered)]
