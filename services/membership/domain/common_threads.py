"""What people could have in common, as far as they show it: labels to compare, and the words for them."""

from collections.abc import Mapping
from dataclasses import dataclass

from services.membership.domain.people import Person
from services.membership.domain.profiles import Thread

BANDS = ((3, "up to 2 years"), (6, "3 to 5 years"), (11, "6 to 10 years"), (21, "11 to 20 years"))
Threads = Mapping[str, str]  # label -> words


@dataclass(frozen=True)
class Shared:
    """What somebody who saved a profile shows at least their own cohorts; all else is left out."""

    threads: tuple[Thread, ...] = ()
    function: str = ""
    years: int | None = None


def threads_of(person: Person, shared: Shared | None) -> dict[str, str]:
    """Return label -> words of what a person could have in common with peers.

    Their own threads, and their function, else their band of experience. Who never saved a profile has what
    the roster says of the latter two.
    """
    said = shared or Shared(function=person.function, years=person.years)
    found = {f"{one.kind}:{' '.join(one.words)}": _plain(one.name) for one in said.threads if one.words}
    if said.function.strip():
        return found | {f"function:{_plain(said.function)}": _plain(said.function)}
    if said.years is None:
        return found
    years = said.years
    band = next((words for below, words in BANDS if years < below), "more than 20 years")
    return found | {f"experience:{band}": band}


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()
