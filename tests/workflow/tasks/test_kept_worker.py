"""A worker that is begun again when it could not begin, or does nothing any more."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy.exc import SQLAlchemyError

from tests.support.apart import apart
from tests.support.programs import a_free_port
from tests.support.waiting import until
from workflow.clock import utc_now
from workflow.tasks import kept_worker, port
from workflow.tasks.kept_worker import KeptWorker
from workflow.tasks.port import Every, Payload, Tasks

TICK = (Every("tick", "* * * * * *"),)


@pytest.fixture
def tasks(database_url: str) -> Iterator[Tasks]:
    port.migrate(database_url)
    tasks = Tasks(database_url)
    yield tasks
    tasks.close()


@pytest.mark.proof(apart=True)
def test_a_worker_that_does_nothing_any_more_is_begun_anew(
    tasks: Tasks, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[Payload] = []
    monkeypatch.setattr(kept_worker, "STALLED", timedelta(seconds=3))
    kept = KeptWorker(tasks, {"tick": done.append}, TICK, "one")
    apart(kept.watch)
    until(lambda: done, saying="nothing was done at first")
    tasks._client.delete_schedule("tick")
    until(lambda: not tasks.any_done_since(utc_now() - timedelta(seconds=3)), saying="it goes on")
    before = len(done)

    apart(kept.watch)

    until(lambda: len(done) > before, saying=lambda: done)
    apart(kept.stop)


def test_a_worker_that_cannot_begin_is_begun_when_it_can() -> None:
    nowhere = f"postgresql+psycopg://postgres@127.0.0.1:{a_free_port()}/nowhere"
    tasks = Tasks(nowhere)
    kept = KeptWorker(tasks, {}, (), "one")

    with pytest.raises(SQLAlchemyError):
        apart(kept.watch)

    assert kept._worker is None
    tasks.close()
