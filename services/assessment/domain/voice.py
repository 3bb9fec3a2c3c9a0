"""Who speaks: the person herself, someone who notes what she said, or another party."""

from shared.kernel import Act, Denied, Invalid

NEVER_IN_HER_PLACE = frozenset({"representative", "assistant"})
LONGEST = 4000


def herself(act: Act) -> bool:
    """She is signed in and speaks for herself; all else done in her name is claimed."""
    return act.actor == act.author == act.subject


def need_her_word(act: Act) -> None:
    """Hers to say: by herself, or noted for her by someone who names her as having said it."""
    if act.author != act.subject:
        raise Denied("person.hers_alone", field="act.author")
    if act.actor == act.author:
        return
    if act.role_of(act.actor) in NEVER_IN_HER_PLACE:
        raise Denied("person.never_in_her_place", field="act.author")
    if act.attestation_of(act.subject) is None:
        # unnamed, she could neither confirm nor dispute what is noted in her name
        raise Invalid("person.not_named", field="act.contributors")


def need_own_sign_in(act: Act) -> None:
    if act.actor != act.author:
        raise Denied("author.own_sign_in", field="act.author")


def need_words(words: str | None, field: str = "words") -> None:
    """Words that are there, and of a length that a thread or a card can carry."""
    if words is None or not words.strip():
        raise Invalid("words.none", field=field)
    allow_words(words, field)


def allow_words(words: str | None, field: str = "words") -> None:
    if words is not None and len(words) > LONGEST:
        raise Invalid("words.too_long", field=field, longest=LONGEST)


def need_one_of(value: str, allowed: tuple[str, ...], field: str) -> None:
    if value not in allowed:
        raise Invalid("value.not_in_list", field=field, allowed=", ".join(allowed))
