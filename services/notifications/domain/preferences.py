"""What a person does not want to be told by mail."""

from dataclasses import dataclass, replace

from services.kit.ids import derived_id
from services.notifications.domain.kinds import TOPICS
from services.notifications.domain.refusals import KindUnknown


@dataclass(frozen=True)
class Preferences:
    """The topics (`kinds.TOPICS`) one person stopped."""

    id: str
    network: str
    person_id: str
    stopped: tuple[str, ...] = ()
    revision: int = 0


def preferences_id(network: str, person_id: str) -> str:
    """Return the id of a person's one set of preferences."""
    return derived_id("prf", network, person_id)


def no_preferences(network: str, person_id: str) -> Preferences:
    """Return what holds until a person says otherwise: everything comes."""
    return Preferences(preferences_id(network, person_id), network, person_id)


def stop_topic(preferences: Preferences, topic: str) -> Preferences:
    """Stop letters of one topic; stopping it again changes nothing.

    Raises:
        KindUnknown: there is no such topic, or it can't be stopped.
    """
    if topic not in TOPICS:
        raise KindUnknown("letters of this kind can't be stopped")
    return replace(preferences, stopped=tuple(sorted({*preferences.stopped, topic})))


def start_topic(preferences: Preferences, topic: str) -> Preferences:
    """Take a stop back."""
    return replace(preferences, stopped=tuple(each for each in preferences.stopped if each != topic))
