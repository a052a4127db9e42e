"""Does anything that was released, taken together, tell of fewer people than it may?

Every released figure is a sum over some contributions; a viewer may add and subtract figures with any
weights. We look for a combination that is not zero and rests on the contributions of fewer than k people
alone. Exact: whole numbers and fractions, no rounding (SECURITY 2.3, rule 4).
"""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

Vector = frozenset[str]  # the contributions a figure sums up
Matrix = Sequence[Sequence[int]]
MOST_COMBINATIONS = 500


def unmasked(vectors: Sequence[Vector], person_of: Mapping[str, str], k: int) -> frozenset[str] | None:
    """Return fewer than `k` people of whom the released vectors tell, or None when there are none.

    Figures that share no contribution, even through others, are looked at apart: no combination of the ones
    says more of the others. Where there are more small groups than can be looked at, one of them is returned:
    rather refuse than guess.

    Args:
        vectors: the contributions of each released figure.
        person_of: whose contribution each is; k counts people, not contributions.
    """
    for rows in _apart([vector for vector in dict.fromkeys(vectors) if vector]):
        atoms = _atoms(rows)
        people = [frozenset(person_of[part] for part in atom) for atom in atoms]
        if all(len(group) >= k for group in people):
            continue
        matrix = [[int(atom[0] in row) for atom in atoms] for row in rows]
        found = _search(matrix, people, k)
        if found is not None:
            return found
    return None


def _search(matrix: Matrix, people: Sequence[frozenset[str]], k: int) -> frozenset[str] | None:
    """Return the people of columns, together fewer than k, on which alone some combination of rows rests.

    That is so when leaving the columns out lowers the rank.
    """
    whole = _rank(matrix)
    for tried, (columns, group) in enumerate(_small_groups(people, k)):
        if tried >= MOST_COMBINATIONS or _rank(_without(matrix, columns)) < whole:
            return group
    return None


def _small_groups(
    people: Sequence[frozenset[str]], k: int
) -> Iterator[tuple[tuple[int, ...], frozenset[str]]]:
    """Yield every choice of columns whose people together are fewer than k."""
    small = sorted((c for c, group in enumerate(people) if len(group) < k), key=lambda c: len(people[c]))
    waiting: list[tuple[int, tuple[int, ...], frozenset[str]]] = [(0, (), frozenset())]
    while waiting:
        begin, columns, group = waiting.pop()
        if columns:
            yield columns, group
        for position in reversed(range(begin, len(small))):
            joined = group | people[small[position]]
            if len(joined) < k:
                waiting.append((position + 1, (*columns, small[position]), joined))


def _apart(rows: Sequence[Vector]) -> list[list[Vector]]:
    """Split the rows so that rows of two parts share no contribution."""
    parts: list[tuple[set[str], list[Vector]]] = []
    for row in rows:
        touched = [part for part in parts if not part[0].isdisjoint(row)]
        joined = (set(row).union(*(part[0] for part in touched)), [r for part in touched for r in part[1]])
        joined[1].append(row)
        parts = [part for part in parts if part not in touched] + [joined]
    return [members for _, members in parts]


def _atoms(rows: Sequence[Vector]) -> list[list[str]]:
    """Group the contributions by the rows they stand in: those of one atom can never be told apart."""
    standing: dict[str, list[int]] = {}
    for number, row in enumerate(rows):
        for part in row:
            standing.setdefault(part, []).append(number)
    grouped: dict[tuple[int, ...], list[str]] = {}
    for part in sorted(standing):
        grouped.setdefault(tuple(standing[part]), []).append(part)
    return list(grouped.values())


def _without(matrix: Matrix, columns: Sequence[int]) -> list[list[int]]:
    return [[value for index, value in enumerate(row) if index not in columns] for row in matrix]


def _rank(matrix: Matrix) -> int:
    rows = [[Fraction(value) for value in row] for row in matrix]
    rank = 0
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((index for index in range(rank, len(rows)) if rows[index][column]), None)
        if pivot is None:
            continue
        rows[rank], rows[pivot] = rows[pivot], rows[rank]
        for index in range(rank + 1, len(rows)):
            share = rows[index][column] / rows[rank][column]
            if share:
                rows[index] = [a - share * b for a, b in zip(rows[index], rows[rank], strict=True)]
        rank += 1
    return rank
