from __future__ import annotations


def path_of(house):
    return f"/assessment/v1/persons/{house.person.id}/resources"


def named(house, resource="strengths", by=None, **body):
    given = {"words": "Je nage bien.", **({"kind": "personal"} if resource == "strengths" else {})}
    answer = (by or house.person).client.post(
        f"{path_of(house)}/{resource}", json={**given, **body}
    )
    assert answer.status_code == 201, answer.text
    return answer.json()


def test_strengths_and_aspirations_in_her_words(house):
    assert house.person.client.get(path_of(house)).json()["strengths"] == []
    named(house)
    named(house, "aspirations", words="Vivre de la couture, à ma façon.")
    seen = house.person.client.get(path_of(house)).json()
    assert [s["words"] for s in seen["strengths"]] == ["Je nage bien."]
    assert [a["words"] for a in seen["aspirations"]] == ["Vivre de la couture, à ma façon."]
    assert seen["version"] == 2


def test_new_words_say_which_they_replace(house):
    strength = named(house)["strengths"][0]["entry"]
    path = f"{path_of(house)}/strengths/{strength}/wordings"
    body = {"words": "Je nage."}
    assert house.person.client.post(path, json=body).status_code == 428
    stale = house.person.client.post(path, json=body, headers={"If-Match": '"7"'})
    assert stale.status_code == 412
    told = house.person.client.post(path, json=body, headers={"If-Match": '"1"'})
    assert told.json()["strengths"][0]["words"] == "Je nage."


def test_what_is_set_aside_says_so(house):
    aspiration = named(house, "aspirations")["aspirations"][0]["entry"]
    told = house.person.client.post(
        f"{path_of(house)}/aspirations/{aspiration}/setting-aside", json={}
    )
    assert told.json()["aspirations"][0]["set_aside"] is True


def test_they_show_with_their_tab_and_not_before(house, portrait):
    named(house)
    named(house, words="Mon frère croit en moi.", kind="environmental", visibility="just_me")
    empty = {"strengths": [], "aspirations": []}
    house.installation.settled()
    portrait.share(house.practitioner)
    assert house.practitioner.client.get(path_of(house)).json() == empty
    portrait.share(house.practitioner, parts=["strengths"])
    seen = house.practitioner.client.get(path_of(house)).json()
    assert [s["words"] for s in seen["strengths"]] == ["Je nage bien."]
    sharing = portrait.seen_by(house.person)["sharings"][-1]["sharing"]
    portrait.by(house.person, f"sharings/{sharing}/ending")
    assert house.practitioner.client.get(path_of(house)).json() == empty


def test_she_is_told_whether_anyone_is_shown_them(house, portrait):
    def shared():
        house.installation.settled()
        return house.person.client.get(path_of(house)).json()["shared"]

    assert not shared()
    portrait.share(house.practitioner)
    assert not shared()
    portrait.share(house.practitioner, parts=["strengths"])
    assert shared()
    assert "shared" not in house.practitioner.client.get(path_of(house)).json()
    sharing = portrait.seen_by(house.person)["sharings"][-1]["sharing"]
    portrait.by(house.person, f"sharings/{sharing}/ending")
    assert not shared()


def test_noted_for_her_by_someone_it_is_claimed_and_seen_by_who_noted_it(house):
    act = {"author": str(house.person.id), "setting": "together"}
    told = named(house, by=house.practitioner, act=act)
    assert told["strengths"][0]["attestation"] == "claimed"
    assert "version" not in told
    (seen,) = house.practitioner.client.get(path_of(house)).json()["strengths"]
    confirmed = house.person.client.post(
        f"{path_of(house)}/entries/{seen['entry']}/confirmations", json={}
    )
    assert confirmed.status_code == 201, confirmed.text
    (hers,) = house.person.client.get(path_of(house)).json()["strengths"]
    assert hers["attestation"] == "confirmed"


def test_words_taken_back_are_gone(house):
    strength = named(house)["strengths"][0]["entry"]
    gone = house.person.client.post(f"{path_of(house)}/entries/{strength}/withdrawals", json={})
    assert gone.status_code == 201, gone.text
    assert house.person.client.get(path_of(house)).json()["strengths"] == []


def test_who_does_not_know_her_is_told_nothing(house, other_house):
    named(house)
    for stranger in (house.colleague, other_house.practitioner):
        assert stranger.client.get(path_of(house)).status_code == 404
