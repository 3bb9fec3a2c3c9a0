from __future__ import annotations

from uuid import uuid4

from tests.assessment.api.portraits import begin, defaults


def test_a_portrait_begins_with_a_published_questionnaire(house, portrait, catalogues):
    assert portrait.opened["catalogue"] == str(catalogues["default"])
    assert portrait.opened["scale"] == {"lowest": 0, "highest": 100}
    assert portrait.opened["version"] == 1
    answer = house.person.client.get(portrait.path)
    assert answer.headers["ETag"] == '"1"'
    assert answer.json()["themes"] == []


def test_sent_again_with_the_same_key_it_begins_once(house, catalogues):
    path = f"/assessment/v1/persons/{house.person.id}/assessments"
    key = {"Idempotency-Key": str(uuid4())}
    body = {"catalogue": str(catalogues["default"])}
    first, second = (house.person.client.post(path, json=body, headers=key) for _ in range(2))
    assert first.json()["id"] == second.json()["id"]
    assert first.json()["entries"] == second.json()["entries"]


def test_no_portrait_begins_with_a_draft_or_with_the_change_judgements(house, catalogues):
    path = f"/assessment/v1/persons/{house.person.id}/assessments"
    draft = house.administrator.client.post(
        "/assessment/v1/catalogues",
        json={"fr": "Le nôtre", "en": "Ours", "derived_from": str(catalogues["default"])},
    ).json()
    for catalogue, code in (
        (draft["id"], "catalogue.not_published"),
        (catalogues["ce-qui-a-change"], "catalogue.not_for_rating"),
        (uuid4(), "stream.unknown"),
    ):
        answer = house.person.client.post(path, json={"catalogue": str(catalogue)})
        assert answer.json()["code"] == code


def test_a_portrait_is_finished_and_opened_again(house, portrait):
    portrait.by(house.person, "ratings", theme="travail", value=20)
    assert portrait.by(house.person, "closure")["closed"]
    refused = portrait.ask(house.person, "ratings", theme="travail", value=30)
    assert (refused.status_code, refused.json()["code"]) == (409, "assessment.closed")
    assert not portrait.by(house.person, "reopening", reason="J’ai oublié un thème.")["closed"]
    portrait.by(house.person, "ratings", theme="travail", value=30)


def test_she_finds_all_her_portraits(house, portrait, catalogues):
    second = begin(house, catalogues["comment-ca-se-passe"])
    house.installation.settled()
    path = f"/assessment/v1/persons/{house.person.id}/assessments"
    found = house.person.client.get(path).json()["assessments"]
    assert [p["id"] for p in found] == [str(portrait.id), str(second.id)]
    assert [p["kind"] for p in found] == ["quality_of_life", "process"]


def test_the_latest_of_one_kind_are_found_without_the_rest(house, portrait, catalogues):
    later = begin(house, catalogues["default"])
    begin(house, catalogues["comment-ca-se-passe"])
    house.installation.settled()
    path = f"/assessment/v1/persons/{house.person.id}/assessments?kind=quality_of_life"

    def found(who, query):
        told = who.client.get(path + query).json()["assessments"]
        return [p["id"] for p in told]

    assert found(house.person, "") == [str(portrait.id), str(later.id)]
    assert found(house.person, "&newest=1") == [str(later.id)]
    assert found(house.person, "&newest=5") == [str(portrait.id), str(later.id)]
    assert house.person.client.get(path + "&newest=0").status_code == 422
    # the latest that is shown, not the latest there is
    portrait.by(house.person, "ratings", theme="travail", value=20)
    portrait.share(house.practitioner)
    assert found(house.practitioner, "&newest=1") == [str(portrait.id)]


def test_whoever_began_a_portrait_with_her_finds_it_again_and_nothing_in_it(house, catalogues):
    path = f"/assessment/v1/persons/{house.person.id}/assessments"
    body = {"catalogue": str(catalogues["default"]), "act": {"author": str(house.person.id)}}
    begun = house.practitioner.client.post(path, json=body).json()["id"]
    house.person.client.post(f"{path}/{begun}/ratings", json={"theme": "travail", "value": 20})
    told = house.practitioner.client.get(f"{path}/{begun}")
    assert (told.status_code, told.json()["themes"]) == (200, [])
    assert "version" not in told.json()
    assert house.relative.client.get(f"{path}/{begun}").status_code in (403, 404)


def test_others_find_only_what_she_has_shown_them(house, portrait):
    path = f"/assessment/v1/persons/{house.person.id}/assessments"
    house.installation.settled()
    assert house.practitioner.client.get(path).json() == {"assessments": []}
    assert house.practitioner.client.get(portrait.path).status_code == 404
    portrait.by(house.person, "ratings", theme="travail", value=20)
    portrait.share(house.practitioner)
    (found,) = house.practitioner.client.get(path).json()["assessments"]
    assert [t["theme"] for t in found["themes"]] == ["travail"]


def test_who_does_not_know_her_finds_nothing(house, other_house, portrait):
    portrait.share(house.practitioner, my_team=True)
    unknown = portrait.path.replace(str(portrait.id), str(uuid4()))
    for stranger in (house.colleague, other_house.practitioner, other_house.person):
        foreign = stranger.client.get(portrait.path)
        assert foreign.status_code == 404
        assert foreign.json() == stranger.client.get(unknown).json()
    # nor may her neighbour, who is another person of the house
    assert house.neighbour.client.get(portrait.path).status_code in (403, 404)


def test_to_others_her_answers_carry_a_day_and_their_number_is_not_told(house, portrait):
    portrait.by(house.person, "ratings", theme="travail", value=20)
    portrait.share(house.practitioner)
    hers = portrait.themes_seen_by(house.person)["travail"]["answer"]["occurred_at"]
    shown = portrait.seen_by(house.practitioner)
    theirs = shown["themes"][0]["answer"]["occurred_at"]
    assert "T" in hers
    assert theirs == hers[:10]
    assert "version" not in shown
    assert "ETag" not in house.practitioner.client.get(portrait.path).headers


def test_a_practitioner_may_begin_it_in_her_name_and_never_in_ones_own(house, catalogues):
    path = f"/assessment/v1/persons/{house.person.id}/assessments"
    body = {"catalogue": str(catalogues["default"])}
    refused = house.practitioner.client.post(path, json=body)
    assert (refused.status_code, refused.json()["code"]) == (403, "person.hers_alone")
    body["act"] = {"author": str(house.person.id), "setting": "together"}
    assert house.practitioner.client.post(path, json=body).status_code == 201


def test_another_organisation_has_questionnaires_of_its_own(house, other_house, catalogues):
    assert set(defaults(other_house).values()).isdisjoint(catalogues.values())
    foreign = other_house.person.client.post(
        f"/assessment/v1/persons/{other_house.person.id}/assessments",
        json={"catalogue": str(catalogues["default"])},
    )
    assert (foreign.status_code, foreign.json()["code"]) == (404, "stream.unknown")


def test_two_people_may_use_the_same_key(house, catalogues):
    told = [
        who.client.post(
            f"/assessment/v1/persons/{who.id}/assessments",
            json={"catalogue": str(catalogues["default"])},
            headers={"Idempotency-Key": "1"},
        )
        for who in (house.person, house.neighbour)
    ]
    assert [t.status_code for t in told] == [201, 201], told[1].text
    assert told[0].json()["id"] != told[1].json()["id"]
