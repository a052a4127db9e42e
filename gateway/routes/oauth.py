"""What partner systems ask for themselves: a token by client credentials (RFC 6749), whether one is good
(RFC 7662), to withdraw one (RFC 7009); metadata (RFC 8414) and keys (RFC 7517).

They show that they are themselves by id and secret (HTTP Basic) or by an assertion they signed (RFC 7523).
"""

import base64
import binascii
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote_plus

import orjson

from gateway.answers import Answer
from gateway.bodies import read_pairs
from gateway.calls import Call
from gateway.http import Problem
from gateway.routes.identity import patiently
from gateway.routing import ANYONE, FORM, route
from gateway.schemas import clients as shapes
from services.contracts.scopes import SCOPES
from services.contracts.tokens import ASSERTION_ALGORITHMS
from services.kit.outcomes import RemoteRefusal

GRANT = "client_credentials"
ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
CHALLENGE = ("WWW-Authenticate", 'Basic realm="commonthread"')
FAULTS = {
    "client-refused": (401, "invalid_client"),
    "scope-not-granted": (400, "invalid_scope"),
    "foreign-token": (400, "unauthorized_client"),
}


def _offered(path: str, **options: Any) -> Callable[[Callable], Callable]:
    """A route of `/oauth`: forms, and proofs that it reads itself."""
    return route(
        "POST",
        path,
        who=ANYONE,
        media=FORM,
        fault=shapes.OAuthFault,
        limit=20_000,
        keyed=False,
        own_credentials=True,
        **options,
    )


class Refused(Exception):
    """A no in OAuth's words."""

    def __init__(self, status: int, error: str, description: str) -> None:
        super().__init__(error)
        self.status, self.error, self.description = status, error, description

    def answer(self) -> Answer:
        body = orjson.dumps({"error": self.error, "error_description": self.description})
        headers = [CHALLENGE] if self.status == 401 else []
        return Answer(self.status, body, "application/json", headers)


@_offered("/oauth/token", answer=shapes.ClientTokenAnswer, summary="An access token for a partner system")
def give_client_token(call):
    """`grant_type=client_credentials`, optionally `scope`; the token lives ten minutes."""
    try:
        form = _form(call)
        _check_grant(call, form)
        return _ask(call, "client_token", form, scopes=form.get("scope", "").split())
    except Refused as no:
        return no.answer()


@_offered("/oauth/introspect", answer=shapes.IntrospectionAnswer, summary="Is this access token still good")
def introspect_token(call):
    """`token=…`. A partner system learns about its own tokens; of any other it is told `active: false`."""
    try:
        found = _about_token(call, "introspect_token")
    except Refused as no:
        return no.answer()
    return found | ({"iss": call.gateway.public_url} if found["active"] else {})


@_offered("/oauth/revoke", summary="Withdraw an access token")
def revoke_token(call):
    """`token=…`, one of its own; refused everywhere within seconds. What is no token needs nothing."""
    try:
        _about_token(call, "revoke_token")
    except Refused as no:
        return no.answer()
    return {}


@route(
    "GET",
    "/.well-known/oauth-authorization-server",
    who=ANYONE,
    answer=shapes.ServerMetadata,
    summary="Where partner systems get tokens",
)
def show_server_metadata(call):
    public = call.gateway.public_url
    shown = {
        "issuer": public,
        "token_endpoint": f"{public}/oauth/token",
        "introspection_endpoint": f"{public}/oauth/introspect",
        "revocation_endpoint": f"{public}/oauth/revoke",
        "jwks_uri": f"{public}/.well-known/jwks.json",
        "scopes_supported": list(SCOPES),
        "response_types_supported": [],
        "grant_types_supported": [GRANT],
        "service_documentation": f"{public}/docs",
    }
    for endpoint in ("token", "introspection", "revocation"):
        shown[f"{endpoint}_endpoint_auth_methods_supported"] = list(shapes.METHODS)
        shown[f"{endpoint}_endpoint_auth_signing_alg_values_supported"] = list(ASSERTION_ALGORITHMS)
    return shown


@route(
    "GET",
    "/.well-known/jwks.json",
    who=ANYONE,
    answer=shapes.KeysAnswer,
    summary="Keys that sign access tokens",
)
def show_signing_keys(call):
    return call.ask("membership", "show_signing_keys")


def _form(call: Call) -> dict[str, str]:
    try:
        return read_pairs(call.body or "", most=10, where="form")
    except Problem as problem:
        raise Refused(400, "invalid_request", problem.detail) from None


def _check_grant(call: Call, form: dict[str, str]) -> None:
    if "grant_type" not in form:
        raise Refused(400, "invalid_request", "grant_type is missing")
    if form["grant_type"] != GRANT:
        raise Refused(400, "unsupported_grant_type", f"grant_type is {GRANT} here")
    if form.get("resource", call.gateway.public_url) != call.gateway.public_url:
        raise Refused(400, "invalid_target", "tokens are for this API alone")


def _about_token(call: Call, name: str) -> dict:
    form = _form(call)
    if not form.get("token"):
        raise Refused(400, "invalid_request", "token is missing")
    return _ask(call, name, form, token=form["token"])


def _ask(call: Call, name: str, form: dict[str, str], **said) -> dict:
    """Ask membership with the proof of `form` and head. Raises: Refused, in OAuth's words."""
    proof = _proof(call.request.fields.get("authorization"), form)
    try:
        return patiently(call, name, **proof, **said, origin=call.request.client)
    except RemoteRefusal as refusal:
        if refusal.kind == "invalid" and refusal.code not in FAULTS:
            raise Refused(400, "invalid_request", "what was sent cannot be accepted") from None
        if refusal.code not in FAULTS:
            raise
        raise Refused(*FAULTS[refusal.code], refusal.message) from None


def _proof(header: str | None, form: dict[str, str]) -> dict[str, str]:
    """Return how the client shows that it is itself; exactly one way."""
    if "client_secret" in form:
        raise Refused(400, "invalid_request", "a secret goes by HTTP Basic alone")
    if "client_assertion" not in form and "client_assertion_type" not in form:
        return _basic(header or "", form)
    if header is not None:
        raise Refused(400, "invalid_request", "one way of authentication, not two")
    if form.get("client_assertion_type") != ASSERTION_TYPE or not form.get("client_assertion"):
        raise Refused(401, "invalid_client", "a client_assertion of type jwt-bearer")
    named = {"client_id": form["client_id"]} if form.get("client_id") else {}
    return {"assertion": form["client_assertion"], **named}


def _basic(header: str, form: dict[str, str]) -> dict[str, str]:
    """Return id and secret of an `Authorization: Basic` header."""
    scheme, _, encoded = header.partition(" ")
    try:
        if scheme.lower() != "basic":
            raise ValueError("scheme")
        pair = base64.b64decode(encoded.strip(), validate=True).decode("ascii")
        client_id, divider, secret = (unquote_plus(part) for part in pair.partition(":"))
        if not (client_id and divider and secret) or form.get("client_id", client_id) != client_id:
            raise ValueError("pair")
    except (ValueError, binascii.Error):
        raise Refused(401, "invalid_client", "id and secret by HTTP Basic, or a signed assertion") from None
    return {"client_id": client_id, "secret": secret}
