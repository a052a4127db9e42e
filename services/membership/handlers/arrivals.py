"""Signing in by an organization's own provider: found, sent there, received, and signed out there again."""

from dataclasses import replace

from services.kit.errors import Conflict
from services.kit.ids import random_id
from services.membership.domain import identities as rules
from services.membership.domain import people, providers
from services.membership.domain.connections import domain_of
from services.membership.domain.hours import is_zone
from services.membership.domain.providers import ProviderFault
from services.membership.domain.roles import NETWORK_ADMIN, held_roles
from services.membership.domain.throttle import NEWCOMERS
from services.membership.handlers.reception import (
    active_connection,
    find,
    look_at_return,
    neutrally,
    send_to_provider,
)
from services.membership.handlers.sign_ins import Tokens
from services.membership.handlers.throttling import count_origin
from services.membership.handlers.whoever import caller_for, check_person, find_active_person

NETWORK_WIDE = frozenset({NETWORK_ADMIN, "program_staff"})
NOBODY = (None, None)


def find_connections(query, at):
    """Return the connections reached by a slug, or offered to the domain of an address.

    The answer follows from the domain alone: nobody learns whether an address is known.

    Raises:
        TooManyTries: too many from one origin.
    """
    count_origin(query.origin, at.throttles, at.clock.now())
    domain = domain_of(query.hint)
    if domain is not None:
        return at.connections.of_domain(domain)
    connection = at.connections.named(query.hint.strip().casefold())
    return [connection] if connection else []


def begin_sign_in(command, at):
    """Return `Begun` for whoever wants to sign in. Raises: NotAccepted, TooManyTries."""
    now = at.clock.now()
    count_origin(command.origin, at.throttles, now)
    return send_to_provider(active_connection(command.connection, at), providers.begin_attempt(now), at)


def finish_sign_in(command, at):
    """Sign in who came back from the provider and return `Tokens`.

    Who is linked comes in as that person; who was imported under the external id that the provider names is
    linked now; anybody else becomes a person of the organization, unless their contact address is known here.

    Raises:
        NotAccepted: anything is amiss. TooManyTries: from this origin.
    """
    now = at.clock.now()
    count_origin(command.origin, at.throttles, now)
    connection = active_connection(command.connection_id, at)
    with neutrally(connection):
        arrived = look_at_return(command, connection, NOBODY, at, now)
        identity = find(at.identities, connection.network, arrived.identity_id)
        if identity is None:
            identity = _first_time(arrived, connection, at, now)
        return _entered(identity, arrived, connection, at, now)


def provider_sign_out(caller, at):
    """Return where the caller signs out of the provider they came by; None: there is nothing to do."""
    check_person(caller)
    sign_in = find(at.sign_ins, caller.network, caller.signin_id)
    hint = sign_in and sign_in.arrival_id and at.hints.find(caller.network, sign_in.arrival_id)
    connection = hint and find(at.connections, caller.network, hint[0])
    if not hint or not connection:
        return None
    try:
        endpoint = at.providers.discover(connection.issuer).end_session_endpoint
    except ProviderFault:
        return None
    back = at.providers.after_logout()
    return providers.logout_url(endpoint, hint[1], connection.client_id, back) if endpoint else None


def _first_time(arrived, connection, at, now):
    """Link who comes for the first time: to whom staff imported under this external id, or as a newcomer."""
    named = arrived.vouched.external_id
    person = at.people.by_external_id(connection.network, named) if named else None
    linked_by = rules.EXTERNAL_ID if person else rules.ARRIVAL
    if person:
        _check_match(person, connection, at, now)
    else:
        person = _newcomer(arrived, connection, at, now)
    account_id = _account_of(person, arrived.identity_id, at.accounts)
    if not find(at.people, person.network, person.id):
        _welcome(person, at)
    who = rules.Linked(person.id, account_id, linked_by, now)
    try:
        return at.identities.add(rules.link(arrived.identity_id, connection, who))
    except Conflict:  # two first arrivals at once
        raise ProviderFault("at-once") from None


def _check_match(person, connection, at, now):
    """Staff of the whole network are not matched: no organization's provider makes somebody one of them."""
    if person.organization_id != connection.organization_id or person.standing != "active":
        raise ProviderFault("external-id-elsewhere")
    if held_roles(at.roles.of_person(person.network, person.id), now) & NETWORK_WIDE:
        raise ProviderFault("links-themselves")


def _newcomer(arrived, connection, at, now):
    """Return the person to be, under an id that a second try gives again; nothing is written yet."""
    who = arrived.vouched
    if not connection.admits_newcomers:
        raise ProviderFault("newcomers-not-admitted")
    if who.email is None or not at.is_address(who.email):
        raise ProviderFault("no-contact-address")
    person = people.Person(
        id=people.person_id(connection.network, arrived.identity_id),
        network=connection.network,
        display_name=who.display_name,
        email=who.email,
        email_key=people.email_key(who.email),
        organization_id=connection.organization_id,
        zone=who.zone if who.zone and is_zone(who.zone) else "UTC",
        external_id=who.external_id,
    )
    earlier = find(at.people, person.network, person.id)
    if earlier and earlier.standing != "active":
        raise ProviderFault("person-gone")
    known = at.people.holding(person.network, person.email_key)
    if known and known.id != person.id:
        raise ProviderFault("address-known")  # who is here already links it while signed in
    if not at.throttles.take(NEWCOMERS, connection.id, now):
        raise ProviderFault("too-many-newcomers")
    return person


def _welcome(person, at):
    person, facts = people.add_person(person)
    try:
        at.people.add(person, announcing=facts)
    except Conflict:
        raise ProviderFault("address-known") from None


def _account_of(person, identity_id, accounts):
    """Return the account the person signs in with: theirs, or one of this identity's own.

    An account that somebody uses elsewhere is never entered because addresses are equal: a person who was
    only offered to it gets an account apart.
    """
    held = accounts.of_person(person.id)
    if held and (
        any(each.person_id == person.id for each in held.joined) or accounts.claim(held.id, person.id)
    ):
        return held.id
    accounts.release(person.id, offered_only=True)
    account_id = accounts.ensure_for(person.network, person.id, identity_id)
    if account_id is None or not accounts.claim(account_id, person.id):
        raise ProviderFault("account-elsewhere")
    return account_id


def _entered(identity, arrived, connection, at, now):
    person = find_active_person(at.people, identity.network, identity.person_id)
    if identity.standing != "linked" or not person or person.organization_id != connection.organization_id:
        raise ProviderFault("person-elsewhere")
    account = at.accounts.get(identity.account_id)
    if account is None:
        raise ProviderFault("no-account")
    opened = rules.open_sign_in(random_id("tok"), random_id("arr"), identity, account, now)
    caller = caller_for(opened, person, at.roles, at.networks, now)
    opened = at.sign_ins.add(replace(opened, roles=tuple(sorted(caller.roles))))
    at.hints.keep(opened, connection.id, arrived.id_token, now)
    return Tokens(opened, at.tokens.access_token(caller, now), at.tokens.refresh_token(opened))
