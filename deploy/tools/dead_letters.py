"""`commonthread dead-letters`: what could not be heard, shown and heard again."""

from collections.abc import Iterator
from typing import Annotated, Any

import typer

from deploy.tools.operating import Operator
from deploy.tools.printing import AsJson, progress, show, show_rows
from services.contracts.catalogue import SOURCES

app = typer.Typer(help="Messages that could not be heard, with the reason; replay hears them again.", no_args_is_help=True)

Service = Annotated[str, typer.Argument(help="The listening service that keeps the letter.")]
Letter = Annotated[str, typer.Argument(help="The letter's id, as `list` shows it.")]
_COLUMNS = ("service", "id", "reason", "queue", "type", "attempts", "at")


@app.command("list")
def list_letters(
    service: Annotated[str, typer.Option(help="Only this listening service.")] = "", as_json: AsJson = False
) -> None:
    """List the dead letters of all services, oldest first."""
    operator = Operator()
    rows = [row for name in _services(service) for row in letters_of(operator, name)]
    show_rows(rows, _COLUMNS, as_json, "no dead letters")


@app.command("show")
def show_letter(service: Service, letter: Letter, as_json: AsJson = False) -> None:
    """Show one dead letter whole."""
    show(Operator().ask(service, "_dead_letter_show", id=letter), as_json)


@app.command()
def replay(
    letter: Annotated[str, typer.Argument(help="One letter's id; with --auto none.")] = "",
    service: Annotated[str, typer.Option(help="The listening service; without it all are looked at.")] = "",
    auto: Annotated[bool, typer.Option("--auto", help="All that were only delivered too often, one at a time.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Also letters older than what we remember (6 days).")] = False,
    as_json: AsJson = False,
) -> None:
    """Hear dead letters again, under the same event id: one by its id, or with --auto those a crash left behind."""
    if bool(letter) == auto:
        raise typer.BadParameter("name one letter, or say --auto")
    operator = Operator()
    found = [row for name in _services(service) for row in letters_of(operator, name)]
    chosen = [row for row in found if row["id"] == letter or (auto and row["reason"] == "delivery_limit")]
    if letter and not chosen:
        raise typer.BadParameter(f"no dead letter {letter}")
    rows = []
    with progress("replaying", len(chosen)) as step:
        for row in chosen:
            answer = operator.command(row["service"], "_dead_letter_replay", id=row["id"], force=force)
            rows.append({**row, **answer})
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


def _services(only: str) -> tuple[str, ...]:
    if only and only not in SOURCES:
        raise typer.BadParameter(f"no service is named {only}")
    return (only,) if only else SOURCES
