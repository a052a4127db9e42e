"""`commonthread restate` and `copies verify`: bring copies back to their owner's state, and prove it."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from deploy.tools.operating import Operator
from deploy.tools.printing import AsJson, progress, show_rows
from services.contracts.catalogue import SOURCES

_NOTHING = {"count": 0}
app = typer.Typer(help="What services keep of one another.", no_args_is_help=True)


@app.callback()
def group() -> None:
    """Keep `verify` a command of its own although it is the only one."""


@app.command()
def verify(as_json: AsJson = False) -> None:
    """Compare every copy with its owner. Exit status 1 when one differs."""
    rows = compare(Operator())
    show_rows(
        rows, ("owner", "aggregate", "keeper", "owned", "copied", "equal"), as_json, "no copies are kept"
    )
    if not all(row["equal"] for row in rows):
        raise typer.Exit(1)


def restate(
    service: Annotated[str, typer.Argument(help="The owner that tells again, or `all`.")],
    aggregate: Annotated[str, typer.Argument(help="Only this kind of aggregate, such as cohort.")] = "",
    since: Annotated[
        str, typer.Option(help="Only what was written since this time, such as 2026-11-22T08:30:00Z.")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Have SERVICE announce the present state of its aggregates again, for copies that missed something."""
    if service not in (*SOURCES, "all"):
        raise typer.BadParameter(f"no service is named {service}")
    earliest = _instant(since) if since else None
    operator = Operator()
    counts: Counter[tuple[str, str]] = Counter()
    with progress("restating") as step:
        for name in SOURCES if service == "all" else (service,):
            for kind, count in restated(operator, name, aggregate or None, earliest):
                counts[name, kind] += count
                step.more(count)
    rows = [{"service": name, "aggregate": kind, "restated": count} for (name, kind), count in counts.items()]
    show_rows(rows, ("service", "aggregate", "restated"), as_json, "nothing to restate")


def restated(
    operator: Operator, service: str, kind: str | None = None, since: datetime | None = None
) -> Iterator[tuple[str, int]]:
    """Have `service` restate part by part; yield (kind, how many) as it goes on.

    Args:
        since: aware time; only aggregates written since. None: all.
    """
    wanted = {"kind": kind, "since": since and since.isoformat()}
    after = None
    while True:
        answer = operator.command(service, "_restate", timeout=120.0, **wanted, after=after)
        yield from answer["counts"].items()
        after = answer["next"]
        if after is None:
            return


def compare(operator: Operator) -> list[dict[str, Any]]:
    """Return one row for each copied aggregate: who owns it, who keeps it, whether both are the same."""
    answers = {service: operator.ask(service, "_hashes", timeout=120.0) for service in SOURCES}
    owned = {
        kind: (service, found)
        for service, answer in answers.items()
        for kind, found in answer["owned"].items()
    }
    rows = []
    for keeper, answer in answers.items():
        for kind, copied in answer["copied"].items():
            owner, theirs = owned.get(kind, ("nobody", _NOTHING))
            rows.append(
                {
                    "owner": owner,
                    "aggregate": kind,
                    "keeper": keeper,
                    "owned": theirs["count"],
                    "copied": copied["count"],
                    "equal": theirs == copied or not (theirs["count"] or copied["count"]),
                }
            )
    return rows


def _instant(text: str) -> datetime:
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"--since {text}: write a time such as 2026-11-22T08:30:00Z") from None
    if instant.tzinfo is None:
        raise typer.BadParameter(f"--since {text}: say the zone, too, such as 2026-11-22T08:30:00Z")
    if instant > datetime.now(UTC):
        raise typer.BadParameter(f"--since {text}: this time is yet to come")
    return instant
