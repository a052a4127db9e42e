"""`commonthread dead-letters`: what could not be heard, shown and heard again."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

import typer

from deploy.tools.operating import NotReached, Operator
from deploy.tools.printing import AsJson, progress, show, show_rows
from services.contracts.catalogue import SOURCES
from services.kit.outcomes import Unavailable

app = typer.Typer(
    help="Messages that could not be heard, with the reason; replay hears them again.", no_args_is_help=True
)

Service = Annotated[str, typer.Argument(help="The listening service that keeps the letter.")]
Letter = Annotated[str, typer.Argument(help="The letter's id, as `list` shows it.")]
_COLUMNS = ("service", "id", "reason", "queue", "type", "attempts", "at", "replayed_at")


@app.command("list")
def list_letters(
    service: Annotated[str, typer.Option(help="Only this listening service.")] = "", as_json: AsJson = False
) -> None:
    """List the dead letters of all services, newest first."""
    operator = Operator()
    rows: list[dict[str, Any]] = []
    silent = []
    for name in _services(service):
        try:
            rows += letters_of(operator, name)
        except Unavailable:
            silent.append(name)
    show_rows(rows, _COLUMNS, as_json, "no dead letters")
    if silent:
        raise NotReached(f"does not answer, so its letters are not in this list: {', '.join(silent)}")


@app.command("show")
def show_letter(
    service: Service,
    letter: Letter,
    reveal: Annotated[
        bool, typer.Option("--reveal", help="Its body, too; a person may have written it.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Show one dead letter: what is known of it and why it could not be heard."""
    show(Operator().ask(service, "_dead_letter_show", id=letter, reveal=reveal), as_json)


@app.command()
def replay(
    letter: Annotated[str, typer.Argument(help="One letter's id; with --auto none.")] = "",
    service: Annotated[str, typer.Option(help="The listening service; without it all are looked at.")] = "",
    auto: Annotated[
        bool, typer.Option("--auto", help="All that were only delivered too often, one at a time.")
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Also letters older than what we remember (6 days).")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Hear dead letters again under their event ids: one of them, or with --auto what a crash left."""
    if bool(letter) == auto:
        raise typer.BadParameter("name one letter, or say --auto")
    operator = Operator()
    found = [row for name in _services(service) for row in letters_of(operator, name)]
    chosen = [row for row in found if row["id"] == letter or (auto and _only_delivered_too_often(row))]
    if letter and not chosen:
        raise typer.BadParameter(f"no dead letter {letter}")
    rows = []
    with progress("replaying", len(chosen)) as step:
        for row in chosen:
            operator.command(row["service"], "_dead_letter_replay", id=row["id"], force=force)
            rows.append({**row, "replayed": True})
            step.more()
    show_rows(rows, ("service", "id", "type", "replayed"), as_json, "nothing to replay")


def letters_of(operator: Operator, service: str) -> Iterator[dict[str, Any]]:
    """Yield all dead letters of `service`, page by page."""
    after = None
    while True:
        page = operator.ask(service, "_dead_letters", limit=100, after=after)
        for letter in page["data"]:
            yield {"service": service, **letter}
        after = page.get("next")
        if not after:
            return


def _only_delivered_too_often(letter: Mapping[str, Any]) -> bool:
    """True for what crashes and cut connections left behind and nobody replayed yet."""
    return letter["reason"] == "delivery_limit" and not letter["replayed_at"]


def _services(only: str) -> tuple[str, ...]:
    if only and only not in SOURCES:
        raise typer.BadParameter(f"no service is named {only}")
    return (only,) if only else SOURCES
