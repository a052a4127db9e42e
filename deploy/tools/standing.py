"""`commonthread status` and `outbox`: how every service stands."""

from typing import Any

import typer

from deploy.tools.operating import Operator
from deploy.tools.printing import AsJson, show_rows

_STANDING = ("service", "state", "relay", "unsent", "dead_letters")
_WAITING = ("service", "collection", "type", "at", "id")


def status(as_json: AsJson = False) -> None:
    """Show each service: whether it answers, what is unsent, dead letters; exit status 1 if one is down."""
    answers = Operator().ask_each("_status")
    rows = [_row(service, answer) for service, answer in answers.items()]
    show_rows(rows, _STANDING, as_json, "no services")
    if None in answers.values():
        raise typer.Exit(1)


def outbox(as_json: AsJson = False) -> None:
    """List announcements that wait to be sent, oldest first; a service that does not answer is left out."""
    answers = Operator().ask_each("_outbox")
    rows = [
        {"service": name, **entry}
        for name, answer in answers.items()
        for entry in (answer or {"data": []})["data"]
    ]
    show_rows(sorted(rows, key=lambda row: row["at"]), _WAITING, as_json, "nothing waits")


def _row(service: str, answer: dict[str, Any] | None) -> dict[str, Any]:
    if answer is None:
        return {"service": service, "state": "down"}
    missing = [name for name, there in answer["dependencies"].items() if not there]
    return {
        "service": service,
        "state": f"up, without {', '.join(missing)}" if missing else "up",
        "relay": "up" if answer["relay_up"] else "down",
        "unsent": sum(answer["waiting"].values()),
        "dead_letters": answer["dead_letters"],
    }
