"""What the one-shot `secrets` service of docker compose does: fill the volumes that hold secrets.

    python -m deploy.tools.secret_volumes ROOT

Below ROOT each login's directory gets its missing secrets, `broker` the file that RabbitMQ loads (hashes
only), `mongo` the key file of the replica set. What is there is kept.
"""

import secrets
import sys
from pathlib import Path

from deploy.local.secret_files import write_secrets
from deploy.tools.broker_file import write_broker_file


def main(root: Path) -> None:
    """Fill the volumes mounted below `root`."""
    write_secrets(root)
    definitions = root / "broker" / "definitions.json"
    write_broker_file(definitions, root)
    definitions.chmod(0o644)  # read by the broker's own user; it holds salted hashes, no password
    key = root / "mongo" / "keyfile"
    if not key.exists():
        key.touch(0o600)
        key.write_text(secrets.token_hex(64))
    print("secrets are there")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
