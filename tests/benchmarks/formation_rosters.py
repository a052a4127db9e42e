"""Generated rosters for the formation engine: organizations of uneven size, their people mostly in one zone,
a tree of managers in each, weekly hours with holes, shared threads, and people who want to meet.

No roster with a manager column is public: all of it is drawn from a fixed seed.
"""

import random
from itertools import accumulate

from services.membership.formation.arrays import Roster

QUARTERS, DAY = 672, 96
SESSION = 6  # quarter hours
SPAN = 6  # people of one manager
ZONES = {-32: 10, -28: 4, -24: 8, -20: 22, -12: 4, 0: 12, 4: 20, 8: 6, 12: 3, 22: 14, 32: 8, 36: 5, 40: 4}
THREADS = (14, 12, 11, 10, 9, 8, 8, 7, 6, 6, 5, 4)  # how common each is
WANTED_SHARE = 0.02  # pairs, of the people
NEAR = 50  # who wants to meet lives in a similar zone


def a_roster(people: int, seed: int = 1) -> Roster:
    """Return a roster of so many people."""
    chance = random.Random(seed)
    organizations = max(4, people // 40)
    weights = list(accumulate((1 + number) ** -0.8 for number in range(organizations)))
    organization = chance.choices(range(organizations), cum_weights=weights, k=people)
    homes = chance.choices(list(ZONES), list(ZONES.values()), k=organizations)
    anywhere = chance.choices(list(ZONES), list(ZONES.values()), k=people)
    zones = [
        homes[of] if chance.random() < 0.7 else zone for of, zone in zip(organization, anywhere, strict=True)
    ]
    starts = [_starts(zone, chance) for zone in zones]
    threads = [_threads(chance) for _ in range(people)]
    return Roster(
        starts=starts,
        office=starts,
        waking=starts,
        related=_lines(organization),
        organization=organization,
        threads=threads,
        wanted=_wanted(zones, chance),
    )


def _starts(zone: int, chance: random.Random) -> int:
    """Return when a session may start: between two free stretches of one's working days, in UTC."""
    begins, ends = chance.randrange(32, 41, 2), chance.randrange(68, 77, 2)
    free = 0
    for day in range(5):
        for quarter in range(begins, ends, 4):
            if chance.random() >= 0.2:
                for one in range(quarter, min(quarter + 4, ends)):
                    free |= 1 << ((day * DAY + one - zone) % QUARTERS)
    starts = free
    for later in range(1, SESSION):
        starts &= (free >> later) | (free << (QUARTERS - later))
    return starts & ((1 << QUARTERS) - 1)


def _threads(chance: random.Random) -> tuple[int, ...]:
    drawn = chance.choices(range(len(THREADS)), THREADS, k=chance.randint(1, 3))
    return tuple(sorted(set(drawn)))


def _lines(organization: list[int]) -> list[tuple[int, int]]:
    """Return everybody with everybody above them, at any depth; the first of an organization is its head."""
    staff: dict[int, list[int]] = {}
    for person, of in enumerate(organization):
        staff.setdefault(of, []).append(person)
    related = []
    for people in staff.values():
        for place in range(1, len(people)):
            above = place
            while above:
                above = (above - 1) // SPAN
                related.append((people[above], people[place]))
    return related


def _wanted(zones: list[int], chance: random.Random) -> list[tuple[int, int]]:
    order = sorted(range(len(zones)), key=lambda person: (zones[person], person))
    drawn = (chance.randrange(len(zones) - NEAR) for _ in range(int(WANTED_SHARE * len(zones))))
    return [(order[place], order[place + chance.randint(1, NEAR - 1)]) for place in drawn]
