"""What she has not shown cannot be guessed at either: not by noting it for her, nor by a version."""

from __future__ import annotations


def noting(house):
    return {"act": {"author": str(house.person.id)}}


def test_noting_her_very_answer_for_her_says_no_more_than_noting_another(house, portrait):
    portrait.by(house.person, "ratings", theme="travail", value=20)
    right = portrait.by(house.practitioner, "ratings", theme="travail", value=20, **noting(house))
    wrong = portrait.by(house.practitioner, "ratings", theme="travail", value=21, **noting(house))
    assert len(right["entries"]) == len(wrong["entries"]) == 1


def test_nor_does_a_batch_of_guesses(house, portrait):
    portrait.by(house.person, "ratings", theme="travail", value=20)
    items = [{"theme": "travail", "value": value} for value in (10, 20, 30)]
    body = {"mode": "each", "items": items, **noting(house)}
    told = portrait.by(house.practitioner, "ratings/batches", **body)
    assert [len(item["entries"]) for item in told["items"]] == [1, 1, 1]


def test_nor_a_skip_nor_a_withdrawal(house, portrait):
    portrait.by(house.person, "skips", theme="travail", choice="rather_not_say")
    skipped = portrait.by(
        house.practitioner, "skips", theme="travail", choice="rather_not_say", **noting(house)
    )
    assert len(skipped["entries"]) == 1
    portrait.by(house.person, "ratings", theme="sommeil", value=20)
    hers, nothing = (
        portrait.ask(house.practitioner, "ratings/withdrawals", theme=theme, **noting(house))
        for theme in ("sommeil", "budget")
    )
    assert (hers.status_code, hers.content) == (409, nothing.content)
    seen = portrait.themes_seen_by(house.person)
    assert (seen["sommeil"]["answer"]["value"], "budget" in seen) == (20, False)


def test_a_shown_answer_noted_again_says_nothing_new(house, portrait):
    portrait.by(house.person, "ratings", theme="travail", value=20)
    portrait.share(house.practitioner)
    noted = portrait.by(house.practitioner, "ratings", theme="travail", value=20, **noting(house))
    assert noted["entries"] == []


def test_her_strengths_are_not_guessed(house, portrait):
    path = f"/assessment/v1/persons/{house.person.id}/resources"
    words = {"kind": "personal", "words": "Je joue de la guitare."}
    assert house.person.client.post(f"{path}/strengths", json=words).status_code == 201
    noted = house.practitioner.client.post(f"{path}/strengths", json={**words, **noting(house)})
    assert (noted.status_code, len(noted.json()["entries"])) == (201, 1)
    again = house.practitioner.client.post(f"{path}/strengths", json={**words, **noting(house)})
    assert again.json()["entries"] == []


def test_the_number_of_her_entries_is_not_told_by_if_match(house, portrait):
    for value in (20, 40, 60):
        portrait.by(house.person, "ratings", theme="travail", value=value)
    answers = [
        house.practitioner.client.post(
            f"{portrait.path}/together",
            json={"what": "les mots", "words": f"{version}", **noting(house)},
            headers={"If-Match": f'"{version}"'},
        ).status_code
        for version in (2, 3, 4, 5)
    ]
    assert len(set(answers)) == 1, answers


def test_her_stars_are_not_told_by_a_refusal(house, portrait):
    for theme in ("travail", "sommeil", "budget"):
        portrait.by(house.person, "stars", theme=theme)
    answers = [
        portrait.ask(house.practitioner, resource, theme=theme, **noting(house))
        for resource in ("stars", "stars/removals")
        for theme in ("travail", "logement")
    ]
    assert len({(a.status_code, a.json().get("code")) for a in answers[:2]}) == 1, answers
    assert len({(a.status_code, a.json().get("code")) for a in answers[2:]}) == 1, answers


def test_nor_by_an_answer_to_an_entry(house, portrait):
    (entry,) = portrait.by(
        house.practitioner, "ratings", theme="travail", value=20, **noting(house)
    )["entries"]
    told = portrait.by(house.practitioner, f"entries/{entry}/corrections", words="Le 3 juin.")
    assert (len(told["entries"]), "version" in told) == (1, False)
    assert "version" in portrait.by(house.person, f"entries/{entry}/confirmations")
