"""Working behind the pages, in a process of its own."""

from threading import Event

import click

from config.settings import Settings
from web.background import TRIES_EVERY, background_of
from web.cli.health import tell_what_waits
from web.cli.output import Said, opened, read_settings
from web.cli.services.journal import keep_journal
from web.cli.services.reached import tables_in_order
from web.cli.services.told_to_end import told_to_end


@click.command()
@click.option("--with-parent", is_flag=True, hidden=True, help="Stop when standard input ends.")
def worker(*, with_parent: bool) -> None:
    """Settle deadlines, send mail and keep the log, until stopped with Ctrl-C.

    `run` and `demo` bring one along. On PostgreSQL run as many more as you like, on any machines:
    what one leaves when it dies, another finishes. On SQLite there is one.
    """
    settings = read_settings()
    settings.claim_home()
    keep_journal("worker")
    ending = told_to_end(with_parent=with_parent)
    if tables_in_order(settings, ending=ending):
        _work(settings, ending, with_parent=with_parent)


def _work(settings: Settings, ending: Event, *, with_parent: bool) -> None:
    engine = opened(unattended=True)
    if not with_parent:
        tell_what_waits(engine, settings)
    background = background_of(settings, engine)
    try:
        while not background.begin(settings.worker_lock):
            if not with_parent:
                raise Said("Another process does the background work of this database already.")
            if ending.wait(TRIES_EVERY):
                return
        if not with_parent:
            click.echo("Working. Ctrl-C stops it.")
        ending.wait()
    finally:
        background.end()
    if not with_parent:
        click.echo("Stopped; nothing is left half done.")
