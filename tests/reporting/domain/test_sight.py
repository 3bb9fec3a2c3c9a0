"""Who reads what of her trail: all of it she; others what she has shown; reviewers the envelope."""

from dataclasses import replace
from uuid import uuid4

from services.reporting.domain.eyes import Eyes
from services.reporting.domain.sight import Shown, Sight
from tests.reporting.told import TENANT, answer, entry, party, took

SITTING = uuid4()
KARIM = Eyes(party=party("karim"), kind="care")
CHANTAL = Eyes(party=party("chantal"), kind="care")
LUC = Eyes(party=party("luc"), kind="self")
AUDITOR = Eyes(party=party("etienne"), kind="auditor")
OFFICER = Eyes(party=party("nathalie"), kind="privacy_officer")


class Told:
    """Her entries in order, all of one assessment."""

    def __init__(self):
        self.entries = [
            entry(
                "assessment.assessment_opened",
                {"kind": "quality_of_life"},
                stream=SITTING,
                version=1,
            )
        ]

    def add(self, kind, body, **more):
        more = {"stream": SITTING, "version": len(self.entries) + 1} | more
        self.entries.append(entry(kind, body, **more))
        return self.entries[-1]

    def rate(self, theme="travail", value=20, **body):
        return self.add("assessment.theme_rated", {"theme": theme, "value": value, **body})

    def share(self, *keys, parts=("quality_of_life",), **body):
        audience = [str(party(k)) for k in keys]
        return self.add(
            "assessment.assessment_shared", {"audience": audience, "parts": list(parts), **body}
        )

    def trimmed(self, one, eyes):
        return Shown.told(self.entries).trimmed(one, eyes).body

    def sees(self, one, eyes):
        return Shown.told(self.entries).sight(one, eyes) is Sight.WHOLE


def test_nothing_of_hers_is_read_before_she_has_shown_it():
    told = Told()
    rated = told.rate()

    assert told.sees(rated, LUC)
    assert not told.sees(rated, KARIM)
    told.share("karim")
    assert told.sees(rated, KARIM)
    assert not told.sees(rated, CHANTAL)


def test_what_she_changed_before_showing_is_hers_alone():
    told = Told()
    first, second = told.rate(value=10), told.rate(value=20)
    told.share("karim")
    third = told.rate(value=30)

    assert not told.sees(first, KARIM)
    assert told.sees(second, KARIM)
    assert told.sees(third, KARIM)


def test_an_answer_taken_back_is_no_longer_seen():
    told = Told()
    rated = told.rate()
    told.share("karim")
    taken = told.add("assessment.rating_withdrawn", {"theme": "travail"})

    assert not told.sees(rated, KARIM)
    assert told.sees(taken, KARIM)
    assert told.sees(told.rate(value=40), KARIM)


def test_what_she_keeps_just_for_herself_stays_so_in_spite_of_sharing():
    told = Told()
    kept = told.rate("intimite", visibility="just_me")
    said = told.add("assessment.theme_discussed", {"theme": "intimite", "words": "Non."})
    told.share("karim")

    assert not told.sees(kept, KARIM)
    assert not told.sees(said, KARIM)


def test_a_theme_excepted_from_sharing_is_not_read_nor_that_it_was_excepted():
    told = Told()
    excepted = told.rate("role-parent")
    shared = told.share("karim", except_themes=["role-parent"])

    assert not told.sees(excepted, KARIM)
    assert told.sees(shared, KARIM)
    assert "except_themes" not in told.trimmed(shared, KARIM)
    assert "except_themes" in told.trimmed(shared, LUC)


def test_to_stop_showing_is_to_stop_reading_and_showing_less_shows_less():
    told = Told()
    rated = told.rate()
    shared = told.share("karim", "chantal")
    told.add(
        "assessment.sharing_ended", {"sharing": str(shared.id), "audience": [str(party("karim"))]}
    )

    assert not told.sees(rated, KARIM)
    assert told.sees(rated, CHANTAL)
    told.share("chantal", only_themes=["sommeil"])
    assert not told.sees(rated, CHANTAL)


def test_her_team_sees_what_she_shows_her_team():
    told = Told()
    rated = told.rate()
    told.share(my_team=True)

    assert told.sees(rated, KARIM)
    assert not told.sees(rated, Eyes(party=party("diane"), kind="relative"))


def test_a_sharing_she_disputes_shows_nothing():
    told = Told()
    rated = told.rate()
    shared = told.share("karim")
    told.entries[-1] = replace(shared, answers=(answer(shared, "contribution_disputed", "luc"),))

    assert not told.sees(rated, KARIM)


def test_who_took_part_reads_it_and_others_of_the_team_do_not():
    told = Told()
    rated = told.add(
        "assessment.star_placed",
        {"theme": "travail"},
        contributors=(took("luc"), took("karim", "discussed")),
    )

    assert told.sees(rated, KARIM)
    assert not told.sees(rated, CHANTAL)


def test_a_plan_is_her_teams_and_a_relatives_only_by_her_consent_to_it():
    told = Told()
    goal = told.add("plans.goal_proposed", {"goal": str(uuid4()), "words": "Jouer"}, stream=uuid4())
    relative = Eyes(party=party("diane"), kind="relative")

    assert told.sees(goal, KARIM)
    assert not told.sees(goal, replace(KARIM, closed=frozenset({"plan"})))
    assert not told.sees(goal, relative)
    assert told.sees(goal, replace(relative, tabs=frozenset({"plan"})))
    assert not told.sees(goal, replace(relative, tabs=frozenset({"quality_of_life"})))


def test_strengths_follow_their_tab_and_what_she_set_on_one():
    told = Told()
    stream = uuid4()
    shown = told.add("assessment.strength_named", {"words": "La guitare"}, stream=stream)
    kept = told.add(
        "assessment.strength_named", {"words": "Ma foi", "visibility": "just_me"}, stream=stream
    )
    reworded = told.add(
        "assessment.strength_reworded",
        {"strength": str(kept.id), "words": "Ma foi à moi"},
        stream=stream,
    )

    assert not told.sees(shown, KARIM)
    told.share("karim", parts=("quality_of_life", "strengths"))
    assert told.sees(shown, KARIM)
    assert not told.sees(kept, KARIM)
    assert not told.sees(reworded, KARIM)


def test_her_map_is_shown_but_for_the_ties_she_keeps():
    told = Told()
    tie, other, stream = str(uuid4()), str(uuid4()), uuid4()
    one = told.add("network.tie_added", {"tie": tie, "name": "Simon"}, stream=stream)
    kept = told.add("network.tie_added", {"tie": other, "name": "Mon ex"}, stream=stream)
    line = told.add("network.alters_connected", {"one": tie, "other": other}, stream=stream)

    assert not told.sees(one, KARIM)
    told.add(
        "network.network_shared",
        {"audience": [str(party("karim"))], "except_ties": [other]},
        stream=stream,
    )
    assert told.sees(one, KARIM)
    assert not told.sees(kept, KARIM)
    assert not told.sees(line, KARIM)


class Map(Told):
    """Her map, shown to Karim of her team and to Diane who is near her."""

    def __init__(self):
        super().__init__()
        self.stream, self.tie = uuid4(), str(uuid4())

    def say(self, kind, body=None, **more):
        told = {"tie": self.tie, **(body or {})}
        return self.add(f"network.{kind}", told, stream=self.stream, **more)

    def show(self, **body):
        audience = [str(party("karim")), str(party("diane"))]
        told = {"audience": audience, **body}
        return self.add("network.network_shared", told, stream=self.stream)


DIANE = Eyes(party=party("diane"), kind="relative", tabs=frozenset({"network"}))


NOTED = {"noted_by": "karim", "contributors": (took("luc", attestation="claimed"),)}


def test_those_near_her_read_who_is_on_her_map_and_nothing_said_of_anyone():
    told = Map()
    added = told.say("tie_added", {"name": "Simon"})
    told.show()
    rated = told.say("tie_rated", {"quality": "tendue"})
    ended = told.say("tie_ended", {"reason": "Une dispute."})
    talked = told.say("tie_discussed", {"words": "Il me manque."})

    assert told.sees(added, DIANE)
    for one in (rated, ended, talked):
        assert not told.sees(one, DIANE)
        assert told.sees(one, KARIM)


def test_no_service_reads_what_was_said_of_it():
    told = Map()
    added = told.say("tie_added", {"name": "Le CLSC", "kind": "service"})
    told.show()
    rated = told.say("tie_rated", {"quality": "On ne m’écoute pas."})

    assert told.sees(added, KARIM)
    assert not told.sees(rated, KARIM)


def test_a_tie_kept_by_hand_is_in_nobody_elses_trail_nor_that_it_is_kept():
    told = Map()
    added = told.say("tie_added", {"name": "Simon"})
    told.show()
    kept = told.say("tie_visibility_set", {"visibility": "just_me"})

    assert not told.sees(added, KARIM)
    assert not told.sees(kept, KARIM)
    opened = told.say("tie_visibility_set", {"visibility": "as_map"}, **NOTED)
    assert not told.sees(added, KARIM)
    told.say("tie_visibility_set", {"visibility": "as_map"})
    assert told.sees(added, KARIM)
    assert opened.body["tie"] == told.tie


def test_what_she_said_otherwise_of_a_tie_before_showing_it_is_hers_alone():
    told = Map()
    added = told.say("tie_added", {"name": "Simon", "circle": 3})
    renamed = told.say("tie_renamed", {"name": "Sim"})
    tense, good = (told.say("tie_rated", {"quality": q}) for q in ("tendue", "bonne"))
    far, near = (told.say("tie_placed", {"circle": c}) for c in (3, 1))
    told.show()

    for before in (added, tense, far):
        assert not told.sees(before, KARIM)
    for after in (renamed, good, near):
        assert told.sees(after, KARIM)
    later = told.say("tie_rated", {"quality": "autre"})
    assert told.sees(good, KARIM)
    assert told.sees(later, KARIM)


def test_a_sharing_that_does_not_stand_closes_what_it_excepts():
    told = Map()
    added = told.say("tie_added", {"name": "Simon"})
    told.show()
    body = {"audience": [str(party("karim"))], "except_ties": [told.tie]}
    told.add("network.network_shared", body, stream=told.stream, **NOTED)

    assert not told.sees(added, KARIM)
    assert told.sees(added, DIANE)


def test_an_end_noted_for_her_that_she_disputes_stays_an_end_until_she_shows_her_map_anew():
    told = Map()
    added = told.say("tie_added", {"name": "Simon"})
    told.show()
    shared = {"sharing": str(told.entries[-1].id)}
    ended = told.add("network.sharing_ended", shared, stream=told.stream, **NOTED)
    told.entries[-1] = replace(ended, answers=(answer(ended, "contribution_disputed", "luc"),))

    assert not told.sees(added, KARIM)
    told.show()
    assert told.sees(added, KARIM)


def test_an_answer_to_an_entry_is_read_by_those_who_read_the_entry():
    told = Told()
    rated = told.rate()
    told.share("chantal")
    disputed = told.add(
        "assessment.contribution_disputed", {"entry": str(rated.id), "reason": "Non."}
    )

    assert told.sees(disputed, CHANTAL)
    assert not told.sees(disputed, KARIM)


def test_words_taken_back_are_in_nobody_elses_trail():
    told = Told()
    gone = told.add("assessment.theme_discussed", {}, readable=False)
    told.share("karim")

    assert told.sees(gone, LUC)
    assert not told.sees(gone, KARIM)


def test_reviewers_see_that_it_happened_and_not_what_she_said():
    told = Told()
    rated = told.rate()
    shown = Shown.told(told.entries)

    for eyes in (AUDITOR, OFFICER):
        assert shown.sight(rated, eyes) is Sight.ENVELOPE
    assert shown.sight(rated, replace(AUDITOR, words_allowed=True)) is Sight.WHOLE


def test_reviewers_see_how_access_was_given_and_used_without_her_words():
    told = Told()
    look = told.add(
        "assessment.record_read", {"scope": "assessment", "role": "practitioner"}, by="karim"
    )
    consent = told.add(
        "directory.consent_given", {"audience": str(party("diane")), "words": "Elle comprend."}
    )

    for one in (look, consent):
        assert told.sees(one, AUDITOR)
    assert "words" not in told.trimmed(consent, AUDITOR)
    assert not told.sees(look, CHANTAL)


def test_what_is_about_the_organisation_is_everyones():
    told = Told()
    published = told.add(
        "assessment.catalogue_published", {"edition": 2}, subject=TENANT, by="patrick"
    )

    assert told.sees(published, CHANTAL)


def test_a_goal_does_not_name_the_star_it_grew_from_to_those_who_do_not_see_the_star():
    told = Told()
    told.rate("travail")
    grown = ["star:travail", f"strength:{uuid4()}"]
    goal = told.add(
        "plans.goal_proposed",
        {"goal": str(uuid4()), "words": "Jouer", "grown_from": grown},
        stream=uuid4(),
    )

    assert told.trimmed(goal, KARIM)["grown_from"] == grown[1:]
    told.share("karim")
    assert told.trimmed(goal, KARIM)["grown_from"] == grown


def test_what_she_said_no_to_is_her_teams_to_know_and_not_her_relatives():
    told, plan, goal = Told(), uuid4(), str(uuid4())
    relative = Eyes(party=party("diane"), kind="relative", tabs=frozenset({"plan"}))

    def add(kind, body):
        return told.add(f"plans.{kind}", body, stream=plan)

    opened = add("plan_opened", {"number": 2, "left_out": [{"theme": "travail", "names": []}]})
    proposed = add("goal_proposed", {"goal": goal, "words": "Tenir un cahier"})
    assert told.sees(proposed, relative)
    noes = [add("theme_declined", {"theme": "travail"}), add("goal_declined", {"goal": goal})]

    for no in noes:
        assert told.sees(no, KARIM)
        assert not told.sees(no, relative)
    assert not told.sees(proposed, relative)
    assert "left_out" not in told.trimmed(opened, relative)
    assert "left_out" in told.trimmed(opened, KARIM)
    add("goal_agreed", {"goal": goal, "wording": str(proposed.id)})
    assert told.sees(proposed, relative)
