"""One small cohort with dates, made through the gateway, whose members are signed in."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from deploy.tools.api import Api
from deploy.tools.story import forming, setting_up
from deploy.tools.story.mails import Mails
from deploy.tools.story.people import Door, Player


@dataclass(frozen=True)
class Gathered:
    """`members` and the `guide` are signed in; `sessions` lie ahead."""

    network: str
    admin: Api
    program: dict
    cohort: dict
    sessions: list[dict]
    members: list[Player]
    guide: Player


def a_cohort(stack, name="Small network", people=6, sessions=3, names=(), **wishes):
    """Return a cohort of `people` (5 to 8) with so many sessions, in a network of its own.

    Args:
        names: of the people, else "Person 0", "Person 1", …
        wishes: of the program, such as its display_name.
    """
    mail = f"admin@{name.split()[0].lower()}.example"
    made = json.loads(stack.operate("network", "create", name, "--admin", mail, "--json"))
    api, mails, tag = Api(stack.url), Mails(stack.mail_url), made["network"][-8:]
    admin = setting_up.sign_in_admin(api, made["link"])
    called = names or [f"Person {number}" for number in range(people)]
    found = [_person(admin, one, f"p{number}.{tag}@small.example") for number, one in enumerate(called)]
    guides = setting_up.bring_facilitators(admin, len(found), tag)
    starts_on = (datetime.now(UTC) + timedelta(days=8)).date().isoformat()
    sizes = {"size_low": len(found), "size_high": len(found), "session_count": sessions}
    program = setting_up.design(admin, starts_on, "problem_solving", **sizes, **wishes)
    setting_up.enroll(admin, program, found)
    forming.form_and_commit(admin, program, lambda _: None)
    (cohort,) = forming.cohorts_of(admin, program)
    dates = forming.dates_of(admin, [cohort])[cohort["id"]]
    players = Door(api, mails, made["network"]).enter_all([*found, *guides])
    members = [players[one["person_id"]] for one in cohort["roster"]]
    guide = players[cohort["facilitators"][0]["person_id"]]
    return Gathered(made["network"], admin, program, cohort, dates, members, guide)


def _person(admin, name, email):
    hours = {"weekly_hours": setting_up.ALL_WEEK, "zone": "Europe/Berlin"}
    return admin.post("/v1/people", {"display_name": name, "email": email, **hours})
