"""`commonthread restate` and `copies verify`: bring copies back to their owner's state, and prove that they are there."""

from typing import Annotated, Any

import typer

from deploy.tools.operating import Operator
from deploy.tools.printing import AsJson, progress, show_rows
from services.contracts.catalogue import SOURCES

app = typer.Typer(help="What services keep of one another.", no_args_is_help=True)


@app.callback()
def group() -> None:
    """Keep `verify` a command of its own although it is the only one."""


@app.command()
def verify(as_json: AsJson = False) -> None:
    """Compare every copy with its owner. Exit status 1 when one differs."""
    rows = compare(Operator())
    show_rows(rows, ("owner", "aggregate", "keeper", "owned", "copied", "equal"), as_json, "no copies are kept")
    if not all(row["equal"] for row in rows):
        raise typer.Exit(1)


def restate(
    service: Annotated[str, typer.Argument(help="The owner that tells again, or `all`.")],
    aggregate: Annotated[str, typer.Argument(help="Only this kind of aggregate, such as cohort.")] = "",
    since: Annotated[str, typer.Option(help="Only what changed since then (ISO 8601 with zone).")] = "",
    as_json: AsJson = False,
) -> None:
    """Have SERVICE announce the present state of its aggregates again, for copies that missed something."""
    if service not in (*SOURCES, "all"):
        raise typer.BadParameter(f"no service is named {service}")
    rows = restate_all(Operator(), SOURCES if service == "all" else (service,), aggregate, since)
    show_rows(rows, ("service", "aggregate", "restated"), as_json, "nothing to restate")


def restate_all(operator: Operator, services: tuple[str, ...], aggregate: str, since: str) -> list[dict[str, Any]]:
    """Ask each of `services` to restate, step by step; return how many of each kind."""
    rows: list[dict[str, Any]] = []
    narrowed = {name: value for name, value in (("aggregate", aggregate), ("since", since)) if value}
    with progress("restating", None) as step:
        for service in services:
            after = None
            while True:
                answer = operator.command(service, "_restate", timeout=120.0, after=after, **narrowed)
                for kind, count in answer["restated"].items():
                    rows.append({"service": service, "aggregate": kind, "restated": count})
                    step.more(count)
                after = answer.get("next")
                if not after:
                    break
    return rows


def compare(operator: Operator) -> list[dict[str, Any]]:
    """Return one row for each copied aggregate: who owns it, who keeps it, whether both are the same."""
    answers = {service: operator.ask(service, "_hashes", timeout=120.0) for service in SOURCES}
    owned = {kind: (service, found) for service, answer in answers.items() for kind, found in answer["owned"].items()}
    rows = []
    for keeper, answer in answers.items():
        for kind, copied in answer["copied"].items():
            owner, theirs = owned[kind]
            rows.append(
                {
                    "owner": owner,
                    "aggregate": kind,
                    "keeper": keeper,
                    "owned": theirs["count"],
                    "copied": copied["count"],
                    "equal": theirs == copied,
                }
            )
    return rows
