"""Being a witness, elsewhere; and what of our own log is outside."""

import signal
from pathlib import Path
from threading import Thread
from types import FrameType

import click

from web.cli.speaking import Said
from workflow.log.listening import counter
from workflow.log.witness import Witness, log_key

FOLDER = click.argument("folder", type=click.Path(path_type=Path, file_okay=False))


@click.group()
def witness() -> None:
    """Watch over the logs of others: sign that they only ever grew.

    Run this where those who run the log cannot reach it: in an audit office, or at a partner.
    It needs neither their database nor any of their settings.
    """


@witness.command()
@FOLDER
@click.option("--name", required=True, help="Its name, such as audit.example.org/witness.")
@click.option("--log", "logs", multiple=True, help="The key string of a log to sign for.")
def init(*, folder: Path, name: str, logs: tuple[str, ...]) -> None:
    """Begin a witness in FOLDER: a key, a list of logs, and a memory.

    Prints the key string to give to those who run the log.
    """
    begun = Witness.begin(folder, name, [log_key(log) for log in logs])
    click.echo(begun.verifier)


@witness.command()
@FOLDER
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8600, show_default=True, type=click.IntRange(0, 65535))
def serve(*, folder: Path, host: str, port: int) -> None:
    """Answer logs from FOLDER until stopped with Ctrl-C."""
    watching = Witness.load(folder)
    if not watching.origins:
        raise Said(f"This witness signs for no log yet: write key strings into {folder}/logs.txt.")
    at = counter(host, port, watching)

    def end(_signal: int, _frame: FrameType | None) -> None:
        # Serving ends in another thread: asked in this one, it would wait for itself.
        Thread(target=at.shutdown).start()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    click.echo(f"Key: {watching.verifier}")
    for origin in watching.origins:
        click.echo(f"Signs for: {origin}")
    for origin, size in watching.contradictions():
        click.echo(f"Has seen {origin} contradict itself at size {size}.", err=True)
    click.echo(f"Listening on http://{host}:{at.server_port}. Ctrl-C stops it.")
    with at:
        at.serve_forever(poll_interval=0.2)
    click.echo("Stopped.")


@witness.command()
@FOLDER
def key(*, folder: Path) -> None:
    """Print the key string of the witness in FOLDER."""
    click.echo(Witness.load(folder).verifier)
