"""How networks, tokens, roles and oneself look from outside: what is not named here is not told.

Each is given a use case's result and who asked; here everybody who may ask is told the same.
"""

from typing import Any

from services.contracts import tokens
from services.contracts.caller import Caller
from services.membership.domain.networks import Network


def network_answer(network: Network, caller: Caller | None = None) -> dict[str, Any]:
    return {
        "network": network.id,
        "display_name": network.display_name,
        "admin_person_id": network.admin_person_id,
    }


def begun_answer(begun: Any, caller: Caller | None = None) -> dict[str, Any]:
    """A network just begun with the link's token, or the network alone when the answer is told again."""
    if isinstance(begun, Network):
        return network_answer(begun)
    return network_answer(begun.network) | {"link_token": begun.token}


def shown_network_answer(network: Network, caller: Caller | None = None) -> dict[str, Any]:
    return {
        "id": network.id,
        "display_name": network.display_name,
        "own_factor_for_text": network.own_factor_for_text,
    }


def tokens_answer(given: Any, caller: Caller | None = None) -> dict[str, Any]:
    device = {"device_token": given.device} if given.device else {}
    return device | {
        "access_token": given.access_token,
        "token_type": "Bearer",
        "expires_in": tokens.LIFETIME,
        "refresh_token": given.refresh_token,
        "sign_in_id": given.sign_in.id,
        "network": given.sign_in.network,
        "person_id": given.sign_in.person_id,
        "places": given.places,
    }


def nothing_answer(_: Any, caller: Caller | None = None) -> dict[str, Any]:
    return {}


def keys_answer(keys: Any, caller: Caller | None = None) -> dict[str, Any]:
    return dict(keys)


def me_answer(me: Any, caller: Caller | None = None) -> dict[str, Any]:
    belongings = me.account.joined if me.account else ()
    return {
        "person_id": me.person.id,
        "display_name": me.person.display_name,
        "zone": me.person.zone,
        "language": me.person.language,
        "organization_id": me.person.organization_id,
        "network": shown_network_answer(me.network),
        "networks": [belonging.network for belonging in belongings],
        "roles": sorted(me.roles),
        "has_password": bool(me.factors and me.factors.password_hash),
        "text_open": bool(caller and caller.text_open),
        "factor_reset_at": time_said(
            me.factors.reset.takes_effect_at if me.factors and me.factors.reset else None
        ),
    }


def role_answer(role: Any, caller: Caller | None = None) -> dict[str, Any]:
    return {
        "id": role.id,
        "person_id": role.person_id,
        "role": role.role,
        "organization_id": role.organization_id,
        "granted_by": role.granted_by,
        "granted_at": time_said(role.granted_at),
        "until": time_said(role.until),
        "standing": role.standing,
    }


def roles_answer(page: Any, caller: Caller | None = None) -> dict[str, Any]:
    """Roles, and what the people are called who hold them and who granted them."""
    data = [
        role_answer(role)
        | {
            "person_name": page.names.get(role.person_id, ""),
            "granted_by_name": page.names.get(role.granted_by or ""),
        }
        for role in page.items
    ]
    return {"data": data, "next": page.next}


def time_said(moment: Any) -> str | None:
    """Return a time as answers say it: UTC, to the millisecond."""
    return None if moment is None else moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
