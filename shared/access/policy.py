"""Who may do what: one table, read by every service and tested as a table.

An action is allowed to a caller who stands to the person in one of its kinds (`standing.py`).
Actions about no person name offices (`administrator`, …) or `operator` or `member` (anyone with a
place in the organisation), or `anyone`, signed in or not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

SELF = "self"
CARE = "care"
RELATIVE = "relative"
REPRESENTATIVE = "representative"
ASSISTANT = "assistant"
EMERGENCY = "emergency"
AUDITOR = "auditor"
WORKER = "worker"
ADMINISTRATOR = "administrator"
MANAGER = "manager"
OFFICER = "privacy_officer"
OPERATOR = "operator"
MEMBER = "member"
ANYONE = "anyone"
PARTNER = "partner"

TOGETHER = frozenset({SELF, CARE})
AROUND = frozenset({SELF, CARE, RELATIVE})
# whoever something may fall to
TAKING_ON = frozenset({*AROUND, REPRESENTATIVE, ASSISTANT})
READERS = frozenset({SELF, CARE, RELATIVE, EMERGENCY})
# what a representative or an assistant needs is told in `scopes.py`: of her tabs, only the plan
AND_THEIRS = frozenset({*READERS, REPRESENTATIVE, ASSISTANT})

POLICY: Mapping[str, frozenset[str]] = {
    # the organisation
    "directory.organisation.register": frozenset({OPERATOR}),
    "directory.organisation.read": frozenset({MEMBER}),
    "directory.help_lines.read": frozenset({ANYONE}),
    "directory.site.open": frozenset({ADMINISTRATOR}),
    "directory.programme.open": frozenset({ADMINISTRATOR}),
    "directory.help_lines.set": frozenset({ADMINISTRATOR}),
    "directory.reading_delay.set": frozenset({ADMINISTRATOR}),
    "directory.age_of_consent.set": frozenset({ADMINISTRATOR}),
    "directory.party.register": frozenset({ADMINISTRATOR}),
    "directory.party.read": frozenset({ADMINISTRATOR, OFFICER}),
    "directory.role.grant": frozenset({ADMINISTRATOR}),
    "directory.mandate": frozenset({ADMINISTRATOR, OFFICER}),
    "directory.mandate.read": frozenset({ADMINISTRATOR, OFFICER, AUDITOR}),
    # the person's relations
    "directory.person.register": frozenset({ADMINISTRATOR}),
    "directory.person.read": frozenset({SELF, CARE, ADMINISTRATOR, OFFICER}),
    "directory.care_relation.start": frozenset({ADMINISTRATOR}),
    "directory.care_relation.end": frozenset({ADMINISTRATOR}),
    "directory.representation": frozenset({ADMINISTRATOR, OFFICER}),
    "directory.consent.give": frozenset({*TOGETHER, REPRESENTATIVE}),
    "directory.consent.withdraw": frozenset({*TOGETHER, REPRESENTATIVE}),
    "directory.restriction": frozenset({SELF}),
    "directory.emergency.open": frozenset({WORKER, CARE}),
    "directory.emergency.close": frozenset({EMERGENCY, OFFICER}),
    "directory.emergency.review": frozenset({OFFICER}),
    "directory.notice.give": frozenset({SELF, CARE, ADMINISTRATOR}),
    "directory.way_of_working": TOGETHER,
    "directory.right.request": frozenset({SELF, REPRESENTATIVE}),
    "directory.right.answer": frozenset({OFFICER}),
    "directory.right.list": frozenset({OFFICER}),
    "directory.erasure.call_off": frozenset({SELF, REPRESENTATIVE}),
    "directory.erasure.delay": frozenset({OFFICER}),
    "directory.person.erase": frozenset({OFFICER}),
    "directory.import": frozenset({ADMINISTRATOR}),
    "directory.answer": frozenset({SELF, CARE, RELATIVE, OFFICER, ADMINISTRATOR}),
    "directory.house.answer": frozenset({OFFICER, ADMINISTRATOR}),
    # catalogues
    "catalogue.read": frozenset({MEMBER}),
    "catalogue.draft": frozenset({ADMINISTRATOR, MANAGER}),
    "catalogue.publish": frozenset({ADMINISTRATOR, MANAGER}),
    "catalogue.discuss": frozenset({MEMBER}),
    # her portrait, strengths and aspirations
    "assessment.open": TOGETHER,
    "assessment.rate": TOGETHER,
    "assessment.view": frozenset({CARE, RELATIVE}),
    "assessment.discuss": AROUND,
    "assessment.star": TOGETHER,
    "assessment.share": TOGETHER,
    "assessment.meet": AROUND,
    "assessment.judge_change": TOGETHER,
    "assessment.close": TOGETHER,
    "assessment.note_from_files": frozenset({ADMINISTRATOR}),
    "assessment.answer": frozenset({SELF, CARE, RELATIVE, OFFICER}),
    "assessment.read": READERS,
    "resources.name": TOGETHER,
    "resources.read": READERS,
    # her network
    "network.write": TOGETHER,
    "network.discuss": AROUND,
    "network.share": TOGETHER,
    "network.note_from_files": frozenset({ADMINISTRATOR}),
    "network.answer": frozenset({SELF, CARE, RELATIVE, OFFICER}),
    "network.read": READERS,
    # her plan
    "plan.open": TOGETHER,
    "plan.consider": TOGETHER,
    "plan.decline": TOGETHER,
    "plan.reconsider": frozenset({SELF}),
    "plan.review": TOGETHER,
    "plan.close": TOGETHER,
    "plan.note_from_files": frozenset({ADMINISTRATOR}),
    "plan.answer": frozenset({SELF, CARE, RELATIVE, OFFICER}),
    "plan.read": AND_THEIRS,
    "goal.propose": TOGETHER,
    "goal.reword": TOGETHER,
    "goal.agree": TOGETHER,
    "goal.decline": TOGETHER,
    "goal.discuss": AROUND,
    "goal.achieve": TOGETHER,
    "goal.pause": TOGETHER,
    "action.add": TOGETHER,
    "action.accept": TAKING_ON,
    "action.done": TAKING_ON,
    "progress.rate": AROUND,
    # what happened, and who took part
    "trail.read": frozenset({*AND_THEIRS, AUDITOR, OFFICER}),
    "trail.organisation": frozenset({AUDITOR, OFFICER}),
    "timeline.read": frozenset({*AND_THEIRS, OFFICER}),
    "decision.read": frozenset({*AND_THEIRS, AUDITOR, OFFICER}),
    "dispute.list": frozenset({OFFICER}),
    "dispute.read": frozenset({SELF, OFFICER}),
    "access.then": frozenset({SELF, OFFICER}),
    "access.mine": frozenset({MEMBER}),
    "looks.read": frozenset({SELF, OFFICER, AUDITOR}),
    "coproduction.read": TOGETHER,
    "counts.publish": frozenset({MANAGER}),
    "counts.read": frozenset({MANAGER}),
    "summary.make": TOGETHER,
    "summary.share": frozenset({SELF}),
    "summary.read": READERS,
    "summary.answer": frozenset({SELF, CARE, RELATIVE, OFFICER}),
    "report.export": frozenset({SELF, OFFICER}),
    "copy.give": frozenset({CARE, OFFICER}),
    # what partner systems are told
    "delivery.subscription": frozenset({ADMINISTRATOR}),
    "delivery.subscription.read": frozenset({ADMINISTRATOR, OFFICER, PARTNER}),
    "delivery.endpoint": frozenset({ADMINISTRATOR, PARTNER}),
    "delivery.feed": frozenset({PARTNER}),
    "delivery.erasure.read": frozenset({OFFICER}),
}

# what others still do for someone whose record is hidden and will be erased; nobody reads it
WHILE_HIDDEN = frozenset({"directory.right.answer", "directory.erasure.call_off"})

# which of her tabs an action is about: relations and restrictions may name some of them only
TABS: Mapping[str, str] = {
    "assessment": "quality_of_life",
    "resources": "strengths",
    "network": "network",
    "plan": "plan",
    "goal": "plan",
    "action": "plan",
    "progress": "plan",
}


def tab_of(action: str) -> str | None:
    """The tab an action is about, or None when it is about no tab in particular."""
    return TABS.get(action.partition(".")[0])


def allows(action: str, kinds: Iterable[str]) -> bool:
    """Whether someone who stands so may do this. Raises KeyError for an action not in the table."""
    return not POLICY[action].isdisjoint(kinds)
