"""What every Python peer does alike: verify the token, look at the roster, answer the same fields."""

import hashlib
import os
import time
from pathlib import Path

from joserfc import jwt
from joserfc.jwk import ECKey

KEY = ECKey.import_key(Path(os.environ["PEER_PUBLIC_KEY"]).read_text())
CLAIMS = jwt.JWTClaimsRegistry(aud={"essential": True, "value": "commonthread"}, exp={"essential": True})
FIELDS = ("session_id", "cohort_id", "number", "of", "starts_at", "ends_at", "standing", "place", "agenda")
_verified: dict[bytes, tuple[float, str]] = {}


class Refused(Exception):
    """The caller may not: `status` says how."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


def person_of(authorization: str) -> str:
    """Return who holds this bearer token."""
    token = authorization.removeprefix("Bearer ")
    digest = hashlib.sha256(token.encode()).digest()
    known = _verified.get(digest)
    if known and known[0] > time.time():
        return known[1]
    try:
        decoded = jwt.decode(token, KEY, algorithms=["ES256"])
        CLAIMS.validate(decoded.claims)
    except Exception as reason:
        raise Refused(401) from reason
    _verified[digest] = (decoded.claims["exp"], decoded.claims["sub"])
    return decoded.claims["sub"]


def shown(session: dict | None, person: str) -> dict:
    """What a member sees of a session."""
    if session is None or person not in session["invited"]:
        raise Refused(404)
    return {name: session[name] for name in FIELDS} | {"my_answer": session["rsvps"].get(person)}


def change(session: dict | None, person: str, answer: str) -> tuple[dict, dict]:
    """Return (filter, update) that records one answer under the revision guard."""
    if session is None or person not in session["invited"]:
        raise Refused(404)
    if answer not in ("yes", "no", "maybe"):
        raise Refused(422)
    where = {"_id": session["_id"], "revision": session["revision"]}
    return where, {"$set": {f"rsvps.{person}": answer}, "$inc": {"revision": 1}}
