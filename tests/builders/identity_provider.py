"""An identity provider of the tests' own: well-behaved at first, and as hostile as a test makes it.

    with AProvider() as provider:
        provider.claims["nonce"] = "another"

It serves on this machine over plain http; who asks it must be allowed to.
"""

import base64
import hashlib
import json
import secrets
import threading
import time
from http.server import (  # not `http.server.…`: eventlet replaces that attribute
    BaseHTTPRequestHandler,
    ThreadingHTTPServer,
)
from urllib.parse import parse_qs, parse_qsl, unquote_plus, urlencode, urlsplit

from joserfc import jws
from joserfc.jwk import ECKey, RSAKey

from services.kit.settings import Address

CLIENT_ID, CLIENT_SECRET = "commonthread at halden", "a secret with : and % in it"
UNDONE = object()  # a claim that is left out


class AProvider:
    """One provider.

    Attributes:
        claims, header, metadata: replace what an honest one says; `UNDONE` leaves a claim out.
        answers: path -> function(handler) that answers instead.
        asked: the paths asked for, in order.
        sign: (header, claims) -> ID token.
        subject, person: who signs in, and what is known of them. port: where it listens; 0: anywhere.
        strict: whether codes are good once, and for who shows the verifier alone.
    """

    def __init__(self, subject="sub-ada", port=0, **person):
        self.key = ECKey.generate_key("P-256", {"kid": "k1", "use": "sig", "alg": "ES256"})
        self.keys = [self.key]
        self.subject = subject
        self.person = {"name": "Ada Berg", "email": "ada@halden.example"} | person
        self.claims, self.header, self.metadata, self.answers = {}, {}, {}, {}
        self.asked, self.codes, self.strict = [], {}, True
        self.sign = self.signed
        self._server = ThreadingHTTPServer(("127.0.0.1", port), self._handler())
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    @property
    def address(self):
        return Address("127.0.0.1", self._server.server_address[1])

    @property
    def issuer(self):
        return f"http://127.0.0.1:{self.address.port}"

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()

    def describe(self):
        """The metadata."""
        said = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "end_session_endpoint": f"{self.issuer}/logout",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["ES256", "RS256", "PS256", "EdDSA"],
            "code_challenge_methods_supported": ["S256"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic"],
            "authorization_response_iss_parameter_supported": True,
        } | self.metadata
        return {name: value for name, value in said.items() if value is not UNDONE}

    def authorize(self, url):
        """Be asked by a browser; return the parameters it is sent back with."""
        asked = dict(parse_qsl(urlsplit(url).query))
        code = secrets.token_urlsafe(12)
        self.codes[code] = asked
        return {"code": code, "state": asked["state"], "iss": self.issuer}

    def id_token(self, asked, access_token):
        """The ID token for one authorization request."""
        now = int(time.time())
        half = hashlib.sha256(access_token.encode()).digest()[:16]
        said = {
            "iss": self.issuer,
            "sub": self.subject,
            "aud": asked["client_id"],
            "iat": now,
            "exp": now + 300,
            "nonce": asked["nonce"],
            "at_hash": encoded(half),
            **self.person,
            **self.claims,
        }
        claims = {name: value for name, value in said.items() if value is not UNDONE}
        return self.sign({"alg": "ES256", "kid": "k1"} | self.header, claims)

    def signed(self, header, claims, key=None):
        """`claims` signed by the present key, or another."""
        algorithm = header["alg"]
        registry = jws.JWSRegistry(algorithms=[algorithm], strict_check_header=False)
        return jws.serialize_compact(header, json.dumps(claims), key or self.key, registry=registry)

    def rotate(self, kid="k2"):
        """From now on another key signs, and the former is no longer shown."""
        self.key = ECKey.generate_key("P-256", {"kid": kid, "use": "sig", "alg": "ES256"})
        self.keys, self.header["kid"] = [self.key], kid

    def exchange(self, handler):
        """Answer the token endpoint as an honest provider does."""
        form = dict(parse_qsl(handler.body.decode()))
        pair = base64.b64decode(handler.headers["Authorization"].removeprefix("Basic ")).decode()
        client = tuple(unquote_plus(part) for part in pair.split(":"))
        asked = self.codes.get(form["code"])
        challenge = encoded(hashlib.sha256(form["code_verifier"].encode()).digest())
        is_right = asked and client == (CLIENT_ID, CLIENT_SECRET) and asked["code_challenge"] == challenge
        if self.strict:
            self.codes.pop(form["code"], None)
        if asked is None or (self.strict and not is_right):
            return handler.say(400, {"error": "invalid_grant"})
        access_token = secrets.token_urlsafe(12)
        id_token = self.id_token(asked, access_token)
        return handler.say(200, {"access_token": access_token, "token_type": "Bearer", "id_token": id_token})

    def come_back(self, handler):
        """Answer a browser's authorization request: whoever asks is `subject`."""
        returned = self.authorize(handler.path)
        asked = parse_qs(urlsplit(handler.path).query)
        handler.send_response(302)
        handler.send_header("Location", f"{asked['redirect_uri'][0]}?{urlencode(returned)}")
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    def _handler(self):
        provider = self
        pages = {
            "/.well-known/openid-configuration": lambda handler: handler.say(200, provider.describe()),
            "/keys": lambda handler: handler.say(
                200, {"keys": [each.as_dict(private=False) for each in provider.keys]}
            ),
            "/authorize": self.come_back,
            "/token": self.exchange,
            "/userinfo": lambda handler: handler.say(200, {"sub": provider.subject, **provider.person}),
        }

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                path = urlsplit(self.path).path
                provider.asked.append(path)
                length = int(self.headers.get("Content-Length") or 0)
                self.body = self.rfile.read(length)
                answer = provider.answers.get(path) or pages.get(path)
                if answer is None:
                    self.say(404, {})
                else:
                    answer(self)

            do_POST = do_GET  # noqa: N815 - the library's name

            def say(self, status, said):
                raw = said if isinstance(said, bytes) else json.dumps(said).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(raw)))
                self.end_headers()
                self.wfile.write(raw)

            def log_message(self, *_):
                pass

        return Handler


def an_rsa_key(kid="r1", bits=2048):
    return RSAKey.generate_key(bits, {"kid": kid, "use": "sig"})


def encoded(raw):
    """Base64url without padding."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def unsigned(header, claims, signature=b""):
    """A token whose signature is whatever one wants."""
    parts = (json.dumps(header).encode(), json.dumps(claims).encode(), signature)
    return ".".join(encoded(part) for part in parts)


def redirect(url):
    """An answer that sends whoever asks elsewhere."""

    def answer(handler):
        handler.send_response(302)
        handler.send_header("Location", url)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    return answer


def drip(left):
    """An answer of one byte each half second, until `left` is set."""

    def answer(handler):
        handler.send_response(200)
        handler.send_header("Content-Length", "100000")
        handler.end_headers()
        try:
            while not left.wait(0.5):
                handler.wfile.write(b" ")
                handler.wfile.flush()
        except OSError:
            return

    return answer
