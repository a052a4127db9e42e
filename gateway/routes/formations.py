"""Formations: how a program's people are split, worked on by hand, and committed; talks in rotation."""

from gateway.routing import SIGNED_IN, roles, route
from gateway.schemas import formations as shapes
from gateway.streams import stream

STAFF = roles("network_admin", "program_staff")
PATIENCE = 20.0  # seconds; for what looks at everybody enrolled
ASKED = {"options-contradict": "What is asked for cannot hold together; each fault names its field."}
BY_HAND = {
    "formation-not-ready": "It is being searched, or committed.",
    "not-in-formation": "The person is not in this formation.",
    "no-such-group": "There is no group of that number.",
}
AT_WORK = ("searching", "committing")


@route(
    "POST",
    "/v1/programs/{program_id}/formations",
    who=STAFF,
    body=shapes.FormCohortsBody,
    answer=shapes.FormationAnswer,
    status=202,
    location="/v1/formations/{id}",
    summary="Propose a split into cohorts",
    refusals=ASKED
    | {
        "too-few-people": "Not one cohort can be filled.",
        "too-many-people": "More are enrolled than one formation splits.",
        "formation-not-ready": "The formation to go on from is not found, or committed.",
    },
)
def form_cohorts(call):
    return call.ask("membership", "form_cohorts", **call.path, **call.body)


@route(
    "POST",
    "/v1/programs/{program_id}/formations/check",
    who=STAFF,
    body=shapes.FormCohortsBody,
    answer=shapes.CheckedAnswer,
    keyed=False,
    patience=PATIENCE,
    summary="What a formation would meet",
    refusals=ASKED,
)
def check_formation(call):
    """Forms nothing: says what makes it impossible, the smallest first, and who can be in no group."""
    return call.ask("membership", "check_formation", **call.path, **call.body)


@route(
    "GET",
    "/v1/programs/{program_id}/formations",
    who=STAFF,
    answer=shapes.FormationAnswer,
    paged=True,
    summary="Proposed splits, newest first",
)
def list_formations(call):
    return call.ask("membership", "list_formations", **call.path)


@route(
    "GET",
    "/v1/formations/{formation_id}",
    who=STAFF,
    query=shapes.ShowFormationQuery,
    answer=shapes.ShownFormationAnswer,
    summary="A proposed split with its reasons",
)
def show_formation(call):
    return call.ask("membership", "show_formation", **call.path, **call.query)


@route(
    "GET",
    "/v1/formations/{formation_id}/progress",
    who=STAFF,
    answers_media="text/event-stream",
    summary="How far it is, as it goes on",
)
def follow_formation(call):
    """Server-sent events `progress` (data: the formation without its groups), and `end` with the last."""
    return stream(
        call,
        lambda: call.ask("membership", "show_progress", **call.path),
        is_over=lambda state: state["standing"] not in AT_WORK,
    )


@route(
    "GET",
    "/v1/formations/{formation_id}/comparison",
    who=STAFF,
    query=shapes.CompareQuery,
    answer=shapes.ComparedAnswer,
    summary="What another split changes",
    refusals={"not-comparable": "The other one is of another program."},
)
def compare_formations(call):
    return call.ask("membership", "compare_formations", **call.path, **call.query)


@route(
    "GET",
    "/v1/formations/{formation_id}/people/{person_id}",
    who=STAFF,
    query=shapes.ExplainQuery,
    answer=shapes.ExplainedAnswer,
    summary="Why here, why not there, and where else",
    refusals={"not-in-formation": BY_HAND["not-in-formation"], "no-such-group": BY_HAND["no-such-group"]},
)
def explain_place(call):
    """Also for who enrolled after the run: the best places, without moving anybody."""
    return call.ask("membership", "explain_place", **call.path, **call.query)


@route(
    "POST",
    "/v1/formations/{formation_id}/moves",
    who=STAFF,
    body=shapes.MoveBody,
    answer=shapes.FormationAnswer,
    summary="Move somebody by hand",
    refusals=BY_HAND
    | {
        "person-locked": "Somebody concerned is locked where they are.",
        "last-of-group": "Nobody would be left in the group.",
    },
)
def move_person(call):
    """A move may break a rule: it is said then, and the commit refuses."""
    return call.ask("membership", "move_person", **call.path, **call.body)


@route(
    "POST",
    "/v1/formations/{formation_id}/locks",
    who=STAFF,
    body=shapes.LockBody,
    answer=shapes.FormationAnswer,
    summary="Lock people where they are, or unlock them",
    refusals=BY_HAND,
)
def lock_people(call):
    return call.ask("membership", "lock_people", **call.path, **call.body)


@route(
    "POST",
    "/v1/formations/{formation_id}/cancel",
    who=STAFF,
    answer=shapes.FormationAnswer,
    status=202,
    location="/v1/formations/{id}",
    summary="End a search",
)
def cancel_formation(call):
    return call.ask("membership", "cancel_formation", **call.path)


@route(
    "POST",
    "/v1/formations/{formation_id}/commit",
    who=STAFF,
    answer=shapes.FormationAnswer,
    status=202,
    location="/v1/formations/{id}",
    summary="Form the proposed cohorts",
    refusals={
        "formation-not-ready": "Nothing is found yet, or the search was ended.",
        "formation-outdated": "A hard rule would be broken, by a move or by what changed since the search.",
    },
)
def commit_formation(call):
    """Committing twice forms each cohort once."""
    return call.ask("membership", "commit_formation", **call.path)


@route(
    "GET",
    "/v1/cohorts/{cohort_id}/rotation",
    who=SIGNED_IN,
    query=shapes.RotationQuery,
    answer=shapes.RotationAnswer,
    summary="Who talks with whom, round after round",
)
def plan_rotation(call):
    """Pairs, and one trio where members are odd; nobody repeats a partner until there is nobody new."""
    return call.ask("membership", "plan_rotation", **call.path, **call.query)
