"""`commonthread status` and `outbox`: how every service stands."""

from typing import Any

import typer

from deploy.tools.operating import Operator
from deploy.tools.printing import AsJson, show_rows


def status(as_json: AsJson = False) -> None:
    """Show each service: whether it answers, what waits in its outbox, its dead letters. Exit status 1 if one is down."""
    answers = Operator().ask_each("_status")
    rows = [_row(service, answer) for service, answer in answers.items()]
    show_rows(rows, list(rows[0]), as_json, "no services")
    if None in answers.values():
        raise typer.Exit(1)


def outbox(as_json: AsJson = False) -> None:
    """Show what each service has yet to announce, and since when."""
    rows = [
        {"service": service, **(answer or {"waiting": "does not answer"})}
        for service, answer in Operator().ask_each("_outbox").items()
    ]
    columns = list(dict.fromkeys(name for row in rows for name in row))
    show_rows(rows, columns, as_json, "no services")


def _row(service: str, answer: dict[str, Any] | None) -> dict[str, Any]:
    return {"service": service, "state": "down" if answer is None else "up", **(answer or {})}
