"""What is counted, by name and never by person. `/metrics` shows it (health.py)."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

REGISTRY = CollectorRegistry()
_BUCKETS = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)

ASKS = Counter("ct_asks", "Asks answered, by name and outcome", ["ask", "outcome"], registry=REGISTRY)
ASK_SECONDS = Histogram(
    "ct_ask_seconds", "From receipt of an ask to its answer", ["ask"], buckets=_BUCKETS, registry=REGISTRY
)
ASKS_UNDER_WAY = Gauge("ct_asks_under_way", "Asks being carried out or waiting here", registry=REGISTRY)
ATTEMPTS = Counter(
    "ct_overtaken", "Use cases begun again because somebody saved first", ["ask"], registry=REGISTRY
)

RELAYED = Counter("ct_relayed", "Announcements confirmed by the broker", registry=REGISTRY)
NOT_RELAYED = Counter(
    "ct_not_relayed", "Announcements that stay for another try", ["reason"], registry=REGISTRY
)
OUTBOX_AGE = Gauge(
    "ct_outbox_age_seconds", "Age of the oldest announcement that waits", ["collection"], registry=REGISTRY
)
OUTBOX_WAITING = Gauge(
    "ct_outbox_waiting", "Documents with announcements that wait", ["collection"], registry=REGISTRY
)

HEARD = Counter("ct_heard", "Events heard, by queue and outcome", ["queue", "outcome"], registry=REGISTRY)
DEAD = Counter("ct_dead_letters", "Messages that became dead letters", ["queue", "reason"], registry=REGISTRY)
FORGED = Counter(
    "ct_forged", "Messages from a broker user who may not send them", ["door"], registry=REGISTRY
)

DUE = Counter("ct_due", "Due work by kind and outcome", ["kind", "outcome"], registry=REGISTRY)
BUS_UP = Gauge("ct_bus_up", "1 while the connection to the broker stands", ["bus"], registry=REGISTRY)
BUS_BLOCKED = Gauge("ct_bus_blocked", "1 while the broker takes no publishing", ["bus"], registry=REGISTRY)
