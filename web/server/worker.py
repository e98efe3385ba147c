"""The server's worker process: a thread takes a request once it is whole, and leaves its answer.

Gunicorn's own threads wait for whoever sends half a request or reads half an answer, so that as
many such connections as there are threads keep everybody else out.
"""

import errno
import os
import resource
import selectors
import time
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from threading import get_ident
from typing import Any

from gunicorn.http.errors import (  # type: ignore[import-untyped]
    NoMoreData,
    ParseException,
)
from gunicorn.workers.gthread import ThreadWorker  # type: ignore[import-untyped]

from web.logs import log_sparingly
from web.server.arrival import BODY_PATIENCE, BYTES_A_SECOND
from web.server.overrun import NOT_BEGUN, REQUEST_LIMIT, Overruns
from web.server.patient_socket import PatientSocket
from workflow.people.turns import AT_ONCE

LARGEST = 20_971_520
# The requests, by method and path, that an application's configuration names as slow on purpose.
OWN_THREADS = "OWN_THREADS"
# Of everything that is arriving, before the slowest has to go.
MOST_ARRIVING = 1 << 29
LINGERS, ENDING, TICK = 5.0, 2.0, 0.25
# What the system says where no further connection can be had.
# Open files of a process that its own work needs, beside two for each connection.
OWN_FILES, MOST_FILES = 48, 16_384
CROWDED = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM})
# Of those who wait for the threads of their own, in a process.
MOST_WAITING, LONGEST_WAIT = 300, 25.0
TOO_LATE = b"HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
TOO_MANY = (
    b"HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nRetry-After: 20\r\n"
    b"Content-Type: text/plain; charset=utf-8\r\nContent-Length: 80\r\n\r\n"
    b"Very many people are signing in at this moment. Try again in twenty seconds.\r\n\r\n"
)
GO_ON = b"HTTP/1.1 100 Continue\r\n\r\n"


class PatientWorker(ThreadWorker):
    """Gunicorn's worker with threads, with the waiting for slow clients left to its poller."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Connections and when their present stretch of waiting ends at the latest.
        self.arriving: dict[Any, float] = {}
        self.leaving: dict[Any, float] = {}
        self.lingering: dict[Any, float] = {}
        # Those that are whole and that no thread has begun.
        self.queued: set[Any] = set()
        self.overruns = Overruns()
        # What is slow on purpose has threads of its own, so that all else need not wait for it.
        self.own_threads = ThreadPoolExecutor(AT_ONCE + 1, "own")
        self.waiting: dict[Any, Future[Any]] = {}
        self._ticked = 0.0
        self.overrun = False
        self.worker_connections: int = min(self.cfg.worker_connections, _connections())

    @property
    def largest(self) -> int:
        """The largest request that the application takes, in bytes."""
        return int(self._config.get("MAX_CONTENT_LENGTH") or LARGEST)

    @property
    def _config(self) -> dict[str, Any]:
        return getattr(self.wsgi, "config", {})

    def run(self) -> None:
        """Serve until told to stop."""
        try:
            super().run()
        finally:
            self.own_threads.shutdown(wait=False, cancel_futures=True)
        if self.overrun:
            # A thread without end would keep the process, and the server waiting for it.
            os._exit(0)

    def accept(self, listener: Any) -> None:
        """Take a new connection; where there is no room for one, the slowest makes it."""
        try:
            super().accept(listener)
        except OSError as fault:
            if fault.errno not in CROWDED:
                raise
            log_sparingly("server.crowded", errno.errorcode[fault.errno])
            self._end_slowest()

    def enqueue_req(self, conn: Any) -> None:
        """Wait for a whole request on this connection; only then a thread takes it."""
        if not isinstance(conn.sock, PatientSocket):
            conn.sock = PatientSocket(conn.sock, self.largest)
        ahead = conn.parser.unreader.take_buffered() if conn.parser else b""
        try:
            conn.sock.arrival.await_next(ahead)
        except OSError:
            self._close(conn)
            return
        conn.data_ready = True
        conn.began = time.monotonic()
        if conn.sock.arrival.ready:
            self._hand_over(conn)
        else:
            self._wait(conn, self.arriving, conn.sock.arrival.patience, self._arrived)

    def handle(self, conn: Any) -> Any:
        """Answer a request in a thread, under the eyes of the poller."""
        conn.sock.answered = False
        self.queued.discard(conn)
        self.overruns.busy[conn] = time.monotonic(), get_ident()
        try:
            return super().handle(conn)
        finally:
            del self.overruns.busy[conn]

    def _handle_if_there(self, conn: Any) -> Any:
        """The same for what had to wait for its turn: who has left meanwhile is not served."""
        return conn.sock.is_there() and self.handle(conn)

    def finish_request(self, conn: Any, fs: Future[Any]) -> None:
        """Go on once the other side has taken the whole answer."""
        self.waiting.pop(conn, None)
        if conn.sock.owed:
            patience = BODY_PATIENCE + conn.sock.owed / BYTES_A_SECOND
            self._wait(conn, self.leaving, patience, partial(self._left, fs))
        elif conn.sock.fileno() >= 0 and not conn.sock.arrival.whole:
            self._linger(conn)
        elif conn.sock.arrival.untaken and not fs.cancelled() and fs.result():
            # The next request has come already: the socket will not say so again.
            self.enqueue_req(conn)
        else:
            super().finish_request(conn, fs)

    def murder_pending(self) -> None:
        """End what is later than it may be, and tell of requests that take long."""
        now = time.monotonic()
        if now - self._ticked < TICK:
            return
        self._ticked = now
        self._end_late(now)
        self._send_away(now)
        self._make_room()
        self._end_overrun(now)

    def _keepalive_after(self, conn: Any, keepalive: Any) -> bool:
        """A connection is not used again where something is still to come, or nobody knows what."""
        try:
            return conn.sock.arrival.whole and bool(super()._keepalive_after(conn, keepalive))
        except (ParseException, NoMoreData):
            return False

    def _wait(self, conn: Any, among: dict[Any, float], patience: float, then: Any) -> None:
        among[conn] = time.monotonic() + patience
        event = selectors.EVENT_WRITE if among is self.leaving else selectors.EVENT_READ
        self.poller.register(conn.sock, event, lambda _sock: then(conn))

    def _stop_waiting(self, conn: Any, among: dict[Any, float]) -> None:
        del among[conn]
        self.poller.unregister(conn.sock)

    def _hand_over(self, conn: Any) -> None:
        """Give a whole request to a thread, of its own kind where the application says so."""
        if conn.sock.arrival.asks_for.decode("latin-1") not in self._config.get(OWN_THREADS, ()):
            self.queued.add(conn)
            super().enqueue_req(conn)
        elif len(self.waiting) >= MOST_WAITING:
            conn.sock.say(TOO_MANY)
            self._close(conn)
        else:
            done = self.waiting[conn] = self.own_threads.submit(self._handle_if_there, conn)
            done.add_done_callback(
                lambda future: self.method_queue.defer(self.finish_request, conn, future)
            )

    def _arrived(self, conn: Any) -> None:
        """Something of a request has come."""
        arrival = conn.sock.arrival
        if not conn.sock.arrive():
            self._end(conn, self.arriving)
        elif arrival.ready:
            self._stop_waiting(conn, self.arriving)
            self._hand_over(conn)
        else:
            self.arriving[conn] = conn.began + arrival.patience
            if arrival.expects_continue:
                arrival.expects_continue = False
                if not conn.sock.say(GO_ON):
                    self._end(conn, self.arriving)

    def _left(self, fs: Future[Any], conn: Any) -> None:
        """The other side has taken something of an answer."""
        if not conn.sock.flush():
            self._end(conn, self.leaving)
        elif not conn.sock.owed:
            self._stop_waiting(conn, self.leaving)
            self.finish_request(conn, fs)

    def _linger(self, conn: Any) -> None:
        """Read on for a moment, so that who is still sending gets to read the answer."""
        try:
            conn.sock.shutdown(1)
        except OSError:
            self._close(conn)
        else:
            self._wait(conn, self.lingering, LINGERS, self._discard)

    def _discard(self, conn: Any) -> None:
        if not conn.sock.discard():
            self._end(conn, self.lingering)

    def _end_late(self, now: float) -> None:
        if not self.alive:
            self.arriving = {c: min(at, c.began + ENDING) for c, at in self.arriving.items()}
        for among in (self.arriving, self.leaving, self.lingering):
            for conn in [conn for conn, at in among.items() if at <= now]:
                self._end(conn, among)

    def _send_away(self, now: float) -> None:
        """Tell those who have waited long for a thread of their own to come again."""
        for conn, future in list(self.waiting.items()):
            if now - conn.began > LONGEST_WAIT and future.cancel():
                conn.sock.say(TOO_MANY)

    def _make_room(self) -> None:
        """Let those go who have been sending for the longest where there are too many or too much."""
        held = sum(conn.sock.arrival.size for conn in self.arriving)
        if self.nr_conns >= self.worker_connections:
            for _ in range(len(self.arriving) // 2 + 1):
                self._end_slowest()
        elif held > MOST_ARRIVING:
            self._end_slowest()

    def _end_slowest(self) -> None:
        """End whatever has been arriving for the longest, if anything arrives."""
        if self.arriving:
            self._end(min(self.arriving, key=lambda conn: float(conn.began)), self.arriving)

    def _end(self, conn: Any, among: dict[Any, float]) -> None:
        self._stop_waiting(conn, among)
        if among is self.arriving and conn.sock.arrival.size:
            conn.sock.say(TOO_LATE)
        self._close(conn)

    def _close(self, conn: Any) -> None:
        self.nr_conns -= 1
        conn.close()

    def _end_overrun(self, now: float) -> None:
        """Take nothing more once a request overruns its limit, and leave when all others are done."""
        limit = float(self._config.get(REQUEST_LIMIT) or 0)
        self.overrun = self.overruns.look(now, limit) or self.overrun
        if not self.overrun:
            return
        self.alive = False
        if self.overruns.nothing_else() and not (self.arriving or self.leaving or self.waiting):
            for conn in tuple(self.queued):
                conn.sock.say(NOT_BEGUN)
            os._exit(0)


def _connections() -> int:
    """How many connections a process can hold with the files that the system lets it open."""
    soft, hard = map(_counted, resource.getrlimit(resource.RLIMIT_NOFILE))
    if soft < hard:
        resource.setrlimit(
            resource.RLIMIT_NOFILE, (hard, resource.getrlimit(resource.RLIMIT_NOFILE)[1])
        )
    return max(4, (hard - OWN_FILES) // 2)


def _counted(limit: int) -> int:
    return MOST_FILES if limit == resource.RLIM_INFINITY else min(limit, MOST_FILES)
