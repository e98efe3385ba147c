"""Waiting for the database at the start, and refusing tables of another release."""

import logging
import time
from threading import Event

import click
from sqlalchemy.exc import OperationalError

from config.settings import Settings
from web.background import pool_of
from web.cli.output import MENDS, Said
from workflow.database import connect, connections_allowed
from workflow.faults.outages import Outage, outage, said
from workflow.schema import drift_at_start

PAUSE = 1.0
journal = logging.getLogger(__name__)
# Of the queue of jobs: its own pool, its client's, one to listen and one that shows life.
QUEUE_CONNECTIONS = 6 + 2 + 1 + 1


def tables_in_order(
    settings: Settings, patience: float | None = None, ending: Event | None = None
) -> bool:
    """Wait until the database answers, and refuse tables that are not those of this release.

    A server that is away is waited for: `patience` seconds, or until `ending` is set; false then.
    """
    ending, told = ending or Event(), ""
    end = None if patience is None else time.monotonic() + patience
    while not ending.is_set():
        try:
            differences = drift_at_start(settings.database_url)
        except OperationalError as away:
            sentence = f"The database cannot be reached: {said(away)}"
            if not _may_pass(away):
                raise
            if end is not None and time.monotonic() >= end:
                raise Said(f"{sentence}\n{MENDS[outage(away)]}") from away
            if sentence != told:
                journal.warning("%s\nTrying again %s.", sentence, _for(patience))
            told = sentence
            ending.wait(PAUSE)
            continue
        if differences:
            raise Said("\n".join([*differences, "Bring the tables up to date: primemover migrate"]))
        if told:
            journal.warning("The database answers.")
        return True
    return False


def warn_of_connections(settings: Settings) -> None:
    """Say so where all processes together may want more connections than the server grants."""
    database = connect(settings.database_url)
    try:
        allowed = connections_allowed(database)
    finally:
        database.dispose()
    most = connections_wanted(settings)
    if 0 < allowed < most:
        click.echo(
            f"The database grants {allowed} connections, and {settings.workers} processes with their "
            f"background work may want {most}. Set PRIMEMOVER_POOL_SIZE and PRIMEMOVER_POOL_OVERFLOW "
            "lower, or max_connections of the server higher.",
            err=True,
        )


def connections_wanted(settings: Settings) -> int:
    """The most connections that one `run` holds with what it brings along.

    Each process has its pool; the worker beside them has the queue's two and one on which each
    listens and lives, and the signer holds one, and one more while it looks at its keys.
    """
    pools = settings.workers + int(settings.background)
    return pools * pool_of(settings).most + int(settings.background) * (QUEUE_CONNECTIONS + 2)


def _for(patience: float | None) -> str:
    return "until it answers" if patience is None else f"for {patience:g} seconds"


def _may_pass(away: OperationalError) -> bool:
    """Whether waiting may help."""
    return outage(away) in {Outage.AWAY, Outage.CROWDED}
