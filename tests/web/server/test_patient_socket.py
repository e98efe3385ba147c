"""A connection on which nobody waits: what is owed is kept, what has come is handed out."""

import io
import socket
from collections.abc import Iterator
from contextlib import closing

import pytest

from web.server.patient_socket import PatientSocket

LARGE = b"x" * 5_000_000


@pytest.fixture
def ends() -> Iterator[tuple[PatientSocket, socket.socket]]:
    ours, theirs = socket.socketpair()
    with closing(PatientSocket(ours, 1000)) as patient, theirs:
        yield patient, theirs


def drained(patient: PatientSocket, theirs: socket.socket, size: int) -> bytes:
    theirs.setblocking(False)
    said = b""
    while len(said) < size:
        patient.flush()
        try:
            said += theirs.recv(1 << 20)
        except BlockingIOError:
            continue
    return said


def test_what_the_other_side_does_not_take_is_owed(
    ends: tuple[PatientSocket, socket.socket],
) -> None:
    patient, theirs = ends

    patient.sendall(LARGE)
    patient.sendall(memoryview(b"end"))

    assert 0 < patient.owed <= len(LARGE) + 3
    assert drained(patient, theirs, len(LARGE) + 3) == LARGE + b"end"
    assert patient.owed == 0


def test_a_file_is_sent_as_everything_else(ends: tuple[PatientSocket, socket.socket]) -> None:
    patient, theirs = ends

    sent = patient.sendfile(io.BytesIO(b"0123456789"), offset=2, count=5)

    assert (sent, theirs.recv(100)) == (5, b"23456")


def test_reading_hands_out_what_has_come_and_never_waits(
    ends: tuple[PatientSocket, socket.socket],
) -> None:
    patient, theirs = ends
    theirs.sendall(b"GET / HT")

    came = patient.arrive()

    assert (came, patient.recv(5), patient.recv(100), patient.recv(100)) == (
        True,
        b"GET /",
        b" HT",
        b"",
    )


def test_nothing_makes_it_wait(ends: tuple[PatientSocket, socket.socket]) -> None:
    patient, _theirs = ends

    patient.setblocking(True)
    patient.settimeout(60)

    assert patient.gettimeout() == 0
    assert patient.recv(100) == b""


def test_it_notices_when_the_other_side_has_gone(
    ends: tuple[PatientSocket, socket.socket],
) -> None:
    patient, theirs = ends
    before = patient.is_there(), patient.arrive(), patient.discard()

    theirs.close()

    assert before == (True, True, True)
    assert (patient.is_there(), patient.arrive(), patient.discard()) == (False, False, False)


def test_what_is_owed_to_nobody_is_forgotten(ends: tuple[PatientSocket, socket.socket]) -> None:
    patient, theirs = ends
    patient.sendall(LARGE)

    theirs.close()

    assert not patient.flush()
    patient.close()
    assert patient.owed == 0
