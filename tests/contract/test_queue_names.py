"""Queue names are frozen: a renamed method would strand what lies in its queue (FACTS 15)."""

from services.contracts.catalogue import HEARINGS, OWN_FACTORS, RETIRED, SOURCES
from services.contracts.schemas import fact_types

FROZEN = {
    "evt-membership-cohort_formed--scheduling.on_cohort",
    "evt-membership-person_added--scheduling.on_person",
    "evt-membership-cohort_formed--sessions.on_cohort",
    "evt-membership-cohort_formed--feedback.on_cohort",
    "evt-membership-program_designed--feedback.on_program",
    "evt-membership-cohort_formed--notifications.on_cohort",
    "evt-membership-contact_changed--notifications.on_contact",
    "evt-membership-sign_in_link_requested--notifications.on_sign_in_link_requested",
    "evt-membership-own_factor_set--notifications.on_own_factors",
    "evt-membership-person_invited--notifications.on_person_invited",
    "evt-membership-address_move_asked--notifications.on_address_move",
    "evt-membership-network_created--notifications.on_network",
    "evt-membership-person_enrolled--notifications.on_enrollment",
    "evt-membership-pledge_asked--notifications.on_pledge",
    "evt-scheduling-session_scheduled--sessions.on_slot",
    "evt-scheduling-session_scheduled--notifications.on_slot",
    "evt-sessions-rsvp_recorded--feedback.on_session",
    "evt-sessions-rsvp_recorded--notifications.on_session",
    "evt-feedback-feedback_requested--notifications.on_feedback_request",
    "evt-membership-person_erasure_requested--scheduling.on_person_erasure_requested",
    "evt-membership-person_erasure_requested--sessions.on_person_erasure_requested",
    "evt-membership-person_erasure_requested--feedback.on_person_erasure_requested",
    "evt-membership-person_erasure_requested--notifications.on_person_erasure_requested",
    "evt-scheduling-person_erased_by_scheduling--membership.on_person_erased_by_scheduling",
    "evt-sessions-person_erased_by_sessions--membership.on_person_erased_by_sessions",
    "evt-feedback-person_erased_by_feedback--membership.on_person_erased_by_feedback",
    "evt-notifications-person_erased_by_notifications--membership.on_person_erased_by_notifications",
    "evt-membership-person_erasure_asked--notifications.on_person_erasure_asked",
    "evt-membership-person_added--membership.on_lines",
    "evt-membership-cohort_formed--membership.on_roster",
    "evt-membership-role_granted--membership.on_role",
    "evt-membership-guest_invited--sessions.on_guest",
    "evt-scheduling-session_scheduled--membership.on_slot",
    "evt-sessions-rsvp_recorded--membership.on_session",
    "evt-membership-audit_noted--membership.on_membership_noted",
    "evt-scheduling-audit_noted--membership.on_scheduling_noted",
    "evt-sessions-audit_noted--membership.on_sessions_noted",
    "evt-feedback-audit_noted--membership.on_feedback_noted",
    "evt-notifications-audit_noted--membership.on_notifications_noted",
    "evt-membership-any--notifications.on_membership_announced",
    "evt-scheduling-any--notifications.on_scheduling_announced",
    "evt-sessions-any--notifications.on_sessions_announced",
    "evt-feedback-any--notifications.on_feedback_announced",
    "evt-notifications-any--notifications.on_notifications_announced",
}


def test_the_queues_are_named_as_they_were():
    assert {hearing.queue for hearing in HEARINGS} == FROZEN


def test_no_two_hearings_share_a_queue_and_no_retired_one_is_heard():
    queues = [hearing.queue for hearing in HEARINGS]

    assert len(set(queues)) == len(queues)
    assert not set(queues) & set(RETIRED)


def test_every_type_that_is_heard_is_announced_by_its_source():
    for hearing in HEARINGS:
        for name in set(hearing.types) - {"#"}:
            fact = fact_types()[name]
            assert fact.said_by_all or fact.source == hearing.source


def test_all_types_of_a_queue_carry_the_state_of_one_aggregate_kind():
    for hearing in HEARINGS:
        if hearing.types != ("#",):
            assert len({fact_types()[name].subject_field for name in hearing.types}) == 1


def test_every_source_is_heard_whole_by_the_event_feed():
    assert {hearing.source for hearing in HEARINGS if hearing.types == ("#",)} == set(SOURCES)


def test_addresses_and_sign_in_links_are_heard_by_notifications_alone():
    private = {
        "contact_changed",
        "sign_in_link_requested",
        "feedback_requested",
        "feedback_given",
        *OWN_FACTORS,
    }

    listeners = {hearing.service for hearing in HEARINGS if private & set(hearing.types)}

    assert listeners == {"notifications"}
