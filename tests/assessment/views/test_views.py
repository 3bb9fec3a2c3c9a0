"""Which questionnaires, which portraits, shown to whom: on real PostgreSQL."""

from __future__ import annotations

from services.assessment.views.assessments import assessments_of
from services.assessment.views.catalogues import catalogues as listed
from services.assessment.views.sharings import reaching
from tests.assessment.api.portraits import begin, defaults


def asked(house, question):
    house.installation.settled()
    desk = house.installation.front.services["assessment"].desk
    return desk.view(house.tenant, question)


def test_each_organisation_lists_its_own_questionnaires(house, other_house):
    mine, theirs = defaults(house), defaults(other_house)
    assert {row["id"] for row in asked(house, listed)} == set(mine.values())
    assert {row["id"] for row in asked(other_house, listed)} == set(theirs.values())
    (one,) = asked(house, lambda c: listed(c, "comment-ca-se-passe"))
    assert (one["kind"], one["edition"], one["stage"]) == ("process", 1, "published")


def test_a_retired_questionnaire_stays_in_the_list_and_says_so(house):
    catalogue = defaults(house)["default"]
    path = f"/assessment/v1/catalogues/{catalogue}/retirement"
    house.administrator.client.post(path, json={"reason": "Remplacé."})
    (one,) = asked(house, lambda c: listed(c, "default"))
    assert one["stage"] == "retired"


def test_portraits_are_listed_in_the_order_in_which_they_were_begun(house):
    catalogue = defaults(house)["default"]
    begun = [begin(house, catalogue) for _ in range(3)]
    found = asked(house, lambda c: assessments_of(c, house.person.id))
    assert found == [portrait.id for portrait in begun]
    assert asked(house, lambda c: assessments_of(c, house.neighbour.id)) == []


def test_a_portrait_begun_in_the_wrong_record_is_listed_no_more(house):
    portrait = begin(house, defaults(house)["default"])
    entry = portrait.opened["entries"][0]
    gone = house.person.client.post(f"{portrait.path}/entries/{entry}/misfilings", json={})
    assert gone.status_code == 201, gone.text
    assert asked(house, lambda c: assessments_of(c, house.person.id)) == []
    answer = house.person.client.get(f"/assessment/v1/persons/{house.person.id}/assessments")
    assert answer.json() == {"assessments": []}


def test_what_is_shared_points_to_where_one_may_look(house):
    portrait = begin(house, defaults(house)["default"])
    place = [(house.person.id, portrait.id)]

    def reached(someone):
        return list(asked(house, lambda c: reaching(c, someone.id)))

    assert reached(house.practitioner) == []
    portrait.share(house.relative)
    team = portrait.share(my_team=True)["sharings"][-1]["sharing"]
    assert reached(house.relative) == place
    assert reached(house.practitioner) == place
    assert reached(house.colleague) == []
    portrait.by(house.person, f"sharings/{team}/ending")
    assert reached(house.practitioner) == []
