"""How connections and identities look from outside. Client secrets, subjects and claims are never told."""

from typing import Any

from services.contracts.caller import Caller

PLAIN = (
    "id", "organization_id", "display_name", "slug", "issuer", "client_id", "tenant", "hosted_domain",
    "external_id_claim", "admits_newcomers", "standing", "made_by",
)  # fmt: skip


def connection_answer(connection: Any, caller: Caller | None = None) -> dict[str, Any]:
    return {name: getattr(connection, name) for name in PLAIN} | {
        "algorithms": list(connection.algorithms),
        "email_domains": list(connection.email_domains),
        "made_at": _time(connection.made_at),
    }


def connections_answer(page: Any, caller: Caller | None = None) -> dict[str, Any]:
    return {"data": [connection_answer(each) for each in page.items], "next": page.next}


def tested_answer(tested: Any, caller: Caller | None = None) -> dict[str, Any]:
    """What discovery found, or the one thing that is amiss."""
    found, fault = tested
    if fault is not None:
        return {"is_usable": False, "problem": fault.sentence, "problem_code": fault.reason, "found": None}
    provider = found.provider
    shown = {
        "issuer": provider.issuer,
        "authorization_endpoint": provider.authorization_endpoint,
        "token_endpoint": provider.token_endpoint,
        "jwks_uri": provider.jwks_uri,
        "userinfo_endpoint": provider.userinfo_endpoint,
        "end_session_endpoint": provider.end_session_endpoint,
        "names_itself": provider.names_itself,
        "algorithms": list(found.algorithms),
        "key_ids": list(found.key_ids),
    }
    return {"is_usable": True, "problem": None, "problem_code": None, "found": shown}


def found_answer(found: Any, caller: Caller | None = None) -> dict[str, Any]:
    return {"data": [_offered(each) for each in found]}


def begun_answer(begun: Any, caller: Caller | None = None) -> dict[str, Any]:
    return {"authorization_url": begun.url, "attempt": begun.attempt}


def sign_out_answer(url: Any, caller: Caller | None = None) -> dict[str, Any]:
    return {"url": url}


def identity_answer(identity: Any, caller: Caller | None = None) -> dict[str, Any]:
    return {
        "id": identity.id,
        "connection_id": identity.connection_id,
        "linked_by": identity.linked_by,
        "linked_at": _time(identity.linked_at),
        "standing": identity.standing,
    }


def identities_answer(mine: Any, caller: Caller | None = None) -> dict[str, Any]:
    """What the caller signs in with, and the connections of their organization that are left to link."""
    linked, offered = mine
    return {
        "data": [
            identity_answer(identity) | {"display_name": connection.display_name if connection else ""}
            for identity, connection in linked
        ],
        "offered": [_offered(each) for each in offered],
    }


def _offered(connection: Any) -> dict[str, Any]:
    return {"connection_id": connection.id, "display_name": connection.display_name}


def _time(moment: Any) -> str:
    return str(moment.isoformat(timespec="milliseconds")).replace("+00:00", "Z")
