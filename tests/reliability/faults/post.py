"""A mail server that can be away, and that can die while it takes a letter."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.support.programs import a_free_port
from tests.support.waiting import PAUSE
from tests.workflow.notices.post import Office


class Mortal(Office):
    """An office that can die with a letter in its hands, or hold one for a while.

    A letter that it dies with is not kept: nobody has said that it was taken. One that was kept and
    not answered for would be sent again, under its name, as tests/workflow/notices/ shows.
    """

    def __init__(self) -> None:
        super().__init__()
        self._dies = self._holds = False
        self.died, self.held = Event(), Event()
        self.sender = self.in_hand = 0

    def die_with_next(self) -> None:
        """Die with the next letter."""
        self.died.clear()
        self._dies = True

    @contextmanager
    def holding(self) -> Iterator[None]:
        """Take letters and say nothing for a while.

        `in_hand` counts those whose sender waits, and `sender` is the port of one of them.
        """
        self.held.clear()
        self.in_hand = 0
        self._holds = True
        try:
            yield
        finally:
            self._holds = False

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.in_hand += self._holds
        while self._holds:
            self.sender = int(session.peer[1]) if session.peer else 0
            self.held.set()
            await asyncio.sleep(PAUSE)
        if self._dies and isinstance(server.transport, asyncio.Transport):
            self._dies = False
            server.transport.abort()
            self.died.set()
            return "421 Gone"
        return await super().handle_DATA(server, session, envelope)


@dataclass(slots=True)
class PostOffice:
    """The office behind one port, whether it is open or not."""

    address: str = "127.0.0.1"
    office: Mortal = field(default_factory=Mortal)
    port: int = field(default_factory=a_free_port)
    _controller: Controller | None = None

    @property
    def url(self) -> str:
        """The address that an installation is told."""
        return f"smtp://{self.address}:{self.port}"

    def open(self) -> None:
        """Take letters from now on."""
        self._controller = Controller(self.office, hostname=self.address, port=self.port)
        self._controller.start()

    def close(self) -> None:
        """Refuse every connection from now on."""
        if self._controller is not None:
            self._controller.stop()
            self._controller = None

    @contextmanager
    def away(self) -> Iterator[None]:
        """Closed for a while."""
        self.close()
        try:
            yield
        finally:
            self.open()

    def taken(self) -> Counter[str]:
        """How often a letter of each Message-ID was taken."""
        return Counter(str(letter["Message-ID"]) for letter in self.office.letters)


@contextmanager
def open_post(address: str = "127.0.0.1") -> Iterator[PostOffice]:
    """A post office for as long as it is needed."""
    post = PostOffice(address)
    post.open()
    try:
        yield post
    finally:
        post.close()
