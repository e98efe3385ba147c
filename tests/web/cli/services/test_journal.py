"""The journal of processes without pages: every line says when, how grave, and of what kind."""

import logging
import re
from collections.abc import Iterator

import pytest

from web.cli.services.journal import QUEUE, Journal, keep_journal

LINE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z (info|warning|error) worker: .+")


@pytest.fixture(autouse=True)
def _the_journal_is_put_away() -> Iterator[None]:
    loggers = [logging.getLogger(name) for name in ("", QUEUE)]
    kept = [(logger, list(logger.handlers), logger.propagate) for logger in loggers]
    yield
    for logger, handlers, propagate in kept:
        logger.handlers, logger.propagate = handlers, propagate


def test_every_line_carries_time_level_and_kind(capsys: pytest.CaptureFixture[str]) -> None:
    keep_journal("worker")
    journal = logging.getLogger("workflow.background")

    journal.info("2 jobs of a dead worker taken over.")
    logging.getLogger(QUEUE).warning("the queue waits")
    journal.error("A file could not be made.", exc_info=KeyError("an event"))

    lines = capsys.readouterr().err.splitlines()
    assert [line for line in lines if not LINE.fullmatch(line)] == []
    assert lines[0].endswith("Z info worker: 2 jobs of a dead worker taken over.")
    assert lines[1].endswith(" warning worker: the queue waits")
    assert lines[-1].endswith(" error worker: KeyError: 'an event'")


def test_what_others_say_without_need_is_not_said(capsys: pytest.CaptureFixture[str]) -> None:
    keep_journal("worker")

    logging.getLogger("alembic.runtime").info("Will assume transactional DDL.")

    assert capsys.readouterr().err == ""


def test_beginning_twice_says_everything_once(capsys: pytest.CaptureFixture[str]) -> None:
    keep_journal("worker")
    keep_journal("signer")

    logging.getLogger("web").warning("so it is")

    assert len(capsys.readouterr().err.splitlines()) == 1
    assert sum(isinstance(each, Journal) for each in logging.getLogger().handlers) == 1
