"""The operator's asks about the keys of sealed text: does each open, and wrap all with the first line.

Part by part, so that neither takes longer than an ask and both go on where they were interrupted.
"""

from typing import Any

from marshmallow import Schema, fields, validate

from services.kit.ask import ask
from services.kit.floor import Floor
from services.kit.sealing import SealBrokenError
from services.kit.settings import SettingError


class CheckKeys(Schema):
    """One part: `after` is the `next` of the part before."""

    after = fields.String(load_default=None, allow_none=True)
    batch = fields.Integer(load_default=1_000, validate=validate.Range(1, 5_000))


class Rewrap(Schema):
    batch = fields.Integer(load_default=500, validate=validate.Range(1, 5_000))


class KeyOperations:
    """Mixed into every service beside its other operations."""

    dead_lettering: Any

    @ask(CheckKeys, operator=True, write=False)
    def _check_keys(self, part: dict[str, Any]) -> dict[str, Any]:
        """Answer how many keys each line wraps, and which of this part do not open; never a key."""
        try:
            keys = self.dead_lettering.floor.sealing.wrapped
            opened, broken, following = keys.open_each(part["after"], part["batch"])
            keys.check()
        except (SettingError, SealBrokenError) as fault:
            return {"opened": 0, "broken": [], "next": None, "fault": str(fault), "lines": {}}
        return {
            "opened": opened,
            "broken": broken,
            "next": following,
            "fault": None,
            "lines": keys.count_by_line(),
        }

    @ask(Rewrap, operator=True)
    def _rewrap(self, part: dict[str, Any]) -> dict[str, Any]:
        """Wrap some keys with the first line; answer how many, and how many are left."""
        done, left = self.dead_lettering.floor.sealing.wrapped.rewrap(part["batch"])
        return {"done": done, "left": left}


def keys_open(floor: Floor) -> bool:
    """True when the key file is there and each line in use opens what it wrapped; raises otherwise."""
    floor.sealing.wrapped.check()
    return True
