"""One form sent through the real pages: twenty clicks at once, and browsers that hang up."""

import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from threading import Barrier
from urllib.parse import urlencode

import pytest

from config.settings import Settings
from tests.reliability.field import answers
from tests.reliability.grounds import BOARD, Copies, ground
from tests.reliability.interleaving import BEFORE_THE_COMMIT, Stoppable, stopped
from tests.support.applications import listening
from tests.support.deciding import opened, round_page
from tests.support.visitors import SECRET, Visitor
from tests.support.waiting import PATIENCE
from tests.support.world import World
from web.app import create_app
from workflow.demo.cast import DOMAIN, PASSWORD

WHO = "carla.duarte"


@dataclass(frozen=True, slots=True)
class Page:
    """A form that somebody has filled in, in a browser of theirs, and the server behind it."""

    world: World
    ref: str
    engine: Stoppable
    port: int
    request: bytes

    def begin(self) -> socket.socket:
        """Send the form, and leave the answer unread."""
        sending = socket.create_connection(("127.0.0.1", self.port), PATIENCE)
        sending.sendall(self.request)
        return sending

    def send(self) -> tuple[int, str]:
        """Send the form; the status of the answer and where it leads."""
        with self.begin() as sending:
            told = b"".join(iter(lambda: sending.recv(65536), b"")).decode()
        head = told.partition("\r\n\r\n")[0].splitlines()
        leads = [line.split(": ", 1)[1] for line in head if line.startswith("Location")]
        return int(head[0].split()[1]), "".join(leads)

    def answers(self) -> int:
        """How many answers stand before the Board."""
        return answers(self.world, self.ref, "decision")


@pytest.fixture
def form(copies: Copies, tmp_path: Path) -> Iterator[Page]:
    """The approval of one member of the Board, ready to be sent."""
    for world, ref in ground(copies, BOARD):
        engine = world.add(Stoppable)
        settings = Settings.read(home=tmp_path, database_url=world.url, secret_key=SECRET)
        app = create_app(settings, engine)
        visitor = Visitor(app.test_client())
        visitor.post("/account/login", {"email": f"{WHO}@{DOMAIN}", "password": PASSWORD})
        address = round_page(world, ref, "decision", WHO)
        form = urlencode({**opened(visitor, address), "verdict": "approve"}).encode()
        cookies = "; ".join(f"{c.key}={c.value}" for c in visitor.flask._cookies.values())
        with listening(app) as port:
            head = (
                f"POST {address} HTTP/1.0\r\nHost: localhost\r\nCookie: {cookies}\r\n"
                "Content-Type: application/x-www-form-urlencoded\r\n"
                f"Content-Length: {len(form)}\r\n\r\n"
            )
            yield Page(world, ref, engine, port, head.encode() + form)


@pytest.mark.proof(either=True)
@pytest.mark.proof(apart=True)
def test_twenty_clicks_at_once_are_one_sign_off_and_twenty_equal_answers(form: Page) -> None:
    barrier = Barrier(20)

    def click() -> tuple[int, str]:
        barrier.wait()
        return form.send()

    with ThreadPoolExecutor(20) as pool:
        answered = {done.result() for done in [pool.submit(click) for _ in range(20)]}

    assert len(answered) == 1, answered
    assert answered.pop()[0] == 303
    assert form.answers() == 2


@pytest.mark.proof(either=True)
def test_a_browser_that_hung_up_before_the_form_was_whole_has_sent_nothing(form: Page) -> None:
    with socket.create_connection(("127.0.0.1", form.port), PATIENCE) as sending:
        sending.sendall(form.request[:-40])
    before = form.answers()

    status, _ = form.send()

    assert (before, status, form.answers()) == (1, 303, 2)


@pytest.mark.proof(either=True)
def test_a_browser_that_hung_up_while_it_was_recorded_is_told_when_it_sends_again(
    form: Page,
) -> None:
    with stopped(form.engine, BEFORE_THE_COMMIT) as stop:
        sending = form.begin()
        stop.reached()
        sending.close()
    told = [form.send(), form.send()]

    assert told[0] == told[1]
    assert (told[0][0], form.answers()) == (303, 2)


@pytest.mark.proof(either=True)
def test_a_browser_that_never_read_the_answer_is_told_when_it_sends_again(form: Page) -> None:
    with form.begin() as sending:
        sending.recv(1)
    recorded = form.answers()

    told = [form.send(), form.send()]

    assert told[0] == told[1]
    assert (recorded, told[0][0], form.answers()) == (2, 303, 2)
