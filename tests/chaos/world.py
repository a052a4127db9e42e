"""A small network to break things in: ten people in two cohorts, made once through the gateway."""

import itertools
import json
import secrets
import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from deploy.tools.api import Api, await_that
from deploy.tools.story import forming, setting_up
from deploy.tools.story.mails import Mails
from deploy.tools.story.people import Door
from deploy.tools.story.setting_up import ALL_WEEK, COHORT_SIZE, COHORTS_EACH

PEOPLE, COHORT, SESSIONS, GUIDES = 10, 5, 8, 8
WISHES = {"size_low": COHORT, "size_high": COHORT, "session_minutes": 60}
MOVES = 1000
WAIT = 300.0  # seconds; on a busy machine everything takes its time
FRESH = timedelta(minutes=6)  # access tokens live for ten


@dataclass
class Meeting:
    """One session nobody used yet: its cohort, who leads it and who is invited (person id -> Api)."""

    id: str
    cohort_id: str
    leader: Api
    leader_id: str
    members: dict[str, Api]


@dataclass
class World:
    """See `make_world`. `people` are Apis by person id."""

    url: str
    network: str
    admin: Api
    tokens: dict[str, tuple[Api, str]]
    people: dict[str, Api]
    facilitators: dict[str, Api]
    renewed_at: datetime
    meetings: list[Meeting] = field(default_factory=list)
    cohorts: dict[str, str] = field(default_factory=dict)  # id -> version of its agreement
    programs: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)
    spare: str = ""  # a cohort that never meets
    turns: itertools.count = field(default_factory=itertools.count)

    def next_leads(self) -> tuple[str, list[str], int]:
        """Return the spare cohort's path, who shall lead it now, and how often just these did before.

        Two or three of them: no sweep has so many rounds that it comes to the same ones twice.
        """
        groups = [
            list(some) for size in (2, 3) for some in itertools.combinations(sorted(self.facilitators), size)
        ]
        turn = next(self.turns)
        return f"/v1/cohorts/{self.spare}", groups[turn % len(groups)], turn // len(groups)

    def take_meeting(self) -> Meeting:
        """Return a session no command touched; forms cohorts when all are used. Only while all is well."""
        with self.lock:
            if not self.meetings:
                self.renew()
                form_more(self)
            return self.meetings.pop(0)

    def renew(self) -> None:
        """Exchange tokens that grow old. Only while all is well: a refresh token is good once."""
        if datetime.now(UTC) - self.renewed_at < FRESH:
            return
        stranger = Api(self.url)
        for name, (api, refresh) in self.tokens.items():
            tokens = stranger.post("/v1/sign-ins/refresh", {"refresh_token": refresh})
            api.authorization = f"Bearer {tokens['access_token']}"
            self.tokens[name] = (api, tokens["refresh_token"])
        self.renewed_at = datetime.now(UTC)


def make_world(stack, name="chaos") -> World:
    """Return a network with people, facilitators and cohorts with sessions, all signed in and signed."""
    made = _network(stack, name)
    stranger = Api(stack.url)
    tokens = stranger.post("/v1/sign-ins/finish", {"token": made["link_token"]})
    admin = stranger.as_bearer(tokens["access_token"])
    tag = made["network"][-8:]
    people = [
        _add_person(admin, f"Person {number}", f"p{number}.{tag}@world.example") for number in range(PEOPLE)
    ]
    facilitators = setting_up.bring_facilitators(admin, GUIDES * COHORT_SIZE * COHORTS_EACH, tag)
    entered = _enter(stack, made["network"], [*people, *facilitators])
    known = {"admin": (admin, tokens["refresh_token"])} | entered
    world = World(
        stack.url,
        made["network"],
        admin,
        known,
        {one["id"]: entered[one["id"]][0] for one in people},
        {one["id"]: entered[one["id"]][0] for one in facilitators},
        datetime.now(UTC),
    )
    form_more(world, sessions=1)
    world.spare = world.meetings[0].cohort_id
    world.meetings.clear()
    form_more(world)
    return world


def form_more(world: World, sessions: int = SESSIONS) -> None:
    """Form the ten people into two more cohorts, whose agreement everybody signs."""
    program = design(world.admin, f"Program {secrets.token_hex(3)}", sessions)
    setting_up.enroll(world.admin, program, [{"id": one} for one in world.people])
    forming.form_and_commit(world.admin, program, lambda line: None)
    cohorts = forming.cohorts_of(world.admin, program)
    dates = forming.dates_of(world.admin, cohorts)
    world.programs.append(program["id"])
    for cohort in cohorts:
        _enlist(world, cohort, dates[cohort["id"]])


def design(admin: Api, name: str, sessions: int) -> dict:
    """Return a program of cohorts of five."""
    return setting_up.design(admin, _next_week(), "problem_solving", session_count=sessions, **WISHES) | {
        "name": name
    }


def _network(stack, name):
    return json.loads(
        stack.operate("network", "create", name, "--admin", f"admin.{name}@world.example", "--json")
    )


def _add_person(admin, name, email):
    hours = {"weekly_hours": ALL_WEEK, "zone": "Europe/Berlin"}
    return admin.post("/v1/people", {"display_name": name, "email": email, **hours})


def _enter(stack, network, people):
    """Sign everybody in by the link of their mail; keep the refresh token too."""
    mails, stranger = Mails(stack.mail_url), Api(stack.url)
    door = Door(stranger, mails, network)
    mark = mails.last
    for person in people:
        door.ask_for_link(person["email"])
    found = {}
    for person in people:
        tokens = door.redeem(person["email"], mark)
        found[person["id"]] = (stranger.as_bearer(tokens["access_token"]), tokens["refresh_token"])
    return found


def _enlist(world, cohort, sessions):
    members = {one["person_id"]: world.people[one["person_id"]] for one in cohort["roster"]}
    leads = [one["person_id"] for one in cohort["facilitators"]]
    everyone = members | world.facilitators
    leader = leads[0] if leads else next(iter(members))
    world.cohorts[cohort["id"]] = cohort["agreement_version"]
    for one in {*members, leader}:
        everyone[one].put(
            f"/v1/cohorts/{cohort['id']}/agreement/signature", {"version": cohort["agreement_version"]}
        )
    for session in sessions:
        path = f"/v1/sessions/{session['id']}"
        await_that(
            lambda path=path: everyone[leader].get(path)["gate"]["signed"] == len(members),
            "the signatures",
            WAIT,
        )
        world.meetings.append(Meeting(session["id"], cohort["id"], everyone[leader], leader, members))


def _next_week():
    return (datetime.now(UTC) + timedelta(days=8)).date().isoformat()
