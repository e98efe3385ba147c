"""Erasing private texts from the command line, and keeping it so after a restore."""

from pathlib import Path
from typing import IO

import click
from sqlalchemy.exc import DBAPIError

from web.cli.output import ROW_NUMBER, opened, read_settings
from web.cli.people import somebody
from web.orders.after_erasure import REGISTER, follow
from workflow.assembly.engine import open_engine
from workflow.erasure.erase import ErasureRequest, erase, replay
from workflow.erasure.register import entries, keep_beside, read_register


@click.command("erase")
@click.argument("ref")
@click.argument("seq", type=ROW_NUMBER)
@click.argument("fields", metavar="FIELD…", nargs=-1, required=True)
@click.option("--basis", required=True, help="The rule or request that this is done under.")
@click.option("--by", required=True, metavar="EMAIL", help="Who orders it; recorded.")
def erase_text(*, ref: str, seq: int, fields: tuple[str, ...], basis: str, by: str) -> None:
    """Erase private texts of event SEQ of the case REF for good.

    A FIELD is what the event commits to, such as reason, filename or name. The event stays, and
    everything still verifies. That it was done, when and on which basis is recorded; the basis
    must not name the person. The case REGISTER holds appointments and mandates.
    """
    engine = opened()
    made = erase(engine, somebody(engine, by), ErasureRequest(ref, seq, fields, basis))
    kept = _kept_file()
    follow(engine, read_settings(), made)
    engine.database.dispose()
    erased = ", ".join(entry.field for entry in made)
    click.echo(f"Erased from event {seq} of {ref}: {erased}. Entered in {kept}.")
    click.echo("Older backups still hold it: after a restore, run primemover erasures replay.")


@click.group("erasures")
def erasures_group() -> None:
    """The register of erasures: ids and digests, never a text."""


@erasures_group.command("export")
@click.argument("file", type=click.File("w", encoding="utf-8", atomic=True), default="-")
def export_register(*, file: IO[str]) -> None:
    """Write the register to FILE, one erasure a line; to standard output without one."""
    with opened().reading() as session:
        for entry in entries(session):
            file.write(f"{entry.line()}\n")


@erasures_group.command("replay")
@click.argument(
    "file", type=click.Path(path_type=Path, dir_okay=False, exists=True), required=False
)
def replay_register(*, file: Path | None) -> None:
    """Erase again what a restored backup brought back, by FILE or by the one kept at home."""
    replay_kept(file)


def replay_kept(file: Path | None) -> None:
    """Replay the register in `file`, or else the one in the home folder."""
    source = file or _kept_file()
    lines = source.read_text(encoding="utf-8").splitlines() if source.exists() else []
    register = tuple(read_register(lines))
    engine = opened()
    gone = replay(engine, register)
    engine.database.dispose()
    click.echo(f"{len(register)} erasures read, {gone} texts erased again.")


def save_register() -> None:
    """Bring what the database's own register holds into the file, before the database goes."""
    # Of whatever release its tables are: it is only read.
    engine = open_engine(read_settings().database_url)
    try:
        with engine.reading() as session:
            listed = entries(session)
    except DBAPIError:
        # There is no database yet, or none that this release can read.
        listed = ()
    engine.database.dispose()
    kept = _kept_file()
    known = set(
        read_register(kept.read_text(encoding="utf-8").splitlines() if kept.exists() else ())
    )
    keep_beside(kept, [entry for entry in listed if entry not in known])


def _kept_file() -> Path:
    """The register beside the database, which no restore of the database touches."""
    return read_settings().home / REGISTER
