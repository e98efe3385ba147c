"""Working behind the pages, in a process of its own."""

import signal
from importlib import import_module
from threading import Event
from types import FrameType

import click

from web.cli.speaking import Said, opened, read_settings


@click.command()
def worker() -> None:
    """Settle deadlines and remind people, until stopped with Ctrl-C.

    On PostgreSQL run as many as you like, on any machines: what one leaves when it dies, another
    finishes. On SQLite there is one, which `run` and `demo` bring along.
    """
    settings, engine = read_settings(), opened()
    # Named late: no other command has a use for the task engine.
    background = import_module("workflow.background").Background(engine, settings.database_url)
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
