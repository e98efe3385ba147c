"""What the queue of jobs says, without repetitions and tracebacks."""

import logging

from workflow.tasks.said_once import SaidOnce, one_line

TRACEBACK = """Exception polling schedules: Traceback (most recent call last):
  File "dbos/_scheduler.py", line 1, in loop
    raise fault
sqlalchemy.exc.OperationalError: (psycopg.OperationalError) connection refused
[SQL: select 1]
(Background on this error at: https://sqlalche.me/e/20/e3q8)
"""


def heard(said: SaidOnce, sentence: str) -> bool:
    return said.filter(logging.LogRecord("dbos", logging.WARNING, "", 0, sentence, (), None))


def test_the_same_complaint_is_let_through_once() -> None:
    said = SaidOnce()

    again = [heard(said, f"Retrying in {wait} (attempt {number})") for number, wait in
             enumerate(("0.51s", "1.2s", "2.75s"))]  # fmt: skip

    assert again == [True, False, False]


def test_another_complaint_is_let_through() -> None:
    said = SaidOnce()

    assert [heard(said, "One."), heard(said, "Another.")] == [True, True]


def test_of_a_traceback_the_fault_is_said() -> None:
    assert one_line(TRACEBACK) == (
        "Exception polling schedules: sqlalchemy.exc.OperationalError: "
        "(psycopg.OperationalError) connection refused"
    )
