"""The counter at which a witness answers: plain HTTP, to stand behind a proxy that speaks TLS."""

import hashlib
import threading
import time
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socket import socket
from typing import Any

from workflow.errors import Invalid
from workflow.phrase import phrase
from workflow.tlog.formats.add_checkpoint import LARGEST
from workflow.tlog.witnesses.witness import Witness, WitnessAnswer

ADD = "/add-checkpoint"
SUFFIX = "/checkpoint"
PATIENCE = 15.0
AT_ONCE = 64


class Counter(ThreadingHTTPServer):
    """Serves one witness; of those who come at once, only so many are let in."""

    daemon_threads = True
    # Python's own five would refuse a log that knocks with several checkpoints at once.
    request_queue_size = 128

    def __init__(self, host: str, port: int, witness: Witness) -> None:
        super().__init__((host, port), _Caller)
        self.witness = witness
        self._room = threading.BoundedSemaphore(AT_ONCE)

    def process_request(self, request: Any, client_address: Any) -> None:
        """Serve in a thread of its own, or not at all while the room is full."""
        if self._room.acquire(timeout=PATIENCE):
            super().process_request(request, client_address)
        else:
            self.shutdown_request(request)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Serve one caller and make room for the next."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._room.release()


class _Caller(BaseHTTPRequestHandler):
    """One caller, who may ask several things one after the other."""

    protocol_version = "HTTP/1.1"
    server_version, sys_version = "primemover-witness", ""
    timeout = PATIENCE
    server: Counter
    connection: socket

    def do_POST(self) -> None:
        """Take a checkpoint in."""
        body = self._body()
        if self.path != ADD:
            self._tell(WitnessAnswer(404, "Post to /add-checkpoint.\n"))
        elif body is None:
            self._tell(WitnessAnswer(413, "The request is too large, or its length is not told.\n"))
        else:
            self._tell(self.server.witness.add(body))

    def do_GET(self) -> None:
        """Tell who this is, or the last checkpoint of a log by the hash of its origin."""
        witness = self.server.witness
        if self.path == "/":
            self._tell(WitnessAnswer(200, f"{witness.verifier}\n"))
            return
        asked = self.path.removesuffix(SUFFIX).removeprefix("/")
        named = {hashlib.sha256(each.encode()).hexdigest(): each for each in witness.origins}
        note = witness.latest(named[asked]) if asked in named else None
        self._tell(
            WitnessAnswer(404, "Nothing is here.\n") if note is None else WitnessAnswer(200, note)
        )

    def log_request(self, code: Any = "-", size: Any = "-") -> None:
        """One line for what was answered, without what was sent."""
        told = code.value if isinstance(code, HTTPStatus) else code
        self.log_message("%s %s", self.command, told)

    def _body(self) -> bytes | None:
        """What was sent, or nothing where that is too much or too slow."""
        length = self.headers.get("Content-Length", "")
        if not (length.isascii() and length.isdigit()) or len(length) > 6 or int(length) > LARGEST:
            self.close_connection = True
            return None
        until, wanted, got = time.monotonic() + PATIENCE, int(length), bytearray()
        while len(got) < wanted and time.monotonic() < until:
            part = self.rfile.read1(wanted - len(got))
            if not part:
                break
            got += part
        if len(got) < wanted:
            self.close_connection = True
            return None
        return bytes(got)

    def _tell(self, answer: WitnessAnswer) -> None:
        body = answer.body.encode()
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.type)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("X-Content-Type-Options", "nosniff")
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)


def counter(host: str, port: int, witness: Witness) -> Counter:
    """The counter of a witness at this address, not yet serving."""
    try:
        return Counter(host, port, witness)
    except OSError as fault:
        raise Invalid(
            phrase(
                "Nobody can listen on %(host)s, port %(port)s: %(strerror)s.",
                host=host,
                port=port,
                strerror=str(fault.strerror),
            )
        ) from fault
