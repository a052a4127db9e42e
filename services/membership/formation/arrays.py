"""The engine's arrays: a roster packed once, and splits of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from services.membership.formation.compiled import WORDS, numbers, words
from services.membership.formation.cost import UNPLACED_COST, group_cost


@dataclass(frozen=True)
class Roster:
    """People as numbers 0 to n - 1, in an order that does not depend on chance.

    Args:
        starts: for each person the weekly quarter hours at which a session may start, as a mask of 672 bits;
            `office` and `waking` are the parts of it that are comfortable and bearable on their own clock.
        related: pairs of people in one reporting line.
        organization, thread: labels; -1 for none.
    """

    starts: Sequence[int]
    office: Sequence[int]
    waking: Sequence[int]
    related: Sequence[tuple[int, int]]
    organization: Sequence[int]
    thread: Sequence[int]

    def __len__(self) -> int:
        return len(self.starts)


@dataclass
class Packed:
    """A roster as `group_cost` takes it, and the order of people by availability."""

    arrays: tuple
    order: Any
    rank: Any


def pack(roster: Roster) -> Packed:
    """Return the roster as arrays; people who can meet at similar times stand near one another in `order`."""
    beside: list[list[int]] = [[] for _ in range(len(roster))]
    for one, other in roster.related:
        beside[one].append(other)
        beside[other].append(one)
    begins = [0]
    for people in beside:
        begins.append(begins[-1] + len(people))
    flat = [other for people in beside for other in sorted(people)] or [0]
    order = sorted(range(len(roster)), key=lambda person: (_middle(roster.starts[person]), person))
    rank = [0] * len(roster)
    for place, person in enumerate(order):
        rank[person] = place
    arrays = (
        numbers(begins),
        numbers(flat),
        _flat(roster.starts),
        _flat(roster.office),
        _flat(roster.waking),
        numbers(list(roster.organization)),
        numbers(list(roster.thread)),
        WORDS,
    )
    return Packed(arrays, numbers(order), numbers(rank))


def split_in_order(packed: Packed, group_count: int, high: int) -> tuple:
    """Return a first split: neighbors in the order of availability together, sizes as even as can be.

    Returns:
        (sizes, members, group_of, place_of, costs). `members` has high + 1 places a group; the last group is
        nowhere, has a place for everyone, and holds those who found none.
    """
    people = len(packed.order)
    capacity = high + 1
    sizes = [0] * (group_count + 1)
    members = [0] * (capacity * group_count + people + 1)
    group_of, place_of = [group_count] * people, [0] * people
    taken = min(people, group_count * high)
    even, more = divmod(taken, group_count)
    at = 0
    for group in range(group_count + 1):
        size = people - at if group == group_count else even + (group < more)
        for place in range(size):
            person = int(packed.order[at])
            members[group * capacity + place] = person
            group_of[person], place_of[person] = group, place
            at += 1
        sizes[group] = size
    split = (
        numbers(sizes),
        numbers(members),
        numbers(group_of),
        numbers(place_of),
        numbers([0] * len(sizes)),
    )
    price(split, capacity, packed)
    return split


def price(split: tuple, capacity: int, packed: Packed) -> None:
    """Compute the cost of every group anew."""
    sizes, members, group_of, _, costs = split
    for group in range(len(sizes) - 1):
        costs[group] = group_cost(group, capacity, sizes, members, group_of, packed.arrays)
    costs[len(sizes) - 1] = UNPLACED_COST * int(sizes[len(sizes) - 1])


def _flat(masks: Sequence[int]) -> Any:
    return numbers([word for mask in masks for word in words(mask)])


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
