from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from tests.directory.api.town import care

TODAY = datetime.now(ZoneInfo("America/Toronto")).date()  # where the town is
LATER = str(TODAY + timedelta(days=180))


def to_may(town, **more):
    return {
        "audience": str(town["may"].id),
        "tabs": ["plan", "quality_of_life"],
        "purpose": "care",
        "until": LATER,
        **more,
    }


def test_a_relative_is_let_in_by_consent_and_out_again(town):
    assert town.get("may", "/me/persons")["persons"] == []
    given = town.post("awa", town.her("/consents"), to_may(town))
    [consent] = given["entries"]
    assert [(c["in_force"], c["attestation"]) for c in given["consents"]] == [(True, "own")]
    told = town.get("may", "/me/persons")["persons"]
    assert [(p["name"], p["relation"]) for p in told] == [("Awa", "consent")]
    town.post(
        "awa", town.her(f"/consents/{consent}/withdrawals"), {"words": "Je lui dirai moi-même."}
    )
    assert town.get("may", "/me/persons")["persons"] == []


def test_a_consent_noted_for_her_waits_until_she_confirms(town):
    body = to_may(town, tabs=["network"], act={"author": str(town["awa"].id)})
    noted = town.post("kim", town.her("/consents"), body)
    [entry] = noted["entries"]
    assert [c["in_force"] for c in noted["consents"]] == [False]
    assert town.get("may", "/me/persons")["persons"] == []
    town.refused(
        "kim",
        town.her(f"/entries/{entry}/confirmations"),
        {"act": {"author": str(town["awa"].id)}},
        status=403,
    )
    town.post("kim", town.her(f"/entries/{entry}/confirmations"))
    assert town.get("may", "/me/persons")["persons"] == []
    confirmed = town.post("awa", town.her(f"/entries/{entry}/confirmations"), {"device": "own"})
    assert {"party": str(town["awa"].id), "attestation": "confirmed"} in confirmed["attested"]
    [mine] = [c for c in town.get("awa", town.her())["consents"] if c["id"] == entry]
    assert (mine["in_force"], mine["attestation"]) == (True, "confirmed")
    assert [p["id"] for p in town.get("may", "/me/persons")["persons"]] == [entry]
    town.post("awa", town.her(f"/entries/{entry}/disputes"), {"reason": "À bien y penser, non."})
    assert town.get("may", "/me/persons")["persons"] == []


def test_a_practitioner_does_not_consent_for_her(town):
    code = town.refused("kim", town.her("/consents"), to_may(town), status=403)
    assert code == "relations.hers"


def test_whoever_notes_a_consent_sees_no_other(town):
    town.post("awa", town.her("/consents"), to_may(town, tabs=["strengths"]))
    body = to_may(town, tabs=["network", "plan"], act={"author": str(town["awa"].id)})
    noted = town.post("kim", town.her("/consents"), body)
    assert noted["entries"][0] in [c["id"] for c in noted["consents"]]
    assert ["strengths"] not in [c["tabs"] for c in noted["consents"]]


def test_she_keeps_a_named_worker_away_and_why_stays_hers(town):
    town.post("admin", town.her("/care-relations"), care(town, "roy"))
    assert town.get("roy", "/me/persons")["persons"] != []
    body = {"audience": str(town["roy"].id), "reason": "Il est mon voisin."}
    kept = town.post("awa", town.her("/restrictions"), body)
    [restriction] = kept["entries"]
    assert kept["restrictions"][0]["scope"] == ["everything"]
    assert town.get("roy", "/me/persons")["persons"] == []
    assert town.refused("roy", town.her(), method="GET", status=404) == "person.unknown"
    [seen] = town.get("nel", town.her())["restrictions"]
    assert seen["reason"] is None
    town.post("awa", town.her(f"/restrictions/{restriction}/liftings"))
    assert town.get("roy", "/me/persons")["persons"] != []


def test_nobody_else_restricts(town):
    body = {"audience": str(town["roy"].id)}
    for who in ("kim", "nel", "admin"):
        assert town.refused(who, town.her("/restrictions"), body, status=403)


def test_emergency_access_is_opened_told_to_her_and_checked(town):
    zed = town.register("zed", "staff", "practitioner")
    assert town.refused("zed", town.her(), method="GET", status=404) == "person.unknown"
    expires = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
    body = {"reason": "Inquiétude pour sa sécurité.", "expires": expires}
    opened = town.post("zed", town.her("/emergency-accesses"), body)
    [access] = opened["entries"]
    [hers] = town.get("awa", town.her())["emergency_accesses"]
    assert (hers["party"], hers["reason"]) == (str(zed.id), body["reason"])
    path = town.her(f"/emergency-accesses/{access}")
    checked = {"outcome": "justified", "words": "Awa est avertie."}
    assert town.refused("kim", f"{path}/reviews", checked, status=403) == "action.not_yours"
    reviewed = town.post("nel", f"{path}/reviews", checked)
    assert reviewed["emergency_accesses"][0]["reviewer"] == str(town["nel"].id)
    closed = town.post("zed", f"{path}/closures")
    assert closed["emergency_accesses"][0]["closed"] is not None


def test_emergency_access_is_never_a_day_long_guess_nor_a_relative_s(town):
    body = {"reason": "Danger", "expires": str(TODAY + timedelta(days=1))}
    code = town.refused("kim", town.her("/emergency-accesses"), body, status=422)
    assert code == "moment.invalid"
    far = {**body, "expires": (datetime.now(UTC) + timedelta(hours=80)).isoformat()}
    code = town.refused("kim", town.her("/emergency-accesses"), far, status=422)
    assert code == "emergency.too_long"


def test_a_right_is_asked_and_answered(town):
    asked = town.post("awa", town.her("/rights"), {"right": "copy"})
    [request] = asked["entries"]
    assert asked["rights"][0]["due"] == str(TODAY + timedelta(days=30))
    path = town.her(f"/rights/{request}/answers")
    assert town.refused("kim", path, {"outcome": "granted"}, status=403)
    code = town.refused("nel", path, {"outcome": "refused"}, status=422)
    assert code == "right.needs_reason"
    answered = town.post("nel", path, {"outcome": "granted"})
    assert answered["rights"][0]["outcome"] == "granted"
    assert town.refused("kim", town.her("/rights"), {"right": "copy"}, status=403)


def test_she_says_how_she_wants_to_work_and_is_told_things(town):
    words = "Je regarde l'outil tout seul d'abord."
    agreed = town.post("awa", town.her("/way-of-working"), {"first": "alone", "words": words})
    assert agreed["way_of_working"]["words"] == words
    notice = {"text": "welcome", "version": "2026-01", "language": "fr-CA", "form": "aloud"}
    given = town.post("kim", town.her("/notices"), notice)
    assert given["notices"][0]["form"] == "aloud"


def test_a_representative_acts_within_a_scope(town):
    town.register("paul", "representative")
    body = {
        "party": str(town["paul"].id),
        "kind": "curatelle renforcée",
        "scope": ["money", "papers", "rights"],
        "until": LATER,
    }
    assert town.refused("kim", town.her("/representations"), body, status=403)
    started = town.post("nel", town.her("/representations"), body)
    [representation] = started["entries"]
    assert started["representations"][0]["current"] is True
    assert len(town.post("paul", town.her("/rights"), {"right": "access"})["entries"]) == 1
    assert town.refused("paul", town.her("/consents"), to_may(town), status=403)
    ended = town.post("nel", town.her(f"/representations/{representation}/endings"))
    assert ended["representations"][0]["current"] is False
    assert town.refused("paul", town.her("/rights"), {"right": "copy"}, status=404)


def test_an_entry_is_disputed_and_answered_each_with_their_own_sign_in(town):
    body = to_may(town, tabs=["quality_of_life"], act={"author": str(town["awa"].id)})
    [entry] = town.post("kim", town.her("/consents"), body)["entries"]
    path = town.her(f"/entries/{entry}")
    hearsay = {"act": {"author": str(town["awa"].id)}}
    assert town.refused("kim", f"{path}/disputes", hearsay, status=403) == "answer.own_sign_in"
    assert town.refused("kim", f"{path}/withdrawals", hearsay, status=403) == ("answer.own_sign_in")
    disputed = town.post("awa", f"{path}/disputes", {"reason": "Je n'ai pas dit oui."})
    assert (disputed["dispute"], disputed["stands"]) == ("open", False)
    words = {"words": "Vous avez raison.", "outcome": "accepted"}
    answered = town.post("kim", f"{path}/dispute-answers", words)
    assert answered["dispute"] == "accepted"


def test_the_reason_of_a_restriction_goes_and_the_restriction_stays(town):
    body = {"audience": str(town["roy"].id), "scope": ["network"], "reason": "Mon voisin."}
    [entry] = town.post("awa", town.her("/restrictions"), body)["entries"]
    taken = town.post("awa", town.her(f"/entries/{entry}/withdrawals"))
    assert taken["readable"] is False
    assert len(taken["entries"]) == 2
    [kept] = [r for r in town.get("awa", town.her())["restrictions"] if r["scope"] == ["network"]]
    assert kept["reason"] is None
