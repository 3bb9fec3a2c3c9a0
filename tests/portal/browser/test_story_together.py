"""The stories told by two: shown when she chooses, signed by each on one device, and kept from a neighbour."""

import re

import pytest

from tests.portal.browser.hands import main_of, open_up


@pytest.fixture
def anew(scene):
    """She begins a portrait, and answers a theme of it."""

    def begin(page, who: str, theme: str, answer: str, words: str) -> str:
        page.goto(f"{scene.url}/persons/{scene.id(who)}/life")
        page.get_by_role("button", name="Commencer un nouveau portrait").click()
        portrait = page.url
        page.goto(f"{scene.url}{scene.life(who, portrait.rpartition('/')[2]).theme(theme)}")
        page.get_by_label(answer, exact=True).check()
        page.get_by_label("Avec mes mots, si je veux").fill(words)
        page.get_by_role("button", name="Garder", exact=True).click()
        return portrait

    return begin


def test_alone_first_then_shown_then_talked_over(visitor, scene, anew):
    """Story 1: on a small phone; nothing is there for him before she shows it."""
    hers = visitor("luc", phone=True).page
    portrait = anew(hers, "luc", "mes-journees", "Beaucoup", "Deux matins au magasin.")
    his = visitor("karim").page
    assert his.goto(portrait).status == 404
    assert "Deux matins" not in his.content()

    hers.goto(f"{scene.url}/persons/{scene.id('luc')}/together")
    hers.get_by_role("link", name="Montrer mon portrait").click()
    hers.get_by_label("Karim Belhadj").check()
    hers.get_by_role("button", name="Montrer", exact=True).click()
    assert "C’est montré." in main_of(hers)

    assert his.goto(portrait).status == 200
    his.goto(f"{scene.url}/persons/{scene.id('luc')}/together/meeting")
    assert "Deux matins au magasin." in main_of(his)
    open_up(his, "En parler")
    his.get_by_label("Ce que je veux dire").first.fill("Qu’est-ce que ça change, ces matins?")
    his.locator("form[action$='/threads']").first.get_by_role("button", name="Garder").click()
    assert "Qu’est-ce que ça change, ces matins?" in main_of(his)

    hers.goto(f"{scene.url}/persons/{scene.id('luc')}/together")
    hers.get_by_role("button", name="Arrêter de montrer").first.click()
    assert "Ce n’est plus montré." in main_of(hers)


def test_always_together_and_each_signs_on_one_device(visitor, scene, anew):
    """Story 9: Julie's device; Félix signs there with his own sign-in, and she cannot for him."""
    his = visitor("felix", phone=True).page
    portrait = anew(his, "felix", "confiance-en-moi", "À moitié", "Avec Julie, ça va.")
    his.goto(f"{scene.url}/persons/{scene.id('felix')}/together/show/portrait")
    his.get_by_label("Julie Robidoux").check()
    his.get_by_role("button", name="Montrer", exact=True).click()

    device = visitor("julie")
    page = device.go(f"/persons/{scene.id('felix')}/together/meeting")
    page.get_by_label("Ce qu’on en retient").fill("On continue le mardi.")
    page.get_by_label("Félix Arsenault", exact=True).check()
    page.get_by_role("button", name="Garder la rencontre").click()
    assert "On continue le mardi." in main_of(page)

    # with her own sign-in she cannot sign for him
    page.get_by_role("button", name="Félix Arsenault signe").click()
    device.give_password("julie")
    assert "n’est pas signé" in main_of(page)
    page.goto(f"{scene.url}/persons/{scene.id('felix')}/together/meeting")
    assert not page.get_by_text("Signé par Félix Arsenault.").count()

    # with his he does, and the device stays hers: he is not signed in there afterwards
    page.get_by_role("button", name="Félix Arsenault signe").click()
    device.give_password("felix")
    assert "C’est signé par Félix Arsenault." in main_of(page)
    assert page.get_by_text("Signé par Félix Arsenault.").count()
    page.get_by_text("Menu", exact=True).click()
    assert page.get_by_text("Entrée au nom de Julie Robidoux").is_visible()
    assert page.goto(f"{scene.url}/persons/{scene.id('felix')}/rights").status in (403, 404)
    assert portrait


def test_two_people_on_one_device_see_each_only_their_own(visitor, scene):
    """One leaves by the menu, the other signs in: nothing of the first is left there."""
    device = visitor(None, phone=True)
    page = device.sign_in("odette").page
    page.goto(f"{scene.url}/persons/{scene.id('odette')}/strengths")
    page.get_by_label("Une force en moi").check()
    page.get_by_label("Dans mes mots").last.fill("Je tricote les yeux fermés.")
    page.get_by_role("button", name="Garder").last.click()
    page.get_by_text("Menu", exact=True).click()
    page.get_by_role("button", name="Sortir").click()
    page.go_back()
    page.wait_for_load_state()
    assert "Je tricote" not in page.content()
    device.sign_in("elodie")
    assert page.goto(f"{scene.url}/persons/{scene.id('odette')}/strengths").status == 404
    assert "Je tricote" not in page.content()


def test_she_keeps_a_neighbour_from_seeing_and_need_not_say_why(visitor, scene):
    """Story 8, on her phone."""
    hers = visitor("beatrice", phone=True).go(f"/persons/{scene.id('beatrice')}/rights")
    open_up(hers, "Empêcher quelqu’un de voir")
    hers.get_by_label("Qui", exact=True).select_option(label="Leïla Fontaine")
    hers.get_by_label("Tout", exact=True).check()
    hers.get_by_role("button", name="Empêcher de voir").click()
    assert "Leïla Fontaine" in main_of(hers)
    his = visitor("leila").page
    found = his.goto(f"{scene.url}/persons/{scene.id('beatrice')}/life")
    assert found.status == 404 or "n’a pas montré" in main_of(his)
    hers.get_by_role("button", name=re.compile("Laisser voir de nouveau.*Leïla")).click()
    assert "C’est levé." in main_of(hers)
