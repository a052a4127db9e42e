"""Letters about being forgotten: that it was asked for, so that it can be taken back, and that one stays."""

from datetime import datetime, timedelta

from services.contracts.events.erasures import ErasureState
from services.notifications.domain.notice import Notice, queue_notice

KINDS_OF_EVENT = {"person_erasure_asked": "erasure_asked", "person_erasure_cancelled": "erasure_cancelled"}
CANCEL_IS_NEWS = timedelta(days=7)


def tell_of_erasure(fact: ErasureState, name: str, version: int, now: datetime) -> list[Notice]:
    """Return the letter an erasure's step causes; none that comes too late to act on.

    Args:
        name: the event's short name.
        version: of the erasure, so that asking again after taking back is told again.
    """
    kind = KINDS_OF_EVENT.get(name)
    useless_after = fact.begins_at if kind == "erasure_asked" else fact.begins_at + CANCEL_IS_NEWS
    if kind is None or useless_after <= now:
        return []
    key = f"{kind}:{fact.erasure_id}:{version}"
    about = {"erasure_id": fact.erasure_id}
    return [
        queue_notice(fact.network, key, fact.person_id, kind, now, useless_after=useless_after, about=about)
    ]
