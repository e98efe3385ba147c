"""Backing the house up, and putting a backup back without bringing erased texts back."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.progress import Progress as Bar

from config.settings import Settings
from web.cli.erasure import replay_kept, save_register
from web.cli.maintenance import verify_trail
from web.cli.output import Said, opened, read_settings
from web.cli.terminal import console
from web.orders.after_erasure import REGISTER
from workflow.backups.archive import Progress
from workflow.backups.back_up import back_up, name_of
from workflow.backups.facts import facts
from workflow.backups.home import HomeFolders, RecordPlace
from workflow.backups.manifest import Manifest
from workflow.backups.restore import House, restore
from workflow.clock import utc_now
from workflow.database import migrate
from workflow.deferred import deferred

if TYPE_CHECKING:
    from workflow.tasks.port import migrate as migrate_queue
else:
    migrate_queue = deferred("workflow.tasks.port", "migrate")

LEFT_OUT = (
    "Left out: the key of the signer and PRIMEMOVER_SECRET_KEY. Whoever had them with the database "
    "could sign another history. Keep them elsewhere."
)
# Both are about the one file that tells what left the house.
RECORD_LEFT_OUT = (
    "What the signer signed is not in it either: this user may not read {folder}. Copy the file "
    "“signed” from there, so that an old state that is brought back is told from the newest."
)
RECORD_UNKNOWN = (
    "What was signed after this backup is not known here. If the signer's home was lost, begin anew "
    "even if its key was kept: primemover signer new-origin"
)


@click.command("backup")
@click.argument("place", metavar="FILE|FOLDER", type=click.Path(path_type=Path))
def backup_database(*, place: Path) -> None:
    """Write database, attached files and register of erasures to FILE while the service runs.

    In a FOLDER the file is named by the time. It appears when it is whole, and only its owner may
    read it. What the signer signed goes along where this user may read it; its key never does.
    """
    settings, now = read_settings(), utc_now()
    target = place / name_of(now) if place.is_dir() else place
    with _progress("Copying") as told:
        made = back_up(
            settings.database_url, _home(settings), target, version("primemover"), now, told
        )
    click.echo(f"Backed up in {target}: {_content(made)}.")
    click.echo(LEFT_OUT)
    if _home(settings).record is RecordPlace.CLOSED:
        click.echo(RECORD_LEFT_OUT.format(folder=settings.signer_home))
    _refuse_missing(made.missing)


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--over", is_flag=True, help="Replace the database that stands there.")
@click.pass_context
def restore_database(ctx: click.Context, *, file: Path, over: bool) -> None:
    """Put the backup FILE in the place of the database and the files, with the service stopped.

    Nothing is touched before every byte of the backup has been checked. What has been recorded
    since is lost, and whoever kept a checkpoint will see it. Texts that were erased since are
    erased again by the register in the home folder. At the end everything is verified.
    """
    settings = read_settings()
    settings.claim_home()
    if over:
        save_register()
    house = House.at(settings.database_url, _home(settings))
    record = house.home.record
    with _progress("Copying") as told:
        made = restore(house, file, over=over, progress=told)
    migrate(house.url)
    migrate_queue(house.url)
    click.echo(f"{file} is restored.")
    _tell_restored(made)
    if record is RecordPlace.NOWHERE:
        click.echo(RECORD_UNKNOWN)
    replay_kept(None)
    ctx.invoke(verify_trail)
    _refuse_missing(_lacking(house.home))


def _tell_restored(made: Manifest | None) -> None:
    if made is None:
        click.echo("It holds the database alone: copy the folder of attached files as well.")
    else:
        click.echo(f"It holds {_content(made)} of {made.at:%d %B %Y, %H:%M} UTC.")


def _lacking(home: HomeFolders) -> tuple[str, ...]:
    """The files that the restored database names and that are not here."""
    engine = opened()
    with engine.reading() as session:
        named = facts(session).files
    engine.database.dispose()
    return home.lacking(named)


def _refuse_missing(missing: tuple[str, ...]) -> None:
    if missing:
        raise Said(
            "\n".join(
                [
                    "Attached files that are missing or damaged in the home folder:",
                    *(f"  {digest}" for digest in missing),
                ]
            )
        )


def _content(made: Manifest) -> str:
    events = "event" if made.events == 1 else "events"
    files = "file" if made.files == 1 else "files"
    return f"{made.events} {events} and {made.files} attached {files}"


def _home(settings: Settings) -> HomeFolders:
    return HomeFolders(settings.files, settings.home / REGISTER, settings.signer_home)


@contextmanager
def _progress(what: str) -> Iterator[Progress]:
    with Bar(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, every: bar.update(task, completed=done, total=every)
