from __future__ import annotations

CATALOGUES = "/assessment/v1/catalogues"


def derived(house, catalogues, **more):
    body = {"fr": "Le nôtre", "en": "Ours", "derived_from": str(catalogues["default"]), **more}
    answer = house.administrator.client.post(CATALOGUES, json=body)
    assert answer.status_code == 201, answer.text
    return answer.json()


def ask(house, catalogue, resource, version=None, by=None, **body):
    headers = {"If-Match": f'"{version}"'} if version else {}
    return (by or house.administrator).client.post(
        f"{CATALOGUES}/{catalogue['id']}/{resource}", json=body, headers=headers
    )


def test_every_organisation_begins_with_three_questionnaires_and_once(house, catalogues):
    from tests.assessment.api.portraits import defaults

    assert defaults(house) == catalogues
    assert set(catalogues) == {"default", "comment-ca-se-passe", "ce-qui-a-change"}
    house.installation.settled()
    listed = house.person.client.get(CATALOGUES).json()["catalogues"]
    assert {c["id"] for c in listed} == {str(c) for c in catalogues.values()}
    assert {c["stage"] for c in listed} == {"published"}
    assert not any(c["people_took_part"] for c in listed)
    whole = house.person.client.get(f"{CATALOGUES}/{catalogues['default']}").json()
    assert len(whole["themes"]) == 55
    assert len(whole["spheres"]) == 5
    assert [step["value"] for step in whole["scale"]["steps"]] == [0, 25, 50, 75, 100]
    only = house.person.client.get(CATALOGUES, params={"key": "default"}).json()["catalogues"]
    assert len(only) == 1


def test_a_version_is_made_with_the_people_it_is_for(house, catalogues):
    draft = derived(house, catalogues)
    assert (draft["key"], draft["edition"], draft["stage"]) == ("default", 2, "draft")
    added = ask(
        house,
        draft,
        "themes",
        theme="solitude",
        sphere="vie-sociale",
        fr="La solitude",
        en="Loneliness",
        help_fr="Est-ce que je me sens moins seul?",
        help_en="Do I feel less alone?",
    )
    assert len(added.json()["themes"]) == 56
    discussed = ask(
        house, draft, "discussions", by=house.person, words="Ça manquait.", about="solitude"
    )
    assert discussed.status_code == 201, discussed.text
    assert ask(house, draft, "publication").status_code == 428
    assert ask(house, draft, "publication", version=1).status_code == 412
    version = discussed.json()["version"]
    published = ask(house, draft, "publication", version=version).json()
    assert (published["stage"], published["people_took_part"]) == ("published", True)
    late = ask(house, draft, "themes/solitude/retirement")
    assert (late.status_code, late.json()["code"]) == (409, "catalogue.published_for_good")


def test_a_draft_is_listed_under_the_name_it_was_given_last(house, catalogues):
    draft = derived(house, catalogues)
    name = {"fr": "À notre façon", "en": "Our way"}
    assert ask(house, draft, "wordings", **name).status_code == 428
    told = ask(house, draft, "wordings", version=draft["version"], **name).json()
    assert (told["fr"], told["en"]) == ("À notre façon", "Our way")
    house.installation.settled()
    listed = house.administrator.client.get(CATALOGUES).json()["catalogues"]
    assert [c["fr"] for c in listed if c["id"] == draft["id"]] == ["À notre façon"]


def test_spheres_themes_and_scale_are_worded(house, catalogues):
    draft = derived(house, catalogues)
    version = draft["version"]
    words = {"fr": "Mon chez-moi", "en": "My place"}
    assert ask(house, draft, "themes/logement/wordings", **words).status_code == 428
    told = ask(house, draft, "themes/logement/wordings", version=version, **words).json()
    logement = next(t for t in told["themes"] if t["theme"] == "logement")
    assert (logement["fr"], logement["meaning"]) == ("Mon chez-moi", "logement")
    told = ask(house, draft, "spheres", sphere="esprit", fr="Esprit", en="Spirit").json()
    told = ask(
        house,
        draft,
        "spheres/esprit/wordings",
        version=told["version"],
        fr="Vie de l’esprit",
        en="Life of the spirit",
    ).json()
    assert told["spheres"][-1]["fr"] == "Vie de l’esprit"
    assert len(ask(house, draft, "spheres/esprit/retirement").json()["spheres"]) == 5
    steps = [{"value": 0, "fr": "Non", "en": "No"}, {"value": 10, "fr": "Oui", "en": "Yes"}]
    told = ask(house, draft, "scale", lowest=0, highest=10, steps=steps).json()
    assert told["scale"]["highest"] == 10


def test_a_questionnaire_that_is_retired_begins_no_more_portraits(house, catalogues):
    catalogue = {"id": str(catalogues["default"])}
    assert ask(house, catalogue, "retirement", reason="Remplacé.").json()["stage"] == "retired"
    refused = house.person.client.post(
        f"/assessment/v1/persons/{house.person.id}/assessments",
        json={"catalogue": catalogue["id"]},
    )
    assert refused.json()["code"] == "catalogue.retired"


def test_a_theme_is_marked_sensitive_and_moved_while_its_words_stay(house, catalogues):
    draft = derived(house, catalogues)
    theme = next(t for t in draft["themes"] if t["theme"] == "logement")
    kept = {name: theme[name] for name in ("fr", "en", "help_fr", "help_en")}
    where = "themes/logement/wordings"
    changed = {**kept, "sphere": "sante", "sensitive": True}
    told = ask(house, draft, where, version=draft["version"], **changed).json()
    logement = next(t for t in told["themes"] if t["theme"] == "logement")
    assert logement == {**theme, "sphere": "sante", "sensitive": True}


def test_a_draft_that_is_set_aside_is_listed_as_such_and_changes_no_more(house, catalogues):
    draft = derived(house, catalogues)
    assert ask(house, draft, "setting-aside", reason="Un autre.").json()["stage"] == "set_aside"
    house.installation.settled()
    listed = house.manager.client.get(CATALOGUES).json()["catalogues"]
    assert next(c for c in listed if c["id"] == draft["id"])["stage"] == "set_aside"
    late = ask(house, draft, "themes/logement/retirement")
    assert (late.status_code, late.json()["code"]) == (409, "catalogue.set_aside")
    in_use = {"id": str(catalogues["default"])}
    kept = ask(house, in_use, "setting-aside")
    assert (kept.status_code, kept.json()["code"]) == (409, "catalogue.published_for_good")


def test_only_who_is_charged_with_it_makes_questionnaires(house, catalogues):
    for someone in (house.person, house.practitioner, house.auditor):
        body = {"fr": "À moi", "en": "Mine", "derived_from": str(catalogues["default"])}
        assert someone.client.post(CATALOGUES, json=body).status_code == 403
        assert someone.client.post(f"{CATALOGUES}/defaults", json={}).status_code == 403


def test_another_organisations_questionnaire_is_unknown(other_house, catalogues):
    path = f"{CATALOGUES}/{catalogues['default']}"
    assert other_house.administrator.client.get(path).status_code == 404
    body = {"fr": "À nous", "en": "Ours", "derived_from": str(catalogues["default"])}
    assert other_house.administrator.client.post(CATALOGUES, json=body).status_code == 404


def test_a_draft_from_nothing_has_a_key_and_a_kind(house):
    body = {"fr": "Le nôtre", "en": "Ours"}
    assert house.administrator.client.post(CATALOGUES, json=body).status_code == 422
    body |= {"key": "maison", "kind": "quality_of_life"}
    assert house.administrator.client.post(CATALOGUES, json=body).json()["edition"] == 1
