"""What a bench run needs beside the platform: virtual environments of the peers, their node modules, wrk."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from deploy.local.places import HOME

SOURCES = Path(__file__).parent / "peers"
PEERS = HOME / "peers"
_PIPED = {"capture_output": True, "text": True, "timeout": 900, "check": False}


class Missing(Exception):
    """A tool that could not be had; the message is one clear line."""


def python_of(environment: str) -> Path:
    """Return the Python of a peer's virtual environment, installed when it is not there.

    Args:
        environment: of `peers/requirements-*.txt` ("fastapi", "django", …), or "own" for the project's.
    """
    if environment == "own":
        return Path(sys.executable)
    folder, wanted = PEERS / environment, SOURCES / f"requirements-{environment}.txt"
    python = folder / "bin" / "python"
    if _is_stamped(folder, wanted):
        return python
    _run([sys.executable, "-m", "venv", folder], f"a virtual environment in {folder}")
    pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", wanted]
    _run(pip, f"what {wanted.name} names")
    _stamp(folder, wanted)
    return python


def node_folder() -> Path:
    """Return the folder in which the node peers and their modules lie, installed when they are not there."""
    if not (shutil.which("node") and shutil.which("npm")):
        raise Missing(
            "node and npm are missing: install the Debian packages nodejs and npm to see the node peers"
        )
    folder, wanted = PEERS / "node", SOURCES / "package.json"
    folder.mkdir(parents=True, exist_ok=True)
    for source in (*SOURCES.glob("*.mjs"), wanted):
        shutil.copy(source, folder / source.name)
    if not _is_stamped(folder, wanted):
        _run(["npm", "install", "--no-audit", "--no-fund", "--silent"], "the node peers' modules", folder)
        _stamp(folder, wanted)
    return folder


def wrk() -> str:
    """Return the load generator's path; as root on Debian it is installed when missing."""
    if found := shutil.which("wrk"):
        return found
    if os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = {"env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}}
        for words in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", "wrk"]):
            _run(["apt-get", *words], "the Debian package wrk", **quiet)
    if found := shutil.which("wrk"):
        return found
    raise Missing("wrk is missing: install the Debian package wrk to see the rows over HTTP")


def _run(words: list, what: str, folder: Path | None = None, **options) -> None:
    command = [str(word) for word in words]
    done = subprocess.run(command, cwd=folder, **_PIPED, **options)  # noqa: PLW1510
    if done.returncode:
        raise Missing(f"could not install {what}: {(done.stderr or done.stdout).strip().splitlines()[-1:]}")


def _is_stamped(folder: Path, wanted: Path) -> bool:
    stamp = folder / ".installed"
    return stamp.exists() and stamp.read_text() == _sum(wanted)


def _stamp(folder: Path, wanted: Path) -> None:
    (folder / ".installed").write_text(_sum(wanted))


def _sum(wanted: Path) -> str:
    return hashlib.sha256(wanted.read_bytes()).hexdigest()
