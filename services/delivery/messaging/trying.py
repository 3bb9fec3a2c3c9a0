"""What came of an attempt: whether it arrived, and when it is tried again."""

from __future__ import annotations

from datetime import UTC, datetime
from secrets import SystemRandom
from typing import NamedTuple

from services.delivery.domain.schedule import Verdict, next_try, verdict
from services.delivery.messaging.endpoint import seconds_of
from services.delivery.messaging.preparing import Job
from services.delivery.views.sending import Tried
from shared.http.outward import Answer
from shared.telemetry.attributes import OUTCOME, STATUS
from shared.telemetry.instruments import ATTEMPTS, DELIVERING
from shared.telemetry.tracing import Span

LOTS = SystemRandom()


class Result(NamedTuple):
    job: Job
    at: datetime
    answer: Answer


def tried_of(result: Result) -> Tried:
    """What is written down of an attempt, and when the next one is due."""
    job, answer = result.job, result.answer
    how, retry_after = verdict(answer.status), seconds_of(answer.retry_after)
    done, failures = how is Verdict.DONE, job.failures + 1
    wait = None if done else next_try(failures, LOTS.random(), retry_after)
    return Tried(
        job.sequence,
        job.whose,
        result.at,
        "done" if done else answer.outcome,
        answer.status,
        answer.milliseconds,
        failures,
        datetime.now(UTC) + wait if wait is not None else None,
    )


def told_of_sending(span: Span, answer: Answer) -> None:
    """What came of it, and how long it took; neither to whom nor of whom."""
    how = verdict(answer.status)
    ATTEMPTS.add(1, how.value, answer.status)
    DELIVERING.record(answer.milliseconds / 1000, how.value)
    span.say(OUTCOME, how.value)
    span.say(STATUS, answer.status)
    if how is not Verdict.DONE:
        span.failed(str(answer.status) if answer.status and answer.status >= 400 else how.value)
    span.end()
