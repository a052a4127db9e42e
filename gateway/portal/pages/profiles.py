"""A person's own profile with who sees which part of it, and the directory."""

from typing import Any
from urllib.parse import urlencode

from marshmallow import EXCLUDE, Schema, fields, validate

from gateway.answers import Answer, see_other
from gateway.calls import Call
from gateway.portal.frame import Page, done, gather, problems_of
from gateway.portal.pages import SaidQuery
from gateway.portal.phrases import say
from gateway.routing import SIGNED_IN, page
from gateway.schemas.profiles import CONSENTED, THREAD_KINDS
from services.kit.outcomes import RemoteRefusal

HERE, DIRECTORY = "/me/profile", "/directory"
LINES = ("position", "level", "function", "phone")
LISTS = ("languages", "initiatives", "offers", "challenges", "asks")
NUMBERS = {"years": int, "latitude": float, "longitude": float}
PLACE = ("city", "country", "latitude", "longitude")
SPARE_THREADS, MOST_THREADS = 2, 20
RADII = (25, 50, 100, 300, 1000)
WORDS = ("expertise", "challenge", "thread", "city", "country")
DETAILS = (*LISTS, "threads", "level", "years", "phone", "email")
ROWS = 30
LABELS = {
    "listed": say("You"),
    "position": say("Position"),
    "level": say("Level in the organization"),
    "function": say("Function, duties"),
    "years": say("Years of experience"),
    "languages": say("Languages"),
    "place": say("Place"),
    "city": say("City"),
    "country": say("Country"),
    "latitude": say("Latitude"),
    "longitude": say("Longitude"),
    "initiatives": say("Initiatives"),
    "offers": say("What you can help with"),
    "challenges": say("Challenges"),
    "asks": say("What you ask for"),
    "threads": say("Common threads"),
    "email": say("Your mail address"),
    "phone": say("Phone, or another way to call you"),
}


class DirectoryPageQuery(Schema):
    """What is looked for; `near` is a distance from one's own place, in kilometers."""

    class Meta:
        unknown = EXCLUDE

    expertise = fields.String(load_default="", validate=validate.Length(max=200))
    challenge = fields.String(load_default="", validate=validate.Length(max=200))
    thread = fields.String(load_default="", validate=validate.Length(max=200))
    city = fields.String(load_default="", validate=validate.Length(max=200))
    country = fields.String(load_default="", validate=validate.Length(max=200))
    cohort_id = fields.String(load_default="", validate=validate.Regexp(r"^([a-z]{3}_[0-9a-z]{1,60})?\Z"))
    near = fields.String(load_default="", validate=validate.OneOf(["", *map(str, RADII)]))
    after = fields.String(load_default="", validate=validate.Length(max=300))


@page("GET", HERE, who=SIGNED_IN, query=SaidQuery, summary="Your profile, and who sees which part of it")
def profile(call: Call) -> Answer:
    shown = call.ask("membership", "show_profile")
    return _profile(call, _form_of(shown))


@page("POST", HERE, who=SIGNED_IN, summary="Save your profile")
def save_profile(call: Call) -> Answer:
    form = dict(call.body)
    call.if_match = form.pop("tag", "") or None
    try:
        call.ask("membership", "change_profile", **_said(form))
    except RemoteRefusal as refusal:
        if refusal.code == "own-factor-needed":
            return see_other(HERE)  # which leads to proving it, and back
        refusal.errors = [error | {"pointer": _field(error["pointer"])} for error in refusal.errors]
        errors, wrong = problems_of(refusal, LABELS)
        call.ask("membership", "show_profile")  # so that saving again is meant for what stands there now
        return _profile(call, form, 422, errors=errors, wrong=wrong)
    return done(HERE, "saved")


@page("GET", DIRECTORY, who=SIGNED_IN, query=DirectoryPageQuery, summary="Who can help with what")
def directory(call: Call) -> Answer:
    form = {name: call.query[name].strip() for name in (*WORDS, "near", "cohort_id")}
    page, place = gather(call), _own_place(call) if form["near"] else {}
    around = {**place, "radius_km": float(form["near"])} if place else None
    asked = {name: form[name] for name in WORDS if form[name]}
    try:
        found = call.ask(
            "membership",
            "list_directory",
            limit=ROWS,
            asked=asked,
            cohort_id=form["cohort_id"] or None,
            **({"around": around} if around else {}),
            **({"after": call.query["after"]} if call.query["after"] else {}),
        )
    except RemoteRefusal as refusal:
        if refusal.kind != "invalid":
            raise
        refusal.errors = [error | {"pointer": error["pointer"].strip("?/")} for error in refusal.errors]
        errors, wrong = problems_of(refusal)
        return _directory(page, form, {"data": [], "next": None}, 422, errors=errors, wrong=wrong)
    return _directory(page, form, found, place_missing=bool(form["near"]) and not around)


def _profile(call: Call, form: dict[str, str], status: int = 200, **values: Any) -> Answer:
    threads = [name for name in form if name.startswith("thread_name_") and form[name]]
    rows = min(len(threads) + SPARE_THREADS, MOST_THREADS)
    return gather(call).show(
        "profile.html",
        status,
        form=form,
        tag=call.etag,
        labels=LABELS,
        thread_rows=range(rows),
        thread_kinds=THREAD_KINDS,
        **values,
    )


def _directory(page: Page, form: dict[str, str], found: Any, status: int = 200, **values: Any) -> Answer:
    asked = {name: text for name, text in form.items() if text}
    following = f"{DIRECTORY}?{urlencode(asked | {'after': found['next']})}" if found["next"] else None
    entries = [one | {"has_details": any(one.get(name) for name in DETAILS)} for one in found["data"]]
    return page.show(
        "directory.html",
        status,
        form=form,
        entries=entries,
        next_url=following,
        radii=RADII,
        labels=LABELS,
        is_search=bool(asked),
        **values,
    )


def _own_place(call: Call) -> dict[str, float]:
    """The reader's own point, where they gave one."""
    place = (call.together({"own": ("membership", "show_profile", {})})["own"] or {}).get("place", {})
    point = {name: place.get(name) for name in ("latitude", "longitude")}
    return {} if None in point.values() else point


def _form_of(shown: dict[str, Any]) -> dict[str, str]:
    """A profile as the texts of its form."""
    plain = {name: shown[name] for name in (*LINES, "years")} | shown["place"]
    form = {name: "" if value is None else str(value) for name, value in plain.items()}
    form |= {name: "\n".join(shown[name]) for name in LISTS}
    for number, thread in enumerate(shown["threads"]):
        form |= {f"thread_kind_{number}": thread["kind"], f"thread_name_{number}": thread["name"]}
    return form | {f"seen_{name}": audience for name, audience in shown["consent"].items()}


def _said(form: dict[str, str]) -> dict[str, Any]:
    """What a form says, as membership takes it; what is no number goes as it is, to be refused by name."""
    said: dict[str, Any] = {name: form[name] for name in LINES if name in form}
    said |= {name: form[name].splitlines() for name in LISTS if name in form}
    if "years" in form:
        said["years"] = _number("years", form["years"])
    if "city" in form:
        said["place"] = {
            name: _number(name, form.get(name, "")) if name in NUMBERS else form.get(name, "")
            for name in PLACE
        }
    if "thread_name_0" in form:
        said["threads"] = [
            {"kind": form.get(f"thread_kind_{number}", ""), "name": form[f"thread_name_{number}"].strip()}
            for number in range(MOST_THREADS)
            if form.get(f"thread_name_{number}", "").strip()
        ]
    consent = {name: form[f"seen_{name}"] for name in CONSENTED if f"seen_{name}" in form}
    return said | ({"consent": consent} if consent else {})


def _number(name: str, text: str) -> Any:
    try:
        return NUMBERS[name](text.strip().replace(",", ".")) if text.strip() else None
    except ValueError:
        return text


def _field(pointer: str) -> str:
    """The field of the form that a pointer into the profile means."""
    first, *rest = pointer.strip("/").split("/")
    if first == "consent" and rest:
        return f"/seen_{rest[0]}"
    if first == "threads" and rest:
        return f"/thread_{rest[-1]}_{rest[0]}"
    return f"/{rest[-1] if first == 'place' and rest else first}"
