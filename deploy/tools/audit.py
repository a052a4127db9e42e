"""`commonthread audit verify`: whether the audit trail is as it was written."""

from typing import Annotated, Any

import typer

from deploy.tools.operating import Operator
from deploy.tools.printing import AsJson, show_rows

STRETCH = 1_000
COLUMNS = ("network", "entries", "hash", "holds", "fault")
app = typer.Typer(help="The audit trail.", no_args_is_help=True)


@app.callback()
def group() -> None:
    """Keep `verify` a command of its own although it is the only one."""


@app.command()
def verify(
    network: Annotated[str, typer.Option(help="Only this network's trail.")] = "",
    anchor: Annotated[
        str, typer.Option(help="ENTRIES:HASH as printed before; the trail of --network must still hold it.")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Go along the chain of every network's trail. Exit status 1 when an entry was altered, removed or added.

    Keep what is printed somewhere else: whoever can write the whole database could write the chain anew, and
    only an anchor from before tells.
    """
    if anchor and not network:
        raise typer.BadParameter("an anchor is of one trail: name its --network")
    operator = Operator()
    names = [network] if network else operator.ask("membership", "list_audit_chains")["data"]
    rows = [verified(operator, name, anchor) for name in names]
    show_rows(rows, COLUMNS, as_json, "no trail yet")
    if not all(row["holds"] for row in rows):
        raise typer.Exit(1)


def verified(operator: Operator, network: str, anchor: str = "") -> dict[str, Any]:
    """Return how far the trail of one network holds, and where it does not."""
    sequence, _, expected = anchor.partition(":")
    reached: dict[str, Any] = {"sequence": 0, "hash": None, "fault": None, "is_end": False}
    passed = not anchor
    while not reached["is_end"]:
        stretch = {name: reached[name] for name in ("sequence", "hash")}
        most = min(STRETCH, int(sequence) - reached["sequence"]) if not passed else None
        reached = operator.ask("membership", "verify_audit", network=network, most=most, **stretch)
        if not passed and reached["sequence"] >= int(sequence):
            passed = True
            if reached["hash"] != expected:
                reached |= {"fault": f"entry {sequence} is another than the anchor says", "is_end": True}
    return {
        "network": network,
        "entries": reached["sequence"],
        "hash": reached["hash"],
        "holds": reached["fault"] is None and passed,
        "fault": reached["fault"] or ("" if passed else "the trail is shorter than its anchor"),
    }
