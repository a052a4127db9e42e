"""Which ask leaves which note in the audit trail: the literal table that doors are checked against.

A test holds that each ask of each service stands in exactly one of WRITES, READS and UNNOTED (in
unnoted_asks.py, with the reason): whoever adds an ask decides here. A note of WRITES rides in the write
itself, one of READS is saved before the answer, one of REFUSED before a no.
"""

from services.contracts import noted_engagements
from services.contracts.audit import PRESENT, Noted

_OF_ROLE = ("person_id", "organization_id")
_SIGNED_IN = Noted("signed_in", ("person_id",), "way", of="sign_in", actor="person_id")
_REUSED = Noted("token_reused", ("person_id",), of="sign_in", only=("standing", "ended"), actor="person_id")
_FACTOR = Noted("own_factor_changed", of="own_factors")
_STAKES = ("stakeholders[].speaker_id", "buy_ins[].person_id")
_LAUNCH = Noted("launch_changed", ("program_id", *_STAKES))
_ENROLLMENT = ("person_id", "program_id")
_ATTENDANCE = ("id", "cohort_id", "attendance[].person_id")

WRITES: dict[str, dict[str, Noted]] = {
    "membership": {
        "create_network": Noted("network_created"),
        "begin_network": Noted("network_created"),
        "set_network_standing": Noted("network_suspended", word="standing"),
        "change_network": Noted("network_changed"),
        "add_organization": Noted("organization_added"),
        "change_organization": Noted("organization_changed"),
        "add_person": Noted("person_added", ("organization_id",)),
        "change_managers": Noted("managers_changed", ("managers[]",)),
        "start_import": Noted("import_started", word="mode"),
        "invite_people": Noted("people_invited"),
        "switch_network": _SIGNED_IN,
        "ask_erasure": Noted("erasure_asked", ("person_id",)),
        "cancel_erasure": Noted("erasure_cancelled", ("person_id",)),
        "design_program": Noted("program_designed"),
        "change_program": Noted("program_changed"),
        "state_purpose": _LAUNCH,
        "name_stakeholder": _LAUNCH,
        "drop_stakeholder": _LAUNCH,
        "verify_purpose": _LAUNCH,
        "record_buy_in": _LAUNCH,
        "enroll_people": Noted("people_enrolled", ("payload.program_id", "program_id")),
        "set_intake": Noted("intake_changed", ("program_id",)),
        "decide_enrollment": Noted("enrollment_decided", _ENROLLMENT, "standing"),
        "remove_enrollment": Noted("person_removed", _ENROLLMENT),
        "waive_pledge": Noted("pledge_waived", _ENROLLMENT),
        "place_in_cohort": Noted("person_placed", (*_ENROLLMENT, "cohort_id")),
        "form_cohorts": Noted("formation_started", ("program_id",)),
        "cancel_formation": Noted("formation_cancelled", ("program_id",)),
        "commit_formation": Noted("formation_committed", ("program_id",)),
        "move_person": Noted("formation_changed", ("program_id",)),
        "lock_people": Noted("formation_changed", ("program_id",)),
        "assign_facilitators": Noted("facilitators_assigned", ("facilitators[].person_id",)),
        "invite_guest": Noted("guest_invited", ("cohort_id", "guest_id"), who="staff"),
        "withdraw_guest": Noted("guest_withdrawn", ("cohort_id", "guest_id"), who="staff"),
        "take_step": Noted("facilitators_assigned", ("facilitators[].person_id",), "step", who="staff"),
        "hand_on": Noted("facilitators_assigned", ("facilitators[].person_id",), who="staff"),
        "record_remote_skill": Noted("remote_skill_recorded", ("person_id",), "level"),
        "begin_swap": Noted("members_moved", ("moves[].person_id",)),
        "grant_role": Noted("role_granted", _OF_ROLE, "role"),
        "revoke_role": Noted("role_revoked", _OF_ROLE, "role"),
        "register_client": Noted("client_registered", ("organization_id",)),
        "change_client": Noted("client_changed", ("organization_id",)),
        "set_client_standing": Noted("client_changed", ("organization_id",), "standing"),
        "add_client_secret": Noted("client_secret_added", ("organization_id",)),
        "retire_client_secret": Noted("client_secret_retired", ("organization_id",)),
        "add_connection": Noted("connection_added", ("organization_id",)),
        "change_connection": Noted("connection_changed", ("organization_id",), "standing"),
        "finish_connection_sign_in": _SIGNED_IN,
        "finish_linking": Noted("identity_linked", ("person_id",), of="identity"),
        "unlink_identity": Noted("identity_unlinked", ("person_id",)),
        "finish_sign_in": _SIGNED_IN,
        "password_sign_in": _SIGNED_IN,
        "refresh_tokens": _REUSED,
        "step_up": Noted("stepped_up", ("person_id",), "own_factor", of="sign_in"),
        "set_password": _FACTOR,
        "confirm_authenticator": _FACTOR,
        "remove_authenticator": _FACTOR,
        "renew_recovery_codes": _FACTOR,
        "ask_factor_reset": _FACTOR,
        "cancel_factor_reset": _FACTOR,
    },
    "scheduling": {
        "reschedule_session": Noted("session_moved", ("cohort_id",), who="staff"),
        "set_place": Noted("session_placed", ("cohort_id",), who="staff"),
        "cancel_session": Noted("session_cancelled", ("cohort_id",), who="staff"),
    },
    "feedback": {
        "close_questionnaire": Noted("questionnaire_closed", ("cohort_id", "session_id"), who="staff"),
        "publish_report": Noted("report_published", ("program_id",)),
    },
    "notifications": {
        "add_endpoint": Noted("endpoint_added", ("organization_id",)),
        "remove_endpoint": Noted("endpoint_removed", ("organization_id",)),
        "test_endpoint": Noted("endpoint_tested", ("endpoint_id",)),
    },
}

_REVEALED = Noted("letter_revealed", ("id", "subject"), only=("body", PRESENT))
_ROSTERS = ("data[].roster[].person_id", "data[].facilitators[].person_id")
_ROSTER = ("roster[].person_id", "facilitators[].person_id")

READS: dict[str, dict[str, Noted]] = {
    "membership": {
        "list_people": Noted("people_read", ("data[].id",)),
        "show_person": Noted("person_read", ("id",), unless_among=("id",)),
        "show_lines": Noted("lines_read", ("person_id", "above[]")),
        "compare_lines": Noted("lines_read", ("one", "other")),
        "list_line_problems": Noted("lines_read", ("data[].people[].person_id",)),
        "list_directory": Noted("directory_read", ("data[].person_id",), who="staff"),
        "show_entry": Noted("directory_read", ("person_id",), who="staff"),
        "list_enrollments": Noted("enrollments_read", ("data[].person_id", "data[].program_id")),
        "show_enrollment": Noted("enrollments_read", ("id", *_ENROLLMENT)),
        "show_placement": Noted("enrollments_read", ("enrollment_id", *_ENROLLMENT)),
        "show_launch": Noted("launch_read", ("program_id", *_STAKES), who="staff"),
        "show_formation": Noted("formation_read", ("id", "groups[].members[].person_id")),
        "explain_place": Noted("formation_read", ("formation_id", "person_id")),
        "check_formation": Noted("formation_read", ("conflicts[].people[].person_id",)),
        "compare_formations": Noted(
            "formation_read", ("formation_id", "changes[].came[].person_id", "changes[].left[].person_id")
        ),
        "list_cohorts": Noted("cohorts_read", ("data[].id", *_ROSTERS)),
        "show_cohort": Noted("cohort_read", ("id", *_ROSTER), who="staff", unless_among=_ROSTER),
        "list_conflicts": Noted("conflicts_read", ("data[].cohort_id",)),
        "show_conflicts": Noted("conflicts_read", ("cohort_id", "conflicts[].one.person_id")),
        "list_candidates": Noted("candidates_read", ("cohort_id", "data[].person_id")),
        "show_swap": Noted("swap_read", ("moves[].person_id",)),
        "list_import_problems": Noted("import_read"),
        "list_roles": Noted("roles_read", ("data[].person_id",)),
        "list_erasures": Noted("erasures_read", ("data[].person_id",)),
        "show_erasure": Noted("erasures_read", ("id", "person_id"), unless_among=("person_id",)),
        "export_mine": Noted("own_data_exported", only=("is_first", True)),
        "note_refusals": Noted("many_refusals"),
        "list_audit": Noted("audit_read"),
        "_dead_letter_show": _REVEALED,
        "export_audit": Noted("audit_exported", only=("is_first", True)),
    },
    "scheduling": {"_dead_letter_show": _REVEALED},
    "sessions": {
        "show_session": Noted("attendance_read", _ATTENDANCE, who="staff", only=("face", "staff")),
        "_dead_letter_show": _REVEALED,
    },
    "feedback": {"_dead_letter_show": _REVEALED},
    "notifications": {
        "list_deliveries": Noted("deliveries_read", ("data[].person_id",)),
        "_dead_letter_show": _REVEALED,
    },
}

REFUSED: dict[str, dict[str, Noted]] = {
    "membership": {
        "finish_sign_in": Noted("sign_in_refused", ("about[]",), only=("code", "link-not-valid")),
        "finish_connection_sign_in": Noted(
            "sign_in_refused", ("about[]",), only=("code", "sign-in-not-accepted")
        ),
        "password_sign_in": Noted("sign_in_refused", ("about[]",), only=("code", "sign-in-refused")),
        "step_up": Noted("sign_in_refused", ("about[]",), only=("code", "factor-not-valid")),
    },
}

WRITES["membership"] |= noted_engagements.WRITES
READS["membership"] |= noted_engagements.READS
