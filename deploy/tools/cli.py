"""`commonthread`: the operators' hand."""

import warnings

warnings.filterwarnings("ignore", message="\\nEventlet is deprecated")

import eventlet  # noqa: E402

eventlet.monkey_patch()

import os  # noqa: E402 - nothing may be imported before the patch
import sys  # noqa: E402
from pathlib import Path  # noqa: E402

import typer  # noqa: E402

from deploy.tools import (  # noqa: E402
    audit,
    backups,
    copies,
    dead_letters,
    demo,
    formation,
    importing,
    keys,
    migration,
    networks,
    standing,
)
from deploy.tools.api import ApiProblem  # noqa: E402
from deploy.tools.operating import NotReached  # noqa: E402
from deploy.tools.printing import say_error  # noqa: E402
from deploy.tools.snapshot import BackupUnusable  # noqa: E402
from deploy.tools.story.setting_up import StoryBroke  # noqa: E402
from services.kit.logs import configure_logging  # noqa: E402
from services.kit.outcomes import Overloaded, RemoteFault, RemoteRefusal, Unavailable  # noqa: E402
from services.kit.settings import SettingError  # noqa: E402

_KNOWN = (
    *(RemoteRefusal, RemoteFault, Unavailable, Overloaded, ApiProblem, TimeoutError, ConnectionError),
    *(SettingError, NotReached, BackupUnusable, StoryBroke),
)

app = typer.Typer(
    help="Operate Commonthread: networks, migrations, imports, dead letters, copies, backups.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
app.add_typer(networks.app, name="network")
app.add_typer(dead_letters.app, name="dead-letters")
app.add_typer(copies.app, name="copies")
app.add_typer(keys.app, name="keys")
app.add_typer(audit.app, name="audit")
app.add_typer(formation.app, name="formation")
app.command("migrate")(migration.migrate)
app.command("seed")(importing.seed)
app.command("import")(importing.import_roster)
app.command("status")(standing.status)
app.command("outbox")(standing.outbox)
app.command("restate")(copies.restate)
app.command("backup")(backups.backup)
app.command("restore")(backups.restore)
app.command("demo")(demo.demo)


@app.callback()
def settle() -> None:
    """Take the settings of the local stack where none are given in the environment."""
    configure_logging("commonthread", "ERROR")
    file = Path(os.environ.get("CT_HOME", ".commonthread")) / "operator.env"
    if "CT_MONGO" in os.environ or not file.exists():
        return
    for line in file.read_text().splitlines():
        name, _, value = line.partition("=")
        if name.startswith("CT_"):
            os.environ.setdefault(name, value)


def main() -> None:
    """Run the command; a refusal or an absent service is one line on standard error and exit status 1."""
    try:
        app()
    except _KNOWN as failed:
        say_error(failed)
        sys.exit(1)


if __name__ == "__main__":
    main()
