"""Which store, channel and clock stands behind which port."""

from services.kit.floor import Floor, provided
from services.kit.forgettings import Forgettings
from services.kit.outward import Outward
from services.kit.settings import SettingError
from services.notifications.adapters.copies import MongoWorld
from services.notifications.adapters.links import SignedLinks
from services.notifications.adapters.mail import MailWriter, mail_domain
from services.notifications.adapters.smtp import SmtpChannel
from services.notifications.adapters.store import MongoNotices, MongoPreferences
from services.notifications.adapters.webhook_http import WebhookChannel
from services.notifications.adapters.webhook_store import MongoDeliveries, MongoEndpoints
from services.notifications.adapters.words import LetterWords


def notices():
    return provided(MongoNotices)


def preferences():
    return provided(MongoPreferences)


def world():
    return provided(MongoWorld)


def endpoints():
    return provided(MongoEndpoints)


def deliveries():
    return provided(MongoDeliveries)


def forgettings():
    return provided(Forgettings)


def sealing():
    return provided(lambda floor: floor.sealing)


def clock():
    return provided(lambda floor: floor.clock)


def links():
    return provided(_links)


def channel():
    return provided(_channel)


def hooks():
    return provided(lambda floor: WebhookChannel(Outward(floor.settings.outward_allow)))


def _links(floor: Floor) -> SignedLinks:
    return SignedLinks(_public_url(floor), floor.settings.secret("link_key"), floor.clock)


def _channel(floor: Floor) -> SmtpChannel:
    if floor.settings.smtp is None:
        raise SettingError("CT_SMTP is not set, and notifications needs it")
    writer = MailWriter(LetterWords(), mail_domain(_public_url(floor)))
    return SmtpChannel(floor.settings.smtp, writer, floor.clock)


def _public_url(floor: Floor) -> str:
    if not floor.settings.public_url:
        raise SettingError("CT_PUBLIC_URL is not set, and notifications needs it")
    return floor.settings.public_url
