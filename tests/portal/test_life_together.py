import pytest

from tests.assessment.api.portraits import begin, defaults
from tests.portal.conftest import Reading
from tests.support.addresses import Life


@pytest.fixture
def portrait(open_house):
    return begin(open_house, defaults(open_house)["default"])


@pytest.fixture
def here(open_house, portrait):
    return Life.of(open_house.installation.settings, open_house.person.id, portrait.id)


@pytest.fixture
def her(open_house, visiting):
    return visiting(open_house.person)


@pytest.fixture
def him(open_house, visiting):
    return visiting(open_house.practitioner)


@pytest.fixture
def shown(open_house, portrait):
    """She has rated her sleep 100, and shows her portrait to whoever accompanies her."""
    portrait.by(open_house.person, "ratings", theme="sommeil", value=100)
    portrait.share(open_house.practitioner)
    return portrait


def entries(page, name):
    """The values of a page's boxes of that name."""
    parts = page.text.split(f'name="{name}" value="')[1:]
    return [part.partition('"')[0] for part in parts]


def test_he_notes_his_own_view_and_hers_stays_as_it_is(shown, her, him, here):
    page = him.send(
        here.theme("sommeil", "/view"),
        key="k" * 20,
        form="view",
        whose="mine",
        words="Moins.",
        value="40",
    )
    assert "Votre regard est noté" in page
    told = her.read(here.theme("sommeil"))
    assert "Tout à fait (100)" in told
    assert "40 sur 100" in told
    assert "Moins." in told


def test_his_view_moves_after_words_that_he_names(shown, her, him, here):
    view = {"form": "view", "whose": "mine", "words": "Moins.", "value": "40"}
    him.send(here.theme("sommeil", "/view"), key="k" * 20, **view)
    her.send(
        here.theme("sommeil", "/thread"),
        key="l" * 20,
        form="thread",
        words="Avant, je ne dormais pas.",
    )
    page = him.get(here.theme("sommeil"))
    (said,) = entries(page, "because_of")
    revised = {**view, "form": "revise", "words": "Je comprends.", "value": "90"}
    alone = him.post(here.theme("sommeil", "/view"), key="m" * 20, **revised)
    assert alone.status_code == 422
    assert "Je comprends." in alone.text
    told = him.send(here.theme("sommeil", "/view"), key="n" * 20, because_of=said, **revised)
    assert "regard qui a bougé" in told
    assert "90 sur 100" in told
    assert "Tout à fait (100)" in told


def test_a_view_with_letters_for_a_figure_keeps_its_words(shown, him, here):
    page = him.post(
        here.theme("sommeil", "/view"),
        key="k" * 20,
        form="view",
        whose="mine",
        words="Moins.",
        value="peu",
    )
    assert page.status_code == 422
    assert "Écrivez un chiffre entier" in page.text
    assert "Moins." in page.text


def test_what_he_notes_in_her_name_waits_beside_hers_until_she_says_yes(shown, her, him, here):
    him.send(here.theme("sommeil"), key="k" * 20, answer="50", comment="À moitié, a-t-elle dit.")
    page = her.get(here.theme("sommeil"))
    told = Reading(page.text).text
    assert "Tout à fait (100)" in told
    assert "À moitié (50)" in told
    assert "Noté en votre nom" in told
    assert "Noté en votre nom" in her.read(here)
    assert "Noté au nom de la personne" in him.read(here.theme("sommeil"))
    (confirm,) = [to for to, _ in Reading(page.text).forms if to.endswith("/confirmations")]
    told = her.send(confirm, key="l" * 20)
    assert "C’est confirmé" in told
    assert "Tout à fait (100)" not in told
    assert "À moitié (50)" in told


def test_she_says_that_what_was_noted_is_not_so(shown, her, him, here):
    him.send(here.theme("travail"), key="k" * 20, answer="25")
    page = her.get(here.theme("travail"))
    fields = [told for to, told in Reading(page.text).forms if to == here.theme("travail")]
    assert all("answer" not in told for told in fields), "it is not her answer before her yes"
    (dispute,) = [to for to, _ in Reading(page.text).forms if to.endswith("/disputes")]
    told = her.send(dispute, key="l" * 20)
    assert "ce n’est pas exact" in told
    assert "Un peu (25)" not in told


def test_nobody_confirms_in_her_place(shown, her, him, here):
    him.send(here.theme("travail"), key="k" * 20, answer="25")
    page = her.get(here.theme("travail"))
    (confirm,) = [to for to, _ in Reading(page.text).forms if to.endswith("/confirmations")]
    assert "/confirmations" not in him.get(here.theme("travail")).text
    him.post(confirm, key="l" * 20)  # he stands by what he noted: it is not her yes
    assert "C’est bien ça" in her.read(here.theme("travail"))


def test_not_today_is_said_and_two_weeks_later_she_writes(shown, her, him, here):
    him.send(
        here.theme("sommeil", "/thread"),
        key="k" * 20,
        whose="mine",
        form="thread",
        words="On en parle?",
    )
    her.send(here.theme("sommeil", "/thread"), key="l" * 20, form="thread", do="put_off")
    her.send(
        here.theme("sommeil", "/thread"),
        key="m" * 20,
        form="thread",
        words="Je dors dans le salon.",
    )
    told = him.read(here.theme("sommeil"))
    assert "Pas aujourd’hui." in told
    assert told.index("On en parle?") < told.index("Je dors dans le salon.")


def test_she_would_rather_do_it_with_someone(open_house, her, here):
    with_him = str(open_house.practitioner.id)
    page = her.send(
        here.theme("sommeil", "/together"), key="k" * 20, form="together", with_party=with_him
    )
    assert "vous aimeriez mieux le faire ensemble" in page
    assert "Mon sommeil" in her.read(here)


def test_one_who_always_does_it_together_begins_through_whoever_accompanies(
    open_house, her, him, catalogues_ready
):
    first = f"/persons/{open_house.person.id}/life"
    ((_, fields),) = [f for f in Reading(him.get(first).text).forms if f[0].endswith("/begin")]
    begun = him.post(f"{first}/begin", **fields)
    assert begun.status_code == 200
    _, _, made = begun.url.path.rpartition("/")
    here = Life.of(open_house.installation.settings, open_house.person.id, made)
    told = him.send(here.theme("sommeil"), key="k" * 20, answer="75")
    assert "Beaucoup (75)" in told
    assert "Noté en votre nom" in her.read(here)


@pytest.fixture
def catalogues_ready(open_house):
    defaults(open_house)
    open_house.installation.settled()


def test_a_theme_she_keeps_for_herself_is_not_told_apart_from_one_she_left(shown, her, him, here):
    her.send(here.theme("intimite"), key="k" * 20, answer="25", comment="Pour moi.", show="just_me")
    kept = Reading(him.get(here.theme("intimite")).text).text
    left = Reading(him.get(here.theme("role-parent")).text).text
    assert "ne vous montre rien" in kept
    assert "ne vous montre rien" in left
    assert "Pour moi." not in kept
    assert (
        him.post(here.theme("intimite", "/view"), key="l" * 20, whose="mine", words="?").status_code
        == 422
    )


def test_whoever_is_not_of_her_team_reads_nothing_of_it(open_house, shown, visiting, here):
    for who in (open_house.colleague, open_house.neighbour):
        assert visiting(who).get(here).status_code == 404


def test_with_whom_she_would_rather_do_it_stays_chosen_when_the_words_are_too_long(
    open_house, her, here
):
    with_him = str(open_house.practitioner.id)
    page = her.post(
        here.theme("sommeil", "/together"),
        key="k" * 20,
        form="together",
        with_party=with_him,
        words="x" * 4001,
    )
    assert page.status_code == 422
    assert f'<option value="{with_him}" selected>' in page.text
