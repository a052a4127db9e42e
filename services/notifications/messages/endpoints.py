"""What is asked about partners' endpoints, and what is answered."""

from dataclasses import dataclass
from typing import Any

from marshmallow import Schema, fields, validate

from services.contracts.caller import Caller
from services.contracts.schemas.derive import FrozenList, UtcDateTime
from services.notifications.domain.partner_events import LISTED
from services.notifications.domain.webhooks import Added, Endpoint
from services.notifications.messages.shapes import ID, NOBODY, PagedSchema, StrictSchema

VISIBLE_ASCII = validate.Regexp(r"\A[\x21-\x7e]+\Z", error="must be visible ASCII characters")


@dataclass(frozen=True)
class AddEndpoint:
    url: str
    types: tuple[str, ...]
    caller: Caller = NOBODY


@dataclass(frozen=True)
class ListEndpoints:
    limit: int = 50
    after: str | None = None
    caller: Caller = NOBODY


@dataclass(frozen=True)
class RemoveEndpoint:
    endpoint_id: str
    caller: Caller = NOBODY


@dataclass(frozen=True)
class TestEndpoint:
    __test__ = False  # not one of pytest's

    endpoint_id: str
    caller: Caller = NOBODY


@dataclass(frozen=True)
class ListWebhookDeliveries:
    endpoint_id: str
    limit: int = 50
    after: str | None = None
    caller: Caller = NOBODY


class AddEndpointSchema(StrictSchema):
    builds = AddEndpoint
    url = fields.String(required=True, validate=[validate.Length(9, 2000), VISIBLE_ASCII])
    types = FrozenList(
        fields.String(validate=validate.OneOf(sorted(LISTED))),
        required=True,
        validate=validate.Length(1, len(LISTED)),
    )


class ListEndpointsSchema(PagedSchema):
    builds = ListEndpoints


class RemoveEndpointSchema(StrictSchema):
    builds = RemoveEndpoint
    endpoint_id = fields.String(required=True, validate=ID)


class TestEndpointSchema(StrictSchema):
    __test__ = False

    builds = TestEndpoint
    endpoint_id = fields.String(required=True, validate=ID)


class ListWebhookDeliveriesSchema(PagedSchema):
    builds = ListWebhookDeliveries
    endpoint_id = fields.String(required=True, validate=ID)


class EndpointSchema(Schema):
    """One endpoint, without its secret."""

    endpoint_id = fields.String(attribute="id")
    url = fields.String()
    types = fields.List(fields.String())
    organization_id = fields.String(allow_none=True)
    added_at = UtcDateTime()
    taken_at = UtcDateTime(allow_none=True)
    standing = fields.String()
    reason = fields.String()


class EndpointPageSchema(Schema):
    """Some endpoints, and where the next ones begin."""

    data = fields.List(fields.Nested(EndpointSchema), attribute="items")
    next = fields.String(allow_none=True)


class AttemptSchema(Schema):
    """One try: status 0 means that nothing came back."""

    at = UtcDateTime()
    status = fields.Integer()
    reason = fields.String()


class DeliverySchema(Schema):
    """One event on its way to an endpoint, and every try."""

    delivery_id = fields.String(attribute="id")
    endpoint_id = fields.String()
    type = fields.String()
    queued_at = UtcDateTime()
    state = fields.String()
    attempts = fields.List(fields.Nested(AttemptSchema))


class DeliveryPageSchema(Schema):
    """Some deliveries, and where the next ones begin."""

    data = fields.List(fields.Nested(DeliverySchema), attribute="items")
    next = fields.String(allow_none=True)


def added_answer(added: Added | Endpoint, _caller: Any = None) -> dict[str, Any]:
    """Return a new endpoint with its secret, or alone when the answer is told again."""
    if isinstance(added, Endpoint):
        return dict(_ENDPOINT.dump(added))
    return dict(_ENDPOINT.dump(added.endpoint)) | {"secret": added.secret}


_ENDPOINT = EndpointSchema()
