"""Serving the pages: an installation of one's own, or the demonstration."""

import os
import socket

import click

from config.choices import PREFIX
from config.settings import Settings
from web.background import MOMENT, WORKER
from web.cli.demo import introduce, prepare
from web.cli.health import tell_at_start
from web.cli.output import Said, read_settings
from web.cli.services.journal import keep_journal
from web.cli.services.proxies import warn_of_proxies
from web.cli.services.reached import tables_in_order, warn_of_connections
from web.cli.services.service import Service
from workflow.database import connect
from workflow.health.heartbeats import Heartbeats, Work
from workflow.tasks.child import Child

HOST = click.option("--host", help="The address to listen on.")
PORT = click.option("--port", type=int, help="The port to listen on.")


@click.command()
@HOST
@PORT
@click.option("--workers", type=int, help="How many processes answer.")
def run(host: str | None, port: int | None, workers: int | None) -> None:
    """Serve the pages with the settings of the environment."""
    settings = read_settings(**_chosen(host=host, port=port, workers=workers))
    settings.claim_home()
    settings.secret()
    keep_journal("server")
    warn_of_proxies(settings)
    tables_in_order(settings, settings.database_patience)
    warn_of_connections(settings)
    tell_at_start(settings)
    _refuse_taken(settings)
    click.echo(_where(settings))
    _serve(settings)


@click.command()
@HOST
@PORT
def demo(host: str | None, port: int | None) -> None:
    """Serve a demonstration with invented people and real programmes; it needs no settings."""
    settings = read_settings(demo=True, **_chosen(host=host, port=port))
    settings.claim_home()
    settings.secret()
    _refuse_taken(settings)
    engine = prepare(settings)
    introduce(engine, settings)
    engine.database.dispose()
    _serve(settings)


def _chosen(**options: object) -> dict[str, object]:
    """The options that were given."""
    return {name: value for name, value in options.items() if value is not None}


def _where(settings: Settings) -> str:
    """Where the pages are, for whoever began them in a terminal."""
    here = f"http://{settings.host}:{settings.port}"
    known = "" if settings.base_url == here else f", for browsers at {settings.base_url}"
    return f"Serving at {here}{known}. Ctrl-C stops it."


def _refuse_taken(settings: Settings) -> None:
    """Say at once that somebody else listens there already."""
    try:
        with socket.create_server((settings.host, settings.port)):
            return
    except OSError as fault:
        # What follows in brackets tells of the call, not of the port.
        reason = (fault.strerror or str(fault)).partition(" (")[0]
        raise Said(
            f"Nothing can listen on {settings.host}, port {settings.port}: {reason}. "
            "Choose another with --port."
        ) from fault


def _serve(settings: Settings) -> None:
    """Serve until told to stop; what is begun from here reads the same settings from the environment."""
    _hand_over(settings)
    patience = settings.graceful_timeout
    companion = Child(WORKER, MOMENT, patience) if settings.background else None
    if companion is not None:
        _say_begun(settings)
    # The pages leave the background work to the process beside them.
    os.environ[f"{PREFIX}BACKGROUND"] = "false"
    # The server runs in this process: it has paid for the imports already.
    Service(settings, companion).run()


def _say_begun(settings: Settings) -> None:
    """Have health know that the work behind the pages begins, until its own processes say so."""
    database = connect(settings.database_url)
    Heartbeats(database, f"{socket.gethostname()}-{os.getpid()}").begun(Work)
    database.dispose()


def _hand_over(settings: Settings) -> None:
    """Put into the environment what the options chose, and the folders as they are from here."""
    folders = ("home", "signer_home", "node_modules")
    for name in (*folders, "host", "port", "workers", "demo", "database_url"):
        os.environ[PREFIX + name.upper()] = str(getattr(settings, name))
