"""Writing what follows from a deciding write, in the same ask."""

import contextlib
from dataclasses import replace

from services.kit.context import work, working


@contextlib.contextmanager
def aside():
    """Within the block, saves carry no request record and no If-Match.

    Those belong to the deciding write alone.
    """
    present = work()
    kind = "none" if present.kind == "ask" else present.kind
    with working(replace(present, kind=kind, request=None, if_match=None)):
        yield
