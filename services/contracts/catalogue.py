"""Every event and every queue that hears it: the literal truth that doors and topology are checked against.

A queue is `evt-<source>-<first type>--<service>.<method>`; its name is frozen, so that renaming a method
never strands messages. `#` hears every type of its source. Queues listed in RETIRED are unbound first and
deleted when empty.
"""

from dataclasses import dataclass

SOURCES = ("membership", "scheduling", "sessions", "feedback", "notifications")


@dataclass(frozen=True)
class Hearing:
    """One queue: who listens (`service`.`method`), to which `types` of `source`; `bulk` for plain copies."""

    source: str
    types: tuple[str, ...]
    service: str
    method: str
    bulk: bool = False

    @property
    def queue(self) -> str:
        """The frozen name of the queue."""
        first = "any" if self.types == ("#",) else self.types[0]
        return f"evt-{self.source}-{first}--{self.service}.{self.method}"


COHORT = (
    *("cohort_formed", "member_joined", "member_left", "facilitator_assigned", "agreement_signed"),
    *("agreement_changed", "cohort_guarded", "safety_conflict_found", "safety_conflict_settled"),
)
ROSTERS = ("cohort_formed", "member_joined", "member_left", "facilitator_assigned")
ROLE = ("role_granted", "role_revoked")
GUEST = ("guest_invited", "guest_decided", "guest_changed")
SLOT = ("session_scheduled", "session_rescheduled", "session_cancelled")
SESSION = (
    "rsvp_recorded",
    "session_opened",
    "session_closed",
    "attendance_recorded",
    "commitment_made",
    "commitment_reported",
    "capsule_published",
    "session_planned",
)
OWN_FACTORS = (
    "own_factor_set",
    "own_factor_reset_asked",
    "own_factor_reset_cancelled",
    "own_factors_reset",
)
PERSON = ("person_added", "person_changed")
ERASURE = ("person_erasure_asked", "person_erasure_cancelled")
PROGRAM = ("program_designed", "program_changed")
ENROLLMENT = ("person_enrolled", "enrollment_changed")
PLEDGE = ("pledge_asked", "pledge_answered", "pledge_tip_due")

ADDRESS_MOVE = ("address_move_asked", "address_moved", "address_move_stopped")

HEARINGS = (
    Hearing("membership", COHORT, "scheduling", "on_cohort"),
    Hearing("membership", PERSON, "scheduling", "on_person", bulk=True),
    Hearing("membership", COHORT, "sessions", "on_cohort"),
    Hearing("membership", COHORT, "feedback", "on_cohort", bulk=True),
    Hearing("membership", PROGRAM, "feedback", "on_program", bulk=True),
    Hearing("membership", COHORT, "notifications", "on_cohort"),
    *(
        Hearing("membership", ("person_erasure_requested",), service, "on_person_erasure_requested")
        for service in SOURCES[1:]
    ),
    *(
        Hearing(service, (f"person_erased_by_{service}",), "membership", f"on_person_erased_by_{service}")
        for service in SOURCES[1:]
    ),
    Hearing("membership", ERASURE, "notifications", "on_person_erasure_asked"),
    Hearing("membership", ("contact_changed",), "notifications", "on_contact", bulk=True),
    Hearing("membership", ("sign_in_link_requested",), "notifications", "on_sign_in_link_requested"),
    Hearing("membership", OWN_FACTORS, "notifications", "on_own_factors"),
    Hearing("membership", ("person_invited",), "notifications", "on_person_invited"),
    Hearing("membership", ADDRESS_MOVE, "notifications", "on_address_move"),
    Hearing("membership", ENROLLMENT, "notifications", "on_enrollment"),
    Hearing("membership", PLEDGE, "notifications", "on_pledge"),
    Hearing("membership", ("network_created",), "notifications", "on_network", bulk=True),
    Hearing("scheduling", SLOT, "sessions", "on_slot"),
    Hearing("scheduling", SLOT, "notifications", "on_slot"),
    Hearing("sessions", SESSION, "feedback", "on_session"),
    Hearing("sessions", SESSION, "notifications", "on_session"),
    Hearing("feedback", ("feedback_requested", "feedback_given"), "notifications", "on_feedback_request"),
    Hearing("membership", PERSON, "membership", "on_lines", bulk=True),
    Hearing("membership", ROSTERS, "membership", "on_roster"),
    Hearing("membership", ROLE, "membership", "on_role"),
    Hearing("membership", GUEST, "sessions", "on_guest", bulk=True),
    Hearing("scheduling", SLOT, "membership", "on_slot"),
    Hearing("sessions", SESSION, "membership", "on_session", bulk=True),
    *(Hearing(source, ("audit_noted",), "membership", f"on_{source}_noted") for source in SOURCES),
    *(Hearing(source, ("#",), "notifications", f"on_{source}_announced") for source in SOURCES),
)

RETIRED: tuple[str, ...] = ()

# What every gateway hears the moment it happens, because it must refuse from then on: ids and words of ours,
# never a name or an address.
LIVE = {
    "membership": (
        *("sign_in_ended", "role_granted", "role_revoked", "access_changed", "client_changed"),
        *("network_suspended", "network_resumed"),
    ),
}
