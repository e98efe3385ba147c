"""Being a witness, elsewhere; and what of our own log is outside."""

import signal
from datetime import timedelta
from pathlib import Path
from threading import Thread
from types import FrameType

import click

from web.cli.output import Said, opened, read_settings
from workflow.clock import written
from workflow.tlog.witnesses.anchors import current, departures, last_signed_outside, watches
from workflow.tlog.witnesses.witness import Witness, log_key
from workflow.tlog.witnesses.witness_server import counter

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


@click.command()
def checkpoint() -> None:
    """Print the current checkpoint, to be kept elsewhere; exit status 1 if there is none."""
    with opened().reading() as session:
        found = current(session)
    if found is None:
        raise Said("No checkpoint has been signed yet: the worker does it.")
    click.echo(found[1], nl=False)


@click.command("anchors")
@click.option("--last", default=20, show_default=True, type=click.IntRange(1, 1000))
def list_anchors(*, last: int) -> None:
    """List when a checkpoint left the house, to whom and at what size, the last first.

    Exit status 1 where no witness has signed within PRIMEMOVER_ANCHOR_DAYS: then the histories
    are tamper-resistant, not tamper-evident.
    """
    settings, engine = read_settings(), opened()
    witnesses = [each.partition(" ")[0] for each in settings.witnesses]
    since = engine.now() - timedelta(days=settings.anchor_days)
    with engine.reading() as session:
        left, watched = departures(session, last), watches(session, witnesses)
        signed = last_signed_outside(session, witnesses)
    for each in left:
        to = each.name or each.recipient
        click.echo(f"{written(each.last_at)}  {each.kind:8}  {each.size:>10}  {to}")
    for watch in watched:
        told = f"{watch.outcome or 'not called yet'}. {watch.said}".strip()
        click.echo(f"Witness {watch.witness.partition('+')[0]}: {told}")
    if signed is None or signed.received_at < since:
        why = "No witness is configured" if not witnesses else f"None signed since {written(since)}"
        raise Said(f"{why}: the histories are tamper-resistant, not tamper-evident.")
    click.echo(f"Tamper-evident up to entry {signed.size}.")
