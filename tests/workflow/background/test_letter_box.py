"""The letter box: every letter that is owed becomes a job once, and none before its cause is kept."""

from collections.abc import Iterator

import pytest
from sqlalchemy import select, update

from tests.support.world import NURSES, World
from workflow.background import letter_box
from workflow.background.jobs import MAIL
from workflow.background.letter_box import LetterBox
from workflow.demo import path
from workflow.notices.models import Delivery
from workflow.notices.vocabulary import MailPreference
from workflow.tasks import port
from workflow.tasks.port import Tasks


@pytest.fixture
def tasks(world: World) -> Iterator[Tasks]:
    port.migrate(world.url)
    tasks = Tasks(world.url)
    yield tasks
    tasks.close()


def owed(world: World) -> list[int]:
    """The letters of a programme that was just screened."""
    world.engine.owe_mail()
    path.screen(world, world.programme("screening"), NURSES)
    with world.engine.reading() as session:
        return list(session.scalars(select(Delivery.notice_id).order_by(Delivery.notice_id)))


def jobs(tasks: Tasks, letters: list[int]) -> list[int]:
    """Those of the letters that begin a job."""
    return [letter for letter in letters if tasks.status(f"{MAIL}-{letter}") == "ENQUEUED"]


def test_letters_become_jobs_of_some_letters_each(
    world: World, tasks: Tasks, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(letter_box, "IN_ONE_JOB", 3)
    letters = owed(world)
    before = jobs(tasks, letters)

    LetterBox(world.engine, tasks).empty()

    assert (before, jobs(tasks, letters)) == ([], letters[::3])


def test_two_workers_that_look_at_once_promise_every_letter_once(
    world: World, tasks: Tasks
) -> None:
    letters = owed(world)
    one, other = LetterBox(world.engine, tasks), LetterBox(world.engine, tasks)

    for box in (one, other, one):
        box.empty()

    assert jobs(tasks, letters) == letters[::10]


def test_what_was_tried_and_what_is_kept_for_the_day_are_not_looked_for(
    world: World, tasks: Tasks
) -> None:
    first, second, *rest = owed(world)
    with world.engine.transaction() as session:
        one = update(Delivery).where(Delivery.notice_id == first)
        session.execute(one.values(way=MailPreference.DAILY.value))
        session.execute(update(Delivery).where(Delivery.notice_id == second).values(tries=1))

    LetterBox(world.engine, tasks).empty()

    assert jobs(tasks, [first, second, *rest]) == rest[::10]
