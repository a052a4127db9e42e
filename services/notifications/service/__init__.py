"""Rings the bell for notifications; decides nothing. Each file of this room holds the doors of one area."""

from services.notifications.service.erasures import ErasureDoors
from services.notifications.service.notices import NoticeDoors
from services.notifications.service.webhooks import WebhookDoors


class NotificationsService(NoticeDoors, WebhookDoors, ErasureDoors):
    """Who must be told, how and when?"""

    name = "notifications"
