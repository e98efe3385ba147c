"""The letter box: what pages and commands owe people by mail becomes jobs, for whichever worker is free.

Pages write a row for each letter and know no queue of jobs; a worker looks for those rows.
"""

from sqlalchemy import Select, select

from workflow.background.jobs import MAIL
from workflow.engine.engine import Engine
from workflow.notices.models import Delivery
from workflow.notices.vocabulary import MailPreference, Sending
from workflow.tasks.port import Tasks

LOOKS_EVERY = 1.0
# Letters of one job, one sent after the other, and of all that are promised at one look.
IN_ONE_JOB, AT_ONE_LOOK = 10, 200


class LetterBox:
    """Promises a job for letters that nobody has tried to send; looking twice promises them once."""

    def __init__(self, engine: Engine, tasks: Tasks) -> None:
        self._engine, self._tasks = engine, tasks
        self._promised: set[int] = set()

    def empty(self) -> float:
        """Promise what is owed and was never tried; returns the seconds until the next look.

        What was tried and is owed still comes round once a minute.
        """
        self._engine.refuse_doubt()
        with self._engine.reading() as session:
            untried = list(session.scalars(_untried()))
        new = [letter for letter in untried if letter not in self._promised]
        if new:
            with self._engine.transaction() as session:
                for first in range(0, len(new), IN_ONE_JOB):
                    letters = new[first : first + IN_ONE_JOB]
                    key = f"{MAIL}-{letters[0]}"
                    self._tasks.enqueue_in(session, MAIL, {"notices": letters}, key)
        self._promised = set(untried)
        return LOOKS_EVERY


def _untried() -> Select[int]:
    return (
        select(Delivery.notice_id)
        .where(Delivery.state == Sending.OWED.value, Delivery.tries == 0)
        .where(Delivery.way == MailPreference.AT_ONCE.value)
        .order_by(Delivery.notice_id)
        .limit(AT_ONE_LOOK)
    )
