"""Partner systems that show who they are: by HTTP Basic, or by an assertion they signed."""

import base64
import time
from urllib.parse import urlencode

from joserfc import jwt
from joserfc.jwk import ECKey

from services.kit.ids import random_id

FORM = "application/x-www-form-urlencoded"
JWT_BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
KEY = ECKey.generate_key("P-256", {"kid": "partner-1"})
OTHER_KEY = ECKey.generate_key("P-256", {"kid": "partner-1"})


def basic(client_id, secret):
    """The head's `Authorization` of a client with this secret."""
    return "Basic " + base64.b64encode(f"{client_id}:{secret}".encode()).decode()


def an_assertion(client_id, audience, *, key=KEY, algorithm="ES256", header=None, without=(), **claims):
    """Return a signed assertion, good for a minute; `header` and `claims` replace, `without` leaves out."""
    now = int(time.time())
    said = {"iss": client_id, "sub": client_id, "aud": audience, "iat": now, "exp": now + 60}
    said |= {"jti": random_id("jti")} | claims
    head = {"alg": algorithm, "kid": "partner-1"} | (header or {})
    return jwt.encode(
        head, {name: value for name, value in said.items() if name not in without}, key, [algorithm]
    )


def a_form(**fields):
    """The bytes of a form."""
    return urlencode(fields).encode()


def signed_form(assertion, **fields):
    """A form that carries an assertion as proof."""
    return a_form(client_assertion_type=JWT_BEARER, client_assertion=assertion, **fields)
