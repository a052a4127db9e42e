"""The search's moves: swap two people, carry one over, take one out or in; worse ones pass by a falling
threshold.
"""

from services.membership.formation.compiled import compiled
from services.membership.formation.cost import UNPLACED_COST, hours_cost, people_cost

NEIGHBORS = 24  # how far a similar person may stand


@compiled
def chance(state, below):
    """Return a number from 0 to `below` - 1 from the one generator of a search; `state` holds 31 bits."""
    state[0] = (state[0] * 1103515245 + 12345) & 0x7FFFFFFF
    return ((state[0] >> 8) * below) >> 23


@compiled
def take_out(person, sizes, members, group_of, place_of, capacity):
    """Take `person` out of their group; the last of it takes their place."""
    group = group_of[person]
    last = members[group * capacity + sizes[group] - 1]
    members[group * capacity + place_of[person]] = last
    place_of[last] = place_of[person]
    sizes[group] -= 1


@compiled
def put_in(person, group, sizes, members, group_of, place_of, capacity):
    """Put `person` at the end of `group`."""
    members[group * capacity + sizes[group]] = person
    place_of[person] = sizes[group]
    group_of[person] = group
    sizes[group] += 1


@compiled
def other_person(person, people, state):
    """Return whom to swap with: mostly somebody of similar availability, else anybody."""
    if chance(state, 4) == 0:
        return chance(state, people)
    return (person + chance(state, 2 * NEIGHBORS + 1) - NEIGHBORS) % people


@compiled
def beside_wanted(person, capacity, split, roster, state):
    """Return somebody of a group where `person` is wanted, to change places with; -1: nobody is there."""
    sizes, members, group_of, _, _ = split
    wanted_from, wanted = roster[7], roster[8]
    begin = wanted_from[person]
    if wanted_from[person + 1] == begin:
        return -1
    partner = wanted[begin + chance(state, wanted_from[person + 1] - begin)]
    there = group_of[partner]
    other = members[there * capacity + chance(state, sizes[there])]
    return -1 if other == partner or there == len(sizes) - 1 else other


@compiled
def choose_move(low, high, capacity, split, roster, state):
    """Return (person, other, there): whom to move where, and in exchange for whom (-1: nobody).

    `there` is the person's own group when nothing lawful was drawn.
    """
    sizes, members, group_of, _, _ = split
    nowhere = len(sizes) - 1
    person = chance(state, len(group_of))
    if sizes[nowhere] > 0 and chance(state, 8) == 0:
        person = members[nowhere * capacity + chance(state, sizes[nowhere])]
    here = group_of[person]
    kind = chance(state, 16)
    if kind == 0:
        there = nowhere
    elif kind < 4:
        there = chance(state, nowhere)
    else:
        there = here
    is_full = there != nowhere and sizes[there] >= high
    if kind >= 4 or (is_full and there != here):
        other = -1
        if kind < 10:
            other = beside_wanted(person, capacity, split, roster, state)
        if other < 0:
            other = other_person(person, len(group_of), state)
        return person, other, group_of[other]
    if here != nowhere and sizes[here] <= low:
        return person, -1, here
    return person, -1, there


@compiled
def carry_out(person, other, there, capacity, split):
    """Move `person` to `there`, and `other` (-1: nobody) to where `person` was."""
    sizes, members, group_of, place_of, _ = split
    here = group_of[person]
    take_out(person, sizes, members, group_of, place_of, capacity)
    if other >= 0:
        take_out(other, sizes, members, group_of, place_of, capacity)
        put_in(other, here, sizes, members, group_of, place_of, capacity)
    put_in(person, there, sizes, members, group_of, place_of, capacity)


@compiled
def people_cost_of(group, capacity, split, roster):
    """Return what a group costs for who is in it; being nowhere costs the same for each who is."""
    sizes, members, group_of, _, _ = split
    if group == len(sizes) - 1:
        return UNPLACED_COST * sizes[group]
    return people_cost(group, capacity, sizes, members, group_of, roster)


@compiled
def hours_cost_of(group, capacity, split, roster):
    """Return what a group costs for its hours; who is nowhere needs none."""
    if group == len(split[0]) - 1:
        return 0
    return hours_cost(group, capacity, split[0], split[1], roster)


@compiled
def moves_away(person, other, here, there, held):
    """Return by how many the people away from home grow; more than may be where somebody is locked."""
    locked, home, away = held
    if locked[person] != 0 or (other >= 0 and locked[other] != 0):
        return away[1] + 1
    grown = 0
    if home[person] >= 0:
        grown += (there != home[person]) - (here != home[person])
    if other >= 0 and home[other] >= 0:
        grown += (here != home[other]) - (there != home[other])
    return grown


@compiled
def anneal(moves, heat, low, high, capacity, split, held, roster, thresholds, state):
    """Try `moves` moves at one heat, changing `split` in place.

    Args:
        heat: thousandths of points; a worse move passes when `heat * thresholds[chance]` covers it.
        low, high: bounds of a group's size. The last group of `split` is nowhere: who is in it is unplaced.
        split: (sizes, members, group_of, place_of, costs); `members` has `capacity` places a group.
        held: (locked, home, away): who stays; the group each was in, or -1; how many are away from it, and
            how many may be.
        thresholds: 1024 values of -ln(u) in 1024ths.

    Returns:
        How many moves were accepted.
    """
    costs, away = split[4], held[2]
    accepted = 0
    for _ in range(moves):
        person, other, there = choose_move(low, high, capacity, split, roster, state)
        here = split[2][person]
        if there == here:
            continue
        grown = moves_away(person, other, here, there, held)
        if grown > 0 and away[0] + grown > away[1]:
            continue
        carry_out(person, other, there, capacity, split)
        bearable = costs[here] + costs[there] + heat * thresholds[chance(state, 1024)] // 1024000
        cost_here = people_cost_of(here, capacity, split, roster)
        cost_there = people_cost_of(there, capacity, split, roster)
        if cost_here + cost_there <= bearable:  # hours are only looked at where they can still decide
            cost_here += hours_cost_of(here, capacity, split, roster)
        if cost_here + cost_there <= bearable:
            cost_there += hours_cost_of(there, capacity, split, roster)
        if cost_here + cost_there <= bearable:
            away[0] += grown
            costs[here] = cost_here
            costs[there] = cost_there
            accepted += 1
        else:
            carry_out(person, other, here, capacity, split)
    return accepted
