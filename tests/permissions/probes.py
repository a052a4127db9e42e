"""What is sent in each cell: a body that would be taken, and the ids of the place it is about.

A refused write is sent with what would succeed if it were let in, so that its refusal is about who asks. What
is let in and would change the world for the cells after it is sent as a repeat, a stale change or a check.
"""

from secrets import token_hex
from typing import Any

from tests.permissions.table import SELF, Row
from tests.permissions.world import World

STALE = '"0000000000000000"'
NOBODY = "nobody@nowhere.example"
HELD = ("capsule",)  # of the session that was held, not of the one ahead
CAPSULE = dict.fromkeys(("background", "ideas", "sources", "newcomers"), "Another text.")
ANSWERS = {"answers": {}}
ROSTER = {"text": "name,email\nNobody,nobody@example.org\n", "dry_run": True}


def path_of(world: World, row: Row, caller: str, place: str) -> str | None:
    """Return the path of a cell; None where the place has no such thing."""
    ids = (
        dict(world.places["own" if place == SELF else place])
        if place in world.places or place == SELF
        else {}
    )
    if place == SELF:
        ids["person_id"] = world.callers[caller].person_id or ""
    ids.setdefault("group", "sponsor")
    ids.setdefault("kind", "adviser")
    if row.template.endswith(("/enrollment/withdrawal", "/enroll/withdrawal")) and "spare_id" in ids:
        ids["program_id"] = ids["spare_id"]
    if "capsule" in row.template and "held" in ids:
        ids["session_id"] = ids["held"]
    parts = row.template.split("/")
    filled = [ids.get(part[1:-1]) if part.startswith("{") else part for part in parts]
    return None if None in filled or (place == SELF and not ids["person_id"]) else "/".join(filled)  # type: ignore[arg-type]


def body_of(world: World, row: Row, place: str) -> Any:
    """Return what the API takes there; None for nothing."""
    made = BODIES.get(row.operation)
    return made(world, place) if callable(made) else made


def form_of(world: World, row: Row, place: str) -> dict[str, str]:
    """Return the fields of a page's form."""
    made = FORMS.get(row.operation, {})
    return made(world, place) if callable(made) else made


def _id(name: str) -> Any:
    return lambda world, place: world.places[place if place in world.places else "own"][name]


def _id_of(name: str) -> Any:
    found = _id(name)
    return lambda world, place: {name: found(world, place)}


def _person(world: World, place: str) -> str:
    return world.a.people["own1"]["id"]


def _managers(world: World, place: str) -> list[str]:
    """Those the person has already."""
    return [world.a.people[name]["id"] for name in ("supervisor", "superior") if place == "own"]


def _version(world: World, place: str) -> str:
    return world.a.cohorts[0]["agreement_version"]


def _leading(world: World, place: str) -> dict[str, Any]:
    """Who leads the cohort already."""
    cohort = world.a.cohorts[place == "other"]
    return {"cohort_id": cohort["id"], "person_ids": [cohort["guide"].person_id]}


def _guest(world: World) -> dict[str, str]:
    return {"person_id": world.a.people["guest"]["id"], "introduced_as": "Guest", "purpose": "To listen"}


def _guides(world: World, place: str) -> dict[str, Any]:
    return {"person_ids": [world.a.people["guide1"]["id"]]}


BODIES: dict[str, Any] = {
    "POST /v1/sign-ins": {"email": NOBODY},
    "POST /v1/sign-ins/finish": {"token": "a" * 43},
    "POST /v1/sign-ins/password": lambda *_: {
        "email": f"{token_hex(6)}@nowhere.example",
        "password": "wrong, and long enough",
    },
    "POST /v1/sign-ins/refresh": {"refresh_token": "b" * 43},
    "PUT /v1/me/password": {"password": "short"},
    "POST /v1/sign-ins/switch": lambda world, _: {"network": world.b.network},
    "POST /v1/sign-ins/connections": {"hint": NOBODY},
    "POST /v1/sign-ins/connections/{connection_id}/finish": {"attempt": "a", "state": "b", "code": "c"},
    "POST /v1/me/networks": lambda world, _: {"invitation": world.places["forged"]["link"]},
    "POST /v1/me/address-moves": lambda *_: {"email": f"{token_hex(6)}@nowhere.example"},
    "POST /v1/address-moves/{link}": {},
    "POST /v1/me/identities/begin": lambda world, place: {
        "connection_id": world.places["own"]["connection_id"]
    },
    "POST /v1/me/identities": lambda world, place: {
        "attempt": "a",
        "state": "b",
        "code": "c",
        "connection_id": world.places["own"]["connection_id"],
    },
    "POST /v1/me/authenticator/confirmation": {"code": "000000"},
    "POST /v1/me/step-up": {"recovery_code": "0000-0000-0000"},
    "PATCH /v1/clients/{client_id}": {"display_name": "Renamed"},
    "PUT /v1/clients/{client_id}/standing": {"standing": "active"},
    "POST /v1/invitations": lambda world, _: {"person_ids": [_person(world, "")]},
    "POST /v1/invitations/{link}/sign-in": {"verifier": "v" * 43},
    "POST /v1/organizations/{organization_id}/connections": lambda *_: {
        "display_name": "Another",
        "slug": f"another-{token_hex(4)}",
        "issuer": "https://login.example.com",
        "client_id": "us",
        "client_secret": "a secret of some length",
    },
    "PATCH /v1/organizations/{organization_id}/connections/{connection_id}": {"display_name": "Renamed"},
    "POST /v1/networks": lambda *_: {
        "display_name": f"Network {token_hex(4)}",
        "admin_email": f"{token_hex(6)}@nowhere.example",
    },
    "PUT /v1/networks/{network_id}/standing": {"standing": "active"},
    "PATCH /v1/network": {"display_name": "Renamed"},
    "POST /v1/roles": lambda world, _: {"person_id": _person(world, ""), "role": "program_staff"},
    "POST /v1/clients": lambda world, _: {
        "display_name": "Another",
        "organization_id": world.places["own"]["organization_id"],
        "scopes": ["people:read"],
    },
    "PUT /v1/cohorts/{cohort_id}/ground-rules": {"rules": ["Phones stay in the bag."]},
    "POST /v1/sessions/{session_id}/guests": lambda world, _: _guest(world),
    "PUT /v1/guest-invitations/{invitation_id}/answer": {"answer": "yes"},
    "PUT /v1/cohorts/{cohort_id}/ladder/step": {"step": "self"},
    "PUT /v1/cohorts/{cohort_id}/turn": {},
    "PUT /v1/people/{person_id}/remote-skill": {"level": "trained"},
    "POST /v1/swaps": lambda world, _: {"facilitators": _leading(world, "other")},
    "POST /v1/organizations": {"display_name": "Cedar"},
    "PATCH /v1/organizations/{organization_id}": {"display_name": "Renamed"},
    "PATCH /v1/me/profile": {"position": "Renamed"},
    "PUT /v1/people/{person_id}/managers": lambda world, place: {"managers": _managers(world, place)},
    "POST /v1/people": {"display_name": "Somebody New", "email": "new@alder.example"},
    "POST /v1/imports": ROSTER,
    "POST /v1/programs": {"display_name": "Another", "outcome": "problem_solving", "starts_on": "2030-01-07"},
    "PATCH /v1/programs/{program_id}": {"display_name": "Renamed"},
    "PUT /v1/programs/{program_id}/launch/purpose": {"purpose": "Problems are solved together."},
    "PUT /v1/programs/{program_id}/launch/stakeholders/{group}": {"goals": ["problem_solving"]},
    "PUT /v1/programs/{program_id}/launch/stakeholders/{group}/verification": {"version": 1},
    "POST /v1/programs/{program_id}/launch/buy-ins": {
        "office": "Finance",
        "stance": "supports",
        "said_on": "2027-01-07",
    },
    "PUT /v1/programs/{program_id}/intake": {"offer_hours": 48},
    "POST /v1/programs/{program_id}/applications": {"answers": {"importance": 3}},
    "PUT /v1/programs/{program_id}/enrollment/offer": {"take": False},
    "PUT /v1/programs/{program_id}/enrollment/pause": {"until": "2001-01-01T00:00:00Z"},
    "PUT /v1/programs/{program_id}/enrollment/withdrawal": {"reason": "other"},
    "PUT /v1/programs/{program_id}/enrollment/pledge": {},
    "PUT /v1/enrollments/{enrollment_id}/decision": {"decision": "decline"},
    "PUT /v1/enrollments/{enrollment_id}/withdrawal": {"reason": "other"},
    "PUT /v1/enrollments/{enrollment_id}/cohort": _id_of("cohort_id"),
    "POST /v1/pledges/{link}": {"answer": "support"},
    "POST /v1/groups": lambda *_: {
        "title": "Another",
        "purpose": "training",
        "kind": "training",
        "learns": "To ask.",
        "is_open": False,
    },
    "POST /v1/groups/{group_id}/invitations": lambda world, _: {"person_id": _person(world, "")},
    "PUT /v1/forms/{form}/name": {"display_name": "Kitchen table"},
    "PUT /v1/cohorts/{cohort_id}/dedication": {"answer": "yes"},
    "POST /v1/cohorts/{cohort_id}/quests": {"goal": "No night shift alone."},
    "PUT /v1/cohorts/{cohort_id}/quest/view": {"hope_before": 2},
    "POST /v1/cohorts/{cohort_id}/quest/asks": {"words": "nights", "question": "How did you do it?"},
    "PUT /v1/me/asks/{quest_id}": {"answer": "yes"},
    "PATCH /v1/programs/{program_id}/stake": {"expected": "Another view."},
    "POST /v1/programs/{program_id}/experiments": {
        "change": "length",
        "to": 45,
        "measure": "Attendance",
        "direction": "up",
        "until": "2090-01-07",
    },
    "PUT /v1/programs/{program_id}/experiments/decision": {"before": 1, "after": 2, "decision": "adopt"},
    "PUT /v1/programs/{program_id}/seats/{kind}/{person_id}": {"until": "2090-01-07T00:00:00Z"},
    "POST /v1/programs/{program_id}/advice": {"about": "topic", "words": "More on onboarding."},
    "POST /v1/programs/{program_id}/enrollments": lambda world, _: {"person_ids": [_person(world, "")]},
    "POST /v1/programs/{program_id}/formations": {},
    "POST /v1/programs/{program_id}/formations/check": {},
    "POST /v1/formations/{formation_id}/moves": lambda world, _: {
        "person_id": _person(world, ""),
        "group": None,
    },
    "POST /v1/formations/{formation_id}/locks": lambda world, _: {
        "person_ids": [_person(world, "")],
        "locked": True,
    },
    "PUT /v1/cohorts/{cohort_id}/facilitators": _guides,
    "PUT /v1/cohorts/{cohort_id}/agreement/signature": lambda world, place: {
        "version": _version(world, place)
    },
    "PUT /v1/sessions/{session_id}/slot": {"wall_start": "2031-01-07T10:00"},
    "PUT /v1/sessions/{session_id}/slot/place": {"place": "Elsewhere"},
    "PUT /v1/sessions/{session_id}/rsvp": {"answer": "yes"},
    "PUT /v1/sessions/{session_id}/attendance": lambda world, _: {"present": [_person(world, "")]},
    "POST /v1/sessions/{session_id}/commitments": {"what": "I begin.", "due_on": "2031-01-07"},
    "PUT /v1/commitments/{commitment_id}/report": {"standing": "kept"},
    "PUT /v1/sessions/{session_id}/capsule": CAPSULE,
    "PUT /v1/questionnaires/{questionnaire_id}/answers": ANSWERS,
    "POST /v1/programs/{program_id}/reports": {"period": "2027-01"},
    "PUT /v1/me/notice-preferences": {"topic": "reminders"},
    "POST /v1/webhook-endpoints": {"url": "https://hooks.example.com/more", "types": ["cohort_formed"]},
}
FORMS: dict[str, Any] = {
    "POST /sessions/{session_id}/guests": lambda world, _: _guest(world),
    "POST /guests/{invitation_id}/answer": {"answer": "yes"},
    "POST /cohorts/{cohort_id}/hand-over/step": {"step": "self"},
    "POST /staff/safety/{cohort_id}/swaps": lambda world, place: {
        "leaders": " ".join(_leading(world, place)["person_ids"])
    },
    "POST /me/profile": {"tag": "0000000000000000", "position": "Renamed"},
    "POST /staff/roles": lambda world, _: {"person_id": _person(world, ""), "role": "nobody"},
    "POST /me/addresses": lambda *_: {"email": f"{token_hex(6)}@nowhere.example"},
    "POST /me/security/password": {"password": "short"},
    "POST /me/security/authenticator/confirmation": {"code": "000000"},
    "POST /me/step-up": {"code": "000000"},
    "POST /staff/people/{person_id}/invitation": {},
    "POST /staff/connections/{connection_id}": {"display_name": "Renamed"},
    "POST /sign-in": {"email": NOBODY},
    "POST /cohorts/{cohort_id}/agreement": lambda world, place: {"version": _version(world, place)},
    "POST /commitments/{commitment_id}": {"standing": "kept"},
    "POST /sessions/{session_id}/rsvp": {"answer": "yes"},
    "POST /a/{link}": {"answer": "yes"},
    "POST /sessions/{session_id}/commitments": {"what": "I begin.", "due_on": "2031-01-07"},
    "POST /sessions/{session_id}/attendance": lambda world, _: {f"standing_{_person(world, '')}": "present"},
    "POST /sessions/{session_id}/capsule": CAPSULE,
    "POST /staff/organizations": {"display_name": "Cedar"},
    "POST /staff/programs": {
        "display_name": "Another",
        "outcome": "problem_solving",
        "starts_on": "2030-01-07",
    },
    "POST /groups": {"title": ""},
    "POST /programs/{program_id}/enroll/pause": {"until": "2001-01-01"},
    "POST /programs/{program_id}/enroll/withdrawal": {"reason": "other"},
    "POST /programs/{program_id}/enroll/pledge": {"answer": "ask"},
    "POST /staff/placements/{placement_id}/choice": _id_of("cohort_id"),
    "POST /staff/programs/{program_id}/people/intake": {"offer_hours": "48"},
    "POST /staff/programs/{program_id}/people/{enrollment_id}/decision": {"decision": "decline"},
    "POST /staff/programs/{program_id}/people/{enrollment_id}/withdrawal": {"reason": "other"},
    "POST /staff/programs/{program_id}/launch/purpose": {"purpose": "Problems are solved together."},
    "POST /staff/programs/{program_id}/launch/stakeholders": {
        "group": "sponsor",
        "goal_problem_solving": "1",
    },
    "POST /staff/programs/{program_id}/launch/stakeholders/{group}/verification": {"version": "1"},
    "POST /staff/programs/{program_id}/launch/buy-ins": {
        "office": "Finance",
        "stance": "supports",
        "said_on": "2027-01-07",
    },
    "POST /staff/forms": {"form": "support", "display_name": "Kitchen table"},
    "POST /cohorts/{cohort_id}/dedication": {"answer": "yes"},
    "POST /cohorts/{cohort_id}/quest": {"goal": "No night shift alone."},
    "POST /cohorts/{cohort_id}/quest/view": {"hope_before": "2"},
    "POST /cohorts/{cohort_id}/quest/asks": {"words": "nights", "question": "How did you do it?"},
    "POST /me/asks/{quest_id}": {"answer": "yes"},
    "POST /programs/{program_id}/stake": {"expected": "Another view."},
    "POST /staff/programs/{program_id}/experiments": {
        "change": "length",
        "to": "45",
        "measure": "Attendance",
        "direction": "up",
        "until": "2090-01-07",
    },
    "POST /staff/programs/{program_id}/experiments/decision": {
        "before": "1",
        "after": "2",
        "decision": "adopt",
    },
    "POST /staff/programs/{program_id}/seats": lambda world, _: {
        "kind": "adviser",
        "person_id": _person(world, ""),
    },
    "POST /programs/{program_id}/advice": {"about": "topic", "words": "More on onboarding."},
    "POST /staff/programs/{program_id}/reports": {"period_from": "2027-01-01", "period_to": "2027-01-31"},
}
