from __future__ import annotations

from dataclasses import replace

import pytest

from services.assessment.domain.catalogue import Catalogue
from services.assessment.domain.catalogue_commands import (
    AddSphere,
    AddTheme,
    Content,
    DiscussCatalogue,
    DraftCatalogue,
    PublishCatalogue,
    RenameCatalogue,
    RetireCatalogue,
    RetireSphere,
    RetireTheme,
    RewordSphere,
    RewordTheme,
    SetCatalogueAside,
    SetScale,
    SphereGiven,
    ThemeGiven,
)
from services.assessment.domain.events import CatalogueDrafted, CataloguePublished, Step, ThemeAdded
from shared.coproduction import (
    ConfirmContribution,
    DisputeContribution,
    MisfileEntry,
    WithdrawWords,
    replay,
)
from shared.kernel import Invalid, NotFound, Refused
from tests.assessment.given import CATALOGUE, DIANE, LUC, TENANT, act, named, telling, told

AWA = named("awa")
SPHERE = SphereGiven("besoins", "Besoins", "Everyday needs")
THEME = ThemeGiven("logement", "besoins", "Mon logement", "My home", "Bien?", "Good?", "logement")
CONTENT = Content((SPHERE,), (THEME,), 0, 100, (Step(0, "Non", "No"), Step(100, "Oui", "Yes")))


def by(*also, actor=AWA):
    return act(actor, subject=TENANT, also=also)


def ask(asked, **fields):
    return asked(act=fields.pop("by", None) or by(), stream=CATALOGUE, **fields)


def draft(**fields):
    given = {"key": "maison", "kind": "quality_of_life", "fr": "Maison", "en": "House"}
    return ask(DraftCatalogue, **{**given, **fields})


def theme(**fields):
    words = {"fr": "Mon revenu", "en": "My income", "help_fr": "", "help_en": ""}
    return ask(AddTheme, **{"theme": "revenu", "sphere": "besoins", **words, **fields})


def reword(**fields):
    words = {"fr": "Mon chez-moi", "en": "My place", "help_fr": "", "help_en": ""}
    return ask(RewordTheme, **{"theme": "logement", **words, **fields})


def drafted(*commands):
    return told(Catalogue(CATALOGUE), draft(content=CONTENT), *commands)


def published(*commands):
    return drafted(ask(PublishCatalogue), *commands)


def test_a_version_derives_from_another_with_all_it_holds():
    state, facts = telling(
        Catalogue(CATALOGUE), draft(content=CONTENT, edition=2, derived_from=AWA)
    )
    assert isinstance(facts[0], CatalogueDrafted)
    assert isinstance(facts[2], ThemeAdded)
    assert [f.originator_version for f in facts] == [1, 2, 3, 4]
    assert state.content == CONTENT
    assert state.meanings == {"logement": "logement"}
    assert state.scale == (0, 100)
    assert list(state.decide(draft(content=CONTENT))) == []
    with pytest.raises(Refused, match=r"catalogue.already_drafted"):
        state.decide(draft(key="autre"))


def test_one_that_comes_ready_made_is_published_in_the_same_breath_and_says_that_no_person_was_asked():
    state, facts = telling(Catalogue(CATALOGUE), draft(content=CONTENT, published=True))
    assert isinstance(facts[-1], CataloguePublished)
    assert facts[-1].people_took_part is False
    assert state.stage == "published"


def test_spheres_and_themes_are_added_reworded_and_retired():
    state = drafted(
        ask(AddSphere, sphere="sante", fr="Santé", en="Health"),
        ask(RewordSphere, sphere="sante", fr="Ma santé", en="My health"),
        theme(sphere="sante"),
        reword(),
    )
    assert state.spheres["sante"].fr == "Ma santé"
    assert (state.themes["logement"].fr, state.themes["logement"].meaning) == (
        "Mon chez-moi",
        "logement",
    )
    with pytest.raises(Refused, match=r"sphere.has_themes"):
        state.decide(ask(RetireSphere, sphere="sante"))
    state = told(state, ask(RetireTheme, theme="revenu"), ask(RetireSphere, sphere="sante"))
    assert set(state.spheres) == {"besoins"}
    assert set(state.themes) == {"logement"}


def test_a_draft_takes_another_name_and_what_is_published_keeps_its_own():
    renaming = ask(RenameCatalogue, fr="À notre façon", en="Our way")
    state, facts = telling(drafted(), renaming)
    assert [(f.fr, f.en) for f in facts] == [("À notre façon", "Our way")]
    assert state.called == ("À notre façon", "Our way")
    assert list(state.decide(renaming)) == []
    before, made = telling(Catalogue(CATALOGUE), draft(content=CONTENT))
    gone = state.decide(ask(WithdrawWords, entry=facts[0].id))
    assert replay(Catalogue(CATALOGUE), [*made, *facts, *gone]).called == before.called
    with pytest.raises(Invalid, match=r"words.none"):
        state.decide(ask(RenameCatalogue, fr="À notre façon", en=" "))
    with pytest.raises(Refused, match=r"catalogue.published_for_good"):
        published().decide(renaming)


def test_saying_the_same_again_records_nothing():
    state = drafted(theme())
    for command in (
        ask(AddSphere, sphere="besoins", fr="Besoins", en="Everyday needs"),
        ask(RewordSphere, sphere="besoins", fr="Besoins", en="Everyday needs"),
        ask(RetireSphere, sphere="nulle-part"),
        theme(),
        ask(RetireTheme, theme="nulle-part"),
        ask(SetScale, lowest=0, highest=100, steps=CONTENT.steps),
    ):
        assert list(state.decide(command)) == []
    assert list(told(state, reword()).decide(reword())) == []


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (ask(AddSphere, sphere="besoins", fr="Autre", en="Other"), "sphere.there_already"),
        (ask(AddSphere, sphere="Besoins!", fr="Autre", en="Other"), "name.not_plain"),
        (ask(AddSphere, sphere="a" * 81, fr="Autre", en="Other"), "name.not_plain"),
        (ask(AddSphere, sphere="autre", fr=" ", en="Other"), "words.none"),
        (ask(RewordSphere, sphere="autre", fr="Autre", en="Other"), "sphere.unknown"),
        (theme(sphere="autre"), "sphere.unknown"),
        (theme(theme="logement"), "theme.there_already"),
        (theme(meaning="logement"), "theme.meaning_taken"),
        (reword(theme="autre"), "theme.unknown"),
        (ask(SetScale, lowest=5, highest=5), "scale.upside_down"),
        (ask(SetScale, lowest=0, highest=1, steps=CONTENT.steps), "scale.steps_in_order"),
        (ask(DiscussCatalogue, words="Et le bruit?", about="bruit"), "catalogue.about_nothing"),
        (draft(key="Maison"), "catalogue.already_drafted"),
        (ask(RetireCatalogue), "catalogue.not_published"),
    ],
)
def test_what_does_not_fit_the_draft_is_refused(command, code):
    with pytest.raises(Refused, match=code):
        drafted().decide(command)


def test_a_draft_has_a_plain_key_and_a_known_kind():
    with pytest.raises(Invalid, match=r"name.not_plain"):
        Catalogue(CATALOGUE).decide(draft(key="Ma maison"))
    with pytest.raises(Invalid, match=r"value.not_in_list"):
        Catalogue(CATALOGUE).decide(draft(kind="satisfaction"))


def test_redefined_is_not_renamed():
    state = drafted(reword(meaning="chez-moi"))
    assert state.meanings == {"logement": "chez-moi"}


def test_a_published_version_never_changes():
    for command in (
        theme(),
        reword(),
        ask(RetireTheme, theme="logement"),
        ask(AddSphere, sphere="sante", fr="Santé", en="Health"),
        ask(RewordSphere, sphere="besoins", fr="X", en="X"),
        ask(RetireSphere, sphere="besoins"),
        ask(SetScale, lowest=0, highest=10),
    ):
        with pytest.raises(Refused, match=r"catalogue.published_for_good"):
            published().decide(command)


def test_nothing_to_ask_and_nothing_to_answer_on_is_not_published():
    with pytest.raises(Refused, match=r"catalogue.no_theme"):
        told(Catalogue(CATALOGUE), draft()).decide(ask(PublishCatalogue))
    no_scale = Content((SPHERE,), (THEME,))
    with pytest.raises(Refused, match=r"catalogue.no_scale"):
        told(Catalogue(CATALOGUE), draft(content=no_scale)).decide(ask(PublishCatalogue))
    change = told(Catalogue(CATALOGUE), draft(content=no_scale, kind="change"))
    assert len(change.decide(ask(PublishCatalogue))) == 1
    with pytest.raises(Refused, match=r"catalogue.not_for_rating"):
        _ = change.scale


def test_publishing_says_whether_people_took_part():
    assert not published().people_took_part
    assert published().decide(ask(PublishCatalogue)) == []
    # named by someone else is not yet took part
    claimed = ask(DiscussCatalogue, words="Avec Luc.", by=by(LUC))
    state, facts = telling(drafted(), claimed)
    assert not told(state, ask(PublishCatalogue)).people_took_part
    confirmed = ask(ConfirmContribution, entry=facts[0].id, by=by(actor=LUC))
    assert told(state, confirmed, ask(PublishCatalogue)).people_took_part
    discussed = ask(DiscussCatalogue, words="Et la solitude?", by=by(actor=DIANE), about="logement")
    state, facts = telling(drafted(), discussed)
    assert told(state, ask(PublishCatalogue)).people_took_part
    disputed = ask(DisputeContribution, entry=facts[0].id, by=by(actor=DIANE))
    assert not told(state, disputed, ask(PublishCatalogue)).people_took_part


def test_a_retired_version_is_no_longer_begun_with_nor_talked_of():
    state = published(ask(RetireCatalogue, reason="Remplacé."))
    assert list(state.decide(ask(RetireCatalogue))) == []
    for command in (ask(PublishCatalogue), ask(DiscussCatalogue, words="…")):
        with pytest.raises(Refused, match=r"catalogue.retired"):
            state.decide(command)
    with pytest.raises(Refused, match=r"catalogue.retired"):
        state.need_published()
    with pytest.raises(Refused, match=r"catalogue.not_published"):
        drafted().need_published()
    published().need_published()


def test_a_theme_moves_to_another_sphere_and_is_marked_sensitive_or_no_more():
    other = ask(AddSphere, sphere="sante", fr="Santé", en="Health")
    state = drafted(other, reword(sphere="sante", sensitive=True))
    assert (state.themes["logement"].sphere, state.themes["logement"].sensitive) == ("sante", True)
    # what is left out stays
    again = told(state, reword(fr="Chez moi"))
    assert again.themes["logement"].sensitive
    assert again.themes["logement"].sphere == "sante"
    assert telling(again, reword(fr="Chez moi", sensitive=True))[1] == []
    assert not told(again, reword(sensitive=False)).themes["logement"].sensitive
    with pytest.raises(Invalid, match=r"sphere.unknown"):
        telling(state, reword(sphere="ailleurs"))


def test_a_draft_that_is_set_aside_stays_as_it_was_left():
    state = drafted(ask(SetCatalogueAside, reason="Un autre est en cours."))
    assert state.stage == "set_aside"
    assert telling(state, ask(SetCatalogueAside))[1] == []
    for command in (reword(), ask(PublishCatalogue), ask(DiscussCatalogue, words="Et puis?")):
        with pytest.raises(Refused, match=r"catalogue.set_aside"):
            telling(state, command)
    with pytest.raises(Refused, match=r"catalogue.not_published"):
        telling(state, ask(RetireCatalogue))
    with pytest.raises(Refused, match=r"catalogue.not_published"):
        state.need_published()


def test_what_is_published_is_retired_never_set_aside():
    with pytest.raises(Refused, match=r"catalogue.published_for_good"):
        telling(published(), ask(SetCatalogueAside))


def test_words_that_are_gone_leave_a_version_that_can_still_be_folded():
    state, facts = telling(Catalogue(CATALOGUE), draft(content=CONTENT), reword())
    gone = state.decide(ask(WithdrawWords, entry=facts[2].id))
    assert replay(Catalogue(CATALOGUE), [*facts, *gone]).themes == {}
    gone = state.decide(ask(WithdrawWords, entry=facts[0].id))
    headless = replay(Catalogue(CATALOGUE), [*facts, *gone])
    with pytest.raises(NotFound, match=r"catalogue.unknown"):
        _ = headless.head


def test_an_installation_that_is_asked_twice_is_made_once():
    ready = draft(content=CONTENT, published=True)
    state = told(Catalogue(CATALOGUE), ready)
    assert list(state.decide(replace(ready, act=by()))) == []


def test_what_a_published_version_is_made_of_is_never_taken_back():
    talk = ask(DiscussCatalogue, words="Et la solitude?")
    state, facts = telling(Catalogue(CATALOGUE), draft(content=CONTENT, published=True), talk)
    for fact in facts[:-1]:
        for asked in (WithdrawWords, MisfileEntry):
            with pytest.raises(Refused, match=r"catalogue.published_for_good"):
                state.decide(ask(asked, entry=fact.id))
    assert len(state.decide(ask(WithdrawWords, entry=facts[-1].id))) == 1


def test_a_draft_that_is_set_aside_is_not_brought_back_by_taking_an_entry_back():
    aside = ask(SetCatalogueAside, reason="Un autre est en cours.")
    state, facts = telling(Catalogue(CATALOGUE), draft(content=CONTENT), aside)
    for fact in (facts[0], facts[-1]):
        for asked in (WithdrawWords, MisfileEntry):
            with pytest.raises(Refused, match=r"catalogue.set_aside"):
                state.decide(ask(asked, entry=fact.id))
