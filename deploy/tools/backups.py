"""`commonthread backup` and `restore`: one instant of all five databases."""

from pathlib import Path
from typing import Annotated

import typer

from deploy.tools import keys, snapshot
from deploy.tools.operating import NotReached, Operator
from deploy.tools.printing import AsJson, progress, show
from services.contracts.catalogue import SOURCES

Directory = Annotated[
    Path, typer.Argument(help="Where the backup lies; the keys lie beside it in DIRECTORY.keys.")
]


def backup(directory: Directory, as_json: AsJson = False) -> None:
    """Write one instant of all databases to DIRECTORY, while everything goes on.

    The keys of sealed text go to DIRECTORY.keys: who holds only one of the two reads no confidential word.
    The services' secret files (`kek`) are not part of a backup; without them the keys cannot be opened. So
    every key is opened once, by the services that run: the exit status is 1 when the backup is written but
    one does not open.
    """
    if directory.exists() and any(directory.iterdir()):
        raise NotReached(f"{directory} is not empty")
    operator = Operator()
    with progress("writing documents") as step:
        described = snapshot.take(operator.mongo, operator.databases, directory, step.more)
    count = sum(piece["documents"] for piece in described["pieces"])
    with progress("opening keys") as step:
        checks = [keys.checked(operator, service, step.more) for service in SOURCES]
    answer = {"directory": str(directory), "taken_at": described["taken_at"], "documents": count}
    lines = [f"{count} documents as of {described['taken_at']} are in {directory}"]
    lines += [f"{each['service']}: {each['state']}" for each in checks if each["state"] != "well"]
    show(answer | {"keys": checks}, as_json, lines)
    if any(keys.is_lost(each) for each in checks):
        raise typer.Exit(1)


def restore(
    directory: Directory,
    sure: Annotated[bool, typer.Option("--yes", help="Do not ask before replacing what is there.")] = False,
    present_keys: Annotated[
        bool,
        typer.Option("--present-keys", help="Leave the keys as they are: the forgotten since have none."),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Replace all databases by the backup in DIRECTORY. Every service must be stopped.

    Whoever was forgotten since the backup is forgotten again when membership starts, by the ledger of
    erasures (CT_LEDGER), which is no part of a backup. Afterwards start the services and run
    `commonthread restate all` and `commonthread copies verify`.
    """
    operator = Operator()
    running = [service for service, answer in operator.ask_each("_status").items() if answer is not None]
    if running:
        raise NotReached(f"still running: {', '.join(running)}; stop every service first")
    pieces = snapshot.check(directory, with_keys=not present_keys)
    total = sum(piece.documents for piece in pieces)
    if not sure:
        typer.confirm(f"Replace everything by the {total} documents of {directory}?", abort=True, err=True)
    with progress("bringing documents back", total) as step:
        epoch = snapshot.bring_back(operator.mongo, directory, pieces, step.more)
    lines = (
        f"{total} documents are back, in epoch {epoch}",
        "next: start the services, then: commonthread restate all; commonthread copies verify",
    )
    show({"documents": total, "epoch": epoch}, as_json, lines)
