"""Every step, level, degree and reason can be said, in both languages, in the manner of the house."""

import pytest

from services.reporting.api.counts_shown import label
from services.reporting.api.saying.measuring import measure_word
from services.reporting.api.saying.wording import read
from services.reporting.domain import degree
from services.reporting.domain.counting import FIGURES
from services.reporting.domain.intervention import NOT_ABOUT_A_PLAN
from services.reporting.domain.steps import STEPS
from tests.support.manner import faults

CODES = {
    "step": STEPS,
    "level": degree.LEVELS,
    "apart": degree.LEVELS,
    "state": ("covered", "accepted", "not_covered", "went_on", "not_recorded", "not_applicable"),
    "degree": (degree.COMPLETE, degree.THROUGHOUT, degree.PARTIAL, degree.NONE),
    "reading": tuple(degree.READINGS),
    "reason": (degree.NOTHING_RECORDED, NOT_ABOUT_A_PLAN, "no_plan_shown"),
    "counts": ("persons", "with_plan", "noted", "theirs", "withheld", "no_place"),
    "seen": ("everything", "what_is_shown"),
}
WORDS = [
    pytest.param(section, code, own, locale, id=f"{section}.{code}.{locale}{'.own' * own}")
    for section, codes in CODES.items()
    for code in codes
    for own in (False, True)
    for locale in ("fr-CA", "fr-FR", "en")
]


def test_nothing_is_kept_that_is_never_said():
    kept = read("coproduction")
    assert {section: set(found) for section, found in kept.items()} == {
        section: set(codes) for section, codes in CODES.items()
    }


@pytest.mark.parametrize(("section", "code", "own", "locale"), WORDS)
def test_it_is_said_in_the_manner_of_the_house(section, code, own, locale):
    said = measure_word(section, code, locale, own=own)

    assert faults(said, locale.partition("-")[0]) == []
    assert "_" not in said


@pytest.mark.parametrize("locale", ["fr-CA", "fr-FR", "en"])
@pytest.mark.parametrize("figure", FIGURES)
def test_every_figure_that_is_counted_has_a_label(figure, locale):
    said = label(figure, locale)

    assert said
    assert "{" not in said
