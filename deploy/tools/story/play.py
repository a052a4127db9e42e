"""The story from its first to its last line, all through the gateway."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from deploy.tools.api import Api, await_that
from deploy.tools.story import forming, meeting, profiles, setting_up, telling
from deploy.tools.story.cast import Cast
from deploy.tools.story.mails import Mails
from deploy.tools.story.people import Door, Player
from deploy.tools.story.receiver import Receiver
from deploy.tools.story.setting_up import Ready, StoryBroke

OUTCOME = "problem_solving"
WISHES = {"session_count": 3, "session_minutes": 90, "size_low": 5, "size_high": 8}
LEAD_DAYS = 7  # from now to the earliest first session
INVITES = re.compile(rb'method="?REQUEST')
Row = dict[str, Any]


@dataclass
class Seen:
    """What the story saw; what `demo` prints and the tests look at."""

    admin: Api
    ready: Ready | None = None
    formation: Row = field(default_factory=dict)
    cohorts: list[Row] = field(default_factory=list)
    dates: dict[str, list[Row]] = field(default_factory=dict)
    invitations: list[Row] = field(default_factory=list)
    players: dict[str, Player] = field(default_factory=dict)
    ways: dict[str, int] = field(default_factory=lambda: dict.fromkeys(meeting.WAYS, 0))
    meetings: list[Row] = field(default_factory=list)
    answers: int = 0
    report: Row = field(default_factory=dict)
    told: list[Row] = field(default_factory=list)
    counts: dict[str, Any] = field(default_factory=dict)


class Story:
    """Plays it.

    Args:
        url: of the gateway. mail_url: of the mail catcher's pages.
        link: the admin's one-time link, or its token. network: id of the network just made.
        say: told of each step in a line. receive_at: host:port of the partner's webhook receiver.
    """

    def __init__(
        self,
        url: str,
        mail_url: str,
        *,
        network: str,
        link: str,
        cast: Cast,
        say: Callable[[str], None],
        receive_at: str = "127.0.0.1:0",
    ) -> None:
        self.api, self.mails, self.network, self.cast, self.say = (
            Api(url),
            Mails(mail_url),
            network,
            cast,
            say,
        )
        self._read_to: int | None = None
        self.door = Door(self.api, self.mails, network)
        self.receiver = Receiver(receive_at)
        self.tag = network[-8:]
        self.seen = Seen(setting_up.sign_in_admin(self.api, link))

    def play(self) -> Seen:
        """Play all of it. Raises: StoryBroke, ApiProblem or TimeoutError where it comes out otherwise."""
        try:
            self.set_up()
            self.form()
            self.invite()
            self.meet()
            self.tell()
        finally:
            self.receiver.close()
        return self.seen

    def set_up(self) -> None:
        """Organizations, roster, facilitators, sponsor, partner, program, enrollments."""
        admin = self.seen.admin
        organizations = setting_up.add_organizations(admin, self.cast.organizations)
        self.say(f"{len(organizations)} organizations")
        if self.cast.made_up:
            self.say(f"the roster lacks {', '.join(self.cast.made_up)}: made up for this demo")
        roster = setting_up.import_roster(admin, self.cast)
        self.say(f"roster imported: {roster['added']} people")
        known = {one["id"] for one in organizations}
        people = [one for one in admin.every("/v1/people") if one["organization_id"] in known]
        facilitators = setting_up.bring_facilitators(admin, len(people), self.tag)
        sponsor = setting_up.bring_sponsor(admin, self.tag)
        client, endpoint = setting_up.connect_partner(self.api, admin, organizations[0], self.receiver)
        self.say(f"{len(facilitators)} facilitators, a sponsor and a partner system with a webhook")
        starts_on = (datetime.now(UTC) + timedelta(days=LEAD_DAYS)).date().isoformat()
        program = setting_up.design(admin, starts_on, OUTCOME, **WISHES)
        setting_up.enroll(admin, program, people)
        self.say(f"program designed ({program['form'].replace('_', ' ')}), {len(people)} people enrolled")
        self.seen.ready = Ready(
            self.network, organizations, people, facilitators, sponsor, client, endpoint, program
        )

    def form(self) -> None:
        """Cohorts that break no hard rule, with dates in their members' common hours."""
        admin, ready = self.seen.admin, self._ready
        self.say("forming cohorts")
        self.seen.formation = forming.form_and_commit(admin, ready.program, self.say)
        self.seen.cohorts = forming.cohorts_of(admin, ready.program)
        sizes = sorted(len(one["roster"]) for one in self.seen.cohorts)
        self.say(f"{len(sizes)} cohorts of {sizes[0]} to {sizes[-1]}, nobody with their own boss")
        self.seen.dates = forming.dates_of(admin, self.seen.cohorts)
        self.say(f"{sum(map(len, self.seen.dates.values()))} sessions planned in common hours")

    def invite(self) -> None:
        """Everyone has their invitations; members answer in three ways."""
        people = {one["id"]: one for one in [*self._ready.people, *self._ready.facilitators]}
        wanted = sum(
            (len(one["roster"]) + len(one["facilitators"])) * len(self.seen.dates[one["id"]])
            for one in self.seen.cohorts
        )
        self.seen.invitations = await_that(lambda: self._invitations(wanted), "every invitation", 300, 1.0)
        self.say(f"{len(self.seen.invitations)} invitations in the mail")
        self.seen.players = self.door.enter_all(list(people.values()))
        self.say(f"{len(self.seen.players)} people signed in by a link from their mail")
        last = [self.seen.players[one["person_id"]] for one in self.seen.cohorts[-1]["roster"]]
        self.say(f"{profiles.fill_in(last)} profiles filled in, each part shown to whom its person chose")
        for cohort in self.seen.cohorts:
            members = [self.seen.players[one["person_id"]] for one in cohort["roster"]]
            session = self.seen.dates[cohort["id"]][0]
            meeting.answer_invitations(session, members, self.mails, self.door, self.seen.ways)
        self.say("answered " + ", ".join(f"{count} by {way}" for way, count in self.seen.ways.items()))

    def meet(self) -> None:
        """Every cohort's first session, from closed topics to the capsule, and feedback on it."""
        players = self.seen.players
        for cohort in self.seen.cohorts:
            members = [players[one["person_id"]] for one in cohort["roster"]]
            if not cohort["facilitators"]:
                raise StoryBroke(f"{cohort['display_name']} has no facilitator")
            facilitator = players[cohort["facilitators"][0]["person_id"]]
            session = self.seen.dates[cohort["id"]][0]
            met = meeting.meet(session, facilitator, members)
            self.seen.meetings.append(met)
            self.seen.answers += meeting.give_feedback(met["present"])
        gates = {one["gate"] for one in self.seen.meetings}
        held = f"{len(self.seen.meetings)} first sessions held"
        self.say(f"{held}; topics stayed closed until signed ({', '.join(gates)})")
        self.say(f"{self.seen.answers} answers given")

    def tell(self) -> None:
        """The sponsor reads the report; the partner reads its people and hears of the cohorts."""
        admin, ready = self.seen.admin, self._ready
        telling.close_questionnaires(admin, ready.program)
        published = telling.publish(admin, ready.program)
        sponsor = self.door.enter(ready.sponsor)
        self.seen.report = sponsor.api.get(f"/v1/reports/{published['id']}")
        named = telling.names_in(self.seen.report, {one["display_name"] for one in ready.people})
        if named:
            raise StoryBroke(f"the sponsor's report names {len(named)} people")
        self.seen.counts["report_url"] = f"{self.api.url}/sponsor/reports/{published['id']}"
        self.say(f"the sponsor's report is out: {self._attendance()}")
        own = list(ready.client.every("/v1/people"))
        foreign = [one for one in own if one["organization_id"] != ready.organizations[0]["id"]]
        if foreign or not own:
            raise StoryBroke("the partner reads other people than its organization's")
        self.say(f"the partner system reads the {len(own)} people of its organization")
        await_that(lambda: len(self.receiver.received) >= len(self.seen.cohorts), "the webhooks", 120)
        self.seen.told = list(self.receiver.received)
        self.say(f"{len(self.seen.told)} signed webhooks told it of the cohorts formed")

    @property
    def _ready(self) -> Ready:
        if self.seen.ready is None:
            raise StoryBroke("the network is not set up")
        return self.seen.ready

    def _invitations(self, wanted: int) -> list[Row] | None:
        found = self.mails.invitations()
        return found if len(found) >= wanted else None

    def _attendance(self) -> str:
        figure = telling.attendance_of_all(self.seen.report)
        if figure is None or figure["low"] is None:
            return "attendance withheld"
        return f"attendance {figure['low']} to {figure['high']} percent"
