"""What holds for every entry of every service: confirm, dispute, answer, settle, correct, withdraw.

A service's facts of this kind subclass the ones here and add their stored name
(`plans.contribution_confirmed`); its Deciders are `Coproduced`, which keeps the entries of the
stream and decides these commands before the aggregate's own.
"""

from shared.coproduction.commands import (
    DEVICES,
    OUTCOMES,
    AnswerDispute,
    Answering,
    ConfirmContribution,
    DisputeContribution,
    MisfileEntry,
    RecordCorrection,
    SettleDispute,
    WithdrawWords,
)
from shared.coproduction.decider import (
    Coproduced,
    replay,
)
from shared.coproduction.entries import (
    Entry,
    entry_of,
    heard,
)
from shared.coproduction.facts import (
    ANSWERS,
    WITHDRAWING,
    ContributionConfirmed,
    ContributionDisputed,
    CorrectionRecorded,
    DisputeAnswered,
    DisputeSettled,
    EntryMisfiled,
    PersonErased,
    Voices,
    WordsWithdrawn,
    left_of,
    silent,
    topic_of,
)
from shared.coproduction.growing import grown

__all__ = [
    "ANSWERS",
    "DEVICES",
    "OUTCOMES",
    "WITHDRAWING",
    "AnswerDispute",
    "Answering",
    "ConfirmContribution",
    "ContributionConfirmed",
    "ContributionDisputed",
    "Coproduced",
    "CorrectionRecorded",
    "DisputeAnswered",
    "DisputeContribution",
    "DisputeSettled",
    "Entry",
    "EntryMisfiled",
    "MisfileEntry",
    "PersonErased",
    "RecordCorrection",
    "SettleDispute",
    "Voices",
    "WithdrawWords",
    "WordsWithdrawn",
    "entry_of",
    "grown",
    "heard",
    "left_of",
    "replay",
    "silent",
    "topic_of",
]
