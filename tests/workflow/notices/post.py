"""A real mail server on a port of its own, which can be told how to answer."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class Office:
    """Keeps every letter that it says yes to; `answer` replaces that yes, `refuses` the one to a reader.

    With `whom` only readers whose address begins like that are refused. It thinks `slow` seconds about
    a letter, says `goodbye` to who leaves, and with `dies` is gone before it answers for a letter it took.
    """

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.answer = ""
        self.refuses = ""
        self.whom = ""
        self.slow = 0.0
        self.goodbye = ""
        self.dies = False
        self.thinking = False

    async def handle_RCPT(  # noqa: N802
        self,
        _server: SMTP,
        _session: Session,
        envelope: Envelope,
        address: str,
        _options: list[str],
    ) -> str:
        if self.refuses and address.startswith(self.whom):
            return self.refuses
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.answer:
            return self.answer
        self.thinking = True
        await asyncio.sleep(self.slow)
        letter = message_from_bytes(envelope.content or b"", policy=policy.default)
        assert isinstance(letter, EmailMessage)
        # Nothing may come between: what is kept here counts as taken, so its sender has to hear so.
        self.letters.append(letter)
        if self.dies and isinstance(server.transport, asyncio.Transport):
            server.transport.abort()
        return "250 Taken"

    async def handle_QUIT(  # noqa: N802
        self, _server: SMTP, _session: Session, _envelope: Envelope
    ) -> str:
        return self.goodbye or "221 Bye"


def a_free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


@contextmanager
def open_office(office: Office, port: int) -> Iterator[str]:
    """The office behind an address, until it closes."""
    controller = Controller(office, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield f"smtp://127.0.0.1:{port}"
    finally:
        controller.stop()
