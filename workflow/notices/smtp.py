"""The mail server: one connection for one letter, and what the server's answer means."""

import smtplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from threading import Lock
from typing import Any, Self
from urllib.parse import unquote, urlsplit

from workflow.faults.outages import said
from workflow.free_text import searched
from workflow.notices.vocabulary import Sending

PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
PATIENCE = 15.0
# A server may filter a letter before it answers for it. Whoever gives up sooner sends a letter again
# that has been taken (RFC 5321, 4.5.3.2.6, would wait ten minutes); the mailer's claim lasts five.
LAST_WORD = 120.0


class _Patient(smtplib.SMTP):
    """A connection that waits longer for the answer to a whole letter than for any other."""

    def data(self, msg: Any) -> tuple[int, bytes]:
        """Hand over the letter, and wait for what the server says of it."""
        if self.sock is not None:
            self.sock.settimeout(LAST_WORD)
        return super().data(msg)


class _PatientOverTls(_Patient, smtplib.SMTP_SSL):
    """The same over TLS from its first byte."""


@dataclass(frozen=True, slots=True)
class Sent:
    """How sending one letter ended: sent, owed still, failed for good, or refused by the reader's side."""

    state: Sending
    error: str = ""


class OpenConnections:
    """The connections over which a letter is under way, so that another thread can let go of them."""

    def __init__(self) -> None:
        self._lock, self._open = Lock(), set[smtplib.SMTP]()

    @contextmanager
    def held(self, server: smtplib.SMTP) -> Iterator[smtplib.SMTP]:
        """The connection, one of those under way for as long as that lasts."""
        with self._lock:
            self._open.add(server)
        try:
            yield server
        finally:
            with self._lock:
                self._open.discard(server)

    def let_go(self) -> None:
        """Whoever waits for an answer on one of them hears at once that none will come."""
        with self._lock:
            for server in self._open:
                if server.sock is not None:
                    with suppress(OSError):
                        server.sock.shutdown(socket.SHUT_RDWR)


@dataclass(frozen=True, slots=True)
class SmtpServer:
    """A mail server as a setting names it: smtp://, smtp+starttls:// or smtps://."""

    scheme: str
    host: str
    port: int
    user: str
    password: str
    connections: OpenConnections = field(default_factory=OpenConnections, compare=False)

    @classmethod
    def at(cls, url: str) -> Self:
        """The server at `url`, with user and password if it names them."""
        parts = urlsplit(url)
        port = parts.port or PORTS[parts.scheme]
        user, password = unquote(parts.username or ""), unquote(parts.password or "")
        return cls(parts.scheme, parts.hostname or "", port, user, password)

    def send(self, letter: EmailMessage) -> Sent:
        """Hand over one letter; whatever the server says becomes a state and a sentence."""
        try:
            with (
                _parted_from(self._connected()) as server,
                self.connections.held(server),
            ):
                server.send_message(letter)
        except smtplib.SMTPRecipientsRefused as refused:
            code, answer = next(iter(refused.recipients.values()))
            return _answered(code, answer, Sending.BOUNCED)
        except smtplib.SMTPResponseException as no:
            return _answered(no.smtp_code, no.smtp_error, Sending.FAILED)
        except smtplib.SMTPNotSupportedError as unable:
            return Sent(Sending.FAILED, str(unable))
        except (smtplib.SMTPException, OSError) as outage:
            return Sent(Sending.OWED, said(outage))
        return Sent(Sending.SENT)

    def _connected(self) -> smtplib.SMTP:
        if self.scheme == "smtps":
            context = ssl.create_default_context()
            server: smtplib.SMTP = _PatientOverTls(
                self.host, self.port, timeout=PATIENCE, context=context
            )
        else:
            server = _Patient(self.host, self.port, timeout=PATIENCE)
        if self.scheme == "smtp+starttls":
            server.starttls(context=ssl.create_default_context())
        if self.user:
            server.login(self.user, self.password)
        return server


@contextmanager
def _parted_from(server: smtplib.SMTP) -> Iterator[smtplib.SMTP]:
    """The server, and a goodbye to it; what it answers to that changes nothing of what it said before."""
    try:
        yield server
    finally:
        with suppress(smtplib.SMTPException, OSError):
            if server.sock is not None:
                server.sock.settimeout(PATIENCE)
            server.quit()
        server.close()


def _answered(code: int, answer: bytes | str, final: Sending) -> Sent:
    """A code of five hundred is final; below, the server asks to try later."""
    words = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    return Sent(final if code >= 500 else Sending.OWED, searched(f"{code} {words}"))
