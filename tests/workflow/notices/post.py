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
    """Keeps every letter it takes; `answer` replaces its yes to a letter, `refuses` to a reader.

    With `whom` only readers whose address begins like that are refused.
    """

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.answer = ""
        self.refuses = ""
        self.whom = ""

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

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.answer:
            return self.answer
        letter = message_from_bytes(envelope.content or b"", policy=policy.default)
        assert isinstance(letter, EmailMessage)
        self.letters.append(letter)
        await asyncio.sleep(0)
        return "250 Taken"


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
