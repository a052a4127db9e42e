"""`commonthread network`: the sponsors' communities."""

from typing import Annotated, Any

import typer

from deploy.tools.operating import Operator
from deploy.tools.printing import AsJson, show, show_rows

app = typer.Typer(help="Networks: the sponsors' communities.", no_args_is_help=True)


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
        "who has an account here already signs in with that, and accepts under Your networks",
    )
    show(answer, as_json, lines)


def make_network(operator: Operator, name: str, admin: str) -> dict[str, Any]:
    """Return network, admin_person_id, link and link_token of a new network."""
    answer = operator.command("membership", "create_network", display_name=name, admin_email=admin)
    return answer | {"link": f"{operator.settings.public_url}/link/{answer['link_token']}"}


@app.command("operator-add")
def add_operator(
    name: Annotated[str, typer.Argument(help="What the system is called that is to manage networks.")],
    as_json: AsJson = False,
) -> None:
    """Register a system that may make and suspend networks over the API; its secret is shown this once."""
    answer = Operator().command("membership", "register_operator", display_name=name)
    lines = (
        f"client_id     {answer['id']}",
        f"client_secret {answer['secret']}",
        "POST /oauth/token with these gives a token for /v1/networks",
    )
    show(answer, as_json, lines)


@app.command("operator-list")
def list_operators(as_json: AsJson = False) -> None:
    """List the systems that may manage networks."""
    rows = Operator().ask("membership", "list_operators")["data"]
    show_rows(rows, ("id", "display_name", "standing"), as_json, "no system may manage networks")


@app.command("operator-disable")
def disable_operator(
    client_id: Annotated[str, typer.Argument(help="As `operator-list` shows it.")], as_json: AsJson = False
) -> None:
    """Take the right from a system; its tokens are refused within seconds."""
    operator = Operator()
    answer = operator.command("membership", "set_operator_standing", client_id=client_id, standing="disabled")
    show(answer, as_json, (f"{client_id} is disabled",))
