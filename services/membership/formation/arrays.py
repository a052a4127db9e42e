"""The engine's arrays: a roster packed once, and splits of it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Any

from services.membership.formation.compiled import WORDS, numbers, words
from services.membership.formation.cost import SOFT, UNPLACED_COST, group_cost

THREADS_IN_A_WORD = 56


@dataclass(frozen=True)
class Roster:
    """People as numbers 0 to n - 1, in an order that does not depend on chance.

    Args:
        starts: for each person the weekly quarter hours at which a session may start, as a mask of 672 bits;
            `office` and `waking` are the parts of it that are comfortable and bearable on their own clock.
        related: pairs of people who must not meet: in one reporting line, or kept apart.
        organization: a label for each; -1 for none.
        threads: for each person labels of what they could have in common with others, from 0.
        wanted: pairs of people who want to meet; together: pairs that must.
        weights: percent of the usual that organizations, threads, wanted pairs, choice, hours, spread count.
        years: of experience, -1 where they are not known; () for nobody's: what spread is measured by.
    """

    starts: Sequence[int]
    office: Sequence[int]
    waking: Sequence[int]
    related: Sequence[tuple[int, int]]
    organization: Sequence[int]
    threads: Sequence[Sequence[int]]
    wanted: Sequence[tuple[int, int]] = ()
    together: Sequence[tuple[int, int]] = ()
    weights: tuple[int, int, int, int, int, int] = (100, 100, 100, 100, 100, 0)
    years: Sequence[int] = ()

    def __len__(self) -> int:
        return len(self.starts)


@dataclass
class Packed:
    """A roster as `group_cost` takes it."""

    people: int
    arrays: tuple


def by_availability(roster: Roster) -> tuple[Roster, list[int]]:
    """Return the roster with its people renumbered, and for each number who that was.

    Who can meet at similar times stands near one another, in memory too; among them those of one thread.
    """
    order = _order(roster)
    number = [0] * len(order)
    for place, person in enumerate(order):
        number[person] = place
    renumbered = Roster(
        starts=[roster.starts[person] for person in order],
        office=[roster.office[person] for person in order],
        waking=[roster.waking[person] for person in order],
        related=[(number[one], number[other]) for one, other in roster.related],
        organization=[roster.organization[person] for person in order],
        threads=[roster.threads[person] for person in order],
        wanted=[(number[one], number[other]) for one, other in roster.wanted],
        together=[(number[one], number[other]) for one, other in roster.together],
        weights=roster.weights,
        years=[roster.years[person] for person in order] if roster.years else (),
    )
    return renumbered, order


def pack(roster: Roster) -> Packed:
    """Return the roster as arrays."""
    arrays = (
        *_in_rows(_beside(roster.related, len(roster))),
        _flat(roster.starts),
        _flat(roster.office),
        _flat(roster.waking),
        numbers(list(roster.organization)),
        _flat_threads(roster.threads),
        *_in_rows(_beside(roster.wanted, len(roster))),
        WORDS,
        _thread_words(roster.threads),
        *_in_rows(_beside(roster.together, len(roster))),
        numbers([points * percent // 100 for points, percent in zip(SOFT, _percents(roster), strict=True)]),
        numbers(list(roster.years) or [-1] * len(roster) or [-1]),
    )
    return Packed(len(roster), arrays)


def split_in_order(packed: Packed, group_count: int, high: int) -> tuple:
    """Return a first split: neighbors together, sizes as even as can be; see `split_as`."""
    taken = min(packed.people, group_count * high)
    even, more = divmod(taken, group_count)
    ends = [0, *accumulate(even + (group < more) for group in range(group_count))]
    return split_as(packed, [range(begin, end) for begin, end in pairwise(ends)], high)


def split_as(packed: Packed, groups: Sequence[Sequence[int]], high: int) -> tuple:
    """Return the split into these groups.

    Returns:
        (sizes, members, group_of, place_of, costs). `members` has high + 1 places a group; the last group is
        nowhere, has a place for everyone, and holds those who found none.
    """
    capacity = high + 1
    inside = {person for group in groups for person in group}
    every = [*groups, [person for person in range(packed.people) if person not in inside]]
    members = [0] * (capacity * len(groups) + packed.people + 1)
    group_of, place_of = [len(groups)] * packed.people, [0] * packed.people
    for group, people in enumerate(every):
        for place, person in enumerate(people):
            members[group * capacity + place] = person
            group_of[person], place_of[person] = group, place
    sizes = [len(people) for people in every]
    split = tuple(numbers(each) for each in (sizes, members, group_of, place_of, [0] * len(sizes)))
    price(split, capacity, packed)
    return split


def price(split: tuple, capacity: int, packed: Packed) -> None:
    """Compute the cost of every group anew."""
    sizes, members, group_of, _, costs = split
    for group in range(len(sizes) - 1):
        costs[group] = group_cost(group, capacity, sizes, members, group_of, packed.arrays)
    costs[len(sizes) - 1] = UNPLACED_COST * int(sizes[len(sizes) - 1])


def _percents(roster: Roster) -> tuple[int, ...]:
    *others, hours, spread = roster.weights
    return (*others, hours, hours, spread)  # hours have two figures


def _order(roster: Roster) -> list[int]:
    count = Counter(thread for threads in roster.threads for thread in threads)
    main = [min(((-count[one], one) for one in threads), default=(0, -1)) for threads in roster.threads]
    middle = [_middle(mask) for mask in roster.starts]
    return sorted(
        range(len(roster)), key=lambda person: (middle[person] // 8, main[person], middle[person], person)
    )


def _beside(pairs: Sequence[tuple[int, int]], people: int) -> list[list[int]]:
    beside: list[list[int]] = [[] for _ in range(people)]
    for one, other in pairs:
        beside[one].append(other)
        beside[other].append(one)
    return beside


def _in_rows(rows: Sequence[Sequence[int]]) -> tuple[Any, Any]:
    """Rows of numbers as (where each begins and ends, all of them one after another)."""
    begins = [0, *accumulate(len(row) for row in rows)]
    return numbers(begins), numbers([each for row in rows for each in sorted(row)] or [0])


def _flat(masks: Sequence[int]) -> Any:
    return numbers([word for mask in masks for word in words(mask)])


def _thread_words(threads: Sequence[Sequence[int]]) -> int:
    return 1 + max((max(labels, default=0) for labels in threads), default=0) // THREADS_IN_A_WORD


def _flat_threads(threads: Sequence[Sequence[int]]) -> Any:
    count = _thread_words(threads)
    flat = [0] * (count * len(threads) or 1)
    for person, labels in enumerate(threads):
        for label in labels:
            flat[person * count + label // THREADS_IN_A_WORD] |= 1 << label % THREADS_IN_A_WORD
    return numbers(flat)


def _middle(mask: int) -> int:
    """The quarter hour of the day around which a person's starts lie, on the circle of the day; -1 for
    none.
    """
    day = 0
    for shift in range(7):
        day |= mask >> (shift * 96) & ((1 << 96) - 1)
    if not day:
        return -1
    gap_end, longest = 0, -1
    gap = 0
    for quarter in range(192):
        if day >> (quarter % 96) & 1:
            if gap > longest:
                gap_end, longest = quarter % 96, gap
            gap = 0
        else:
            gap += 1
    return (gap_end + (96 - max(0, longest)) // 2) % 96
