"""What the audit trail records: a closed list of kinds, and what a note holds.

Administrative acts, reads of personal data by staff and partner systems, and events of security. Never what a
member does or reads in their own cohort: a member must be able to deny (SECURITY 1.52). Which ask leaves
which note: noted_asks.py.

A note says who, what kind, when, and the ids concerned; never a name, an address or a text.
"""

from dataclasses import dataclass

INSTALLATION = "installation"  # the network of what belongs to no network
PRESENT = "*"  # in `Noted.only`: noted wherever the field is there
STAFF_ROLES = frozenset({"network_admin", "program_staff", "organization_admin", "sponsor"})

KINDS: dict[str, str] = {
    # acts of administration
    "network_created": "A network was created",
    "network_suspended": "A network was suspended, or let go on",
    "network_changed": "The network's settings were changed",
    "organization_added": "An organization was added",
    "organization_changed": "An organization was changed",
    "person_added": "A person was added",
    "managers_changed": "Whom a person reports to was changed",
    "people_invited": "People were invited by mail",
    "import_started": "An import of people was started",
    "erasure_asked": "Somebody is to be forgotten",
    "erasure_cancelled": "Somebody stays, who was to be forgotten",
    "program_designed": "A program was designed",
    "program_changed": "A program was changed",
    "launch_changed": "The purpose, stakeholders or buy-in of a program were changed",
    "form_named": "A form of cohorts was named for the network",
    "seats_changed": "Who advises, champions a program or receives its results was changed",
    "experiment_changed": "A change of a program's practice was tried, or decided on",
    "people_enrolled": "People were enrolled",
    "intake_changed": "How people come into a program was set",
    "enrollment_decided": "An application was accepted or declined",
    "person_removed": "A person was taken out of a program",
    "person_placed": "A person was placed into a standing cohort",
    "pledge_waived": "A supervisor's pledge was waived",
    "formation_started": "A formation was started",
    "formation_cancelled": "A formation was cancelled",
    "formation_changed": "A formation was changed by hand",
    "formation_committed": "A formation was committed: its cohorts were formed",
    "guest_invited": "A guest was invited to a session",
    "guest_withdrawn": "A guest's invitation was taken back",
    "remote_skill_recorded": "A facilitator's remote skill was recorded",
    "members_moved": "Members were moved between cohorts",
    "facilitators_assigned": "A cohort's facilitators were changed",
    "session_moved": "A session was moved",
    "session_placed": "A session was given a place",
    "session_cancelled": "A session was cancelled",
    "questionnaire_closed": "A questionnaire was closed before its time",
    "report_published": "A report was published",
    "endpoint_added": "A webhook endpoint was added",
    "endpoint_removed": "A webhook endpoint was removed",
    "endpoint_tested": "A webhook endpoint was tested",
    # roles and partner systems
    "role_granted": "A role was granted, or its end was changed",
    "role_revoked": "A role was taken back",
    "client_registered": "A partner system was registered",
    "client_changed": "A partner system was changed, disabled or enabled",
    "client_secret_added": "A partner system was given a new secret",
    "client_secret_retired": "A secret of a partner system was retired",
    "connection_added": "An organization's identity provider was connected",
    "connection_changed": "An organization's identity provider was changed, made active or disabled",
    # security
    "identity_linked": "A person linked their organization's identity provider",
    "identity_unlinked": "A person unlinked their organization's identity provider",
    "signed_in": "Somebody signed in",
    "sign_in_refused": "A sign-in was refused",
    "stepped_up": "A sign-in was proven by an own factor",
    "own_factor_changed": "An own factor was set, changed or reset",
    "many_refusals": "Somebody was refused again and again within a minute",
    "token_reused": "A refresh token came twice: its sign-in was ended",
    "letter_revealed": "The body of a dead letter was revealed",
    # reads of personal data by staff and partner systems
    "people_read": "People were listed",
    "person_read": "A person was read",
    "lines_read": "Reporting lines were read",
    "directory_read": "The directory was read",
    "enrollments_read": "Enrollments were listed",
    "launch_read": "A program's stakeholders and buy-in were read",
    "places_wanted_read": "Who asks for another cohort was read",
    "seats_read": "Who advises, champions a program or receives its results was read",
    "advice_read": "What advisers of a program said was read",
    "formation_read": "A formation was read",
    "conflicts_read": "Conflicts of status in cohorts were read",
    "candidates_read": "Who could lead a cohort was read",
    "swap_read": "A swap of members was read",
    "cohorts_read": "Cohorts were listed with their members",
    "cohort_read": "A cohort was read with its members",
    "attendance_read": "A session's attendance was read",
    "import_read": "An import was read",
    "deliveries_read": "The delivery log was read",
    "roles_read": "Roles were listed",
    "erasures_read": "Erasures were looked at",
    "audit_read": "The audit trail was read",
    # exports
    "audit_exported": "The audit trail was exported",
    "own_data_exported": "A person took their own data",
}


@dataclass(frozen=True)
class Noted:
    """The note an ask leaves.

    Args:
        kind: one of KINDS.
        about: names of fields that hold ids: of what was written, or of the answer that was read. `data[].id`
            are the ids of a list; for a write the aggregate's own id is always among them.
        word: name of a field whose value comes from a closed list of ours (a role), never from a person.
        who: "anyone", or "staff": only when a role, a partner's scope or the operator opened the ask.
        only: (field, value); noted only where it holds; (field, PRESENT) where there is one at all.
        unless_among: fields with person ids; nothing is noted for whoever is one of them.
        of: for asks that write several documents: the kind of the one that carries the note.
        actor: field with the id of the person who acted, where the caller is not yet known.
    """

    kind: str
    about: tuple[str, ...] = ()
    word: str = ""
    who: str = "anyone"
    only: tuple[str, object] | None = None
    unless_among: tuple[str, ...] = ()
    of: str = ""
    actor: str = ""

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"the audit trail knows no {self.kind!r}")
