"""How intakes, enrollments, pledges and the figures of coming and going look from outside."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from services.contracts.caller import Caller
from services.membership.domain.late_joining import WHY
from services.membership.domain.pledges import draft_for, words_of


def intake_answer(intake: Any, caller: Caller | None = None) -> dict[str, Any]:
    """How people come in; of seats how many there are and are free, of people nobody."""
    return {
        "program_id": intake.program_id,
        "mode": intake.mode,
        "closes_on": _day(intake.closes_on),
        "seats": intake.seats,
        "free_seats": None if intake.seats is None else max(0, intake.free),
        "waiting": len(intake.waiting),
        "offer_hours": intake.offer_hours,
        "pledge": intake.pledge,
        "neutral_title": intake.neutral_title,
        "practice_hours": intake.practice_hours,
        "questions": [asdict(one) | {"options": list(one.options)} for one in intake.questions],
    }


def enrollment_answer(enrollment: Any, place: int | None = None, name: str = "") -> dict[str, Any]:
    """An enrollment without what was answered."""
    return {
        "id": enrollment.id,
        "program_id": enrollment.program_id,
        "person_id": enrollment.person_id,
        "display_name": name,
        "cohort_id": enrollment.cohort_id,
        "standing": enrollment.standing,
        "applied_at": _time(enrollment.applied_at),
        "place": place or None,
        "offer_until": _time(enrollment.offer_until),
        "paused_until": _time(enrollment.paused_until),
        "pledge": enrollment.pledge.standing,
        "is_late": enrollment.is_late,
    }


def listed_answer(listed: Any, caller: Caller | None = None) -> dict[str, Any]:
    return {"data": [_row(one, listed) for one in listed.items], "next": listed.next}


def shown_answer(listed: Any, caller: Caller | None = None) -> dict[str, Any]:
    """One enrollment for staff, with what was answered."""
    (one,) = listed.items
    return _row(one, listed) | {"answers": dict(one.answers)}


def my_enrollment_answer(mine: Any, caller: Caller | None = None) -> dict[str, Any]:
    """What a program asks, and how the caller stands in it; `supervisor`: whom one could ask, and how."""
    enrollment, intake = mine.enrollment, mine.intake
    return {
        "program_id": mine.program.id,
        "display_name": mine.program.display_name,
        "session_count": mine.program.session_count,
        "session_minutes": mine.program.session_minutes,
        "starts_on": mine.program.starts_on.isoformat(),
        "is_open": mine.is_open,
        "intake": intake_answer(intake),
        "enrollment": _own(enrollment, intake) if enrollment else None,
        "supervisors": [{"person_id": one.id, "display_name": one.display_name} for one in mine.supervisors],
        "draft": draft_for(mine.asked) if mine.asked else None,
    }


def my_enrollments_answer(found: Any, caller: Caller | None = None) -> dict[str, Any]:
    return {"data": [_brief(one) for one in found]}


def pledge_answer(shown: Any, caller: Caller | None = None) -> dict[str, Any]:
    """A pledge as the supervisor reads it: what is asked, what they will not see, how it stands."""
    asked = shown.asked
    return {
        "standing": shown.pledge.standing,
        "name": asked.name,
        "title": asked.title,
        "sessions": asked.sessions,
        "minutes": asked.minutes,
        "from_day": asked.from_day.isoformat(),
        "to_day": asked.to_day.isoformat(),
        "practice_hours": asked.hours,
        **words_of(asked),
    }


def placement_answer(shown: Any, caller: Caller | None = None) -> dict[str, Any]:
    """Where somebody fits: at most three cohorts with reasons, and why the others are closed to them."""
    placement = shown.placement
    return {
        "id": placement.id,
        "program_id": placement.program_id,
        "enrollment_id": placement.enrollment_id,
        "person_id": placement.person_id,
        "standing": placement.standing,
        "choices": [
            {
                "cohort_id": one.cohort_id,
                "display_name": shown.names.get(one.cohort_id, ""),
                "points": one.points,
                "reasons": list(one.reasons),
            }
            for one in placement.choices
        ],
        "closed": [{"why": why, "words": WHY[why], "cohorts": number} for why, number in placement.closed],
    }


def turnover_answer(turnover: Any, caller: Caller | None = None) -> dict[str, Any]:
    return {
        "placed": turnover.placed,
        "late": turnover.late,
        "left": turnover.left,
        "counted": turnover.counted,
        "reasons": [{"reason": key, "people": number} for key, number in turnover.reasons],
    }


def _row(enrollment: Any, listed: Any) -> dict[str, Any]:
    person_id = enrollment.person_id
    return enrollment_answer(enrollment, listed.places.get(person_id), listed.names.get(person_id, ""))


def _own(enrollment: Any, intake: Any) -> dict[str, Any]:
    row = enrollment_answer(enrollment, intake.place_of(enrollment.person_id))
    del row["display_name"]
    return row | {"answers": dict(enrollment.answers)}


def _brief(mine: Any) -> dict[str, Any]:
    enrollment = mine.enrollment
    return {
        "program_id": mine.program.id,
        "display_name": mine.program.display_name,
        "starts_on": mine.program.starts_on.isoformat(),
        "is_open": mine.is_open,
        "standing": enrollment.standing if enrollment else None,
        "offer_until": _time(enrollment.offer_until) if enrollment else None,
    }


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _time(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat(timespec="seconds").replace("+00:00", "Z")
