"""Doors of notices: what is heard, what is sent, what people ask about it."""

from services.contracts.catalogue import ADDRESS_MOVE, COHORT, ENROLLMENT, OWN_FACTORS, PLEDGE, SESSION, SLOT
from services.kit.ask import ask
from services.kit.due import due
from services.kit.listen import listen
from services.notifications import wiring
from services.notifications.handlers import account_mails, enrollment_mails, hearing, reading, sending
from services.notifications.messages import notices as messages


class NoticeDoors:
    """What people are told."""

    notices = wiring.notices()
    preferences = wiring.preferences()
    world = wiring.world()
    links = wiring.links()
    channel = wiring.channel()
    forgettings = wiring.forgettings()
    clock = wiring.clock()

    @ask(messages.ListNoticesSchema, answer=messages.NoticePageSchema, write=False)
    def list_notices(self, query):
        return reading.list_notices(query, self.notices, self.clock)

    @ask(messages.ListDeliveriesSchema, answer=messages.DeliveryLogSchema, write=False)
    def list_deliveries(self, query):
        return reading.list_deliveries(query, self.notices)

    @ask(messages.StopNoticesSchema, answer=messages.PreferencesSchema)
    def stop_notices(self, command):
        return reading.stop_notices(command, self.preferences)

    @ask(messages.ShowPreferencesSchema, answer=messages.PreferencesSchema, write=False)
    def show_preferences(self, query):
        return reading.show_preferences(query, self.preferences)

    @listen("membership", "contact_changed", copy=True)
    def on_contact(self, fact, heard):  # these names are queues; see test_queue_names
        hearing.keep_contact(fact, heard.version, self.world, self.forgettings, self.clock)

    @listen("membership", "network_created", copy=True)
    def on_network(self, fact, heard):
        self.world.keep_network(fact, heard.version)

    @listen("membership", *COHORT)
    def on_cohort(self, fact, heard):
        hearing.follow_cohort(fact, heard.version, self.world, self.notices, self.clock)

    @listen("membership", "sign_in_link_requested")
    def on_sign_in_link_requested(self, fact, heard):
        hearing.send_sign_in(fact, self.notices, self.clock)

    @listen("membership", *OWN_FACTORS)
    def on_own_factors(self, fact, heard):
        hearing.tell_own_factors(fact, heard, self.notices, self.clock)

    @listen("membership", "person_invited")
    def on_person_invited(self, fact, heard):
        account_mails.mail_invitation(fact, self.notices, self.clock)

    @listen("membership", *ADDRESS_MOVE)
    def on_address_move(self, fact, heard):
        account_mails.mail_move(fact, self.notices, self.clock)

    @listen("membership", *ENROLLMENT)
    def on_enrollment(self, fact, heard):
        enrollment_mails.mail_enrollment(fact, heard.version, self.world, self.notices, self.clock)

    @listen("membership", *PLEDGE)
    def on_pledge(self, fact, heard):
        enrollment_mails.mail_pledge(fact, heard, self.notices, self.clock)

    @listen("scheduling", *SLOT)
    def on_slot(self, fact, heard):
        hearing.tell_slot(fact, heard.version, self.world, self.notices, self.clock)

    @listen("sessions", *SESSION)
    def on_session(self, fact, heard):
        hearing.tell_session(fact, heard.version, self.world, self.notices, self.clock)

    @listen("feedback", "feedback_requested", "feedback_given")
    def on_feedback_request(self, fact, heard):
        hearing.tell_request(fact, heard.version, self.world, self.notices, self.clock)

    @due("notices", at_once=16)
    def on_notice_due(self, aggregate_id, network, kind):
        ports = (self.notices, self.world, self.preferences, self.links, self.channel)
        sending.send_notice(network, aggregate_id, *ports, self.clock)
