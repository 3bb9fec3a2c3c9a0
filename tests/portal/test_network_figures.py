"""Her map in figures: each said in words with how it is worked out, none of them a mark."""

from tests.portal.test_network import place, show, tell

FIGURES = "/persons/{me}/network/figures"


def test_she_reads_how_many_are_where_and_what_support_goes_between(open_house, visiting):
    simon = place(open_house, "Simon", circle=1, relation="frère")
    place(open_house, "Le 211", kind="service")
    tell(open_house, f"ties/{simon}/support", received=["practical"], given=[])
    told = visiting(open_house.person).read(FIGURES)
    assert "Personnes : 1" in told
    assert "tout près : 1" in told
    assert "frère : 1" in told
    assert "un coup de main : 1" in told
    assert "Services : 1" in told
    assert "Aucun de ces chiffres n’est une note" in told


def test_without_having_asked_who_knows_whom_no_figure_stands_there_as_nought(open_house, visiting):
    for name in ("Simon", "Ana"):
        place(open_house, name)
    told = visiting(open_house.person).read(FIGURES)
    assert "On ne s’est pas encore demandé qui connaît qui." in told
    assert "Paires possibles" not in told
    assert "On n’a pas demandé qui connaît qui." in told  # where the methods stand


def test_once_asked_pairs_are_counted_as_one_would_by_hand(open_house, visiting):
    ties = [place(open_house, name) for name in ("Simon", "Ana", "Lou")]
    tell(open_house, "lines", one=ties[0], other=ties[1])
    tell(open_house, "alter-ties-asked", ties=ties)
    told = visiting(open_house.person, "en").read(FIGURES)
    assert "Possible pairs: 3. Pairs who know each other: 1." in told
    assert "density" not in told
    assert "Burt 1992" in told


def test_others_read_figures_of_what_she_shows_and_nothing_before(
    open_house, other_house, visiting
):
    place(open_house, "Simon")
    place(open_house, "Ana", visibility="just_me")
    url = f"/persons/{open_house.person.id}/network/figures"
    theirs = visiting(open_house.practitioner)
    assert "Personnes : " not in theirs.read(url)
    show(open_house)
    told = theirs.read(url)
    assert "Personnes : 1" in told
    assert "vous montre est compté" in told
    assert visiting(open_house.manager).get(url).status_code == 404
    assert visiting(other_house.practitioner).get(url).status_code == 404
