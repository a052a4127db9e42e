"""What a group costs: broken hard rules first, then points. Integers only, so that every machine agrees."""

from services.membership.formation.compiled import compiled

RELATED_COST = 2000  # a pair in one reporting line, while searching
MISSING_COST = 1500  # a member who can come to no common start
UNPLACED_COST = 3000  # somebody in no group
SAME_ORGANIZATION = 400  # all pairs from one organization
COMFORT = (0, 150, 400)  # everyone in office hours; in waking hours; somebody outside
THREAD = 200  # nobody shares a thread
CHOICE = 30  # each start fewer than ENOUGH_STARTS
ENOUGH_STARTS = 4


@compiled
def related_pairs(group, first, size, members, group_of, related_from, related):
    """Return how many pairs of `group` stand in one reporting line."""
    pairs = 0
    for place in range(first, first + size):
        person = members[place]
        for at in range(related_from[person], related_from[person + 1]):
            if group_of[related[at]] == group:
                pairs += 1
    return pairs // 2


@compiled
def missing_members(first, size, members, starts, word_count):
    """Return (missing, common): who is missing at the best start (0 to 4), and how many starts suit all (to
    4).
    """
    common = 0
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
        while all_can > 0 and common < 4:
            common += 1
            all_can = all_can & (all_can - 1)
        one_missing = one_missing | but_one
        two_missing = two_missing | but_two
        three_missing = three_missing | but_three
    if common > 0:
        return 0, common
    if one_missing != 0:
        return 1, 0
    if two_missing != 0:
        return 2, 0
    return (3, 0) if three_missing != 0 else (4, 0)


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
    """Return (pairs, most): pairs with one label, and how many members share the commonest. Label -1 shares
    nothing.
    """
    pairs = 0
    most = 1
    for place in range(first, first + size):
        mine = label[members[place]]
        alike = 1
        if mine >= 0:
            for other in range(place + 1, first + size):
                if label[members[other]] == mine:
                    alike += 1
        pairs += alike - 1
        most = max(most, alike)
    return pairs, most


@compiled
def group_cost(group, capacity, sizes, members, group_of, roster):
    """Return what `group` costs; `roster` is the tuple that arrays.py packs."""
    related_from, related, starts, office, waking, organization, thread, word_count = roster
    size = sizes[group]
    if size == 0:
        return 0
    first = group * capacity
    broken = RELATED_COST * related_pairs(group, first, size, members, group_of, related_from, related)
    missing, common = missing_members(first, size, members, starts, word_count)
    broken += MISSING_COST * missing
    pairs = max(1, size * (size - 1) // 2)
    points = SAME_ORGANIZATION * same_pairs(first, size, members, organization)[0] // pairs
    points += THREAD * (size - same_pairs(first, size, members, thread)[1]) // size
    points += CHOICE * (ENOUGH_STARTS - common)
    if not all_suit(first, size, members, office, word_count):
        points += COMFORT[1] if all_suit(first, size, members, waking, word_count) else COMFORT[2]
    return broken + points
