"""Tokens for partner systems: client credentials (RFC 6749), metadata (RFC 8414) and keys (RFC 7517)."""

import base64
import binascii
from urllib.parse import unquote_plus

import orjson

from gateway.answers import Answer
from gateway.bodies import read_pairs
from gateway.calls import Call
from gateway.http import Problem
from gateway.routes.identity import patiently
from gateway.routing import ANYONE, FORM, route
from gateway.schemas import identity as shapes
from services.kit.outcomes import RemoteRefusal

GRANT = "client_credentials"
CHALLENGE = ("WWW-Authenticate", 'Basic realm="commonthread"')
FAULTS = {"client-refused": (401, "invalid_client"), "scope-not-granted": (400, "invalid_scope")}


class Refused(Exception):
    """A no in OAuth's words."""

    def __init__(self, status: int, error: str, description: str) -> None:
        super().__init__(error)
        self.status, self.error, self.description = status, error, description


@route(
    "POST",
    "/oauth/token",
    who=ANYONE,
    media=FORM,
    answer=shapes.ClientTokenAnswer,
    fault=shapes.OAuthFault,
    keyed=False,
    own_credentials=True,
    limit=10_000,
    summary="An access token for a partner system",
)
def give_client_token(call):
    """`grant_type=client_credentials`, optionally `scope`; id and secret by HTTP Basic."""
    try:
        client_id, secret = _credentials(call.request.fields.get("authorization", ""))
        return _token(call, client_id, secret, _scopes(call.body))
    except Refused as no:
        body = orjson.dumps({"error": no.error, "error_description": no.description})
        headers = [CHALLENGE] if no.status == 401 else []
        return Answer(no.status, body, "application/json", headers)


@route(
    "GET",
    "/.well-known/oauth-authorization-server",
    who=ANYONE,
    answer=shapes.ServerMetadata,
    summary="Where partner systems get tokens",
)
def show_server_metadata(call):
    public = call.gateway.public_url
    return {
        "issuer": public,
        "token_endpoint": f"{public}/oauth/token",
        "jwks_uri": f"{public}/.well-known/jwks.json",
        "scopes_supported": list(shapes.SCOPES),
        "response_types_supported": [],
        "grant_types_supported": [GRANT],
        "token_endpoint_auth_methods_supported": ["client_secret_basic"],
        "service_documentation": f"{public}/docs",
    }


@route(
    "GET",
    "/.well-known/jwks.json",
    who=ANYONE,
    answer=shapes.KeysAnswer,
    summary="Keys that sign access tokens",
)
def show_signing_keys(call):
    return call.ask("membership", "show_signing_keys")


def _credentials(header: str) -> tuple[str, str]:
    """Return id and secret of an `Authorization: Basic` header."""
    scheme, _, encoded = header.partition(" ")
    try:
        if scheme.lower() != "basic":
            raise ValueError("scheme")
        pair = base64.b64decode(encoded.strip(), validate=True).decode("ascii")
        client_id, divider, secret = pair.partition(":")
        if not (client_id and divider and secret):
            raise ValueError("pair")
    except (ValueError, binascii.Error):
        raise Refused(401, "invalid_client", "send id and secret by HTTP Basic") from None
    return unquote_plus(client_id), unquote_plus(secret)


def _scopes(body: str) -> list[str]:
    """Return the scopes that the form asks for; none means all that were registered."""
    try:
        form = read_pairs(body or "", most=10, where="form")
    except Problem as problem:
        raise Refused(400, "invalid_request", problem.detail) from None
    if "grant_type" not in form:
        raise Refused(400, "invalid_request", "grant_type is missing")
    if form["grant_type"] != GRANT:
        raise Refused(400, "unsupported_grant_type", f"grant_type is {GRANT} here")
    if {"client_id", "client_secret"} & form.keys():
        raise Refused(400, "invalid_request", "send id and secret by HTTP Basic alone")
    return form.get("scope", "").split()


def _token(call: Call, client_id: str, secret: str, scopes: list[str]) -> dict:
    try:
        return patiently(
            call,
            "client_token",
            client_id=client_id,
            secret=secret,
            scopes=scopes,
            origin=call.request.client,
        )
    except RemoteRefusal as refusal:
        if refusal.kind == "invalid" and refusal.code not in FAULTS:
            raise Refused(400, "invalid_request", "id, secret or scope cannot be accepted") from None
        if refusal.code not in FAULTS:
            raise
        raise Refused(*FAULTS[refusal.code], refusal.message) from None
