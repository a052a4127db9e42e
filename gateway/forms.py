"""What a page's form sends: urlencoded, or multipart where a file comes with it."""

from io import BytesIO

from werkzeug.exceptions import HTTPException
from werkzeug.formparser import FormDataParser
from werkzeug.http import parse_options_header

from gateway.bodies import MAX_FORM_FIELDS, read_pairs
from gateway.http import Problem
from gateway.routing import FORM

MULTIPART = "multipart/form-data"
HIDDEN = ("csrf", "key")  # fields that the framework takes out of every form
Files = dict[str, tuple[str, bytes]]


def read_form(raw: bytes, content_type: str, limit: int) -> tuple[dict[str, str], Files]:
    """Return the fields, each once, and the files as name -> (file name, bytes).

    Raises:
        Problem: 415 for another media type, 400 for what cannot be read or stands twice.
    """
    kind, options = parse_options_header(content_type)
    if kind == FORM or not raw:
        return read_pairs(_ascii(raw), most=MAX_FORM_FIELDS, where="form"), {}
    if kind != MULTIPART:
        raise Problem(415, "unsupported-media-type", f"send {FORM} or {MULTIPART}")
    return _multipart(raw, options, limit)


def _ascii(raw: bytes) -> str:
    try:
        return raw.decode("ascii")
    except UnicodeDecodeError:
        raise Problem(400, "malformed-form", "the form cannot be read") from None


def _multipart(raw: bytes, options: dict[str, str], limit: int) -> tuple[dict[str, str], Files]:
    parser = FormDataParser(max_form_memory_size=limit, max_form_parts=MAX_FORM_FIELDS, silent=False)
    try:
        _, fields, files = parser.parse(BytesIO(raw), MULTIPART, len(raw), options)
    except (ValueError, HTTPException):
        raise Problem(400, "malformed-form", "the form cannot be read") from None
    names = [name for part in (fields, files) for name, _ in part.items(multi=True)]
    if len(set(names)) != len(names):
        raise Problem(400, "malformed-form", "a field stands twice in the form")
    if any("\0" in text for text in [*fields.values(), *names]):
        raise Problem(400, "malformed-form", "the form holds NUL")
    return dict(fields), {name: (file.filename or "", file.read()) for name, file in files.items()}
