"""Where everything of one local stack lies: one directory, so that two checkouts never meet."""

from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
HOME = PROJECT / ".commonthread"


@dataclass(frozen=True)
class Places:
    """The folders and files below one stack's `directory`; `make()` creates them, open to the owner only."""

    directory: Path

    @property
    def broker(self) -> Path:
        return self.directory / "broker"

    @property
    def database(self) -> Path:
        return self.directory / "database"

    @property
    def secrets(self) -> Path:
        return self.directory / "secrets"

    @property
    def logs(self) -> Path:
        return self.directory / "logs"

    @property
    def mail(self) -> Path:
        return self.directory / "mail"

    @property
    def ledger(self) -> Path:
        """Whom to forget again after a restore; never part of what is restored."""
        return self.directory / "ledger"

    @property
    def ports(self) -> Path:
        return self.directory / "ports.json"

    @property
    def operator_settings(self) -> Path:
        """What the `commonthread` command reads when nothing is set in its environment."""
        return self.directory / "operator.env"

    def make(self) -> "Places":
        self.directory.mkdir(parents=True, exist_ok=True)
        for folder in (self.broker, self.database, self.secrets, self.logs, self.mail, self.ledger):
            folder.mkdir(mode=0o700, exist_ok=True)
        return self
