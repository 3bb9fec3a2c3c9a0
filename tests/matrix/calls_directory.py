"""How each operation of the directory is called."""

from datetime import date, timedelta

from services.directory.api.places import LINES
from services.directory.domain.erasure import STATEMENT
from tests.matrix.calls import call, example, once
from tests.matrix.scene import FAR, Scene
from tests.support.clients import Call


@call("directory get /me")
def me(s: Scene) -> Call:
    return Call("person")


@call("directory get /me/persons")
def my_persons(s: Scene) -> Call:
    return Call("practitioner")


@call("directory post /organisations")
def register_organisation(s: Scene) -> Call:
    first = {"name": "Patrick Hébert", "sign_in_subject": once("patrick")}
    return Call("operator", body=example("directory post /organisations", administrator=first))


@call("directory get /organisation")
def organisation(s: Scene) -> Call:
    return Call("person")


@call("directory post /sites")
def open_site(s: Scene) -> Call:
    return Call("administrator", body=example("directory post /sites"))


@call("directory post /sites/{site}/closures")
def close_site(s: Scene) -> Call:
    site = s.made("administrator", "directory", "/sites", {"name": once("Atelier")})["id"]
    return Call("administrator", {"site": site}, {})


@call("directory post /programmes")
def open_programme(s: Scene) -> Call:
    return Call("administrator", body={"site": s["site"], "name": once("Suivi")})


@call("directory post /programmes/{programme}/closures")
def close_programme(s: Scene) -> Call:
    body = {"site": s["site"], "name": once("Suivi")}
    programme = s.made("administrator", "directory", "/programmes", body)["id"]
    return Call("administrator", {"programme": programme}, {})


@call("directory put /help-lines")
def set_help_lines(s: Scene) -> Call:
    return Call("administrator", body=example("directory put /help-lines"))


@call("directory get /help-lines/{poster}")
def read_help_lines(s: Scene) -> Call:
    s.made("administrator", "directory", "/help-lines", LINES, method="PUT")
    return Call("person", {"poster": s["poster"]})


@call("directory put /reading-delay")
def set_reading_delay(s: Scene) -> Call:
    return Call("administrator", body=example("directory put /reading-delay"))


@call("directory put /age-of-consent")
def set_age_of_consent(s: Scene) -> Call:
    return Call("administrator", body=example("directory put /age-of-consent"))


@call("directory get /parties")
def parties(s: Scene) -> Call:
    return Call("administrator", query={"limit": "1"})


@call("directory post /parties")
def register_party(s: Scene) -> Call:
    post = {"role": "practitioner", "site": s["site"]}
    return Call("administrator", body={"kind": "staff", "name": "Karim", "roles": [post]})


@call("directory get /parties/{party}")
def party(s: Scene) -> Call:
    return Call("officer", {"party": s["colleague"]})


@call("directory post /parties/{party}/roles")
def grant_role(s: Scene) -> Call:
    body = {"role": "manager", "site": s["site"]}
    return Call("administrator", {"party": s.stranger()}, body)


@call("directory post /parties/{party}/role-revocations")
def revoke_role(s: Scene) -> Call:
    who = s.stranger("staff", "practitioner")
    return Call("administrator", {"party": who}, {"role": "practitioner"})


@call("directory post /parties/{party}/departures")
def leave(s: Scene) -> Call:
    return Call("administrator", {"party": s.stranger()}, {})


@call("directory get /persons")
def persons(s: Scene) -> Call:
    return Call("officer", query={"limit": "1"})


@call("directory post /persons")
def register_person(s: Scene) -> Call:
    return Call("administrator", body={"name": "Luc", "sign_in_subject": once("luc"), "age": 34})


@call("directory get /persons/{person}")
def person(s: Scene) -> Call:
    return Call("practitioner", {"person": s["person"]})


@call("directory post /persons/{person}/care-relations")
def start_care(s: Scene) -> Call:
    body = {
        "party": s.stranger("staff", "practitioner"),
        "role": "practitioner",
        "site": s["site"],
        "programme": s["programme"],
        "words": "Karim vous accompagne à la Maison du Quai.",
    }
    return Call("administrator", {"person": s["person"]}, body)


@call("directory post /persons/{person}/care-relations/{relation}/endings")
def end_care(s: Scene) -> Call:
    relation = s.cared_for_by(s.stranger("staff", "practitioner"))
    places = {"person": s["person"], "relation": relation}
    return Call("administrator", places, {"words": "Fin du séjour."})


def represented(s: Scene) -> dict[str, object]:
    who = s.stranger("representative", "representative")
    return {"party": who, "kind": "curatelle", "scope": ["papers"], "until": FAR}


@call("directory post /persons/{person}/representations")
def start_representation(s: Scene) -> Call:
    return Call("officer", {"person": s["person"]}, represented(s))


@call("directory post /persons/{person}/representations/{representation}/endings")
def end_representation(s: Scene) -> Call:
    told = s.made("officer", "directory", s.her("/representations"), represented(s))
    places = {"person": s["person"], "representation": told["entries"][0]}
    return Call("administrator", places, {"words": "Mainlevée."})


def consent(s: Scene) -> dict[str, object]:
    who = s.stranger("relative", "relative")
    return {"audience": who, "tabs": ["plan"], "purpose": "care", "until": FAR}


@call("directory post /persons/{person}/consents")
def give_consent(s: Scene) -> Call:
    return Call("person", {"person": s["person"]}, consent(s))


@call("directory post /persons/{person}/consents/{consent}/withdrawals")
def withdraw_consent(s: Scene) -> Call:
    told = s.made("person", "directory", s.her("/consents"), consent(s))
    places = {"person": s["person"], "consent": told["entries"][0]}
    return Call("person", places, {"words": "Je lui raconterai moi-même."})


def restriction(s: Scene) -> dict[str, object]:
    return {"audience": s.stranger(), "scope": ["everything"], "reason": "Il est mon voisin."}


@call("directory post /persons/{person}/restrictions")
def restrict(s: Scene) -> Call:
    return Call("person", {"person": s["person"]}, restriction(s))


@call("directory post /persons/{person}/restrictions/{restriction}/liftings")
def lift(s: Scene) -> Call:
    told = s.made("person", "directory", s.her("/restrictions"), restriction(s))
    places = {"person": s["person"], "restriction": told["entries"][0]}
    return Call("person", places, {})


def opened_access(s: Scene) -> str:
    """An emergency access of a colleague that is open now."""
    if "emergency" not in s.kept:
        body = {"reason": "Appel d’un proche.", "expires": s.soon()}
        path = s.her("/emergency-accesses", "neighbour")
        s.kept["emergency"] = s.made("colleague", "directory", path, body)["entries"][0]
    found: str = s.kept["emergency"]
    return found


def closed_access(s: Scene) -> None:
    if access := s.kept.pop("emergency", None):
        path = s.her(f"/emergency-accesses/{access}/closures", "neighbour")
        s.made("officer", "directory", path)


@call("directory post /persons/{person}/emergency-accesses")
def open_access(s: Scene) -> Call:
    known = s.made("officer", "directory", s.her("", "neighbour"), method="GET")
    for access in known["emergency_accesses"]:
        if access["closed"] is None:
            s.kept["emergency"] = access["id"]
            closed_access(s)
    body = {"reason": "Appel d’un proche.", "expires": s.soon()}
    return Call("colleague", {"person": s["neighbour"]}, body)


@call("directory post /persons/{person}/emergency-accesses/{access}/closures")
def close_access(s: Scene) -> Call:
    open_access(s)
    return Call("officer", {"person": s["neighbour"], "access": opened_access(s)}, {})


@call("directory post /persons/{person}/emergency-accesses/{access}/reviews")
def review_access(s: Scene) -> Call:
    open_access(s)
    places = {"person": s["neighbour"], "access": opened_access(s)}
    s.kept.pop("emergency")
    return Call("officer", places, {"outcome": "justified", "words": "Elle est avertie."})


@call("directory get /emergency-accesses-unreviewed")
def unreviewed(s: Scene) -> Call:
    open_access(s)
    opened_access(s)
    return Call("officer", query={"limit": "1"})


@call("directory post /persons/{person}/notices")
def give_notice(s: Scene) -> Call:
    body = example("directory post /persons/{person}/notices", version=once("v"))
    return Call("practitioner", {"person": s["person"]}, body)


@call("directory post /persons/{person}/way-of-working")
def agree(s: Scene) -> Call:
    body = {"first": "alone", "words": once("Seule d’abord")}
    return Call("person", {"person": s["person"]}, body)


@call("directory post /persons/{person}/rights")
def request_right(s: Scene) -> Call:
    return Call("person", {"person": s["person"]}, {"right": "copy", "words": once("Une copie")})


@call("directory post /persons/{person}/rights/{request}/answers")
def answer_right(s: Scene) -> Call:
    body = {"right": "copy", "words": once("Une copie")}
    told = s.made("person", "directory", s.her("/rights"), body)
    places = {"person": s["person"], "request": told["entries"][0]}
    return Call("officer", places, {"outcome": "granted"})


@call("directory post /persons/{person}/rights/{request}/extensions")
def extend_right(s: Scene) -> Call:
    told = s.made("person", "directory", s.her("/rights"), {"right": "copy", "words": once("Une")})
    request, due = told["entries"][0], told["rights"][-1]["due"]
    later = (date.fromisoformat(due) + timedelta(days=5)).isoformat()
    body = {"due": later, "reason": once("Un long dossier")}
    return Call("officer", {"person": s["person"], "request": request}, body)


@call("directory get /rights")
def requests(s: Scene) -> Call:
    s.made("person", "directory", s.her("/rights"), {"right": "copy", "words": once("Une copie")})
    s.settled()
    return Call("officer", query={"limit": "1"})


@call("directory get /erasure-statement")
def erasure_statement(s: Scene) -> Call:
    return Call("person")


@call("directory put /erasure-delay")
def set_erasure_delay(s: Scene) -> Call:
    return Call("officer", body=example("directory put /erasure-delay"))


@call("directory get /erasures")
def erasures(s: Scene) -> Call:
    for _ in range(2):
        path = s.her(f"/erasures/{granted_erasure(s)}/callings-off", "leaving")
        s.made("leaving", "directory", path)
    s.settled()
    return Call("officer", query={"limit": "1"})


@call("directory post /persons/{person}/erasures/{erasure}/callings-off")
def call_erasure_off(s: Scene) -> Call:
    erasure = granted_erasure(s)
    s.settled()
    return Call("leaving", {"person": s["leaving"], "erasure": erasure}, {})


def granted_erasure(s: Scene) -> str:
    """Of somebody on whom nothing else rests: whoever waits for it is hidden from everybody."""
    path = s.her("/rights", "leaving")
    asked = s.made("leaving", "directory", path, {"right": "erasure", "statement": STATEMENT})
    waiting = [r["id"] for r in asked["rights"] if r["outcome"] is None]
    for request in waiting:
        body = {"outcome": "granted"}
        asked = s.made("officer", "directory", f"{path}/{request}/answers", body)
    scheduled = [x["id"] for x in asked["erasures"] if x["stage"] == "scheduled"]
    s.ids["erasure"] = scheduled[-1]
    return s.ids["erasure"]


def mandate(s: Scene) -> dict[str, object]:
    places = {"sites": [s["site"]], "programmes": [s["programme"]]}
    about = {"auditor": s["auditor"], "purpose": once("Vérification")}
    return {**about, "begins": "2020-01-01", "until": FAR, **places}


@call("directory get /audit-mandates")
def mandates(s: Scene) -> Call:
    s.made("officer", "directory", "/audit-mandates", mandate(s))
    return Call("officer", query={"limit": "1"})


@call("directory post /audit-mandates")
def give_mandate(s: Scene) -> Call:
    return Call("officer", body=mandate(s))


@call("directory get /audit-mandates/{mandate}")
def read_mandate(s: Scene) -> Call:
    return Call("administrator", {"mandate": s["mandate"]})


@call("directory post /audit-mandates/{mandate}/endings")
def end_mandate(s: Scene) -> Call:
    made = s.made("officer", "directory", "/audit-mandates", mandate(s))["id"]
    return Call("administrator", {"mandate": made}, {"reason": "Fait."})


@call("directory post /imports")
def begin_import(s: Scene) -> Call:
    return Call("administrator", body=example("directory post /imports"))


@call("directory post /imports/{opened}/endings")
def end_import(s: Scene) -> Call:
    opened = s.made("administrator", "directory", "/imports", {"source": "Suivi"})["id"]
    counts = {"read": 1, "noted": 1, "set_aside": 0}
    return Call("administrator", {"opened": opened}, counts)


@call("directory get /imports/naming-key")
def naming_key(s: Scene) -> Call:
    return Call("administrator")
