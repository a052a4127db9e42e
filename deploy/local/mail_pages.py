"""The two pages of the mail catcher: what came, and one mail to read."""

import re
from collections.abc import Sequence
from html import escape

from deploy.local.mailbox import Caught

_ADDRESS = re.compile(r"https?://[^\s<>\"]+")
_FRAME = """<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>
<link rel="stylesheet" href="/style.css"></head><body><main>{body}</main></body></html>"""

STYLE = """body{font:16px/1.5 system-ui,sans-serif;margin:0;background:#f6f5f2;color:#222}
main{max-width:60rem;margin:0 auto;padding:1.5rem}table{width:100%;border-collapse:collapse;background:#fff}
th,td{text-align:left;padding:.5rem .75rem;border-bottom:1px solid #ddd;vertical-align:top}
pre{background:#fff;padding:1rem;white-space:pre-wrap;overflow-wrap:anywhere;border:1px solid #ddd}
a{color:#0b5394}a:focus-visible{outline:3px solid #0b5394}.note{color:#555}"""


def inbox_page(caught: Sequence[Caught], to: str) -> str:
    """Return the list, newest first; `to` narrows it to one address."""
    rows = "".join(_row(one) for one in reversed(caught))
    table = f"<table><thead><tr><th>To<th>Subject<th>Received (UTC)</thead><tbody>{rows}</tbody></table>"
    empty = "<p>No mail yet. Whatever the platform sends on this machine lands here and leaves it never.</p>"
    search = (
        '<form method="get"><label>Address <input name="to" type="email" value="'
        f'{escape(to)}"></label> <button>Show</button></form>'
    )
    title = f"Caught mails ({len(caught)})"
    return _FRAME.format(title=title, body=f"<h1>{title}</h1>{search}{table if caught else empty}")


def mail_page(caught: Caught, parts: Sequence[tuple[str, str]]) -> str:
    """Return one mail: envelope and readable parts; addresses in plain text can be followed."""
    texts = "".join(f"<h2>{escape(kind)}</h2><pre>{_with_links(text)}</pre>" for kind, text in parts)
    head = f"<p><a href='/'>All mails</a></p><h1>{escape(caught.subject)}</h1>"
    head += f"<p class=note>From {escape(caught.sender)}"
    head += f" to {escape(', '.join(caught.to))}, {escape(caught.received_at)}"
    head += f" · <a href='/messages/{caught.number}/raw'>as it arrived</a></p>"
    return _FRAME.format(title=escape(caught.subject), body=head + texts)


def _row(one: Caught) -> str:
    link = f'<a href="/mails/{one.number}">{escape(one.subject) or "(no subject)"}</a>'
    return f"<tr><td>{escape(', '.join(one.to))}<td>{link}<td>{escape(one.received_at[:19])}"


def _with_links(text: str) -> str:
    pieces, end = [], 0
    for found in _ADDRESS.finditer(text):
        address = escape(found.group())
        pieces += [escape(text[end : found.start()]), f'<a rel="noreferrer" href="{address}">{address}</a>']
        end = found.end()
    return "".join(pieces) + escape(text[end:])
