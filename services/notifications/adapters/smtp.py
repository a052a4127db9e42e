"""Mail by SMTP: connections are kept and used again; each wait is bounded."""

import smtplib
from collections import deque
from collections.abc import Callable
from email.message import EmailMessage
from functools import partial
from typing import Protocol

from services.kit.clock import Clock
from services.kit.settings import Address
from services.notifications.adapters.mail import MailWriter
from services.notifications.domain.letters import Letter
from services.notifications.domain.refusals import NotNow, Undeliverable

SECONDS = 10.0
KEPT = 8  # idle connections; more are closed after use
PERMANENT = 500


class Server(Protocol):
    """The part of smtplib.SMTP that is used here."""

    def send_message(self, mail: EmailMessage) -> object: ...
    def close(self) -> None: ...


class SmtpChannel:
    """Sends letters as mails; at least once, because the server's yes may be lost on its way back."""

    def __init__(
        self,
        address: Address,
        writer: MailWriter,
        clock: Clock,
        connect: Callable[[Address], Server] | None = None,
    ) -> None:
        self._address, self._writer, self._clock = address, writer, clock
        self._connect = connect or partial(_connect, name=writer.domain)
        self._idle: deque[Server] = deque()

    def send(self, letter: Letter) -> None:
        """Hand the letter to the mail server.

        Raises:
            Undeliverable: the server refused it for good.
            NotNow: the server was not reached, or asks to come again.
        """
        mail = self._writer.write(letter, self._clock.now())
        try:
            self._hand_over(mail)
        except smtplib.SMTPRecipientsRefused as refusal:
            raise _judged(min(code for code, _ in refusal.recipients.values())) from None
        except smtplib.SMTPResponseException as refusal:
            raise _judged(refusal.smtp_code) from None
        except smtplib.SMTPNotSupportedError:
            raise Undeliverable("mail-not-supported") from None
        except (OSError, smtplib.SMTPException):
            raise NotNow("mail-server-away") from None

    def _hand_over(self, mail: EmailMessage) -> None:
        """Send by an idle connection; when it turns out to be dead, once more by a new one."""
        if self._idle:
            try:
                return self._use(self._idle.pop(), mail)
            except (smtplib.SMTPServerDisconnected, OSError):
                self._idle.clear()
        return self._use(self._connect(self._address), mail)

    def _use(self, server: Server, mail: EmailMessage) -> None:
        try:
            server.send_message(mail)
        except Exception:
            server.close()
            raise
        if len(self._idle) < KEPT:
            self._idle.append(server)
        else:
            server.close()


def _connect(address: Address, name: str) -> Server:
    """Our `name` is told, not looked up: smtplib would ask the name server for it each time."""
    server: Server = smtplib.SMTP(address.host, address.port, local_hostname=name, timeout=SECONDS)
    return server


def _judged(code: int) -> Exception:
    return Undeliverable("mail-refused") if code >= PERMANENT else NotNow("mail-put-off")
