from __future__ import annotations

from uuid import UUID


def entry_path(portrait, entry, resource):
    return f"{portrait.path}/entries/{entry}/{resource}"


def test_she_rates_a_theme_and_hears_the_new_state(house, portrait):
    told = portrait.by(house.person, "ratings", theme="travail", value=20, comment="Ça me manque.")
    (theme,) = told["themes"]
    assert (theme["answer"]["value"], theme["answer"]["comment"]) == (20, "Ça me manque.")
    assert theme["answer"]["attestation"] == "own"
    assert told["version"] == 2
    assert len(told["entries"]) == 1
    assert UUID(told["entries"][0]).version == 7


def test_the_same_answer_twice_is_recorded_once(house, portrait):
    portrait.by(house.person, "ratings", theme="travail", value=20)
    again = portrait.by(house.person, "ratings", theme="travail", value=20)
    assert (again["entries"], again["version"]) == ([], 2)


def test_what_does_not_fit_is_refused_in_her_language(house, portrait):
    refused = house.person.client.post(
        f"{portrait.path}/ratings",
        json={"theme": "travail", "value": 120},
        headers={"Accept-Language": "fr-CA"},
    )
    assert refused.status_code == 422
    assert refused.json()["code"] == "rating.out_of_range"
    assert refused.json()["detail"] == "La réponse va de 0 à 100."
    for body in (
        {"theme": "bonheur", "value": 20},
        {"theme": "travail"},
        {"theme": "travail", "value": "20"},
        {"theme": "travail", "value": 20, "perspective": "self"},
    ):
        assert portrait.ask(house.person, "ratings", **body).status_code == 422


def test_fifty_five_themes_in_one_go(house, portrait, catalogues):
    whole = house.person.client.get(f"/assessment/v1/catalogues/{catalogues['default']}").json()
    items = [{"theme": t["theme"], "value": 100} for t in whole["themes"]]
    told = portrait.by(house.person, "ratings/batches", mode="atomic", items=items)
    assert len(told["entries"]) == len(told["items"]) == len(told["themes"]) == 55
    assert told["version"] == 56


def test_a_paper_form_is_all_or_none_and_a_phone_keeps_what_it_can(house, portrait):
    items = [{"theme": "travail", "value": 20}, {"theme": "bonheur", "value": 20}]
    refused = portrait.ask(house.person, "ratings/batches", mode="atomic", items=items)
    assert refused.status_code == 422
    assert portrait.seen_by(house.person)["themes"] == []
    told = portrait.by(house.person, "ratings/batches", mode="each", items=items)
    assert [item["refused"] for item in told["items"]] == [None, "theme.not_offered"]
    assert [t["theme"] for t in told["themes"]] == ["travail"]


def test_she_skips_a_theme_and_takes_an_answer_back(house, portrait):
    told = portrait.by(house.person, "skips", theme="intimite", choice="rather_not_say")
    assert told["themes"][0]["answer"]["choice"] == "rather_not_say"
    told = portrait.by(house.person, "ratings/withdrawals", theme="intimite")
    assert told["themes"] == []


def noted(house, portrait, value=60):
    body = {"author": str(house.person.id), "setting": "together", "occurred_at": "2026-06-03"}
    return portrait.by(house.practitioner, "ratings", theme="travail", value=value, act=body)


def test_a_sheet_filled_in_by_hand_is_claimed_until_she_confirms_it(house, portrait):
    told = noted(house, portrait)
    answer = portrait.themes_seen_by(house.person)["travail"]["answer"]
    assert (answer["value"], answer["attestation"]) == (60, "claimed")
    assert answer["noted_by"] == str(house.practitioner.id)
    assert answer["occurred_at"] == "2026-06-03"
    confirmed = house.person.client.post(
        entry_path(portrait, told["entries"][0], "confirmations"), json={"device": "own"}
    )
    assert confirmed.status_code == 201, confirmed.text
    answer = portrait.themes_seen_by(house.person)["travail"]["answer"]
    assert (answer["value"], answer["attestation"]) == (60, "confirmed")


def test_nothing_anyone_else_sends_moves_her_own_answer(house, portrait):
    portrait.by(house.person, "ratings", theme="travail", value=20)
    portrait.share(house.practitioner, house.relative)
    entry = portrait.themes_seen_by(house.person)["travail"]["answer"]["entry"]
    hers = str(house.person.id)
    for someone in (house.practitioner, house.relative, house.administrator, house.officer):
        for author in ({}, {"author": hers}):
            act = {"act": author} if author else {}
            portrait.ask(someone, "ratings", theme="travail", value=90, **act)
            portrait.ask(someone, "skips", theme="travail", choice="not_concerned", **act)
            portrait.ask(someone, "ratings/withdrawals", theme="travail", **act)
            portrait.ask(
                someone,
                "ratings/batches",
                items=[{"theme": "travail", "value": 91}],
                **act,
            )
            portrait.ask(someone, "views", theme="travail", value=92, **act)
            for answer in ("confirmations", "disputes", "withdrawals"):
                someone.client.post(entry_path(portrait, entry, answer), json=act)
    seen = portrait.themes_seen_by(house.person)["travail"]
    assert (seen["answer"]["value"], seen["answer"]["attestation"]) == (20, "own")
    # what was noted in her name waits beside it
    assert {p["attestation"] for p in seen["pending"]} == {"claimed"}


def test_a_rating_noted_for_her_is_not_shown_to_others_before_she_shows_it(house, portrait):
    noted(house, portrait)
    assert portrait.themes_seen_by(house.practitioner)["travail"]["answer"]["value"] == 60
    assert house.relative.client.get(portrait.path).status_code == 404
