"""`commonthread formation`: the engine that forms cohorts, put to public instances of the same problem."""

from pathlib import Path
from typing import Annotated

import typer

from deploy.tools.grouping_file import NotAnInstance, read_instance
from deploy.tools.printing import AsJson, say, show

app = typer.Typer(help="Put the formation engine to an instance of its own.", no_args_is_help=True)
DEFAULT_SECONDS = 10.0
MOST_SECONDS = 86_400
UNUSABLE = 2  # exit status for input that cannot be worked on


@app.callback()
def _settle() -> None:
    """Let the one command there is be named."""


@app.command()
def solve(
    file: Annotated[Path, typer.Argument(help="An instance as the MDGPLIB writes them, plain or .xz.")],
    out: Annotated[Path, typer.Option(help="Where the group of each element goes, a line each, from 0.")],
    seconds: Annotated[
        float | None, typer.Option(help=f"Seconds of search [default: {DEFAULT_SECONDS:g} without --moves].")
    ] = None,
    seed: Annotated[int, typer.Option(min=0, max=2**31 - 1, help="Another seed, another chance.")] = 1,
    moves: Annotated[
        int | None,
        typer.Option(min=1, max=10**15, help="Moves to look at; same seed and moves, same groups"),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Split the elements into groups, the distances inside groups as large as can be; print their sum.

    The seconds are those of search: reading the file and compiling the engine (kept on disk) come before.
    """
    from services.membership.formation.grouping import (  # noqa: PLC0415 - no other command loads numba
        Budget,
        prepare,
        solve,
    )

    if seconds is not None and not 0 < seconds <= MOST_SECONDS:
        raise _unusable(f"--seconds: {seconds:g} is not above 0 and up to {MOST_SECONDS:,}")
    if seconds is None and moves is None:
        seconds = DEFAULT_SECONDS
    try:
        instance = read_instance(file)
        target = out.open("w", encoding="ascii")
    except NotAnInstance as fault:
        raise _unusable(str(fault)) from fault
    except OSError as fault:
        raise _unusable(f"{out}: cannot be written: {fault.strerror}") from fault
    with target:
        prepare(instance)
        found = solve(instance, seed, Budget(seconds, moves))
        target.writelines(f"{group}\n" for group in found.group_of)
    value = instance.in_its_units(found.value)
    show({"value": value, "elements": len(instance), "groups": len(instance.bounds)}, as_json, [value])


def _unusable(words: str) -> typer.Exit:
    say(words)
    return typer.Exit(UNUSABLE)
