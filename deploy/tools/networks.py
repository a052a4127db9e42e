"""`commonthread network`: the sponsors' communities."""

from typing import Annotated, Any

import typer

from deploy.tools.operating import Operator
from deploy.tools.printing import AsJson, show

app = typer.Typer(help="Networks: the sponsors' communities.", no_args_is_help=True)


@app.callback()
def group() -> None:
    """Keep `create` a command of its own although it is the only one."""


@app.command()
def create(
    name: Annotated[str, typer.Argument(help="What people call the network.")],
    admin: Annotated[str, typer.Option("--admin", help="Mail address of its first admin.")],
    as_json: AsJson = False,
) -> None:
    """Make a network and print the one-time link with which its first admin signs in."""
    answer = make_network(Operator(), name, admin)
    lines = (
        f"network {answer['network']} is there",
        f"one-time link for {admin} (works once, for a short time):",
        f"  {answer['link']}",
    )
    show(answer, as_json, lines)


def make_network(operator: Operator, name: str, admin: str) -> dict[str, Any]:
    """Return network, admin_person_id, link and link_token of a new network."""
    answer = operator.command("membership", "create_network", display_name=name, admin_email=admin)
    return answer | {"link": f"{operator.settings.public_url}/link/{answer['link_token']}"}
