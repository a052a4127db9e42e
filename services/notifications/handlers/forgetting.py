"""What notifications keeps of one person: told to them, and forgotten; and the letters about that."""

from services.contracts.events.erasures import ErasureState, PersonErasureRequested
from services.contracts.events.notifications import PersonErasedByNotifications
from services.kit.clock import Clock
from services.kit.exporting import Exported, ExportMine, Kind, export, one, whose
from services.kit.forgetting import Forgetful, Forgetting, ask_to_forget, forget
from services.notifications.domain.erasures import tell_of_erasure
from services.notifications.domain.notice import Notice, drop
from services.notifications.domain.ports import Deliveries, Keys, Notices, PreferenceStore, World
from services.notifications.domain.webhooks import drop_delivery

FORGOTTEN = "person-forgotten"


def tell_erasure(fact: ErasureState, kind: str, version: int, notices: Notices, clock: Clock) -> None:
    """Queue the letter that somebody is to be forgotten, or stays; restatements tell nothing new."""
    notices.queue_all(tell_of_erasure(fact, kind, version, clock.now()))


def begin_forgetting(fact: PersonErasureRequested, forgettings: Forgetful, clock: Clock) -> None:
    """Note whom to forget; hearing it again has it done and told again."""
    ask_to_forget(fact.erasure_id, fact.network, fact.person_id, forgettings, clock)


def forget_person(
    id: str,
    network: str,
    forgettings: Forgetful,
    keys: Keys,
    world: World,
    notices: Notices,
    preferences: PreferenceStore,
    deliveries: Deliveries,
    clock: Clock,
) -> None:
    """Destroy the person's keys, let go of their address, drop what is pending, then all they were told.

    Partners who were told of the person are told that they are gone; what they were told before goes here.
    """

    def let_go_of_address(network: str, person_id: str) -> None:
        world.forget_contact(network, person_id, clock.now())

    def drop_notices(network: str, person_id: str) -> None:
        for notice in notices.pending_of(network, person_id):
            notices.save(drop(notice, FORGOTTEN, clock.now()))
        notices.forget_of(network, person_id)

    def drop_deliveries(network: str, person_id: str) -> None:
        for delivery in deliveries.pending_about(network, person_id):
            deliveries.save(drop_delivery(delivery))
        deliveries.forget_about(network, person_id)

    steps = (keys.forget, let_go_of_address, drop_notices, drop_deliveries, preferences.forget)
    forget(id, network, forgettings, steps, _told, clock)


def export_mine(query: ExportMine, notices: Notices, preferences: PreferenceStore, clock: Clock) -> Exported:
    """Return one page of what is kept about the caller: what they stopped, and what they were told.

    Raises:
        NotTheirOwn, OwnFactorNeeded: as `whose`.
    """
    network, person_id = whose(query.caller)
    stopped = preferences.of_person(network, person_id).stopped
    kinds = (
        Kind("preferences", one(stopped), lambda topics: [{"stopped": list(topics)}]),
        Kind(
            "notice",
            lambda limit, after: notices.page_of_person(network, person_id, clock.now(), limit, after),
            lambda notice: [_row(notice)],
        ),
    )
    return export(kinds, query.limit, query.after)


def _row(notice: Notice) -> dict[str, object]:
    about = {name: value for name, value in notice.about.items() if name.endswith("_id")}
    times = {"told_at": notice.not_before, "finished_at": notice.finished_at}
    return (
        {"id": notice.id, "about": notice.kind, "channel": notice.channel, "state": notice.state}
        | times
        | about
    )


def _told(done: Forgetting) -> PersonErasedByNotifications:
    return PersonErasedByNotifications(done.network, done.id, done.author, done.standing)
