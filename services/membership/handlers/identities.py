"""A signed-in person and the provider of their organization: linked by themselves, listed, unlinked."""

from services.membership.domain import identities as rules
from services.membership.domain import providers
from services.membership.handlers.reception import (
    active_connection,
    find,
    look_at_return,
    neutrally,
    send_to_provider,
)
from services.membership.handlers.whoever import check_person, find_active_person

MOST_OFFERED = 100


def begin_linking(command, at):
    """Return `Begun` for a signed-in person who wants to sign in by this provider from now on.

    Raises:
        SignInNeeded. NotYourOrganization: the connection is another organization's. NotAccepted.
    """
    caller = command.caller
    connection = _own_connection(caller, command.connection, at)
    attempt = providers.begin_attempt(at.clock.now(), caller.person_id, caller.signin_id)
    return send_to_provider(connection, attempt, at)


def finish_linking(command, at):
    """Link who came back from the provider to the signed-in person who began; return the `Identity`.

    Raises:
        SignInNeeded. IdentityTaken: somebody else signs in with it. NotYourOrganization, NotAccepted.
    """
    caller, now = command.caller, at.clock.now()
    connection = _own_connection(caller, command.connection_id, at)
    with neutrally(connection):
        begun_by = (caller.person_id, caller.signin_id)
        arrived = look_at_return(command, connection, begun_by, at, now)
    who = rules.Linked(caller.person_id, caller.account_id, rules.BY_PERSON, now)
    known = find(at.identities, connection.network, arrived.identity_id)
    if known is None:
        return at.identities.add(rules.link(arrived.identity_id, connection, who))
    after = rules.link_again(known, who)
    return at.identities.save(after) if after != known else known


def list_identities(caller, at):
    """Return (linked, offered): identity and connection of each the caller signs in with, and those left."""
    check_person(caller)
    mine = at.identities.of_person(caller.network, caller.person_id)
    linked = [(each, find(at.connections, caller.network, each.connection_id)) for each in mine]
    if caller.organization_id is None:
        return linked, []
    page = at.connections.of_organization(caller.network, caller.organization_id, MOST_OFFERED, None)
    taken = {each.connection_id for each in mine}
    return linked, [each for each in page.items if each.standing == "active" and each.id not in taken]


def unlink_identity(command, at):
    """Have a provider sign the caller in no more, until they link it again themselves.

    Raises:
        SignInNeeded. NoSuchIdentity: not one of the caller's.
    """
    caller = command.caller
    check_person(caller)
    identity = find(at.identities, caller.network, command.identity_id)
    if identity is None or identity.person_id != caller.person_id:
        raise rules.NoSuchIdentity("There is no such identity.")
    return at.identities.save(rules.unlink(identity)) if identity.standing == "linked" else identity


def _own_connection(caller, name, at):
    check_person(caller)
    connection = active_connection(name, at)
    person = find_active_person(at.people, caller.network, caller.person_id)
    is_here = person and connection.network == caller.network
    if not is_here or person.organization_id != connection.organization_id:
        raise rules.NotYourOrganization("This belongs to another organization than yours.")
    return connection
