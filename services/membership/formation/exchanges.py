"""The moves of maximally diverse grouping: two elements change places, or one goes where there is room.

A split of n elements into k groups is the tuple

    (between, sums, own, group_of, sizes, lows, highs, reach, state)

`between[i][j]`: the distance of two elements; `sums[g][i]`: of element i to all of group g; `own[i]`: to its
own group, so that what a move is worth follows from five numbers; `group_of[i]`; `sizes`, `lows`, `highs`: of
each group; `reach[g]`: room to compute in; `state`: 63 bits of chance.
"""

from services.membership.formation.compiled import compiled

FAR = -(2**30)  # what the own group offers: no narrow number makes up for it
LOSS_BITS = 10  # 1024 losses in a table, each in 1024ths of the heat


@compiled
def draw(state, bits):
    """Return the next number of chance, of up to 31 bits: the highest ones of the generator's."""
    state[0] = (state[0] * 6364136223846793005 + 1442695040888963407) & 0x7FFFFFFFFFFFFFFF
    return state[0] >> (63 - bits)


@compiled
def add_up(split):
    """Compute sums and sizes anew from who is in which group."""
    between, sums, own, group_of, sizes, _, _, _, _ = split
    for group in range(len(sizes)):
        sizes[group] = 0
        for other in range(len(group_of)):
            sums[group][other] = 0
    for person in range(len(group_of)):
        mine, joined = between[person], sums[group_of[person]]
        sizes[group_of[person]] += 1
        for other in range(len(group_of)):
            joined[other] += mine[other]
    for person in range(len(group_of)):
        own[person] = sums[group_of[person]][person]


@compiled
def bearable(heat, losses, state):
    """Return the least a move may be worth, drawn by chance; without heat only gains pass."""
    return 1 if heat == 0 else -((heat * losses[draw(state, LOSS_BITS)]) >> 20)


@compiled
def least_bearable(heat, losses):
    """Return what no draw of `bearable` goes below."""
    return 1 if heat == 0 else -((heat * losses[0]) >> 20)


@compiled
def measure_reach(person, split):
    """Note what each group offers `person` more than the own one does; the own one is out of reach."""
    _, sums, own, group_of, sizes, _, _, reach, _ = split
    for group in range(len(sizes)):
        reach[group] = sums[group][person] - own[person]
    reach[group_of[person]] = FAR


@compiled
def next_worthwhile(first, least, reach, row, own, mine, group_of):
    """Return the first element from `first` on with which to change places is worth `least`, else how many
    there are.

    Args:
        row: sums of the group left; mine: distances of the element that leaves it.
    """
    for other in range(first, len(group_of)):
        if reach[group_of[other]] + row[other] - own[other] - 2 * mine[other] >= least:
            return other
    return len(group_of)


@compiled
def carry(person, there, split):
    """Carry `person` to the group `there`; sizes and sums follow."""
    between, sums, own, group_of, sizes, _, _, _, _ = split
    here = group_of[person]
    mine, left, joined = between[person], sums[here], sums[there]
    for other in range(len(group_of)):
        left[other] -= mine[other]
        joined[other] += mine[other]
    group_of[person] = there
    sizes[here] -= 1
    sizes[there] += 1
    for other in range(len(group_of)):
        if group_of[other] == here:
            own[other] = left[other]
        elif group_of[other] == there:
            own[other] = joined[other]


@compiled
def exchange(person, other, split):
    """Have two elements of different groups change places."""
    between, sums, own, group_of, _, _, _, _, _ = split
    here, there = group_of[person], group_of[other]
    mine, theirs, left, joined = between[person], between[other], sums[here], sums[there]
    for each in range(len(group_of)):
        change = theirs[each] - mine[each]
        left[each] += change
        joined[each] -= change
    group_of[person] = there
    group_of[other] = here
    for each in range(len(group_of)):
        if group_of[each] == here:
            own[each] = left[each]
        elif group_of[each] == there:
            own[each] = joined[each]


@compiled
def carry_where_better(person, heat, losses, split):
    """Carry `person` to a group with room if that is worth it; return what is gained."""
    _, _, _, group_of, sizes, lows, highs, reach, state = split
    if sizes[group_of[person]] <= lows[group_of[person]]:
        return 0
    least = least_bearable(heat, losses)
    for there in range(len(sizes)):
        gain = reach[there]
        if there == group_of[person] or sizes[there] >= highs[there]:
            continue
        if gain >= least and gain >= bearable(heat, losses, state):
            carry(person, there, split)
            measure_reach(person, split)
            return gain
    return 0


@compiled
def exchange_where_better(person, heat, losses, split):
    """Try `person` against everybody once; return what is gained."""
    between, sums, own, group_of, _, _, _, reach, state = split
    least = least_bearable(heat, losses)
    mine = between[person]
    gained = 0
    at = next_worthwhile(0, least, reach, sums[group_of[person]], own, mine, group_of)
    while at < len(group_of):
        gain = reach[group_of[at]] + sums[group_of[person]][at] - own[at] - 2 * mine[at]
        if group_of[at] != group_of[person] and gain >= bearable(heat, losses, state):
            exchange(person, at, split)
            measure_reach(person, split)
            gained += gain
        at = next_worthwhile(at + 1, least, reach, sums[group_of[person]], own, mine, group_of)
    return gained


@compiled
def change_places(turns, first, heat, losses, split):
    """Take `turns` elements one after another, from `first` on; try each everywhere.

    Args:
        heat: in 1024ths of the value; 0: only gains pass.
        losses: 1024 values of -ln(u) in 1024ths, greatest first; heat times one of them is what a move may
            cost.

    Returns:
        What was gained, below 0 where it was lost.
    """
    gained = 0
    for turn in range(first, first + turns):
        person = turn % len(split[3])
        measure_reach(person, split)
        gained += carry_where_better(person, heat, losses, split)
        gained += exchange_where_better(person, heat, losses, split)
    return gained
