"""The log's signer: a process that alone holds the key, and what is done with keys."""

import errno
import os
import socket
import sys
from functools import partial
from threading import Event

import click
from sqlalchemy import Engine as Database

from config.choices import WrongSetting
from config.settings import Settings
from web.cli.output import Said, read_settings
from web.cli.services.journal import keep_journal
from web.cli.services.reached import tables_in_order
from web.cli.services.told_to_end import told_to_end
from workflow.clock import utc_now
from workflow.database import connect
from workflow.errors import Invalid
from workflow.faults.loop import Loop
from workflow.health.heartbeats import Heartbeats, Work
from workflow.people.register import registered
from workflow.revision import RevisionWatch
from workflow.tasks.child import LEFT_TO_OTHERS
from workflow.timekeeping.timekeeper import LONGEST_STOP, Timekeeper
from workflow.tlog.signer.key_store import KeyStore
from workflow.tlog.signer.keyring import Keyring
from workflow.tlog.signer.signer import Signer
from workflow.tlog.store.tiles import MissingTile

REST, LATER = 0.25, 2.0
# What keeps a disk from being written to for a while only.
PASSING = (errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EMFILE, errno.ENFILE)


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
    tables_in_order(settings, patience=0)
    settings.claim_signer_home()
    return _keys_of(settings)


def _keys_of(settings: Settings) -> Keyring:
    return Keyring(_database(settings), KeyStore(settings.signer_home), registered)


def _database(settings: Settings) -> Database:
    """The database, held to the revision that is known, by a clock that is in no doubt."""
    database = connect(settings.database_url)
    RevisionWatch(database)
    longest_stop = None if settings.demo else LONGEST_STOP
    Timekeeper(database, utc_now, longest_stop=longest_stop).refuse_doubt()
    return database


def _sign(settings: Settings, *, with_parent: bool) -> None:
    try:
        settings.claim_signer_home()
    except WrongSetting as closed:
        if not with_parent:
            raise
        # The home may be another user's on purpose: whoever can enter it signs.
        raise Said(f"The signer does not sign: {closed}", _status_of(closed)) from closed
    keep_journal("signer")
    ending = told_to_end(with_parent=with_parent)
    while not ending.is_set():
        with KeyStore(settings.signer_home).only_one() as only:
            if only:
                _begin(ending, settings, with_parent=with_parent)
                return
        if not with_parent:
            raise Said("Another signer runs in this home already.")
        # It may end before this one does.
        ending.wait(LATER)


def _status_of(closed: WrongSetting) -> int:
    """Whether a home that cannot be written to is another user's, or may be mended in a while."""
    cause = closed.__cause__
    passing = isinstance(cause, OSError) and cause.errno in PASSING
    return 1 if passing else LEFT_TO_OTHERS


def _begin(ending: Event, settings: Settings, *, with_parent: bool) -> None:
    if not tables_in_order(settings, ending=ending):
        return
    try:
        _keys_of(settings).begin(settings.log_origin)
    except Invalid as elsewhere:
        # A worker without the key leaves the signing to whoever has it.
        if with_parent:
            sys.exit(LEFT_TO_OTHERS)
        raise Said(elsewhere.sentence) from elsewhere
    if not with_parent:
        click.echo("Signing. Ctrl-C stops it.")
    database = _database(settings)
    beats = Heartbeats(database, f"{socket.gethostname()}-{os.getpid()}")
    beats.begun([Work.SIGNER])
    _sign_until(ending, Signer(database, KeyStore(settings.signer_home)), beats)


def _sign_until(ending: Event, pen: Signer, beats: Heartbeats) -> None:
    """Sign what there is to sign, and say now and then what keeps it from that."""

    def sign() -> float:
        pen.step()
        return REST

    heard = partial(beats.ended, Work.SIGNER)
    signing = Loop("The signer", sign, heard, passing=(MissingTile,))
    signing.begin()
    ending.wait()
    signing.end()
