"""Style sheets and scripts of our own; each name holds its content's hash, so it may be kept for ever."""

import hashlib
import mimetypes
from pathlib import Path

from gateway.answers import Answer
from gateway.calls import Call
from gateway.http import Problem
from gateway.routing import ANYONE, Route

HERE = Path(__file__).parent
FOLDERS = (HERE / "static", HERE / "portal" / "static")
FOREVER = "public, max-age=31536000, immutable"


class Assets:
    """The files of `folders` by public name: `portal.css` is served as `/static/portal.1f2e3d4c5b6a.css`."""

    def __init__(self, folders: tuple[Path, ...] = FOLDERS) -> None:
        self._urls: dict[str, str] = {}
        self._files: dict[str, tuple[bytes, str]] = {}
        for folder in folders:
            for path in sorted(folder.rglob("*.*")):
                self._add(path, path.relative_to(folder).as_posix())

    def url(self, name: str) -> str:
        """Return the address of a file by its plain name ("vendor/htmx.min.js"); KeyError without it."""
        return self._urls[name]

    def serve(self, call: Call) -> Answer:
        """Answer with the file."""
        found = self._files.get(call.path["file"])
        if found is None:
            raise Problem(404, "not-found", "nothing is here")
        return Answer(200, found[0], found[1], cache=FOREVER)

    def route(self) -> Route:
        """The route that serves them."""
        return Route("GET", "/static/{file}", self.serve, ANYONE, answers_media="*/*", tag="static")

    def _add(self, path: Path, known_as: str) -> None:
        content = path.read_bytes()
        digest = hashlib.sha256(content).hexdigest()[:12]
        name = f"{path.stem}.{digest}{path.suffix}"
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        self._files[name] = (content, f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)
        self._urls[known_as] = f"/static/{name}"
