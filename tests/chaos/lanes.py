"""What clients do in a round: a lane is one client, whose commands follow one another."""

import itertools
import secrets
from datetime import UTC, datetime, timedelta

from tests.chaos import effects
from tests.chaos.clients import Command, Effect, look_for
from tests.chaos.world import MOVES

_hours = itertools.count()
CAPSULE = {part: f"The {part} of this session." for part in ("background", "ideas", "sources", "newcomers")}


def organizations(world, count=1, renamed=True):
    """Staff add organizations and rename them."""

    def lane(do):
        for _ in range(count):
            name = f"Org {secrets.token_hex(5)}"
            added = do(
                Command(
                    world.admin,
                    "POST",
                    "/v1/organizations",
                    {"display_name": name},
                    effects.named("organization", name),
                )
            )
            if renamed:
                path, other = f"/v1/organizations/{added['id']}", f"{name} again"
                do(
                    Command(
                        world.admin,
                        "PATCH",
                        path,
                        {"display_name": other},
                        effects.named("organization", other),
                        guarded=path,
                    )
                )

    return lane


def people(world, count=1, enroll=False):
    """Staff add people, and enroll them in the first program."""

    def lane(do):
        for _ in range(count):
            name = f"Newcomer {secrets.token_hex(5)}"
            body = {"display_name": name, "email": f"{name.replace(' ', '.').lower()}@world.example"}
            added = do(Command(world.admin, "POST", "/v1/people", body, effects.named("person", name)))
            if enroll:
                program, person = world.programs[0], added["id"]
                wanted = Effect(
                    f"{person} enrolled", "membership", "enrollment", effects.enrolled_in(program, person)
                )
                do(
                    Command(
                        world.admin,
                        "POST",
                        f"/v1/programs/{program}/enrollments",
                        {"person_ids": [person]},
                        wanted,
                    )
                )

    return lane


def imports(world, changed=True):
    """Staff import two people, then the same two under other names."""

    def lane(do):
        tag = secrets.token_hex(5)
        for turn in ("", " changed") if changed else ("",):
            names = [f"Row {number} {tag}{turn}" for number in (1, 2)]
            rows = [
                f"{tag}{number},{name},r{number}.{tag}@world.example" for number, name in enumerate(names)
            ]
            text = "\n".join(["external_id,name,email", *rows]) + "\n"
            effect = Effect(
                f"{tag}{turn} imported", "membership", "person", effects.named_one_of(names), wanted=2
            )
            started = do(Command(world.admin, "POST", "/v1/imports", {"text": text}, effect))
            look_for(world.admin, f"/v1/imports/{started['id']}", lambda found: found["standing"] == "done")

    return lane


def rsvps(meeting, person, answers=("yes", "no", "yes")):
    """A member answers an invitation and changes their mind."""

    def lane(do):
        for answer in answers:
            effect = Effect(
                f"{person} says {answer}", "sessions", "session", effects.says(person, answer), meeting.id
            )
            do(
                Command(
                    meeting.members[person],
                    "PUT",
                    f"/v1/sessions/{meeting.id}/rsvp",
                    {"answer": answer},
                    effect,
                )
            )

    return lane


def moves(world, meeting, count=1):
    """Staff move a session, then say where it takes place."""

    def lane(do):
        path = f"/v1/sessions/{meeting.id}/slot"
        for _ in range(count):
            start = (datetime(2031, 1, 1, 8) + timedelta(hours=2 * next(_hours))).isoformat(
                timespec="minutes"
            )
            effect = Effect(
                f"moved to {start}", "scheduling", "slot", effects.field_is("wall_start", start), meeting.id
            )
            do(Command(world.admin, "PUT", path, {"wall_start": start}, effect, guarded=path))
            room = f"Room {secrets.token_hex(4)}"
            effect = Effect(
                f"placed in {room}", "scheduling", "slot", effects.field_is("place", room), meeting.id
            )
            do(Command(world.admin, "PUT", f"{path}/place", {"place": room}, effect, guarded=path))

    return lane


def session(meeting, promises=2, answers=2):
    """A cohort meets, from the opening to the capsule; some promise something, some give feedback."""
    path = f"/v1/sessions/{meeting.id}"

    def lane(do):
        members = list(meeting.members)

        def step(method, tail, body, effect, who=meeting.leader):
            return do(Command(who, method, path + tail, body, effect))

        step("POST", "/opening", {}, effects.stands(meeting, "opened", ("open", "closed", "summarised")))
        step(
            "PUT",
            "/attendance",
            {"present": members},
            effects.of_session(meeting, "all present", effects.attended(len(members))),
        )
        step("POST", "/topics", {}, None)
        for place, person in enumerate(members[:promises]):
            body = {
                "what": f"Promise {place}",
                "due_on": _in_days(14 + place),
                "buddy_id": members[place - 1],
            }
            effect = effects.of_session(
                meeting, f"{person} promised", effects.promised(person, body["due_on"])
            )
            step("POST", "/commitments", body, effect, meeting.members[person])
        step("POST", "/closing", {}, effects.stands(meeting, "closed", ("closed", "summarised")))
        step(
            "PUT",
            "/capsule",
            CAPSULE,
            effects.of_session(meeting, "summarised", lambda data: int(bool(data["capsule_published_at"]))),
        )
        for person in members[:answers]:
            feedback(meeting, person)(do)

    return lane


def feedback(meeting, person):
    """A member answers what they are asked after the session."""

    def lane(do):
        api = meeting.members[person]
        listed = look_for(api, "/v1/me/questionnaires?limit=100", lambda found: _asked(found, meeting.id))
        path = f"/v1/questionnaires/{_asked(listed, meeting.id)['id']}"
        shown = look_for(api, path, lambda found: "questions" in found)
        answers = {each["key"]: 4 for each in shown["questions"] if each["scale"] == "T"}
        name, given = f"{person} answered on {meeting.id}", effects.answered(meeting.id, person)
        effect = Effect(name, "feedback", "feedback_request", given)
        do(Command(api, "PUT", f"{path}/answers", {"answers": answers}, effect))

    return lane


def leads(world):
    """Staff give a cohort that never meets to others to lead."""

    def lane(do):
        path, two, before = world.next_leads()
        name, cohort = f"led by {two}", path.rpartition("/")[2]
        effect = Effect(name, "membership", "cohort", effects.led_by(two), cohort, before=before)
        do(Command(world.admin, "PUT", f"{path}/facilitators", {"person_ids": two}, effect, guarded=path))

    return lane


def formations(world, sessions=2):
    """Staff design a program for five people, enroll, form and commit; a cohort and its sessions follow."""

    def lane(do):
        admin, name = world.admin, f"Program {secrets.token_hex(5)}"
        body = {
            "display_name": name,
            "outcome": "problem_solving",
            "starts_on": _in_days(8),
            "session_count": sessions,
        }
        body |= {"size_low": 5, "size_high": 5, "session_minutes": 60}
        program = do(Command(admin, "POST", "/v1/programs", body, effects.named("program", name)))["id"]
        five = secrets.SystemRandom().sample(sorted(world.people), 5)
        path = f"/v1/programs/{program}"
        enrolled = Effect(
            f"{name} enrolled", "membership", "enrollment", effects.field_is("program_id", program), wanted=5
        )
        started = do(Command(admin, "POST", f"{path}/enrollments", {"person_ids": five}, enrolled))
        look_for(admin, f"/v1/enrollings/{started['id']}", lambda found: found["standing"] == "done")
        formation = do(Command(admin, "POST", f"{path}/formations", {"seed": 1, "moves": MOVES}, None))["id"]
        look_for(admin, f"/v1/formations/{formation}", lambda found: found["standing"] == "found")
        formed = Effect(f"{name} formed", "membership", "cohort", effects.field_is("program_id", program))
        do(Command(admin, "POST", f"/v1/formations/{formation}/commit", {}, formed))
        for source, kind in (("scheduling", "slot"), ("sessions", "session")):
            do.follows(
                Effect(
                    f"{name} {kind}s", source, kind, effects.field_is("program_id", program), wanted=sessions
                )
            )
        look_for(admin, f"/v1/formations/{formation}", lambda found: found["standing"] == "committed")

    return lane


def _asked(listed, session_id):
    return next(
        (one for one in listed["data"] if one["session_id"] == session_id and one.get("is_open")), None
    )


def _in_days(days):
    return (datetime.now(UTC) + timedelta(days=days)).date().isoformat()
