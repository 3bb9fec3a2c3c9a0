"""The stories of one who leads the meeting, and of one who does it her way, within her rights."""

import re

from tests.portal.browser.hands import Keyboard, main_of


def test_he_leads_the_meeting_with_a_page_he_made_himself(visitor, scene):
    """Story 7: without scripts; he chooses what is in it, who sees it, and ends it."""
    his = visitor("olivier", phone=True, scripts=False).go(
        f"/persons/{scene.id('olivier')}/summary/new"
    )
    his.get_by_label(re.compile("Je connais bien mon corps")).check()
    his.get_by_role("button", name="Continuer").click()
    his.get_by_label("Titre").fill("Ce que je dis en premier")
    his.get_by_label("Vos mots, pour commencer").fill("Je parle d’abord, merci d’écouter.")
    his.get_by_role("button", name="Garder le résumé").click()
    assert "Personne d’autre ne le voit" in main_of(his)
    his.get_by_label("Anne Leduc").check()
    his.get_by_role("button", name="Montrer").first.click()
    assert "C’est montré." in main_of(his)
    summary = his.url

    hers = visitor("leduc").page
    hers.goto(summary)
    assert "Je parle d’abord" not in main_of(hers), "it is read when it is opened, which is told"
    hers.get_by_role("button", name="Ouvrir").click()
    told = main_of(hers)
    assert "Je parle d’abord, merci d’écouter." in told
    assert "Je connais bien mon corps." in told

    his.goto(summary)
    his.get_by_role("button", name="Ne plus le montrer").click()
    hers.goto(summary)
    assert not hers.get_by_role("button", name="Ouvrir").count()
    assert "Je parle d’abord" not in hers.content()


def test_what_was_noted_too_fast_is_disputed_without_blame(visitor, scene):
    """Story 8: by keyboard alone; she reads her history, and says that it was not so."""
    place = f"/persons/{scene.id('beatrice')}"
    his = visitor("leila").go(f"{place}/plan")
    his.get_by_role("link", name="Proposer un objectif").click()
    his.get_by_label("Dans quels mots?").fill("Ranger mes factures.")
    his.get_by_role("button", name="Proposer").click()
    if not his.get_by_role("button", name="Oui, c’est mon objectif").count():
        his.get_by_role("link", name="Ranger mes factures.", exact=True).first.click()
    his.get_by_role("button", name="Oui, c’est mon objectif").click()
    scene.installation.settled()

    hers = visitor("beatrice").go(f"{place}/history/decisions")
    keys = Keyboard(hers)
    line = hers.locator("main li a", has_text="Ranger mes factures.").first.inner_text()
    keys.press(line.split("«")[0].strip()[:20])
    told = main_of(hers)
    assert "en votre nom" in told
    keys.write("Ce qui s’est passé, selon vous", "J’ai dit que j’y réfléchirais.")
    keys.press("Ce n’était pas ainsi")
    assert "C’est noté" in main_of(hers)
    hers.goto(f"{scene.url}{place}/plan")
    assert (
        "En cours, avec votre oui."
        not in hers.locator("li", has_text="Ranger mes factures.").inner_text()
    )
