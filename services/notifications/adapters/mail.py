"""A letter as a mail: plain text, HTML and, where it invites, the calendar entry twice (shown, and to keep).

Every value that came from outside is cleaned before it stands in a header; what still would not fit in one
line is a fault here rather than a second header elsewhere.
"""

from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from urllib.parse import urlsplit

from services.notifications.adapters.ical import write_entry
from services.notifications.adapters.words import LetterWords, Words
from services.notifications.domain.cleaning import one_line
from services.notifications.domain.letters import Letter

NO_DOMAIN = "commonthread.invalid"  # where the platform runs under a bare host name or an address
UNFOLDED = SMTP.clone(max_line_length=998)  # a folded address of List-Unsubscribe is no address


def mail_domain(public_url: str) -> str:
    """Return the domain of our own addresses: the host of CT_PUBLIC_URL where that is a domain name."""
    host = urlsplit(public_url).hostname or ""
    is_domain = "." in host and not host.replace(".", "").isdigit() and ":" not in host
    return host if is_domain and host.isascii() else NO_DOMAIN


class MailWriter:
    """Puts letters into mails from `notices@domain`."""

    def __init__(self, words: LetterWords, domain: str) -> None:
        self._words, self.domain = words, domain

    def write(self, letter: Letter, now: datetime) -> EmailMessage:
        """Return the mail of `letter`; its Message-ID is the same however often it is written."""
        words = self._words.write(letter)
        mail = EmailMessage(policy=SMTP)
        self._head(mail, letter, words, now)
        mail.set_content(words.text, cte="quoted-printable")
        mail.add_alternative(words.html, subtype="html", cte="quoted-printable")
        if letter.entry is not None:
            entry = write_entry(
                letter.entry, words.entry_title, words.entry_note, letter.address, self.domain, now
            )
            self._enclose(mail, entry, letter.entry.method)
        mail.policy = UNFOLDED
        return mail

    def _head(self, mail: EmailMessage, letter: Letter, words: Words, now: datetime) -> None:
        sender = one_line(f"{letter.network_name} (Commonthread)" if letter.network_name else "Commonthread")
        mail["From"] = Address(sender, "notices", self.domain)
        mail["To"] = Address(letter.name, addr_spec=letter.address)
        mail["Subject"] = one_line(words.subject, 150)
        mail["Date"] = format_datetime(now)
        mail["Message-ID"] = f"<{letter.id}@{self.domain}>"
        mail["Auto-Submitted"] = "auto-generated"
        if letter.topic:
            mail["List-Id"] = f"<{letter.topic}.{letter.network.replace('_', '-')}.{self.domain}>"
            mail["List-Unsubscribe"] = f"<{letter.stop_now}>"
            mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"

    def _enclose(self, mail: EmailMessage, entry: bytes, method: str) -> None:
        text = entry.decode()
        mail.add_alternative(text, subtype="calendar", params={"method": method}, cte="base64")
        mail.add_attachment(entry, maintype="application", subtype="ics", filename="invite.ics")
