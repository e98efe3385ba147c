"""The log's signer: a process that alone holds the key, and what is done with keys."""

import os
import signal
import sys
from threading import Event, Thread
from types import FrameType

import click
from sqlalchemy.exc import DBAPIError

from config.settings import Settings, WrongSetting
from web.cli.output import Said, read_settings
from workflow.database import connect
from workflow.errors import Invalid
from workflow.people.register import registered
from workflow.schema import drift
from workflow.tlog.signer.key_store import KeyStore
from workflow.tlog.signer.keyring import Keyring
from workflow.tlog.signer.signer import Signer
from workflow.tlog.store.tiles import MissingTile

REST, LATER = 0.25, 5.0


@click.group(invoke_without_command=True)
@click.option("--with-parent", is_flag=True, hidden=True, help="Stop when standard input ends.")
@click.pass_context
def signer(ctx: click.Context, *, with_parent: bool) -> None:
    """Sign checkpoints of the log until stopped with Ctrl-C.

    `run`, `demo` and `worker` bring one along where the key is, or where there never was one. Run
    it by itself, as a user of its own, to keep the key away from the pages.
    """
    if ctx.invoked_subcommand is None:
        _sign(read_settings(), with_parent=with_parent)


@signer.command()
@click.option(
    "--overlap",
    type=click.IntRange(0),
    default=1000,
    show_default=True,
    help="For so many more entries the old key signs as well; then it is destroyed.",
)
def rotate(overlap: int) -> None:
    """Introduce a new key, signed for by the old one."""
    settings = read_settings()
    click.echo(_keyring(settings).rotate(overlap))


@signer.command("new-origin")
@click.argument("name", default="")
def new_origin(name: str) -> None:
    """Begin anew under another NAME where the signer refuses to go on.

    After the database was brought back to an old state, what was signed cannot be continued. The
    first event of the new origin names where the old one was left.
    """
    click.echo(_keyring(read_settings()).new_origin(name))


def _keyring(settings: Settings) -> Keyring:
    differences = drift(settings.database_url)
    if differences:
        raise Said("\n".join([*differences, "Bring the tables up to date: primemover migrate"]))
    settings.claim_signer_home()
    return Keyring(connect(settings.database_url), KeyStore(settings.signer_home), registered)


def _sign(settings: Settings, *, with_parent: bool) -> None:
    try:
        settings.claim_signer_home()
    except WrongSetting as closed:
        if not with_parent:
            raise
        # The home may be another user's on purpose: whoever can enter it signs.
        click.echo(f"The signer does not sign: {closed}", err=True)
        return
    ending = Event()
    _end_when_told(ending, with_parent=with_parent)
    while not ending.is_set():
        with KeyStore(settings.signer_home).only_one() as only:
            if only:
                _begin(ending, settings, with_parent=with_parent)
                return
        if not with_parent:
            raise Said("Another signer runs in this home already.")
        # It may end before this one does.
        ending.wait(LATER)


def _begin(ending: Event, settings: Settings, *, with_parent: bool) -> None:
    try:
        _keyring(settings).begin(settings.log_origin)
    except Invalid as elsewhere:
        # A worker without the key leaves the signing to whoever has it.
        if with_parent:
            return
        raise Said(elsewhere.sentence) from elsewhere
    if not with_parent:
        click.echo("Signing. Ctrl-C stops it.")
    _sign_until(ending, Signer(connect(settings.database_url), KeyStore(settings.signer_home)))


def _sign_until(ending: Event, pen: Signer) -> None:
    """Sign what there is to sign; a refusal is said once, and tried again later."""
    refused = ""
    while not ending.is_set():
        try:
            pen.step()
        except (Invalid, MissingTile, DBAPIError) as fault:
            sentence = str(fault).splitlines()[0]
            if sentence != refused:
                click.echo(f"The signer does not sign: {sentence}", err=True)
            refused = sentence
            ending.wait(LATER)
        else:
            refused = ""
            ending.wait(REST)


def _end_when_told(ending: Event, *, with_parent: bool) -> None:
    def end(_signal: int, _frame: FrameType | None) -> None:
        ending.set()

    if not with_parent:
        signal.signal(signal.SIGTERM, end)
        signal.signal(signal.SIGINT, end)
        return
    # A Ctrl-C in a terminal reaches every process; the parent says when it is over.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, end)

    def watch() -> None:
        # Past Python's own buffer, whose lock a thread left behind would hold at the end.
        while os.read(sys.stdin.fileno(), 1):
            pass
        ending.set()

    Thread(target=watch, daemon=True).start()
