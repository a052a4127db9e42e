"""`commonthread keys`: the keys that sign tokens, and the key files that wrap the keys of sealed text."""

from typing import Annotated, Any

import typer

from deploy.tools.operating import NotReached, Operator
from deploy.tools.printing import AsJson, progress, show_rows
from services.contracts.catalogue import SOURCES
from services.kit.outcomes import RemoteFault, RemoteRefusal, Unavailable

_RING = ("kid", "standing", "made_at", "retired_at")
_CHECKED = ("service", "state", "opened", "broken", "lines")
_REWRAPPED = ("service", "rewrapped", "left")
_UNCHECKED = "not checked"
_AWAY = (Unavailable, RemoteFault, RemoteRefusal)
app = typer.Typer(help="Signing keys and key files.", no_args_is_help=True)


@app.command("list")
def list_keys(as_json: AsJson = False) -> None:
    """Show the signing keys: which signs, which will, and which are kept until their tokens have run out."""
    show_rows(Operator().ask("membership", "show_signing_ring")["keys"], _RING, as_json, "no keys")


@app.command()
def rotate(
    compromised: Annotated[
        bool, typer.Option("--compromised", help="Drop every key at once: everybody signs in anew.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Let the next signing key sign. Nobody notices: it has been published since the last rotation.

    Tokens of the key before stay good until they run out. When a key may be known to others, --compromised
    ends every token there is, refresh tokens and those of partner systems included.
    """
    ring = Operator().command("membership", "rotate_signing_keys", compromised=compromised)["keys"]
    show_rows(ring, _RING, as_json, "no keys")


@app.command()
def check(as_json: AsJson = False) -> None:
    """Open every key of sealed text with its service's key file. Exit status 1 when one does not open."""
    operator = Operator()
    with progress("opening keys") as step:
        rows = [checked(operator, service, step.more) for service in SOURCES]
    show_rows(rows, _CHECKED, as_json, "no services")
    if any(row["state"] != "well" for row in rows):
        raise typer.Exit(1)


@app.command()
def rewrap(as_json: AsJson = False) -> None:
    """Wrap every key of sealed text with the first line of its service's key file.

    Put the new line before the others first. May be interrupted and run again; old lines may go when nothing
    is left that they wrap (see `commonthread keys check`).
    """
    operator = Operator()
    with progress("rewrapping") as step:
        rows = [_rewrapped(operator, service, step) for service in SOURCES]
    show_rows(rows, _REWRAPPED, as_json, "no services")
    if any(row["left"] for row in rows):
        raise typer.Exit(1)


def checked(operator: Operator, service: str, said: Any = lambda count: None) -> dict[str, Any]:
    """Return how the keys of `service` stand: `state` is "well", or says what is wrong."""
    opened, broken, after, lines = 0, 0, None, {}
    while True:
        try:
            part = operator.ask(service, "_check_keys", timeout=60.0, after=after)
        except _AWAY as away:
            return {"service": service, "state": f"{_UNCHECKED}: {type(away).__name__}"}
        if part["fault"]:
            return {"service": service, "state": part["fault"], "opened": opened, "broken": broken}
        opened, broken = opened + part["opened"], broken + len(part["broken"])
        after, lines = part["next"], part["lines"]
        said(part["opened"])
        if after is None:
            break
    state = "well" if not broken else f"{broken} keys do not open: their text is lost"
    return {"service": service, "state": state, "opened": opened, "broken": broken, "lines": lines}


def is_lost(row: dict[str, Any]) -> bool:
    """True when keys of this service do not open; a service that was not there to try lost nothing."""
    return row["state"] != "well" and not row["state"].startswith(_UNCHECKED)


def _rewrapped(operator: Operator, service: str, step: Any) -> dict[str, Any]:
    total = 0
    while True:
        try:
            part = operator.command(service, "_rewrap", timeout=60.0)
        except RemoteFault:
            raise NotReached(f"{service}: a key does not open; see commonthread keys check") from None
        total += part["done"]
        step.to(total, total + part["left"])
        if not part["left"] or not part["done"]:
            return {"service": service, "rewrapped": total, "left": part["left"]}
