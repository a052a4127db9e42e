"""People of one network in two cohorts, as a client meets them: HTTP in front, a real MongoDB behind.

Ada, Bo and Cy share a cohort that Guide leads; Dee and Ed share another. Bo reports to Boss, through Mid.
"""

from dataclasses import replace
from urllib.parse import urlencode

from gateway.portal.pages import dedications as dedication_pages
from gateway.portal.pages import experiments as experiment_pages
from gateway.portal.pages import guests as guest_pages
from gateway.portal.pages import ladder as ladder_pages
from gateway.portal.pages import leading as leading_pages
from gateway.portal.pages import lines as line_pages
from gateway.portal.pages import member as member_pages
from gateway.portal.pages import profiles as profile_pages
from gateway.portal.pages import quests as quest_pages
from gateway.portal.pages import safety as safety_pages
from gateway.portal.pages import stakes as stake_pages
from gateway.routes import (
    cohorts,
    data_rights,
    dedications,
    experiments,
    guests,
    ladder,
    lines,
    membership,
    profiles,
    quests,
    remote_skills,
    safety,
    stakes,
)
from gateway.routing import ROUTES
from gateway.signins import SignIn
from services.contracts.events.cohorts import RosterEntry
from services.kit.asks import Reply
from services.membership.domain.cohorts import Cohort
from tests.builders.doors import HouseAsks
from tests.builders.gateway import a_gateway, a_token, public_keys
from tests.builders.identity import signed_in
from tests.builders.people import MONDAY, NET, somebody

PAGES = (guest_pages, ladder_pages, leading_pages, line_pages, member_pages, profile_pages, safety_pages)
ROUTES_OF = (cohorts, data_rights, guests, ladder, lines, membership, profiles, remote_skills, safety)
ENGAGED = (
    dedications,
    dedication_pages,
    experiments,
    experiment_pages,
    quests,
    quest_pages,
    stakes,
    stake_pages,
)
OFFERED = {module.__name__ for module in (*ROUTES_OF, *PAGES, *ENGAGED)}
NAMES = ("ada", "bo", "cy", "guide", "dee", "ed", "boss", "mid", "newcomer", "staff")
FIRST, SECOND = ("ada", "bo", "cy"), ("dee", "ed")


class Asks(HouseAsks):
    """Membership's house, but tokens are those of the tests."""

    def ask(self, service, name, payload, caller, **options):
        if name == "show_signing_keys":
            return Reply(public_keys(), None, False)
        return super().ask(service, name, payload, caller, **options)


def people_of_the_rooms():
    managers = {"bo": ("per_mid",), "mid": ("per_boss",)}
    return [somebody(f"per_{name}", managers=managers.get(name, ())) for name in NAMES]


def a_room(id, members, guide):
    def entries(names):
        return tuple(RosterEntry(f"per_{name}", name.title(), None, "UTC") for name in names)

    return Cohort(
        id=id,
        network=NET,
        program_id="prg_1",
        display_name="Harbor",
        form="action_learning",
        roster=entries(members),
        facilitators=entries(guide),
        session_count=4,
        session_minutes=90,
        weeks_between=2,
        starts_on=MONDAY,
    )


class Rooms:
    """The network; `as_(name)` gives somebody's requests."""

    def __init__(self, house):
        self.house = house
        house.service.apart = lambda act, *given: act(*given)  # requests come in threads, not green ones
        for person in people_of_the_rooms():
            house.service.people.add(person)
        house.service.cohorts.add(a_room("coh_1", FIRST, ("guide",)))
        house.service.cohorts.add(a_room("coh_2", SECOND, ()))
        routes = [each for each in ROUTES if each.handler.__module__ in OFFERED]
        self.gateway = a_gateway(routes, asks=Asks(house))

    def as_(self, name, *roles, **caller):
        who = signed_in(f"per_{name}", roles=("member", *roles), signin_id=f"tok_{name}", **caller)
        token = a_token(who)

        def request(method, path, body=None, **fields):
            return self.gateway.request(method, path, body, token=token, **fields)

        return request

    def page_of(self, name, *roles, text_open=True):
        """Return `open(path)` and `send(path, form)` of somebody in the portal."""
        told = {"signin_id": f"tok_{name}", "text_open": text_open}
        who = signed_in(f"per_{name}", roles=("member", *roles), **told)
        signin = SignIn(a_token(who), "a refresh token", "a mark")
        cookie = self.gateway.signins.write(signin).split(";")[0]

        def open_(path):
            return self.gateway.request("GET", path, cookie=cookie)

        def send(path, form):
            fields = {"csrf": self.gateway.signins.form_token(signin.mark), **form}
            kind = "application/x-www-form-urlencoded"
            return self.gateway.request(
                "POST", path, urlencode(fields).encode(), cookie=cookie, content_type=kind
            )

        return open_, send

    def say(self, name, consent, **said):
        """Have somebody save a profile; consent "listed" is theirs to give, too."""
        answer = self.change_profile(name, said | {"consent": consent})
        assert answer.status == 200, answer.body
        return answer.json

    def change_profile(self, name, body):
        """Change somebody's profile as it stands now."""
        one = self.as_(name)
        read = one("GET", "/v1/me/profile").fields["etag"]
        return one("PATCH", "/v1/me/profile", body, if_match=read)

    def found(self, name, query="", *roles, **caller):
        """Return name -> entry of the directory as `name` reads it."""
        answer = self.as_(name, *roles, **caller)("GET", f"/v1/directory{query}")
        assert answer.status == 200, answer.body
        return {one["person_id"].removeprefix("per_"): one for one in answer.json["data"]}

    def change(self, name, **fields):
        """Change the person behind a profile, as an import would."""
        people = self.house.service.people
        person = people.get(NET, f"per_{name}")
        people.save(replace(person, **fields))
