"""The parts of the background work in one process, each kept at work by itself."""

import logging
import os
import socket
import uuid
from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path
from threading import Timer

from sqlalchemy.engine import make_url

from workflow.background.halted import HaltedActs
from workflow.background.jobs import EVERY, Jobs
from workflow.background.letter_box import LetterBox
from workflow.engine.engine import Engine
from workflow.engine.permissions.visibility import knows_of
from workflow.engine.published.letters import in_language
from workflow.faults.loop import Loop, Outcome, Step
from workflow.health.heartbeats import Heartbeats, Work
from workflow.notices.emails import EmailRenderer
from workflow.notices.mailer import Mailer
from workflow.notices.models import Notice
from workflow.notices.smtp import SmtpServer
from workflow.tasks.child import Child
from workflow.tasks.kept_worker import KeptWorker
from workflow.tasks.liveness import Alive, OnlyOne
from workflow.tasks.port import Tasks
from workflow.tlog.processes import Sequencing
from workflow.tlog.store.sequencer import Sequencer
from workflow.tlog.witnesses.client import WitnessClient, neighbours
from workflow.tlog.witnesses.worker import WitnessWorker
from workflow.working_copies.retention import KEPT as UNSENT

journal = logging.getLogger(__name__)

ADOPTS_EVERY, TENDS_EVERY, LEAVE = 2.0, 0.25, 5.0


def mailer_of(engine: Engine, server: str, renderer: EmailRenderer) -> Mailer:
    """Carries the letters of `engine` from `renderer` to the mail server at the address `server`."""
    return Mailer(
        engine.transaction,
        engine.reading,
        engine.now,
        renderer,
        SmtpServer.at(server),
        partial(knows_of, Notice.case_id),
        partial(in_language, engine),
    )


class Background:
    """The jobs of one installation in this process, with the log's sequencer and its signer.

    `signer` is the command that begins the signer, which is a process of its own; `witnesses` are
    those that each checkpoint is taken to; `besides` is other work by its kind, step by step. On
    PostgreSQL an act that stands still for `halted_limit` seconds is let go of; 0 lets every one
    stand. Unsent texts are kept for `unsent`. Each part is kept at work by itself, whatever becomes of the others and of the database.
    """

    def __init__(  # noqa: PLR0913  # each is a part of its own, and all but two may be left out
        self,
        engine: Engine,
        url: str,
        mailer: Mailer | None = None,
        signer: Sequence[str] = (),
        witnesses: Sequence[str] = (),
        *,
        besides: Mapping[Work, Step] | None = None,
        halted_limit: float = 0,
        unsent: timedelta = UNSENT,
    ) -> None:
        self._engine, self._url = engine, url
        self._besides = besides or {}
        self._halted_limit = halted_limit
        self._tasks = Tasks(url)
        self._name = f"{socket.gethostname()}-{os.getpid()}"
        self._beats = Heartbeats(engine.database, self._name, engine.clock)
        self._jobs = Jobs(engine, self._tasks, mailer, self._beats.ended, unsent)
        self._mailer = mailer
        self._lock: OnlyOne | None = None
        self._alive: Alive | None = None
        self._worker: KeptWorker | None = None
        self._letters = LetterBox(engine, self._tasks) if mailer else None
        self._child = Child(signer) if signer else None
        self._rounds = _rounds(engine, witnesses, self._heard(Work.WITNESS)) if witnesses else None
        self._sequencing: Sequencing | None = None
        self._loops: list[Loop] = []

    def begin(self, lock: Path) -> bool:
        """Begin to work; on SQLite only if no other process on `lock` does already."""
        if _is_sqlite(self._url):
            self._lock = OnlyOne(lock)
            if not self._lock.taken():
                return False
            name = "embedded"
        else:
            name = f"{self._name}-{uuid.uuid4().hex[:8]}"
            self._alive = Alive(self._url, name)
            self._loops.append(Loop("Taking over from dead workers", self._adopt))
            if self._halted_limit:
                halted = HaltedActs(self._engine, self._beats, self._halted_limit)
                self._loops.append(Loop("Letting go of halted acts", halted.let_go))
        self._worker = KeptWorker(self._tasks, self._jobs.by_kind(), EVERY, name)
        self._loops.append(Loop("The queue of jobs", self._worker.watch))
        self._loops += [
            Loop(f"Making {kind}", step, self._heard(kind)) for kind, step in self._besides.items()
        ]
        if self._letters is not None:
            self._loops.append(Loop("Looking for letters", self._letters.empty))
        if self._child is not None:
            self._loops.append(Loop("Keeping the signer", self._tend))
        sequencer = Sequencer(self._engine.database, name, self._engine.clock)
        self._sequencing = Sequencing(sequencer, self._heard(Work.SEQUENCER))
        self._beats.begun(work for work in Work if work is not Work.SIGNER)
        for part in (*self._loops, self._sequencing, self._rounds):
            if part is not None:
                part.begin()
        return True

    def end(self) -> None:
        """Finish what is under way and let go; a mail server that keeps silent is not waited for."""
        for loop in self._loops:
            loop.end(LEAVE)
        silent = Timer(LEAVE, self._mailer.end) if self._mailer is not None else None
        if silent is not None:
            silent.start()
        if self._worker is not None:
            self._worker.stop()
        if silent is not None:
            silent.cancel()
        for part in (self._rounds, self._sequencing, self._child):
            if part is not None:
                part.end()
        for held in (self._alive, self._lock, self._tasks):
            if held is not None:
                held.close()

    def _adopt(self) -> float:
        """Show that this worker is alive, and take over what dead ones left."""
        if self._alive is not None and (count := self._alive.adopt_orphans(self._tasks)):
            jobs = "job" if count == 1 else "jobs"
            journal.info("%d %s of a dead worker taken over.", count, jobs)
        return ADOPTS_EVERY

    def _tend(self) -> float:
        if self._child is not None:
            self._child.tend()
        return TENDS_EVERY

    def _heard(self, kind: Work) -> Outcome:
        """What is told how each step of this kind of work ended."""
        return partial(self._beats.ended, kind)


def _rounds(engine: Engine, witnesses: Sequence[str], heard: Outcome) -> WitnessWorker:
    known = neighbours(witnesses)
    client = WitnessClient(engine.transaction, engine.reading, engine.now, known)
    return WitnessWorker(client, heard)


def _is_sqlite(url: str) -> bool:
    return make_url(url).get_backend_name() == "sqlite"
