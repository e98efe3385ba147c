"""The one place that knows DBOS: jobs promised in a transaction, and workers that do them.

A job is done at least once: a worker that dies in the middle leaves it to another, which begins
it anew. So whoever writes a job makes its effect the same however often it runs.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dbos import DBOS, DBOSClient, DBOSConfig, DBOSPortableJSONSerializer, EnqueueOptions
from sqlalchemy.orm import Session

from workflow.tasks.said_once import SaidOnce

Payload = dict[str, Any]
Job = Callable[[Payload], None]

NAME, QUEUE, JOB, TICK = "primemover", "jobs", "job", "tick"
# Every release takes every job; a job's payload is the contract between releases.
VERSION = "1"
OVER = ["SUCCESS", "ERROR", "CANCELLED"]
# Connections that a worker's queue holds at most beside the one it listens on, and those of a client.
WORKER_POOL, CLIENT_POOL = 6, 2

# What it says of its own running is for its developers; warnings still come through.
logging.getLogger("dbos").setLevel(logging.WARNING)
logging.getLogger("dbos").addFilter(SaidOnce())


@dataclass(frozen=True, slots=True)
class Every:
    """A job that comes again and again: six fields of cron, seconds first."""

    job: str
    when: str


def migrate(url: str) -> None:
    """Create the tables in which jobs are kept, or bring them up to date."""
    DBOS.migrate(url)


class Tasks:
    """The way in: promises jobs, and tells how they stand; it does none."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._client = DBOSClient(
            system_database_url=url,
            serializer=DBOSPortableJSONSerializer(),
            application_name=NAME,
            system_database_pool_size=CLIENT_POOL,
            retry_connection_errors=False,
            lazy=True,
        )

    def enqueue_in(self, session: Session, job: str, payload: Payload, key: str) -> None:
        """Promise a job in somebody's transaction; a job with a known key is promised once."""
        options: EnqueueOptions = {"workflow_name": JOB, "queue_name": QUEUE, "workflow_id": key}
        self._client.enqueue_in_transaction(session, options, job, payload)

    def status(self, key: str) -> str:
        """How the job with this key stands, or nothing if there is none."""
        found = self._client.list_workflows(workflow_ids=[key], load_input=False, load_output=False)
        return str(found[0].status) if found else ""

    def executors(self) -> set[str]:
        """The workers that hold unfinished jobs, alive or not."""
        return {one.executor_id for one in self._pending() if one.executor_id}

    def adopt(self, executor: str) -> int:
        """Put the unfinished jobs of a dead worker back into the queue; returns how many."""
        left = [one.workflow_id for one in self._pending() if one.executor_id == executor]
        if left:
            self._client.resume_workflows(left, queue_name=QUEUE)
        return len(left)

    def any_done_since(self, instant: datetime) -> bool:
        """Whether any worker has done any job since an instant."""
        found = self._client.list_workflows(
            completed_after=instant.isoformat(), limit=1, load_input=False, load_output=False
        )
        return bool(found)

    def forget_before(self, instant: datetime, most: int = 500) -> int:
        """Forget jobs that were over before an instant, some at a time."""
        old = self._client.list_workflows(
            status=OVER,
            completed_before=instant.isoformat(),
            limit=most,
            load_input=False,
            load_output=False,
        )
        if old:
            self._client.delete_workflows([one.workflow_id for one in old])
        return len(old)

    def close(self) -> None:
        """Give the connections back."""
        self._client.destroy()

    def _pending(self) -> list[Any]:
        return self._client.list_workflows(status="PENDING", load_input=False, load_output=False)


class Worker:
    """Does jobs until it is stopped; one in a process, under a name that nobody else bears."""

    def __init__(self, url: str, name: str, jobs: Mapping[str, Job]) -> None:
        DBOS(
            config=DBOSConfig(
                name=NAME,
                system_database_url=url,
                serializer=DBOSPortableJSONSerializer(),
                application_version=VERSION,
                executor_id=name,
                run_migrations=False,
                log_level="WARNING",
                sys_db_pool_size=WORKER_POOL,
                scheduler_polling_interval_sec=5.0,
            )
        )

        # DBOS marks the functions it is given, so they are made here and not methods.
        def do(job: str, payload: Payload) -> None:
            jobs[job](payload)

        def come_round(_when: datetime, job: str) -> None:
            jobs[job]({})

        DBOS.workflow(name=JOB)(do)
        self._tick = DBOS.workflow(name=TICK)(come_round)

    def start(self, every: tuple[Every, ...], slots: int = 4, polling: float = 1.0) -> None:
        """Begin to do jobs, what this worker left unfinished first."""
        DBOS.launch()
        DBOS.register_queue(QUEUE, worker_concurrency=slots, polling_interval_sec=polling)
        DBOS.apply_schedules(
            [
                {
                    "schedule_name": each.job,
                    "workflow_fn": self._tick,
                    "schedule": each.when,
                    "context": each.job,
                }
                for each in every
            ]
        )

    def stop(self, patience: int = 10) -> None:
        """Finish what is under way, within `patience` seconds, and take nothing new."""
        DBOS.destroy(destroy_registry=True, workflow_completion_timeout_sec=patience)
