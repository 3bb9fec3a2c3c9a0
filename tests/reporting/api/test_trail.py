"""The trail over a real socket: filters, pages, lines; words and hours for those they are for."""

import json
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, urlsplit
from uuid import uuid4

import pytest

from services.assessment.domain import events as a
from services.directory.domain import events as d
from services.plans.domain import events as p
from tests.reporting.api.scene import Scene, catalogue, plain, story


@pytest.fixture
def scene(house):
    return Scene(house)


def types(entries):
    return [e["type"] for e in entries]


def mandate(house, **fields):
    """An audit mandate for the house's auditor."""
    today = datetime.now(UTC).date()
    return house.tell(
        d.AuditMandateGiven, uuid4(), house.tenant, auditor=house.auditor.id, purpose="Qualité",
        begins=today - timedelta(days=2), until=today + timedelta(days=9), **fields,
    )  # fmt: skip


def test_she_reads_all_that_is_hers_in_the_order_in_which_it_was_recorded(scene, house):
    story(scene)
    scene.settled()

    entries = scene.entries(house.person)
    # the scene plays in February, her registration is the test's own day
    assert [t for t in types(entries) if not t.startswith("directory")] == [
        "assessment.assessment_opened", "assessment.theme_rated", "assessment.star_placed",
        "network.tie_added", "plans.plan_opened", "plans.goal_proposed", "plans.goal_agreed",
        "plans.action_added", "plans.action_done", "plans.review_held", "assessment.change_judged",
    ]  # fmt: skip
    assert {e["words"] for e in entries} == {"shown"}
    assert "Pour « Mon travail », vous avez mis 20 %. Commentaire : « Ça me manque. »" in [
        plain(e["sentence"]) for e in entries
    ]


def test_in_english_too(scene, house):
    story(scene)
    scene.settled()

    answer = house.person.client.get(
        f"/reporting/v1/persons/{house.person.id}/timeline", headers={"Accept-Language": "en"}
    )
    assert "You put a star on “My work”." in [e["sentence"] for e in answer.json()["entries"]]


def test_filters_narrow_it_down(scene, house):
    told = story(scene)
    scene.settled()
    worker = str(house.practitioner.id)

    def found(**query):
        return types(scene.entries(house.person, **query))

    assert found(decisions="true") == [
        "assessment.star_placed", "plans.plan_opened", "plans.goal_agreed", "plans.review_held",
    ]  # fmt: skip
    assert found(stream=str(told.agreed.originator_id), decisions="true") == [
        "plans.plan_opened", "plans.goal_agreed", "plans.review_held",
    ]  # fmt: skip
    assert found(contributor=worker) == ["plans.goal_proposed", "plans.goal_agreed"]
    assert found(contributor=worker, part="agreed") == ["plans.goal_agreed"]
    # part and attestation are asked of the same contributor
    assert found(contributor=worker, part="agreed", attestation="own") == []
    assert found(attestation="claimed") == ["plans.goal_proposed", "plans.goal_agreed"]
    assert found(type="plans.action_done") == ["plans.action_done"]
    assert found(service="network") == ["network.tie_added"]
    assert "directory.care_relation_started" in found(actor=str(house.tenant))
    assert found(author=str(house.person.id), service="network") == ["network.tie_added"]
    assert len(found(occurred_from="2026-02-03", occurred_until="2026-02-03")) == 11
    assert found(recorded_until="2026-02-02") == []


def test_a_site_and_a_programme_can_be_asked_for(scene, house):
    scene.settled()

    assert types(scene.entries(house.person, site=str(uuid4()))) == []


def test_pages_follow_each_other_without_gap_or_repetition(scene, house):
    story(scene)
    scene.settled()
    whole = [e["entry"] for e in scene.entries(house.person, limit=200)]

    turned, query = [], {"limit": 3}
    while query:
        answer = scene.get(house.person, f"/persons/{house.person.id}/trail", **query)
        turned += [e["entry"] for e in answer.json()["entries"]]
        query = dict(parse_qsl(urlsplit(answer.links.get("next", {}).get("url", "")).query))
    assert turned == whole
    newest = [e["entry"] for e in scene.entries(house.person, order="newest", limit=200)]
    assert newest == whole[::-1]


def test_a_practitioner_reads_what_she_has_shown_and_what_he_took_part_in(scene, house):
    told = story(scene)
    scene.settled()

    before = types(scene.entries(house.practitioner))
    assert "assessment.theme_rated" not in before
    assert "network.tie_added" not in before
    assert "plans.goal_agreed" in before
    scene.tell(
        a.AssessmentShared, told.rated.originator_id, audience=(house.practitioner.id,),
        parts=("quality_of_life",),
    )  # fmt: skip
    scene.settled()
    after = types(scene.entries(house.practitioner))
    assert {"assessment.theme_rated", "assessment.star_placed", "assessment.change_judged"} <= set(
        after
    )
    assert "network.tie_added" not in after


def test_a_colleague_without_a_care_relation_meets_nobody(scene, house):
    story(scene)
    scene.settled()

    for path in ("trail", "trail.ndjson", "timeline", "looks", "decisions"):
        answer = scene.get(house.colleague, f"/persons/{house.person.id}/{path}")
        never = scene.get(house.colleague, f"/persons/{uuid4()}/{path}")
        assert answer.status_code == never.status_code in (403, 404)
        assert answer.json()["code"] == never.json()["code"]


def test_another_organisation_meets_nobody_either(scene, house, other_house):
    story(scene)
    scene.settled()

    answer = scene.get(other_house.practitioner, f"/persons/{house.person.id}/trail")
    never = scene.get(other_house.practitioner, f"/persons/{uuid4()}/trail")
    assert (
        (answer.status_code, answer.content)
        == (never.status_code, never.content)
        == (404, never.content)
    )


def test_hours_are_for_the_one_who_wrote_and_the_privacy_officer(scene, house):
    told = story(scene)
    scene.settled()

    def when(who):
        return next(e for e in scene.entries(who) if e["entry"] == str(told.agreed.id))[
            "occurred_at"
        ]

    assert when(house.person) == "2026-02-03T10:08:00-05:00"
    assert when(house.officer) == "2026-02-03T10:08:00-05:00"
    assert when(house.practitioner) == "2026-02-03"


def test_an_auditor_under_mandate_reads_the_envelope_and_no_words(scene, house):
    told = story(scene)
    scene.settled()
    refused = scene.get(house.auditor, f"/persons/{house.person.id}/trail")
    assert refused.status_code in (403, 404)
    mandate(house)
    scene.settled()

    answer = scene.get(house.auditor, f"/persons/{house.person.id}/trail", service="plans")
    agreed = next(e for e in answer.json()["entries"] if e["entry"] == str(told.agreed.id))
    assert plain(agreed["sentence"]) == (
        "Oui à un objectif, par person. Ont pris part : practitioner (accompagnement, a dit oui). "
        "Noté par person. practitioner n’a pas encore donné son avis : c’est facultatif. "
        "[mots gardés privés]"
    )
    assert (agreed["words"], agreed["occurred_at"]) == ("private", "2026-02-03")
    assert len(agreed["proof"]["leaf"]) == 64
    whole = scene.get(house.auditor, "/trail", limit=200).text
    for words in ("Travailler au magasin", "Le gars du magasin", "Ça me manque", "On continue"):
        assert words not in answer.text + whole


def test_words_are_read_where_the_law_orders_it_for_that_mandate(scene, house):
    told = story(scene)
    mandate(house, words_allowed=True, legal_basis="LRSSS, art. 108")
    scene.settled()

    entries = scene.entries(house.auditor)
    agreed = next(e for e in entries if e["entry"] == str(told.agreed.id))
    assert "Travailler au magasin de musique" in agreed["sentence"]


def test_a_mandate_for_another_site_reaches_nobody_here(scene, house):
    story(scene)
    mandate(house, sites=(uuid4(),))
    scene.settled()

    answer = scene.get(house.auditor, f"/persons/{house.person.id}/trail")
    assert answer.status_code == 404
    persons = {e["person"] for e in scene.get(house.auditor, "/trail", limit=200).json()["entries"]}
    assert persons == {None}


def test_a_mandate_for_this_site_reaches_whom_it_serves(scene, house):
    story(scene)
    mandate(house, sites=(house.site,))
    scene.settled()

    persons = {e["person"] for e in scene.get(house.auditor, "/trail", limit=200).json()["entries"]}
    assert persons == {None, str(house.person.id)}


def test_the_whole_trail_is_not_for_others(scene, house):
    for who in (house.person, house.practitioner, house.manager, house.administrator):
        assert scene.get(who, "/trail").status_code == 403
    assert scene.get(house.auditor, "/trail").status_code == 404


def test_every_look_is_found_again_by_her(scene, house):
    story(scene)
    mandate(house)
    scene.settled()
    scene.entries(house.practitioner)
    scene.get(house.auditor, "/trail", limit=200)
    scene.entries(house.person)  # her own reading is nobody's business
    scene.settled()

    assert [e["author"]["name"] for e in scene.entries(house.person, "looks")] == [
        "practitioner",
        "auditor",
    ]
    assert (
        "practitioner (accompagnement) a consulté : ce qui s’est passé"
        in scene.sentences(house.person, "looks")[0]
    )


def test_lines_hold_the_same_entries_as_pages(scene, house):
    story(scene)
    scene.settled()

    answer = scene.get(house.person, f"/persons/{house.person.id}/trail.ndjson")
    assert answer.headers["Content-Type"].startswith("application/x-ndjson")
    lines = [json.loads(line) for line in answer.text.splitlines()]
    assert lines == scene.entries(house.person, limit=200)


def test_answers_are_folded_onto_what_they_answer(scene, house):
    told = story(scene)
    plan = told.agreed.originator_id
    scene.tell(
        p.ContributionConfirmed, plan, entry=told.agreed.id, device="own", by=house.practitioner
    )
    scene.tell(
        p.ContributionDisputed,
        plan,
        entry=told.proposed.id,
        reason="Pas moi.",
        by=house.practitioner,
    )
    scene.tell(
        p.DisputeAnswered,
        plan,
        entry=told.proposed.id,
        words="Vous avez raison.",
        outcome="accepted",
    )
    scene.settled()

    entries = {e["entry"]: e for e in scene.entries(house.person)}
    agreed, proposed = entries[str(told.agreed.id)], entries[str(told.proposed.id)]
    attested = {c["name"]: (c["noted"], c["attestation"]) for c in agreed["contributors"]}
    assert attested == {"person": ("own", "own"), "practitioner": ("claimed", "confirmed")}
    assert agreed["sentence"].endswith("confirmé par practitioner le 3 février 2026.")
    assert proposed["dispute"] == "accepted"
    assert [x["kind"] for x in proposed["answers"]] == ["contribution_disputed", "dispute_answered"]
    assert types(scene.entries(house.person, attestation="confirmed")) == ["plans.goal_agreed"]
    assert types(scene.entries(house.person, attestation="disputed")) == ["plans.goal_proposed"]
    assert any(
        "Travailler au magasin de musique" in s
        for s in scene.sentences(house.practitioner, type="plans.contribution_disputed")
    )


def test_words_taken_back_are_gone_and_that_something_was_said_stays(scene, house):
    told = story(scene)
    scene.settled()
    scene.tell(p.WordsWithdrawn, told.proposed.originator_id, entry=told.proposed.id, goal=None)
    scene.settled()

    entries = {e["entry"]: e for e in scene.entries(house.person)}
    proposed = entries[str(told.proposed.id)]
    assert proposed["words"] == "withdrawn"
    assert plain(proposed["sentence"]).endswith("[mots effacés]")
    assert proposed["proof"]["leaf"]
    assert "Travailler au magasin" not in str(entries)
    # the chain does not break with the words
    found = scene.get(house.person, f"/persons/{house.person.id}/decisions/{told.agreed.id}").json()
    assert len(found["came_from"]) == 4


def test_the_timeline_goes_by_life_not_by_recording(scene, house):
    catalogue(scene)
    sitting = uuid4()
    late = scene.tell(a.ThemeRated, sitting, theme="travail", value=30)
    early = scene.tell(
        a.ThemeRated,
        sitting,
        theme="travail",
        value=10,
        occurred=datetime(2025, 1, 5, 12, tzinfo=UTC),
    )
    scene.settled()

    order = [e["entry"] for e in scene.entries(house.person, "timeline", limit=200)]
    assert order.index(str(early.id)) < order.index(str(late.id))
    order = [e["entry"] for e in scene.entries(house.person, "trail", limit=200)]
    assert order.index(str(late.id)) < order.index(str(early.id))


def test_the_timeline_tells_a_tab_apart_an_entry_alone_and_leaves_looks_aside(scene, house):
    told = story(scene)
    named = scene.tell(a.StrengthNamed, uuid4(), kind="personal", words="La guitare")
    scene.settled()
    scene.entries(house.practitioner)
    scene.settled()

    def timeline(**query):
        return scene.entries(house.person, "timeline", limit=200, **query)

    services = {e["proof"]["service"] for e in timeline(tab="plan")}
    assert services == {"plans"}
    assert [e["entry"] for e in timeline(tab="strengths")] == [str(named.id)]
    life = timeline(tab="quality_of_life")
    assert "assessment.theme_rated" in types(life)
    assert not {str(named.id)} & {e["entry"] for e in life}
    assert [e["entry"] for e in timeline(entry=str(told.agreed.id))] == [str(told.agreed.id)]
    assert any(t.endswith("record_read") for t in types(timeline()))
    assert not any(t.endswith("record_read") for t in types(timeline(looks="false")))
    assert (
        scene.get(house.person, f"/persons/{house.person.id}/timeline", tab="all").status_code
        == 422
    )
