"""Published examples of events, changed where a test wants them changed."""

import copy
import json
from pathlib import Path

import services.contracts

EXAMPLES = Path(services.contracts.__file__).parent / "examples"


def an_envelope(name="cohort_formed", *, id=None, subject=None, sequence=None, data=None, **attributes):
    """The envelope of the published example `name`, as a map."""
    envelope = copy.deepcopy(json.loads((EXAMPLES / f"{name}.json").read_text()))
    if id is not None:
        envelope["id"] = id
    if subject is not None:
        envelope["subject"] = subject
    if sequence is not None:
        envelope["sequence"] = sequence
    envelope["data"] |= data or {}
    envelope |= attributes
    return envelope


def as_bytes(envelope):
    return json.dumps(envelope).encode()
