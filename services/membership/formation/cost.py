"""What a group costs: broken hard rules first, then points. Integers only, so that every machine agrees."""

from services.membership.formation.compiled import compiled

RELATED_COST = 700  # a pair in one reporting line, while searching: low enough to be passed through
MISSING_COST = 1500  # a member who can come to no common start
APART_COST = 2000  # somebody without one they are to be kept together with
UNPLACED_COST = 3000  # somebody in no group
SAME_ORGANIZATION = 400  # all pairs from one organization
COMFORT = (150, 400)  # not everyone in office hours, but in waking hours; somebody outside
THREAD = 1000  # nobody shares a thread
WANTED = 250  # off, for each pair that wants to meet and does
CHOICE = 30  # each start fewer than ENOUGH_STARTS
ENOUGH_STARTS = 4
SPREAD = 10  # each year between who has worked longest and who shortest; counts for nothing unless asked for
SOFT = (
    *(SAME_ORGANIZATION, THREAD, WANTED, CHOICE, *COMFORT, SPREAD),
)  # what may be weighted; hard rules may not


@compiled
def pairs_inside(group, first, size, members, group_of, related_from, related):
    """Return how many of these pairs are in `group`: in one reporting line, or wanting to meet."""
    pairs = 0
    for place in range(first, first + size):
        person = members[place]
        for at in range(related_from[person], related_from[person + 1]):
            if group_of[related[at]] == group:
                pairs += 1
    return pairs // 2


@compiled
def partners_elsewhere(group, first, size, members, group_of, together_from, together):
    """Return how often a member of `group` is without somebody they are to be kept together with."""
    missing = 0
    for place in range(first, first + size):
        person = members[place]
        for at in range(together_from[person], together_from[person + 1]):
            if group_of[together[at]] != group:
                missing += 1
    return missing


@compiled
def common_starts(first, size, members, starts, word_count):
    """Return how many starts suit all; counting ends at ENOUGH_STARTS."""
    common = 0
    for word in range(word_count):
        all_can = -1
        for place in range(first, first + size):
            all_can = all_can & starts[members[place] * word_count + word]
        while all_can > 0:
            common += 1
            if common == ENOUGH_STARTS:
                return common
            all_can = all_can & (all_can - 1)
    return common


@compiled
def missing_members(first, size, members, starts, word_count):
    """Return who is missing at the best start: 0 to 4."""
    one_missing = 0
    two_missing = 0
    three_missing = 0
    for word in range(word_count):
        all_can = -1
        but_one = -1
        but_two = -1
        but_three = -1
        for place in range(first, first + size):
            can = starts[members[place] * word_count + word]
            but_three = (but_three & can) | but_two
            but_two = (but_two & can) | but_one
            but_one = (but_one & can) | all_can
            all_can = all_can & can
        if all_can > 0:
            return 0
        one_missing = one_missing | but_one
        two_missing = two_missing | but_two
        three_missing = three_missing | but_three
    if one_missing != 0:
        return 1
    if two_missing != 0:
        return 2
    return 3 if three_missing != 0 else 4


@compiled
def all_suit(first, size, members, masks, word_count):
    """True when one start lies in the masks of all members."""
    for word in range(word_count):
        suits = -1
        for place in range(first, first + size):
            suits = suits & masks[members[place] * word_count + word]
        if suits > 0:
            return True
    return False


@compiled
def same_pairs(first, size, members, label):
    """Return how many pairs have one label; -1 is like no other."""
    pairs = 0
    for place in range(first, first + size):
        mine = label[members[place]]
        if mine >= 0:
            for other in range(place + 1, first + size):
                if label[members[other]] == mine:
                    pairs += 1
    return pairs


@compiled
def commonest_thread(first, size, members, threads, word_count):
    """Return how many members share the thread that most of them have, up to 63; `threads` are masks.

    Members are counted for 56 threads at once: `ones`, `twos` … are the binary digits of each count.
    """
    most = 1
    for word in range(word_count):
        ones = twos = fours = eights = sixteens = more = 0
        for place in range(first, first + size):
            carry = threads[members[place] * word_count + word]
            ones, carry = ones ^ carry, ones & carry
            twos, carry = twos ^ carry, twos & carry
            fours, carry = fours ^ carry, fours & carry
            eights, carry = eights ^ carry, eights & carry
            sixteens, carry = sixteens ^ carry, sixteens & carry
            more ^= carry
        left = -1
        alike = 0
        for digit, worth in ((more, 32), (sixteens, 16), (eights, 8), (fours, 4), (twos, 2), (ones, 1)):
            if left & digit != 0:
                left = left & digit
                alike += worth
        most = max(most, alike)
    return most


@compiled
def spread_of(first, size, members, years):
    """Return how many years lie between the most and the least; -1 is not known, and left out."""
    least = 1000
    most = -1
    for place in range(first, first + size):
        mine = years[members[place]]
        if mine >= 0:
            least = min(least, mine)
            most = max(most, mine)
    return max(0, most - least)


@compiled
def people_cost(group, capacity, sizes, members, group_of, roster):
    """Return what `group` costs for who meets whom: reporting lines, organizations, threads, wishes.

    `roster` is the tuple that arrays.py packs; below 0 where wishes come true.
    """
    related_from, related, _, _, _, organization, threads, wanted_from, wanted, _, thread_words = roster[:11]
    size = sizes[group]
    if size == 0:
        return 0
    first = group * capacity
    pairs = max(1, size * (size - 1) // 2)
    points = RELATED_COST * pairs_inside(group, first, size, members, group_of, related_from, related)
    points += APART_COST * partners_elsewhere(group, first, size, members, group_of, roster[11], roster[12])
    weights = roster[13]
    points += weights[0] * same_pairs(first, size, members, organization) // pairs
    points += weights[1] * (size - commonest_thread(first, size, members, threads, thread_words)) // size
    if weights[6] != 0:
        points += weights[6] * spread_of(first, size, members, roster[14])
    return points - weights[2] * pairs_inside(group, first, size, members, group_of, wanted_from, wanted)


@compiled
def hours_cost(group, capacity, sizes, members, roster):
    """Return what `group` costs for when it can meet; never below 0."""
    starts, office, waking, word_count, weights = roster[2], roster[3], roster[4], roster[9], roster[13]
    size = sizes[group]
    if size == 0:
        return 0
    first = group * capacity
    common = common_starts(first, size, members, starts, word_count)
    points = weights[3] * (ENOUGH_STARTS - common)
    if common == 0:
        points += MISSING_COST * missing_members(first, size, members, starts, word_count)
    if not all_suit(first, size, members, office, word_count):
        points += weights[4] if all_suit(first, size, members, waking, word_count) else weights[5]
    return points


@compiled
def group_cost(group, capacity, sizes, members, group_of, roster):
    """Return what `group` costs; `roster` is the tuple that arrays.py packs."""
    people = people_cost(group, capacity, sizes, members, group_of, roster)
    return people + hours_cost(group, capacity, sizes, members, roster)
