"""The file the broker loads at each start: its users, what each may touch, the policies (see kit/access.py).

python -m deploy.tools.broker_file SECRETS_ROOT FILE [VHOST]
"""

import json
import os
import sys
import warnings
from pathlib import Path

warnings.filterwarnings("ignore", message="\\nEventlet is deprecated")

from services.kit.access import USERS, definitions  # noqa: E402

VHOST = "commonthread"
_LOADED = ("vhosts", "users", "permissions", "policies")  # queues and the rest are the migrate step's


def write_broker_file(path: Path, secrets_root: Path, vhost: str = VHOST) -> None:
    """Write the definitions, passwords salted and hashed, to `path`, readable by the owner."""
    passwords = {user: (secrets_root / user / "broker_password").read_text().strip() for user in USERS}
    everything = definitions(vhost, passwords)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        json.dump({name: everything[name] for name in _LOADED}, file, indent=1)


if __name__ == "__main__":
    write_broker_file(Path(sys.argv[2]), Path(sys.argv[1]), *sys.argv[3:])
