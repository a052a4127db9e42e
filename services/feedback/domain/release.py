"""Which groups of one tree may show a figure (SECURITY 2.3, rules 1, 2, 5 and 6).

The tree is network > program > cohort; every other slice does not exist. A group is safe with at least k
people and answers that do not all lie in one band. Children that are unsafe are hidden, and next to them the
smallest siblings, until the hidden together are safe: else parent minus the shown would tell of them.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

Part = tuple[str, str]  # a contribution and whose it is
Alike = Callable[[tuple[int, ...]], bool]


@dataclass(frozen=True)
class Group:
    """One node of the tree with everything below it.

    `parts` and `values` of a node with children are those of its children together.
    """

    key: str
    parts: tuple[Part, ...]
    values: tuple[int, ...]
    children: tuple["Group", ...] = ()

    def people(self) -> frozenset[str]:
        """Return whose contributions these are; a person in two cohorts counts once."""
        return frozenset(person for _, person in self.parts)


def group_of(key: str, children: Iterable[Group]) -> Group:
    """Return the node above `children`."""
    below = tuple(children)
    return Group(
        key,
        tuple(part for child in below for part in child.parts),
        tuple(value for child in below for value in child.values),
        below,
    )


def shown_groups(root: Group, k: int, alike: Alike, allowed: frozenset[str] | None = None) -> frozenset[str]:
    """Return the keys of the groups that may show their figure.

    Args:
        k: the fewest people a figure, or any difference of figures, may rest on.
        alike: True when the answers of a group are too much alike to show.
        allowed: what was shown to another audience before; nothing beyond it is shown here. None: everything.
    """
    if not _is_safe([root], k, alike) or (allowed is not None and root.key not in allowed):
        return frozenset()
    fit = {
        child.key
        for child in root.children
        if _is_safe([child], k, alike) and (allowed is None or child.key in allowed)
    }
    hidden = [child for child in root.children if child.parts and child.key not in fit]
    visible = sorted(
        (child for child in root.children if child.key in fit), key=lambda c: (len(c.people()), c.key)
    )
    while hidden and visible and not _is_safe(hidden, k, alike):
        hidden.append(visible.pop(0))
    below = (shown_groups(child, k, alike, allowed) for child in visible)
    return frozenset({root.key}).union(*below)


def _is_safe(groups: Iterable[Group], k: int, alike: Alike) -> bool:
    together = group_of("", groups)
    return len(together.people()) >= k and not alike(together.values)
