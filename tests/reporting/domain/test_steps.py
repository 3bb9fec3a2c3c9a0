"""Every fact of her story belongs to a step, or it is said that it belongs to none."""

import services.assessment.domain.events
import services.network.domain.events
import services.plans.domain.events  # noqa: F401 - so that all facts are known
from services.reporting.domain.entry import ANSWERS
from services.reporting.domain.marks import LANDMARKS
from services.reporting.domain.steps import STEP_OF, step_of
from shared.kernel import Fact

# questionnaires are the organisation's; showing, and how one wants to go about it, is no step
NO_STEP = {
    "assessment.assessment_closed",
    "assessment.assessment_reopened",
    "assessment.assessment_shared",
    "assessment.catalogue_discussed",
    "assessment.catalogue_drafted",
    "assessment.catalogue_published",
    "assessment.catalogue_renamed",
    "assessment.catalogue_retired",
    "assessment.catalogue_set_aside",
    "assessment.person_erased",
    "assessment.record_read",
    "assessment.scale_set",
    "assessment.sharing_ended",
    "assessment.sphere_added",
    "assessment.sphere_retired",
    "assessment.sphere_reworded",
    "assessment.theme_added",
    "assessment.theme_retired",
    "assessment.theme_reworded",
    "assessment.together_wanted",
    "network.network_shared",
    "network.person_erased",
    "network.record_read",
    "network.sharing_ended",
    "network.tie_visibility_set",
    "plans.person_erased",
    "plans.record_read",
}


def test_no_fact_is_forgotten():
    stories = {
        name for name in Fact.registry if name.split(".")[0] in ("assessment", "network", "plans")
    }
    answers = {name for name in stories if name.partition(".")[2] in ANSWERS}

    assert stories - answers - NO_STEP - LANDMARKS == STEP_OF.keys()


def test_an_answer_on_how_things_went_looks_back():
    assert step_of("assessment.theme_rated", "quality_of_life") == "understand"
    assert step_of("assessment.theme_rated", "process") == "evaluate"
