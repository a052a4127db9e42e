"""The table of FACTS 2: rates, ratios, targets, and what falls short."""

from statistics import median

from tests.benchmarks.contestants import OURS
from tests.benchmarks.rounds import Row, ratio
from tests.benchmarks.rows import CEILING
from tests.benchmarks.signing_in import ALONE, BESIDE, REMEMBERED, SIGN_INS, VERIFIED

# (row, ours, theirs, target): the targets of FACTS 2
TARGETS = (
    ("read", OURS, "FastAPI + aio-pika", 1.2),
    ("read", OURS, "FastAPI monolith", 0.55),
    ("write", OURS, "FastAPI + aio-pika", 1.1),
    ("ask", "own ask", "nameko stock RPC", 3.0),
    ("relay", "relay", CEILING, 0.5),
    ("copies", "listener", CEILING, 0.5),
    ("notices", "notices", CEILING, 0.4),
)
# (row, contestant, milliseconds one may take)
LIMITS = (("token", VERIFIED, 0.15), ("token", REMEMBERED, 0.02))
Table = dict[str, dict[str, Row]]


def lines(table: Table, titles: dict[str, str]) -> list[str]:
    """Return the report, line by line."""
    said = []
    for name, rows in table.items():
        said += ["", titles[name], *(_row(row, rows) for row in rows.values())]
    return [*said, "", *_targets(table), *_limits(table), *_stalls(table)]


def _row(row: Row, rows: dict[str, Row]) -> str:
    first = next(iter(rows))
    beside = ratio(rows, first, row.name) if row.name != first else None
    text = f"  {row.name:26}{row.rate:10,.0f}/s"
    text += f"   {first} is {beside:5.2f} x this" if beside else " " * 26
    if row.cpu:
        text += f"   {median(row.cpu):6.2f} ms of processor each, p50 {median(row.p50):.0f} ms"
    return text + (f"   {row.failed} FAILED" if row.failed else "")


def _targets(table: Table) -> list[str]:
    found = ["targets (median of the ratios of each round)"]
    for name, ours, theirs, target in TARGETS:
        rows = table.get(name, {})
        reached = ratio(rows, ours, theirs)
        if reached is None:
            found.append(f"  {name:8} >= {target:4} x {theirs:22} not measured")
            continue
        verdict = "met" if reached >= target else f"FALLS SHORT by {1 - reached / target:.0%}"
        by_cpu = _by_cpu(rows, ours, theirs)
        found.append(f"  {name:8} >= {target:4} x {theirs:22}{reached:6.2f}  {verdict}{by_cpu}")
    return found


def _limits(table: Table) -> list[str]:
    found = []
    for name, contestant, most in LIMITS:
        row = table.get(name, {}).get(contestant)
        if row is None:
            found.append(f"  {name:8} <= {most} ms {contestant:22} not measured")
            continue
        took = 1000 / row.rate
        verdict = "met" if took <= most else f"FALLS SHORT by {took / most - 1:.0%}"
        found.append(f"  {name:8} <= {most} ms {contestant:22}{took:9.4f}  {verdict}")
    return found


def _stalls(table: Table) -> list[str]:
    """Whether requests wait for somebody's password: then their slowest take as long as hashing does."""
    rows = table.get("sign_in")
    if not rows:
        return ["  sign_in  others are not stalled: not measured"]
    alone, beside, hashing = median(rows[ALONE].p99), median(rows[BESIDE].p99), 1000 / rows[SIGN_INS].rate
    verdict = "met" if beside - alone < hashing else "FALLS SHORT"
    return [
        f"  sign_in  others' p99 {alone:.0f} ms alone, {beside:.0f} ms ({beside / alone:.2f} x) beside "
        f"sign-ins of {hashing:.0f} ms each  {verdict}"
    ]


def _by_cpu(rows: dict[str, Row], ours: str, theirs: str) -> str:
    """The same ratio by processor time, which other people's load on the machine changes little."""
    if not (rows[ours].cpu and rows[theirs].cpu):
        return ""
    return f"   (by processor time {median(rows[theirs].cpu) / median(rows[ours].cpu):.2f})"
