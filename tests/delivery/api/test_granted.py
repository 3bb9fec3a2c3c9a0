"""The list of what was granted: all of it, a page at a time; to a partner, its own."""

from __future__ import annotations

from tests.delivery.partner import partner_of

LIST = "/delivery/v1/subscriptions"


def pages(who, limit):
    """The names of each page, as far as its links lead."""
    found, path = [], f"{LIST}?limit={limit}"
    while path:
        answer = who.client.get(path)
        assert answer.status_code == 200, answer.text
        found.append([one["name"] for one in answer.json()["subscriptions"]])
        path = answer.links.get("next", {}).get("url")
        path = path and f"{LIST}{path}"
    return found


def test_it_goes_on_from_page_to_page_the_latest_first(house, partner):
    for number in range(5):
        partner.grant(name=f"Partenaire {number}")
    house.installation.settled()
    assert pages(house.administrator, 2) == [
        ["Partenaire 4", "Partenaire 3"],
        ["Partenaire 2", "Partenaire 1"],
        ["Partenaire 0"],
    ]


def test_a_partner_is_told_of_its_own_and_of_no_other(house, partner):
    other = partner_of(house, "autre")
    for number in range(3):
        partner.grant(name=f"Le sien {number}")
        other.grant(name=f"À l’autre {number}")
    house.installation.settled()
    assert pages(partner.someone, 2) == [["Le sien 2", "Le sien 1"], ["Le sien 0"]]
    link = house.administrator.client.get(f"{LIST}?limit=2").links["next"]["url"]
    refused = partner.someone.client.get(f"{LIST}{link}")
    assert (refused.status_code, refused.json()["code"]) == (422, "page.unknown_cursor")
