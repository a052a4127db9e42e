"""Doors of webhooks: partners' endpoints, and the feed of events they may be told of."""

from services.kit.ask import ask
from services.kit.due import due
from services.kit.listen import listen
from services.notifications import wiring
from services.notifications.handlers import delivering
from services.notifications.handlers import endpoints as use_cases
from services.notifications.messages import endpoints as messages


class WebhookDoors:
    """What partner systems are told."""

    endpoints = wiring.endpoints()
    deliveries = wiring.deliveries()
    hooks = wiring.hooks()
    clock = wiring.clock()

    @ask(messages.AddEndpointSchema, answer=messages.added_answer)
    def add_endpoint(self, command):
        return use_cases.add_endpoint(command, self.endpoints, self.hooks, self.clock)

    @ask(messages.ListEndpointsSchema, answer=messages.EndpointPageSchema, write=False)
    def list_endpoints(self, query):
        return use_cases.list_endpoints(query, self.endpoints)

    @ask(messages.RemoveEndpointSchema, answer=messages.EndpointSchema, lane="endpoint_id")
    def remove_endpoint(self, command):
        return use_cases.remove_endpoint(command, self.endpoints)

    @ask(messages.TestEndpointSchema, answer=messages.DeliverySchema)
    def test_endpoint(self, command):
        return use_cases.test_endpoint(command, self.endpoints, self.deliveries, self.hooks, self.clock)

    @ask(messages.ListWebhookDeliveriesSchema, answer=messages.DeliveryPageSchema, write=False)
    def list_webhook_deliveries(self, query):
        return use_cases.list_webhook_deliveries(query, self.endpoints, self.deliveries)

    @listen("membership", "#")
    def on_membership_announced(self, fact, heard):  # these names are queues; see test_queue_names
        self._feed(fact, heard)

    @listen("scheduling", "#")
    def on_scheduling_announced(self, fact, heard):
        self._feed(fact, heard)

    @listen("sessions", "#")
    def on_sessions_announced(self, fact, heard):
        self._feed(fact, heard)

    @listen("feedback", "#")
    def on_feedback_announced(self, fact, heard):
        self._feed(fact, heard)

    @listen("notifications", "#")
    def on_notifications_announced(self, fact, heard):
        self._feed(fact, heard)

    @due("deliveries", at_once=8)
    def on_delivery_due(self, aggregate_id, network, kind):
        delivering.deliver(network, aggregate_id, self.deliveries, self.endpoints, self.hooks, self.clock)

    def _feed(self, fact, heard):
        ports = (self.endpoints, self.deliveries)
        delivering.feed_partners(fact, heard.type, heard.event_id, heard.time, *ports, self.hooks, self.clock)
