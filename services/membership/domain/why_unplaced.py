"""Why somebody is in no group: said to staff with what could change it."""

from collections.abc import Mapping, Sequence

from services.membership.domain.formations import Unplaced
from services.membership.domain.hours import is_zone
from services.membership.domain.people import Person
from services.membership.domain.reporting import in_one_line
from services.membership.domain.safety import Ancestors


def why_no_hours(person: Person, minutes: int) -> Unplaced:
    """Return why a person without a start of `minutes` can be in no group at all."""
    if not is_zone(person.zone):
        words = "has a time zone that is not known here; correct it"
        return Unplaced(person.id, "zone-unknown", words)
    if not person.weekly_hours:
        return Unplaced(person.id, "no-hours", "has given no weekly hours; ask for them")
    return Unplaced(
        person.id, "hours-too-short", f"has no stretch of {minutes} minutes in their weekly hours"
    )


def why_no_group(
    person: Person,
    groups: Sequence[Sequence[str]],
    starts: Mapping[str, int],
    ancestors: Ancestors,
    size_high: int,
) -> Unplaced:
    """Return why this person is in none of the groups: hours, reporting lines or full groups, in this
    order.
    """
    fitting = [group for group in groups if _share_a_start(person.id, group, starts)]
    if not fitting:
        words = f"shares a weekly start with none of the {len(groups)} groups; more hours would help"
        return Unplaced(person.id, "no-common-start", words)
    safe = [group for group in fitting if not any(in_one_line(person.id, one, ancestors) for one in group)]
    if not safe:
        words = (
            f"stands in a reporting line with a member of each of the {len(fitting)} groups that fit in time"
        )
        return Unplaced(person.id, "reporting-line", words)
    words = (
        f"the {len(safe)} groups that fit are full ({size_high}); one size more, or more people, would help"
    )
    return Unplaced(person.id, "groups-full", words)


def _share_a_start(person: str, group: Sequence[str], starts: Mapping[str, int]) -> bool:
    common = starts[person]
    for member in group:
        common &= starts[member]
    return common != 0
