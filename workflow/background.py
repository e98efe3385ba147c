"""What is done behind the pages, and by whom: inside the one process, or by workers of their own."""

import os
import socket
import uuid
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path

from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from workflow.engine.commands import settle_due
from workflow.engine.engine import Engine
from workflow.engine.rounds import reminders
from workflow.notices.emails import EmailRenderer
from workflow.notices.mailer import Mailer
from workflow.notices.smtp import SmtpServer
from workflow.oversight.checks.run import check_if_due
from workflow.oversight.events.indexer import catch_up_wholly
from workflow.people.register import registered
from workflow.people.sweep import sweep as sweep_sign_ins
from workflow.tasks import port
from workflow.tasks.liveness import Alive, OnlyOne
from workflow.tasks.port import Every, Job, Payload, Tasks, Worker
from workflow.tlog.processes import Child, Sequencing
from workflow.tlog.store.heads import heads_owed, state_heads
from workflow.tlog.store.sequencer import Sequencer
from workflow.tlog.witnesses.client import WitnessClient, neighbours
from workflow.tlog.witnesses.worker import WitnessWorker

SWEEP, MAIL, POST, TIDY, HEADS, CHECK = "sweep", "mail", "post", "tidy", "heads", "check"
EVERY = (
    Every(SWEEP, "*/20 * * * * *"),
    Every(POST, "10 * * * * *"),
    Every(TIDY, "0 17 * * * *"),
    Every(HEADS, "40 */10 * * * *"),
    Every(CHECK, "50 * * * * *"),
)
KEPT = timedelta(days=3)
ADOPTS_EVERY = 2.0


class JobPost:
    """The post that promises a job for each cause; whichever worker is alive sends the mail."""

    def __init__(self, tasks: Tasks) -> None:
        self._tasks = tasks

    def promise(self, session: Session, notices: list[int]) -> None:
        """Have the mail of these notices sent, if the transaction is kept."""
        self._tasks.enqueue_in(session, MAIL, {"notices": notices}, f"mail-{notices[0]}")


def post(url: str) -> JobPost:
    """The post of the installation on the database at `url`."""
    port.migrate(url)
    return JobPost(Tasks(url))


def mailer_of(engine: Engine, server: str, renderer: EmailRenderer) -> Mailer:
    """Carries the letters of `engine` from `renderer` to the mail server at the address `server`."""
    return Mailer(engine.transaction, engine.reading, engine.now, renderer, SmtpServer.at(server))


class Background:
    """The jobs of one installation in this process, with the log's sequencer and its signer.

    `signer` is the command that begins the signer, which is a process of its own; `witnesses` are
    those that each checkpoint is taken to.
    """

    def __init__(
        self,
        engine: Engine,
        url: str,
        mailer: Mailer | None = None,
        signer: Sequence[str] = (),
        witnesses: Sequence[str] = (),
    ) -> None:
        self._engine, self._url = engine, url
        self._mailer = mailer
        self._signer = Child(signer) if signer else None
        self._sequencing: Sequencing | None = None
        self._rounds = _rounds(engine, witnesses) if witnesses else None
        self._tasks = Tasks(url)
        self._worker: Worker | None = None
        self._lock: OnlyOne | None = None
        self._alive: Alive | None = None

    def begin(self, lock: Path) -> bool:
        """Begin to work; on SQLite only if no other process on `lock` does already."""
        if _is_sqlite(self._url):
            self._lock = OnlyOne(lock)
            if not self._lock.taken():
                return False
            name = "embedded"
        else:
            name = f"{socket.gethostname()}-{os.getpid()}-{uuid.uuid4().hex[:8]}"
            self._alive = Alive(self._url, name)
        port.migrate(self._url)
        self._worker = Worker(self._url, name, self._jobs())
        self._worker.start(EVERY)
        self._sequencing = Sequencing(Sequencer(self._engine.database, name, self._engine.clock))
        self._sequencing.begin()
        if self._signer is not None:
            self._signer.begin()
        if self._rounds is not None:
            self._rounds.begin()
        return True

    def work_until(
        self,
        stopped: Callable[[float], bool],
        heard: Callable[[int], object] = lambda _count: None,
    ) -> None:
        """Adopt what dead workers leave, until `stopped`, which waits some seconds, says so."""
        while not stopped(ADOPTS_EVERY):
            if self._alive is not None and (adopted := self._alive.adopt_orphans(self._tasks)):
                heard(adopted)

    def end(self) -> None:
        """Finish what is under way and let go."""
        if self._worker is not None:
            self._worker.stop()
        if self._rounds is not None:
            self._rounds.end()
        if self._sequencing is not None:
            self._sequencing.end()
            if self._signer is not None:
                self._signer.end()
        if self._alive is not None:
            self._alive.close()
        if self._lock is not None:
            self._lock.close()
        self._tasks.close()

    def _jobs(self) -> dict[str, Job]:
        return {
            SWEEP: self._sweep,
            MAIL: self._mail,
            POST: self._post,
            TIDY: self._tidy,
            HEADS: self._heads,
            CHECK: self._check,
        }

    def _sweep(self, _payload: Payload) -> None:
        settle_due.sweep(self._engine)
        reminders.sweep(self._engine)

    def _mail(self, payload: Payload) -> None:
        """Send the mail of one cause."""
        if self._mailer is not None:
            self._mailer.deliver(list(payload["notices"]))

    def _post(self, _payload: Payload) -> None:
        """Send what is owed still, and what was kept for the day."""
        if self._mailer is not None:
            self._mailer.deliver()
            self._mailer.deliver_digests()

    def _heads(self, _payload: Payload) -> None:
        """State where every history ends, once a day."""
        now = self._engine.now()
        with self._engine.reading() as session:
            if not heads_owed(session, now):
                return
        with self._engine.transaction() as session:
            state_heads(session, registered, now)

    def _check(self, _payload: Payload) -> None:
        """Let events be found, and check everything once a day or when an auditor asks."""
        catch_up_wholly(self._engine)
        check_if_due(self._engine)

    def _tidy(self, _payload: Payload) -> None:
        """Remove what nothing reads any more: jobs long done, ended sessions, old failures."""
        now = self._engine.now()
        self._tasks.forget_before(now - KEPT)
        with self._engine.transaction() as session:
            sweep_sign_ins(session, now)


def _rounds(engine: Engine, witnesses: Sequence[str]) -> WitnessWorker:
    known = neighbours(witnesses)
    return WitnessWorker(WitnessClient(engine.transaction, engine.reading, engine.now, known))


def _is_sqlite(url: str) -> bool:
    return make_url(url).get_backend_name() == "sqlite"
