"""Working behind the pages, in a process of its own."""

import signal
from threading import Event
from types import FrameType

import click

from web.background import background_of
from web.cli.output import Said, opened, read_settings
from workflow.schema import drift


@click.command()
def worker() -> None:
    """Settle deadlines, send mail and keep the log, until stopped with Ctrl-C.

    On PostgreSQL run as many as you like, on any machines: what one leaves when it dies, another
    finishes. On SQLite there is one, which `run` and `demo` bring along.
    """
    settings, engine = read_settings(), opened()
    settings.claim_home()
    differences = drift(settings.database_url)
    if differences:
        raise Said("\n".join([*differences, "Bring the tables up to date: primemover migrate"]))
    background = background_of(settings, engine)
    ending = Event()

    def end(_signal: int, _frame: FrameType | None) -> None:
        ending.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    if not background.begin(settings.worker_lock):
        raise Said("Another process does the background work of this database already.")
    click.echo("Working. Ctrl-C stops it.")
    try:
        background.work_until(ending.wait, _adopted)
    finally:
        background.end()
    click.echo("Stopped; nothing is left half done.")


def _adopted(count: int) -> None:
    click.echo(f"{count} {'job' if count == 1 else 'jobs'} of a dead worker taken over.")
