"""A program's people in a formation that staff work on: HTTP in front, MongoDB behind, the worker by hand."""

from urllib.parse import urlencode

from gateway.portal.pages import formations as pages
from gateway.routes import formations as routes
from gateway.routes import programs as program_routes
from gateway.routing import ROUTES
from gateway.signins import SignIn
from tests.builders.gateway import a_gateway, a_token
from tests.builders.identity import signed_in
from tests.builders.people import MONDAY, Works, somebody, staff
from tests.builders.rooms import Asks

OFFERED = {module.__name__ for module in (routes, program_routes, pages)}
ZONES = ("Europe/Paris", "Africa/Lagos", "Europe/London")
FORM = "application/x-www-form-urlencoded"


def peers(count=24, **fields):
    """People of three organizations; from the fourth on each reports to one of the first three."""
    return [
        somebody(
            f"per_{number:02}",
            display_name=f"Person{number:02} Roe",
            organization_id=f"org_{number % 3}",
            zone=ZONES[number % 3],
            managers=(f"per_{number % 3:02}",) if number >= 3 else (),
            function=("Finance", "Care", "Sales")[number % 5 % 3],
            **fields,
        )
        for number in range(count)
    ]


class Bench:
    """The program, its enrolled people, and staff's requests."""

    def __init__(self, house, floor, people=None, **design):
        self.house, self.works = house, Works(house, floor)
        house.service.apart = lambda act, *given: act(*given)  # requests come in threads, not green ones
        for person in people if people is not None else peers():
            house.service.people.add(person)
        wishes = {"display_name": "Harbor", "outcome": "problem_solving", "starts_on": MONDAY.isoformat()}
        self.program = house.ask("design_program", staff(), **(wishes | design))
        if people is None or people:
            self.enroll()
        self.gateway = a_gateway(
            [one for one in ROUTES if one.handler.__module__ in OFFERED], asks=Asks(house)
        )
        self.token = a_token(
            signed_in("per_staff", roles=("member", "program_staff"), signin_id="tok_staff", text_open=True)
        )

    def enroll(self):
        """Enroll everybody there is by now."""
        self.house.ask("enroll_people", staff(), program_id=self.program["id"], everyone=True)
        self.works.all()

    def send(self, method, path, body=None):
        return self.gateway.request(method, path, body, token=self.token)

    def ask_for(self, body=None):
        """Ask for a formation and return the answer."""
        return self.send("POST", f"/v1/programs/{self.program['id']}/formations", body or {})

    def form(self, **body):
        """Return the formation found with these options, whole."""
        begun = self.ask_for(body)
        assert begun.status == 202, begun.body
        self.works.all()
        return self.shown(begun.json["id"])

    def shown(self, formation_id, query=""):
        return self.send("GET", f"/v1/formations/{formation_id}{query}").json

    def page(self, path, form=None):
        """Open a page, or send a form of it, as staff."""
        signin = SignIn(self.token, "a refresh token", "a mark")
        cookie = self.gateway.signins.write(signin).split(";")[0]
        if form is None:
            return self.gateway.request("GET", path, cookie=cookie)
        fields = {"csrf": self.gateway.signins.form_token(signin.mark), **form}
        return self.gateway.request(
            "POST", path, urlencode(fields).encode(), cookie=cookie, content_type=FORM
        )


def groups_of(formation):
    return [frozenset(one["person_id"] for one in group["members"]) for group in formation["groups"]]
