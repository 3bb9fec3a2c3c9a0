"""Every look taken while the lives are told; what they must find, the stories' own tests say."""

from typing import Any

from cosigne.demo.memory import Life
from tests.journeys.looking import Body, Look, Looks, goal, party

PORTRAITS = "/assessment/v1/persons/{person}/assessments"
PORTRAIT = f"{PORTRAITS}/{{assessment}}"
RESOURCES = "/assessment/v1/persons/{person}/resources"
TRAIL = "/reporting/v1/persons/{person}/trail"
DECISIONS = "/reporting/v1/persons/{person}/decisions"
SEEN_BY = "/reporting/v1/persons/{person}/looks"
SUMMARIES = "/reporting/v1/persons/{person}/summaries"
SUMMARY = f"{SUMMARIES}/{{summary}}"
OPENINGS = f"{SUMMARY}/openings"
PLANS = "/plans/v1/persons/{person}/plans"
PLAN = f"{PLANS}/{{plan}}"
MEDICATION = "comprendre-medicaments"


def of_story_1() -> list[Look]:
    looks = Looks(1)
    looks.before("care_relation_started")("karim", karim_a_stranger=PORTRAITS)
    looks.before("assessment_shared")(
        "karim",
        karim_before_list=PORTRAITS,
        karim_before=PORTRAIT,
        karim_before_resources=RESOURCES,
        karim_before_trail=TRAIL,
        karim_before_decisions=DECISIONS,
    )
    after = looks.after("assessment_shared")
    after("karim", karim_after=PORTRAIT, karim_after_resources=RESOURCES, karim_after_trail=TRAIL)
    after("chantal", chantal_after=PORTRAIT)
    after("luc-du-vallon", namesake_after=PORTRAIT)
    return looks.all


def of_story_2() -> list[Look]:
    looks = Looks(2)
    view = {"theme": "securite", "value": 50, "words": "Je ne vois pas du 100 ici."}
    looks.before("assessment_shared")("karim", karim_before_100=PORTRAIT).tries(
        "karim", f"{PORTRAIT}/views", view_before_she_shows=view
    )
    shared = looks.after("assessment_shared")
    shared("karim", karim_sees_100=PORTRAIT)
    lower = {"theme": "securite", "value": 50}
    shared.tries("karim", f"{PORTRAIT}/ratings", karim_rates=lower)
    shared.tries("karim", f"{PORTRAIT}/ratings/withdrawals", karim_withdraws={"theme": "securite"})
    shared.tries(
        "karim",
        f"{PORTRAIT}/ratings/batches",
        karim_rates_many={"mode": "atomic", "items": [lower, {"theme": "espoir", "value": 55}]},
    )
    looks.after("view_noted", theme="espoir")("rejean", rejean_beside_views=PORTRAIT)
    looks.after("view_revised")("rejean", rejean_after_talk=PORTRAIT)
    return looks.all


def of_story_3() -> list[Look]:
    looks = Looks(3)
    looks.before("assessment_shared")("isabelle", isabelle_before=PORTRAIT)
    declined = looks.after("theme_declined")
    declined("noemie", plan_without_theme=PLAN)
    declined.tries("isabelle", f"{PLAN}/themes-considered", **by_name())
    declined.tries("isabelle", f"{PLAN}/goals", **by_goal())
    declined.tries("isabelle", f"{PLAN}/themes-reconsidered", **taken_up_by_another())
    declined.tries("isabelle", PLANS, another_plan={})
    agreed = looks.after("goal_agreed", goal="loup")
    agreed.tries(
        "isabelle", f"{PLAN}/goals/{{chimie}}/wordings", match=True,
        by_rewording={"words": "Comprendre mes médicaments."},
        by_rewording_because=because({"words": "Suivre mon traitement."}, f"rating:{MEDICATION}"),
    )  # fmt: skip
    agreed.tries(
        "isabelle", f"{PLAN}/goals/{{chimie}}/actions",
        by_action={"words": "Comprendre mes médicaments avec la pharmacienne."},
        by_action_because=because({"words": "Voir la pharmacienne."}, f"rating:{MEDICATION}"),
    )  # fmt: skip
    looks.before("theme_reconsidered")("isabelle", plan_before_reconsidered=PLAN)
    again = looks.after("theme_reconsidered")
    again("isabelle", plan_after_reconsidered=PLAN)
    again.tries("isabelle", f"{PLAN}/themes-considered", considered_again={"theme": MEDICATION})
    return looks.all


def by_name() -> dict[str, Body]:
    """The theme itself, under each of its names."""
    return {
        "by_its_name": {"theme": MEDICATION},
        "by_its_french_title": {"theme": "Comprendre mes médicaments"},
        "by_its_english_title": {"theme": "Understanding my medication"},
        "by_another_spelling": {"theme": "  COMPRENDRE_Médicaments ! "},
        "by_words_beside": {"theme": "espoir", "words": "Et comprendre mes médicaments ?"},
    }


def by_goal() -> dict[str, Body]:
    """A goal that grows from it, is said to come from it, or names it."""
    words = {"words": "Suivre mon traitement."}
    return {
        "by_its_star": {**words, "grown_from": [f"star:{MEDICATION}"]},
        "by_its_rating": {**words, "grown_from": [f"rating:{MEDICATION}"]},
        "by_the_theme": {**words, "grown_from": ["theme:Comprendre mes médicaments"]},
        "among_others": {**words, "grown_from": ["star:etudes", f"star:{MEDICATION}"]},
        "because_of_her_answer": because(words, f"rating:{MEDICATION}"),
        "because_it_was_considered": because(words, f"considered:{MEDICATION}"),
        "in_the_goals_words": {"words": "Comprendre mes médicaments."},
        "in_her_name": {
            **words, "grown_from": [f"star:{MEDICATION}"], "act": {"author": party("noemie")},
        },
    }  # fmt: skip


def taken_up_by_another() -> dict[str, Body]:
    return {
        "reconsidered_by_isabelle": {"theme": MEDICATION},
        "reconsidered_in_her_name": {"theme": MEDICATION, "act": {"author": party("noemie")}},
    }


def because(body: dict[str, Any], name: str) -> Body:
    """The same, said to follow from an entry of her life."""

    def told(life: Life) -> dict[str, Any]:
        return {**body, "act": {"because_of": [life.entries[name]]}}

    return told


def of_story_4() -> list[Look]:
    looks = Looks(4)
    looks.before("together_wanted")("chantal", chantal_before=PORTRAITS)
    invited = looks.after("together_wanted")
    invited("sandrine", invitation_to_her=PORTRAIT)("chantal", invitation_before_shown=TRAIL)
    looks.after("assessment_shared")("chantal", invitation_to_chantal=PORTRAIT)
    looks.after("goal_proposed")("chantal", goal_proposed=PLAN)
    looks.after("goal_agreed")("chantal", goal_agreed=PLAN)
    return looks.all


def of_story_5() -> list[Look]:
    looks = Looks(5)
    looks.before("goal_agreed", goal="stage")("claire", goals_not_yet=PLAN)
    looks.after("goal_agreed", goal="appart")("claire", goals_in_force=PLAN)
    return looks.all


def of_story_6() -> list[Look]:
    looks = Looks(6)
    looks.after("discussion_put_off")("thomas", not_today=PORTRAIT)
    looks.before("assessment_shared", audience=["marc"])("marc", marc_before=PORTRAIT)
    looks.after("assessment_shared", audience=["marc"])(
        "marc", marc_after=PORTRAIT, marc_after_trail=TRAIL
    ).tries(
        "marc", f"{PORTRAIT}/threads", marc_opens_that_door={"theme": "role-parent", "words": "?"}
    )
    agreed = looks.after("goal_agreed")
    agreed("marc", marc_plan=PLAN, marc_decisions=DECISIONS)
    agreed("thomas", thomas_plan=PLAN)
    return looks.all


def of_story_8() -> list[Look]:
    looks = Looks(8)
    looks.before("assessment_shared")("leila", leila_before=PORTRAIT, leila_before_trail=TRAIL)
    shared = looks.after("assessment_shared")
    shared("leila", leila_after=PORTRAIT, leila_after_trail=TRAIL)
    shared("thomas", thomas_not_shown=PORTRAIT)
    looks.before("goal_agreed", goal="courses")("beatrice", courses_proposed=PLAN)
    noted = looks.after("goal_agreed", goal="courses")
    noted("beatrice", courses_noted=PLAN)("leila", courses_noted_to_leila=PLAN)
    looks.before("contribution_disputed")("beatrice", who_looked=SEEN_BY)
    disputed = looks.after("contribution_disputed")
    disputed("beatrice", courses_disputed=PLAN)("leila", courses_disputed_to_leila=PLAN)
    courses = f"{PLAN}/goals/{goal('beatrice', 'courses')}"
    disputed.tries("leila", f"{courses}/actions", step_without_her_yes={"words": "Un cahier."})
    looks.after("correction_recorded")("beatrice", courses_corrected=PLAN)
    looks.after("goal_declined")("leila", courses_declined=PLAN)
    declined = looks.after("goal_declined")
    declined.tries(
        "leila", f"{PLAN}/goals", courses_again={"words": "Tenir un cahier de mes dépenses."}
    )
    looks.before("access_restricted")("thomas", thomas_before=PLAN)
    looks.after("access_restricted")(
        "thomas",
        thomas_plan_after=PLAN,
        thomas_plans_after=PLANS,
        thomas_portraits_after=PORTRAITS,
        thomas_resources_after=RESOURCES,
        thomas_trail_after=TRAIL,
        thomas_decisions_after=DECISIONS,
    )("leila", leila_still=PLAN)
    return looks.all


def of_story_7() -> list[Look]:
    looks, before = Looks(7), f"{TRAIL}?limit=200&order=newest"
    shown = looks.before("summary_opened")
    shown("leduc", leduc_reads_the_list=SUMMARIES)
    shown("isabelle", isabelle_reads_the_list=SUMMARIES, isabelle_reads_it=SUMMARY)
    shown("isabelle", isabelle_reads_the_trail=before)("diane", diane_reads_the_trail=before)
    shown.tries("isabelle", OPENINGS, isabelle_opens_it={})
    shown.tries("diane", OPENINGS, diane_opens_it={})
    looks.after("summary_opened").tries("leduc", OPENINGS, leduc_opens={})
    looks.after("consent_withdrawn")("diane", diane_reads_no_more=TRAIL)
    looks.after("summary_share_ended")("leduc", leduc_reads_the_list_again=SUMMARIES).tries(
        "leduc", OPENINGS, leduc_opens_again={}
    )
    return looks.all


def of_situations() -> list[Look]:
    words, paper = Looks("withdrawn-words"), Looks("paper")
    words.before("words_withdrawn")("thomas", words_there=PORTRAIT)
    gone = words.after("words_withdrawn")
    gone("thomas", words_gone=PORTRAIT)("yasmine", words_gone_to_her=PORTRAIT)
    paper.after("theme_rated")("luc", paper_to_luc=PORTRAIT)("karim", paper_to_karim=PORTRAIT)
    minor = Looks("minor")
    minor.after("theme_rated")("isabelle", isabelle_of_elodie=PORTRAITS)
    emergency = Looks("emergency")
    emergency.before("emergency_access_opened")("isabelle", isabelle_a_stranger=PORTRAITS)
    opened = emergency.after("emergency_access_opened")
    opened("isabelle", isabelle_in_emergency=PORTRAITS)(
        "rejean", rejean_is_told=f"{TRAIL}?type=directory.emergency_access_opened"
    )
    emergency.before("emergency_access_reviewed")("isabelle", isabelle_when_it_ended=PORTRAITS)
    return [*words.all, *paper.all, *minor.all, *emergency.all, *of_whoever_acts_for_him()]


def of_whoever_acts_for_him() -> list[Look]:
    looks = Looks("curatelle")
    answer = {"theme": "budget", "value": 10}
    answered = looks.after("theme_rated")
    answered("paul", paul_reads_portraits=PORTRAITS, paul_reads_it=PORTRAIT)
    answered.tries(
        "paul", f"{PORTRAIT}/ratings",
        paul_answers=answer, paul_answers_in_his_name={**answer, "act": {"author": party("gerard")}},
    )  # fmt: skip
    proposed = looks.after("goal_proposed")
    proposed("paul", paul_reads_the_plan=PLAN)
    wish = {"words": "Tenir un budget."}
    proposed.tries(
        "paul", f"{PLAN}/goals",
        paul_proposes=wish, paul_proposes_in_his_name={**wish, "act": {"author": party("gerard")}},
    )  # fmt: skip
    proposed.tries("paul", f"{PLAN}/goals/{{poche}}/agreements", match=True, paul_agrees={})
    return looks.all


LOOKS = [
    *of_story_1(),
    *of_story_2(),
    *of_story_3(),
    *of_story_4(),
    *of_story_5(),
    *of_story_6(),
    *of_story_7(),
    *of_story_8(),
    *of_situations(),
]
