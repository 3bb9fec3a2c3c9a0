"""What someone can do on the pages of the network, and what others do not see there."""

import re
from uuid import uuid4

import pytest

from tests.portal.conftest import Reading

MAP = "/persons/{me}/network"


def place(house, name, **more):
    """A tie of hers, as her own command through the service."""
    tie = str(uuid4())
    url = f"/network/v1/persons/{house.person.id}/network/ties"
    told = house.person.client.post(
        url, json={"tie": tie, "name": name, **more}, headers={"Idempotency-Key": str(uuid4())}
    )
    assert told.status_code == 201, told.text
    return tie


def tell(house, resource, **said):
    url = f"/network/v1/persons/{house.person.id}/network/{resource}"
    told = house.person.client.post(url, json=said, headers={"Idempotency-Key": str(uuid4())})
    assert told.status_code == 201, told.text


def show(house, **more):
    tell(house, "sharings", audience=[str(house.practitioner.id)], **more)
    house.installation.settled()


@pytest.fixture
def hers(open_house, visiting):
    return visiting(open_house.person)


@pytest.fixture
def theirs(open_house, visiting):
    return visiting(open_house.practitioner)


def their_map(house):
    return f"/persons/{house.person.id}/network"


def test_an_empty_map_says_so_once(hers):
    assert hers.read(MAP).count("Personne ici pour l’instant") == 1


def test_someone_is_placed_by_a_name_and_stands_in_the_picture_and_in_the_list(hers):
    said = hers.send(MAP, name="Simon", circle="1", relation="mon frère", key=str(uuid4()))
    assert "C’est placé" in said
    page = hers.get(MAP).text
    assert page.count("Simon") >= 2
    assert re.search(r'<g class="one person[^>]*>.*?Simon</text>', page)
    assert "mon frère" in page
    assert "Simon" not in re.search(r"<title>(.*?)</title>", page)[1]


def test_sent_twice_someone_is_placed_once(open_house, hers):
    key = str(uuid4())
    for _ in range(2):
        hers.send(MAP, name="Simon", key=key)
    assert hers.get(MAP).text.count('<g class="one person') == 1


def test_a_name_that_cannot_be_kept_leaves_the_words_in_the_fields(hers):
    answer = hers.post(MAP, name="N" * 81, relation="ma voisine", key=str(uuid4()))
    assert answer.status_code == 422
    assert "ma voisine" in answer.text
    assert "N" * 81 in answer.text
    assert "ma voisine" not in hers.read(MAP)


def test_the_list_says_each_in_short_and_leads_to_a_page_where_a_circle_is_changed(
    open_house, hers
):
    tie = place(open_house, "Simon", circle=3, relation="mon frère")
    tell(open_house, f"ties/{tie}/ratings", line="tense", quality="ça dépend")
    page = hers.get(MAP)
    listed = Reading(page.text).text.split("La même chose, en liste")[1]
    assert "Plus loin Simon mon frère, lien tendu, ça dépend" in listed
    assert f'href="{MAP.format(me=open_house.person.id)}/{tie}"' in page.text
    assert f'{tie}/places#places"' in hers.get(f"{MAP}/{tie}").text
    said = hers.send(f"{MAP}/{tie}/places", circle="1", back="map", key=str(uuid4()))
    assert "C’est déplacé" in said
    assert "Tout près Simon" in said.split("La même chose, en liste")[1]


def test_of_many_some_are_named_the_others_counted_and_all_there_when_asked_for(open_house, hers):
    ties = [place(open_house, f"Proche {n}", circle=n % 2 + 1) for n in range(26)]
    page = hers.get(MAP)
    listed = [tie for tie in ties if page.text.count(tie) == 2]  # in the picture and in the list
    assert len(listed) == 18
    assert page.text.count("+ 4</text>") == 2
    assert f"{MAP.format(me=open_house.person.id)}?all=yes#circle-2" in page.text
    every = hers.get(f"{MAP}?all=yes").text
    assert all(every.count(tie) == 2 for tie in ties)
    assert "+ 4</text>" not in every


def test_a_tie_is_described_piece_by_piece_and_each_piece_stays(open_house, hers):
    tie = place(open_house, "Simon", circle=1)
    at = f"{MAP}/{tie}"
    hers.send(f"{at}/ratings", line="tense", quality="ça dépend", key=str(uuid4()))
    hers.send(
        f"{at}/support", received=["emotional"], given=["practical"], words="", key=str(uuid4())
    )
    hers.send(f"{at}/contact", often="le dimanche", means=["au téléphone"], key=str(uuid4()))
    hers.send(f"{at}/names", name="Mon grand frère", key=str(uuid4()))
    said = hers.send(f"{at}/threads", words="On s’est revus.", key=str(uuid4()))
    for told in (
        "lien tendu",
        "ça dépend",
        "de l’écoute, du réconfort",
        "un coup de main",
        "le dimanche",
        "au téléphone",
        "Mon grand frère",
        "On s’est revus.",
    ):
        assert told in said, told


def test_nothing_said_of_a_tie_is_answered_beside_its_form(open_house, hers):
    tie = place(open_house, "Simon")
    answer = hers.post(f"{MAP}/{tie}/ratings", key=str(uuid4()))
    assert answer.status_code == 422
    assert "Décrivez au moins" in answer.text
    assert re.search(r'id="ratings" open', answer.text)


def test_who_knows_whom_comes_and_goes_as_it_is_ticked(open_house, hers):
    simon, anne, jo = (place(open_house, name) for name in ("Simon", "Anne", "Jo"))
    hers.send(f"{MAP}/{simon}/acquaintances", other=[anne, jo], key=str(uuid4()))
    known = known_on(hers.get(f"{MAP}/{simon}"))
    assert sorted(known) == sorted([anne, jo])
    fields = {"other": [jo], "known": known, "key": str(uuid4())}
    hers.send(f"{MAP}/{simon}/acquaintances", **fields)
    said = hers.read(f"{MAP}/who-knows-whom")
    assert "Simon et Jo" in said or "Jo et Simon" in said
    assert "Simon et Anne" not in said
    assert "Anne et Simon" not in said
    asked = hers.send(f"{MAP}/who-knows-whom/asked", ties=[simon, anne, jo], key=str(uuid4()))
    assert "On se l’est demandé pour tout le monde" in asked


def known_on(page):
    """Whom this one knew when the page was made, as its form says it again."""
    return re.findall(r'name="known" value="([0-9a-f-]{36})"', page.text)


def test_an_older_page_takes_away_no_line_that_came_since(open_house, hers):
    simon, anne, jo = (place(open_house, name) for name in ("Simon", "Anne", "Jo"))
    read = hers.get(f"{MAP}/{simon}")
    tell(open_house, "lines", one=simon, other=anne)
    fields = {"other": [jo], "known": known_on(read), "key": str(uuid4())}
    hers.send(f"{MAP}/{simon}/acquaintances", **fields)
    assert sorted(known_on(hers.get(f"{MAP}/{simon}"))) == sorted([anne, jo])


def test_the_map_of_another_day_is_the_one_of_that_day(open_house, hers):
    simon = place(open_house, "Simon", circle=3, act={"occurred_at": "2025-01-05"})
    tell(open_house, f"ties/{simon}/places", circle=1, act={"occurred_at": "2025-06-01"})
    place(open_house, "Anne", circle=2, act={"occurred_at": "2025-06-01"})
    then = hers.read(f"{MAP}?on=2025-03-01")
    assert "telle qu’elle était le 1er mars 2025" in then
    assert "Simon" in then
    assert "Anne" not in then
    assert "Placer quelqu’un" not in then
    compared = hers.read(f"{MAP}/then-and-now?since=2025-03-01&until=2025-07-01")
    assert "Arrivées sur la carte Anne" in compared
    assert "Simon le cercle plus loin tout près" in compared
    same = hers.read(f"{MAP}/then-and-now?since=2025-07-01&until=2025-03-01")
    assert "Arrivées sur la carte Anne" in same


@pytest.mark.parametrize("day", ["hier", "2199-01-01", "0001-13-45"])
def test_a_day_that_is_none_shows_today(open_house, hers, day):
    place(open_house, "Simon")
    assert "Placer quelqu’un" in hers.read(f"{MAP}?on={day}")


def test_nothing_of_the_map_is_seen_before_she_shows_it(open_house, theirs):
    place(open_house, "Simon")
    said = theirs.read(their_map(open_house))
    assert "n’a pas montré cette page" in said
    assert "Simon" not in said
    for page in ("then-and-now", "who-knows-whom"):
        assert "Simon" not in theirs.get(f"{their_map(open_house)}/{page}").text


def test_whom_she_shows_it_to_sees_the_map_and_rates_nobody(open_house, theirs):
    simon = place(open_house, "Simon", circle=1)
    kept = place(open_house, "Quelqu’un d’autre", visibility="just_me")
    show(open_house)
    said = theirs.read(their_map(open_house))
    assert "Simon" in said
    assert "Quelqu’un d’autre" not in said
    page = theirs.get(f"{their_map(open_house)}/{simon}")
    assert "/ratings" not in page.text
    assert "/visibility" not in page.text
    for what in ("ratings", "visibility"):
        answer = theirs.post(
            f"{their_map(open_house)}/{simon}/{what}",
            line="tense",
            visibility="as_map",
            key=str(uuid4()),
        )
        assert answer.status_code == 404
    assert theirs.get(f"{their_map(open_house)}/{kept}").status_code == 404


def test_what_a_practitioner_notes_stands_in_her_name_until_she_says_so(open_house, hers, theirs):
    said = theirs.send(their_map(open_house), name="Tante Rose", circle="2", key=str(uuid4()))
    assert "C’est noté" in said
    assert "Qui est-ce pour la personne?" in said
    assert "Qui est-ce pour vous?" not in said
    assert "Tante Rose" not in said
    assert "Tante Rose noté par quelqu’un d’autre" in hers.read(MAP)


def test_words_of_a_practitioner_about_a_tie_are_his_own(open_house, hers, theirs):
    simon = place(open_house, "Simon")
    show(open_house)
    theirs.send(f"{their_map(open_house)}/{simon}/threads", words="Il viendra.", key=str(uuid4()))
    said = hers.read(f"{MAP}/{simon}")
    assert f"Il viendra. {open_house.practitioner.name}" in said


def test_to_whom_the_map_is_shown_stands_on_her_page(open_house, hers):
    place(open_house, "Simon")
    assert "Vous seulement, pour l’instant." in hers.read(MAP)
    show(open_house)
    assert open_house.practitioner.name in hers.read(MAP).split("Qui voit cette carte")[1]


def test_another_organisation_finds_no_map(open_house, other_house, visiting):
    place(open_house, "Simon")
    stranger = visiting(other_house.practitioner)
    assert stranger.get(their_map(open_house)).status_code == 404
