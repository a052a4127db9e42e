"""What membership keeps about one person, told to them."""

from services.kit.exporting import Kind, Whole, export, one, whose
from services.membership.handlers.engagements import exported_kinds
from services.membership.messages.profiles import profile_answer

PROFILE = (
    "display_name", "email", "organization_id", "zone", "language", "managers", "title", "function", "level",
    "years", "languages", "city", "country", "external_id", "standing",
)  # fmt: skip
ENROLLMENT = (
    *("program_id", "cohort_id", "standing", "applied_at", "offer_until", "paused_until", "reason"),
    *("left_at", "is_late"),
)


def export_mine(query, people, accounts, traces, engagements):
    """Return one page: profile, what they say of themselves, login address, roles, enrollments, cohorts,
    identities, sign-ins.

    Of cohorts only what is the person's own: neither who else is in them, nor why.

    Raises:
        NotTheirOwn, OwnFactorNeeded: as `whose`.
    """
    network, person_id = whose(query.caller)

    def listed(items):
        return lambda limit, after: Whole(items)

    kinds = (
        Kind("profile", one(people.get(network, person_id)), _profile),
        Kind("own_profile", one(traces.own_profile(network, person_id)), _own_profile),
        Kind("account", one(accounts.of_person(person_id)), _account),
        Kind("role", listed(traces.roles(network, person_id)), _role),
        Kind("enrollment", listed(traces.enrollments(network, person_id)), _enrollment),
        Kind("cohort", listed(traces.cohorts(network, person_id)), lambda each: [_cohort(each, person_id)]),
        Kind("launch", listed(traces.launches(network, person_id)), lambda each: [_launch(each, person_id)]),
        Kind("guest", listed(traces.guests(network, person_id)), lambda each: [_guest(each, person_id)]),
        *exported_kinds(engagements, network, person_id),
        Kind("group", listed(traces.groups(network, person_id)), lambda each: [_group(each, person_id)]),
        Kind("remote_skill", one(traces.remote_skill(network, person_id)), _remote_skill),
        Kind("identity", listed(traces.identities(network, person_id)), _identity),
        Kind(
            "sign_in",
            lambda limit, after: traces.page_of_sign_ins(network, person_id, limit, after),
            _sign_in,
        ),
    )
    return export(kinds, query.limit, query.after)


def _profile(person):
    hours = [vars(each) for each in person.weekly_hours]
    lines = [vars(each) for each in person.lines]
    return [
        {"id": person.id, "weekly_hours": hours, "lines": lines}
        | {name: getattr(person, name) for name in PROFILE}
    ]


def _own_profile(profile):
    return [profile_answer(profile)]


def _account(account):
    return [{"login_address": account.mailbox, "networks": [each.network for each in account.belongings]}]


def _role(role):
    names = ("role", "organization_id", "granted_by", "granted_at", "until")
    return [{name: getattr(role, name) for name in names}]


def _enrollment(enrollment):
    answers, pledge = dict(enrollment.answers), enrollment.pledge
    asked = {"standing": pledge.standing, "supervisor_id": pledge.supervisor_id, "asked_at": pledge.asked_at}
    return [{name: getattr(enrollment, name) for name in ENROLLMENT} | {"answers": answers, "pledge": asked}]


def _cohort(cohort, person_id):
    standings = [entry.standing for entry in cohort.roster if entry.person_id == person_id]
    return {
        "id": cohort.id,
        "display_name": cohort.display_name,
        "program_id": cohort.program_id,
        "member": standings[0] if standings else None,
        "leads": cohort.has_facilitator(person_id),
        "signed": cohort.agreement_version if person_id in cohort.signed_by else None,
        "signatures": [
            {"version": one.version, "signed_at": one.signed_at}
            for one in cohort.signatures
            if one.person_id == person_id
        ],
        "steps_taken": [
            {"step": one.step, "at": one.at, "why": one.why} for one in cohort.steps if one.by == person_id
        ],
        "worded_rules": [
            {"version": one.version, "rules": list(one.rules), "worded_at": one.worded_at}
            for one in cohort.wordings
            if one.worded_by == person_id
        ],
    }


def _launch(launch, person_id):
    return {
        "program_id": launch.program_id,
        "speaks_for": [one.group for one in launch.stakeholders if one.speaker_id == person_id],
        "recorded_for": [
            one.group for one in launch.stakeholders if one.verified and one.verified.by == person_id
        ],
        "said": [
            {name: getattr(one, name) for name in ("office", "stance", "said_on", "note")}
            for one in launch.buy_ins
            if one.person_id == person_id
        ],
    }


def _guest(invitation, person_id):
    """As a guest, what was said of them; as a member, their own private answer while it is kept."""
    is_theirs = invitation.guest_id == person_id
    about = {name: getattr(invitation, name) for name in ("introduced_as", "purpose")} if is_theirs else {}
    return about | {
        "session_id": invitation.session_id,
        "standing": invitation.standing,
        "pledged_at": invitation.pledged_at if is_theirs else None,
        "answered_yes": invitation.answer_of(person_id),
    }


def _group(group, person_id):
    """What they called it is the founder's own; of others nobody is named."""
    names = ("purpose", "standing", "cohort_id")
    is_founder = group.founder_id == person_id
    own = {"title": group.title, "learns": group.learns} if is_founder else {}
    relation = "founder" if is_founder else "member" if person_id in group.members else "invited"
    told = {"id": group.id, "relation": relation, "group_kind": group.kind} | own
    return told | {name: getattr(group, name) for name in names}


def _remote_skill(skill):
    return [{name: getattr(skill, name) for name in ("level", "note", "by", "at")}]


def _identity(identity):
    return [
        {name: getattr(identity, name) for name in ("connection_id", "linked_by", "linked_at", "standing")}
    ]


def _sign_in(sign_in):
    names = ("way", "own_factor", "device", "asked_at", "opened_at", "ended_at", "ended_because")
    return [{name: getattr(sign_in, name) for name in names}]
