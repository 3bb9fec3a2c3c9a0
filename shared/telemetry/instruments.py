"""Every instrument: its name, its unit, what it means and by what it is told apart.

The page of the reference is made from this list, and dashboards are checked against it.
"""

from __future__ import annotations

from shared.telemetry.attributes import (
    ATTRIBUTE,
    CODE,
    ERROR,
    MESSAGING,
    METHOD,
    OPERATION,
    OPERATION_TYPE,
    OUTCOME,
    POOL,
    ROUTE,
    SCHEME,
    SERVICE,
    SOURCE,
    STAGE,
    STATE,
    STATUS,
    TOPIC,
    VIEW,
)
from shared.telemetry.metering import Counter, Gauge, Histogram, Instrument, Sum, Total

# what people wait for, as OpenTelemetry's conventions draw it; and what machines do meanwhile
WAITED = (0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0)
WORKED = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)

REQUESTS = Histogram(
    "http.server.request.duration", "s", "how long requests took to answer",
    (SERVICE, METHOD, ROUTE, STATUS, SCHEME, ERROR), WAITED,
)  # fmt: skip
DECISIONS = Counter(
    "cosigne.access.decisions", "{decision}",
    "who came was let in (`allowed`) or not (`denied`, with the code of the refusal)",
    (SERVICE, OUTCOME, CODE),
)  # fmt: skip
COMMANDS = Counter(
    "cosigne.commands", "{command}",
    "commands by what came of them: `recorded`, `nothing_new`, `repeated`, `refused`",
    (SERVICE, OUTCOME),
)  # fmt: skip

APPENDED = Counter("cosigne.append.events", "{event}", "events acknowledged", (SERVICE,))
CONFLICTS = Counter(
    "cosigne.append.conflicts", "{conflict}", "a version was taken by someone faster", (SERVICE,)
)
APPENDING = Histogram(
    "cosigne.append.duration", "s", "from handing a command's events over to their commit",
    (SERVICE,), WORKED,
)  # fmt: skip

SEALED = Counter("cosigne.seal.events", "{event}", "events given their position", (SERVICE,))
SEALING = Histogram(
    "cosigne.seal.duration", "s", "a batch that sealed something", (SERVICE,), WORKED
)
UNSEALED = Gauge("cosigne.unsealed.events", "{event}", "acknowledged, not yet sealed", (SERVICE,))
UNSEALED_AGE = Gauge(
    "cosigne.unsealed.age", "s", "age of the oldest event that is not sealed; 0 when none is",
    (SERVICE,),
)  # fmt: skip
SEALER_AGE = Gauge(
    "cosigne.sealer.age", "s", "since a sealer last looked; one that runs looks every second",
    (SERVICE,),
)  # fmt: skip

PROJECTED = Counter(
    "cosigne.project.events",
    "{event}",
    "positions of a log that a view came past",
    (SERVICE, VIEW, SOURCE),
)
PROJECTING = Histogram(
    "cosigne.project.duration", "s", "a page of a log, folded into a view",
    (SERVICE, VIEW, SOURCE), WORKED,
)  # fmt: skip
VIEW_LAG = Gauge(
    "cosigne.view.lag", "s", "age of the oldest event that a view has not seen; 0 when none is",
    (SERVICE, VIEW, SOURCE),
)  # fmt: skip
VIEW_BEHIND = Gauge(
    "cosigne.view.behind", "{event}", "events of the log that a view has not come past",
    (SERVICE, VIEW, SOURCE),
)  # fmt: skip
VIEW_PARKED = Gauge(
    "cosigne.view.parked", "{sequence}", "people whose events a view has set aside",
    (SERVICE, VIEW, SOURCE),
)  # fmt: skip

SENT = Counter(
    "messaging.client.sent.messages", "{message}", "events that the brokers acknowledged",
    (SERVICE, MESSAGING, OPERATION, TOPIC, ERROR),
)  # fmt: skip
CONSUMED = Counter(
    "messaging.client.consumed.messages", "{message}", "events that came by Kafka",
    (SERVICE, MESSAGING, OPERATION, TOPIC, ERROR),
)  # fmt: skip
MESSAGING_TIME = Histogram(
    "messaging.client.operation.duration", "s", "a page sent, until all of it is acknowledged",
    (SERVICE, MESSAGING, OPERATION, OPERATION_TYPE, TOPIC, ERROR), WORKED,
)  # fmt: skip
RELAY_LAG = Gauge(
    "cosigne.relay.lag", "s", "age of the oldest sealed event that is not published; 0 when none is",
    (SERVICE,),
)  # fmt: skip
RELAY_BEHIND = Gauge(
    "cosigne.relay.behind", "{event}", "sealed, not yet acknowledged by the brokers", (SERVICE,)
)

ATTEMPTS = Counter(
    "cosigne.delivery.attempts", "{attempt}",
    "webhooks sent, by what came of it: `done`, `again`, `slower`, `gone`", (OUTCOME, STATUS),
)  # fmt: skip
DELIVERING = Histogram(
    "cosigne.delivery.duration", "s", "a webhook, until its endpoint answered", (OUTCOME,), WAITED
)
WAITING = Gauge("cosigne.delivery.waiting", "{delivery}", "webhooks that are still to be sent", ())
OLDEST = Gauge(
    "cosigne.delivery.oldest", "s", "age of the webhook that has waited longest; 0 when none waits",
    (),
)  # fmt: skip
GIVEN_UP = Gauge(
    "cosigne.delivery.given_up", "{delivery}", "webhooks given up after the last attempt", ()
)
STOPPED = Gauge(
    "cosigne.delivery.stopped", "{subscription}",
    "subscriptions that are sent nothing, because their endpoint is gone or failing", (),
)  # fmt: skip

KEYS_OPENED = Counter("cosigne.keys.opened", "{key}", "data keys unwrapped", ())
KEYS_MISSED = Counter(
    "cosigne.keys.lease.misses", "{question}",
    "questions to the key store, because a key was not (or no longer) remembered", (),
)  # fmt: skip
KEYS_ERASED = Counter("cosigne.keys.erased", "{key}", "keys destroyed, with all they open", ())
ERASURES = Gauge(
    "cosigne.erasures", "{erasure}",
    "erasures that wait for their day (`scheduled`), are under way (`begun`) or are an hour late "
    "(`late`)", (STAGE,),
)  # fmt: skip

CONNECTIONS = Sum(
    "db.client.connection.count", "{connection}", "connections of a pool", (POOL, STATE)
)
MOST_CONNECTIONS = Sum(
    "db.client.connection.max", "{connection}", "how many a pool may have", (POOL,)
)
PENDING = Sum(
    "db.client.connection.pending_requests", "{request}", "who waits for a connection", (POOL,)
)
TIMEOUTS = Total(
    "db.client.connection.timeouts", "{timeout}", "who waited for a connection in vain", (POOL,)
)

WITHHELD = Counter(
    "cosigne.telemetry.withheld", "{value}",
    "values that were kept out of telemetry as they could have been somebody's: find out where "
    "they come from", (ATTRIBUTE,),
)  # fmt: skip

EVERY: tuple[Instrument, ...] = tuple(
    one for one in tuple(globals().values()) if isinstance(one, Instrument)
)
