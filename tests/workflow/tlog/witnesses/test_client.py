"""The courier: signatures that come home, and every way in which none does."""

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from sqlalchemy import select

from tests.support.programs import a_free_port
from tests.support.waiting import PATIENCE
from tests.workflow.tlog.published import a_witness, listening, publish
from tests.workflow.tlog.watched import NAME, Log
from workflow.assembly.engine import open_engine
from workflow.errors import Invalid
from workflow.tlog.formats.note import COSIGNATURE, SigningKey, opened
from workflow.tlog.witnesses import http
from workflow.tlog.witnesses.anchors import (
    AnchorKind,
    current,
    departures,
    last_signed_outside,
    watches,
)
from workflow.tlog.witnesses.client import Neighbour, Outcome, WitnessClient, neighbours
from workflow.tlog.witnesses.http import Address, Unreachable
from workflow.tlog.witnesses.models import Contact, Cosignature
from workflow.tlog.witnesses.witness import Witness

START = datetime(2026, 3, 2, 9, tzinfo=UTC)


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.at = START

    def __call__(self) -> datetime:
        return self.at


class House:
    """An installation with a log, and a courier to given witnesses."""

    def __init__(self, url: str) -> None:
        self.clock = Clock()
        self.engine = open_engine(url, self.clock)
        self.log = Log()

    def publish(self, size: int, log: Log | None = None) -> None:
        with self.engine.transaction() as session:
            publish(session, self.engine, log or self.log, size)

    def courier(self, *witnesses: tuple[Witness, str]) -> WitnessClient:
        known = tuple(Neighbour(each.verifier, Address.read(url)) for each, url in witnesses)
        return WitnessClient(self.engine.transaction, self.engine.reading, self.engine.now, known)

    def contact(self) -> tuple[str, int | None]:
        with self.engine.reading() as session:
            found = session.scalars(select(Contact)).one()
            return found.outcome, found.known_size

    def sizes(self) -> list[int]:
        with self.engine.reading() as session:
            return list(session.scalars(select(Cosignature.size).order_by(Cosignature.id)))


@pytest.fixture
def house(database_url: str) -> Iterator[House]:
    made = House(database_url)
    yield made
    made.engine.database.dispose()


@pytest.fixture
def sqlite(sqlite_url: str) -> Iterator[House]:
    made = House(sqlite_url)
    yield made
    made.engine.database.dispose()


def test_brings_home_a_signature_of_each_new_checkpoint(house: House, tmp_path: Path) -> None:
    one, two = (a_witness(tmp_path, house.log, f"{name}.example.org/w") for name in ("a", "b"))
    with listening(one) as here, listening(two) as there:
        courier = house.courier((one, here), (two, there))
        signed = [courier.go_round()]
        for size in (3, 300, 700):
            house.publish(size)
            signed += [courier.go_round(), courier.go_round()]

    assert signed == [0, 2, 0, 2, 0, 2, 0]
    with house.engine.reading() as session:
        found = current(session)
        left = departures(session)
    assert found is not None
    keys = [house.log.key.verifier, one.verifier, two.verifier]
    names = [each.name for each in opened(found[1].encode(), keys).signatures]
    assert names == [NAME, "a.example.org/w", "b.example.org/w"]
    assert {(each.kind, each.name, each.size) for each in left} == {
        (AnchorKind.WITNESS, name, size) for name in names[1:] for size in (3, 300, 700)
    }


def test_begins_again_from_the_size_that_the_witness_knows(house: House, tmp_path: Path) -> None:
    """A signature that was lost on its way home."""
    witness = a_witness(tmp_path, house.log)
    witness.add(house.log.asks(0, 5))
    house.publish(9)

    with listening(witness) as url:
        house.courier((witness, url)).go_round()

    assert (house.contact(), house.sizes()) == ((Outcome.COSIGNED, None), [9])


def test_tells_that_the_log_was_set_back(sqlite: House, tmp_path: Path) -> None:
    witness = a_witness(tmp_path, sqlite.log)
    witness.add(sqlite.log.asks(0, 9))
    sqlite.publish(5)

    with listening(witness) as url:
        sqlite.courier((witness, url)).go_round()
        with sqlite.engine.reading() as session:
            watch = watches(session, [str(witness.verifier)])[0]

    assert (watch.outcome, watch.known_size, watch.size) == ("ahead", 9, None)
    assert "set back" in watch.said


@pytest.mark.parametrize("size", [5, 9])
def test_brings_no_signature_of_a_rewritten_log(sqlite: House, tmp_path: Path, size: int) -> None:
    witness = a_witness(tmp_path, sqlite.log)
    with listening(witness) as url:
        courier = sqlite.courier((witness, url))
        sqlite.publish(5)
        courier.go_round()
        sqlite.publish(size, sqlite.log.forked(2))
        courier.go_round()

    assert (sqlite.contact()[0], sqlite.sizes()) == (Outcome.CONTRADICTS, [5])
    assert witness.contradictions() == [(NAME, size)]


def test_has_the_same_checkpoint_signed_again_after_a_day(sqlite: House, tmp_path: Path) -> None:
    witness = a_witness(tmp_path, sqlite.log)
    sqlite.publish(5)
    with listening(witness) as url:
        courier = sqlite.courier((witness, url))
        signed = []
        for _ in range(4):
            signed.append(courier.go_round())
            sqlite.clock.at += timedelta(hours=13)

    assert signed == [1, 0, 1, 0]
    with sqlite.engine.reading() as session:
        last = last_signed_outside(session, [str(witness.verifier)])
        left = departures(session)
    assert last is not None
    assert [(each.first_at, each.last_at) for each in left] == [
        (START, START + timedelta(hours=26))
    ]


def test_a_witness_that_is_away_is_called_again_after_a_rest(sqlite: House, tmp_path: Path) -> None:
    witness = a_witness(tmp_path, sqlite.log)
    sqlite.publish(5)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        away = sqlite.courier((witness, f"http://127.0.0.1:{taken.getsockname()[1]}"))
        away.go_round()
    first = sqlite.contact()

    with listening(witness) as url:
        courier = sqlite.courier((witness, url))
        at_once = courier.go_round()
        sqlite.clock.at += timedelta(minutes=2)
        later = courier.go_round()

    assert (first, at_once, later) == ((Outcome.UNREACHABLE, None), 0, 1)


Reply = Callable[[BaseHTTPRequestHandler], None]


@contextmanager
def answering(reply: Reply) -> Iterator[str]:
    """Somebody who answers as told, instead of a witness."""

    class Caller(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            reply(self)

        def log_message(self, *_: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Caller)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def says(status: int, body: str = "", **headers: str) -> Reply:
    def reply(caller: BaseHTTPRequestHandler) -> None:
        caller.send_response(status)
        for name, value in headers.items():
            caller.send_header(name.replace("_", "-"), value)
        caller.end_headers()
        caller.wfile.write(body.encode())

    return reply


def impostor(log: Log, at: int = 1) -> str:
    """A line by somebody who calls himself like the witness."""
    return (
        SigningKey.generate("audit.example.org/witness", COSIGNATURE)
        .sign(log.note(5).decode(), at)
        .line
    )


@pytest.mark.parametrize(
    ("reply", "outcome"),
    [
        (says(200, ""), Outcome.REFUSED),
        (says(200, "hello\n"), Outcome.REFUSED),
        (says(200, impostor(Log())), Outcome.REFUSED),
        (says(200, "x" * 70_000), Outcome.UNREACHABLE),
        (says(302, "", Location="http://127.0.0.1:1/elsewhere"), Outcome.REFUSED),
        (says(404), Outcome.REFUSED),
        (says(422), Outcome.CONTRADICTS),
        (says(409, "007\n", Content_Type="text/x.tlog.size"), Outcome.REFUSED),
        (says(409, "9" * 400, Content_Type="text/x.tlog.size"), Outcome.REFUSED),
        (says(409, "3\n"), Outcome.CONTRADICTS),
        (says(500, "<html>"), Outcome.REFUSED),
        (lambda caller: caller.connection.close(), Outcome.UNREACHABLE),
    ],
)
def test_takes_nothing_else_for_a_signature(
    sqlite: House, tmp_path: Path, reply: Reply, outcome: Outcome
) -> None:
    witness = a_witness(tmp_path, sqlite.log)
    sqlite.publish(5)

    with answering(reply) as url:
        signed = sqlite.courier((witness, url)).go_round()

    assert (signed, sqlite.contact()[0], sqlite.sizes()) == (0, outcome, [])


def test_a_signature_of_another_checkpoint_does_not_count(sqlite: House, tmp_path: Path) -> None:
    witness = a_witness(tmp_path, sqlite.log)
    earlier = witness.add(sqlite.log.asks(0, 4)).body
    sqlite.publish(5)

    with answering(says(200, earlier)) as url:
        signed = sqlite.courier((witness, url)).go_round()

    assert (signed, sqlite.contact()[0]) == (0, Outcome.REFUSED)


def test_who_drips_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "AT_MOST", 0.5)

    def drip(caller: BaseHTTPRequestHandler) -> None:
        try:
            while time.monotonic() < begun + PATIENCE:
                caller.wfile.write(b"H")
                time.sleep(0.05)
        except OSError:
            pass

    begun = time.monotonic()
    with answering(drip) as url, pytest.raises(Unreachable):
        Address.read(url).post(b"x")

    assert time.monotonic() - begun < PATIENCE


def test_a_witness_that_is_not_there_is_told_without_a_number_or_the_name_of_a_class() -> None:
    nowhere = Address.read(f"http://127.0.0.1:{a_free_port()}")

    with pytest.raises(Unreachable) as told:
        nowhere.post(b"x")

    assert str(told.value) == "Connection refused"


def test_reads_the_witnesses_of_a_setting(tmp_path: Path) -> None:
    key = a_witness(tmp_path, Log()).verifier

    found = neighbours([f"{key} https://audit.example.org/tlog/"])

    assert found[0].key == key
    assert found[0].address == Address(True, "audit.example.org", 443, "/tlog/add-checkpoint")


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://a.example/", "https:///x", "", "http://u:p@a.example"]
)
def test_calls_on_nobody_but_over_http(tmp_path: Path, url: str) -> None:
    key = a_witness(tmp_path, Log()).verifier

    with pytest.raises(Invalid):
        neighbours([f"{key} {url}"])


def test_a_log_is_no_witness() -> None:
    with pytest.raises(Invalid, match="not the key of a witness"):
        neighbours([f"{Log().key.verifier} https://a.example"])
