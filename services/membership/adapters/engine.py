"""The formation engine behind its port: a question becomes arrays, progress is told once a second."""

import time
from collections.abc import Callable

from services.membership.domain.placement import Question
from services.membership.formation.arrays import Roster
from services.membership.formation.joining import Rooms
from services.membership.formation.search import Former, Progress, search

BETWEEN_NOTES = 1.0  # seconds


class FormationEngine:
    """Runs in the formation worker only: it computes for seconds and gives way between steps."""

    def prepare(self) -> None:
        """Have the engine compiled before the first formation waits for it."""
        everywhen = [(1 << 672) - 1] * 4
        threads = [[0], [1], [0], [1]]
        roster = Roster(everywhen, everywhen, everywhen, [(0, 1)], [0, 1, 0, 1], threads, wanted=[(0, 2)])
        search(roster, (2, 2), seed=1, moves=200, watch=lambda progress: None)

    def split(
        self,
        question: Question,
        seed: int,
        moves: int,
        note: Callable[[int, int, int], None],
    ) -> tuple[tuple[int, ...], ...]:
        """Return groups of places in `question.people`.

        Args:
            note: called about once a second with (tried, planned, placed); what it raises ends it.
        """
        former = None
        if question.former is not None:
            former = Former(question.former, question.locked, question.rules.options.most_moved)
        roster, count = roster_of(question), question.group_count
        return search(roster, question.bounds, seed, moves, _Pacer(note), former, count).groups

    def rooms(self, question: Question, person_id: str, count: int) -> list[tuple[str, int]]:
        """Return where somebody of a question fits among its former groups; nobody is moved.

        Returns:
            (a member of the group, by how many points it becomes worse; below 0: better), the best first.
        """
        groups = question.former or ()
        places = {person.id: place for place, person in enumerate(question.people)}
        if person_id not in places or not groups:
            return []
        rooms = Rooms(roster_of(question), groups, question.bounds[1])
        found = rooms.best(places[person_id], count)
        return [(question.people[groups[one.group][0]].id, one.points) for one in found]


def roster_of(question: Question) -> Roster:
    """Return the people of a question as the engine's numbers, in the question's order."""
    return Roster(
        starts=[times.starts for times in question.times],
        office=[times.office for times in question.times],
        waking=[times.waking for times in question.times],
        related=question.related,
        organization=question.organizations,
        threads=question.threads,
        wanted=question.wanted,
        together=question.together,
        weights=question.weights,
        years=[-1 if person.years is None else person.years for person in question.people],
    )


class _Pacer:
    """Passes on the first progress and then one a second; lets others run at each step."""

    def __init__(self, note: Callable[[int, int, int], None]) -> None:
        self._note = note
        self._next = 0.0

    def __call__(self, progress: Progress) -> None:
        time.sleep(0)
        now = time.monotonic()
        if now >= self._next:
            self._next = now + BETWEEN_NOTES
            self._note(progress.tried, progress.moves, progress.placed)
