"""The database's tables, and programmes that were begun elsewhere."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click
from rich.progress import Progress

from web.cli.output import Said, opened, read_settings
from web.cli.terminal import console
from web.wording import plainly
from workflow.database import migrate
from workflow.deferred import deferred
from workflow.downgrade import is_back, losses, refuse_unknown, take_back
from workflow.programmes.imports.run import ImportReport, import_programmes, read_file
from workflow.programmes.outline import chosen
from workflow.revision import is_missing, refuse_newer
from workflow.schema import drift

if TYPE_CHECKING:
    from workflow.tasks.port import migrate as migrate_queue
else:
    # No other command has a use for the task engine.
    migrate_queue = deferred("workflow.tasks.port", "migrate")

BACKUP_FIRST = (
    "Nothing was changed. Take a backup first: primemover backup FILE. "
    "Then say so with --accept-loss."
)


@click.command("migrate")
@click.option("--check", is_flag=True, help="Only say whether the tables are up to date.")
@click.option("--to", "revision", metavar="REVISION", help="Go to this revision, back or forth.")
@click.option("--accept-loss", is_flag=True, help="Go back although something is lost.")
def migrate_database(*, check: bool, revision: str | None, accept_loss: bool) -> None:
    """Create the tables, or bring them up to date; with --to go back to those of an earlier release.

    Back goes the newer release, with the service stopped and a backup taken: primemover backup.
    """
    url = read_settings().database_url
    if not is_missing(url):
        refuse_newer(url)
    if revision is not None:
        _go_to(url, revision, accept_loss=accept_loss)
        return
    if check and is_missing(url):
        _check_migrations()
        return
    if not check:
        migrate(url)
        migrate_queue(url)
    _refuse_drift(url)
    click.echo("The tables are up to date.")


def _go_to(url: str, revision: str, *, accept_loss: bool) -> None:
    """Bring the tables to a revision; going back is refused where that loses something."""
    refuse_unknown(revision)
    if is_missing(url) or not is_back(url, revision):
        migrate(url, revision)
        click.echo(f"The tables are of revision {revision}.")
        return
    lost = [plainly(each) for each in losses(url, revision)]
    if lost and not accept_loss:
        first = f"Going back to {revision} would lose:"
        raise Said("\n".join([first, *(f"  {each}" for each in lost), BACKUP_FIRST]))
    take_back(url, revision)
    click.echo(f"The tables are back at revision {revision}.")
    for each in lost:
        click.echo(f"Lost: {each}")
    click.echo("Start the release that they belong to; this one writes to them no more.")


def _check_migrations() -> None:
    """With no database to look at, check that the migrations make what this release expects."""
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/checked.db"
        migrate(url)
        _refuse_drift(url)
    click.echo("There is no database yet; the migrations make what this release expects.")


def _refuse_drift(url: str) -> None:
    """Refuse a database that is not what this release expects."""
    differences = drift(url)
    if differences:
        raise Said("\n".join(differences))


@click.group("import")
def import_group() -> None:
    """Bring in what was begun elsewhere."""


@import_group.command("programmes")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--dry-run", is_flag=True, help="Check everything and keep nothing.")
@click.option("--lifecycle", default="", help="Its key; else the one for everything.")
def programmes(*, file: Path, dry_run: bool, lifecycle: str) -> None:
    """Import the programmes of a CSV FILE: all of them, or none if one has a fault."""
    rows = read_file(file)
    engine = opened()
    definition_id, definition = chosen(engine, lifecycle)
    with (
        Progress(console=console, transient=True, disable=not console.is_terminal) as bar,
        engine.transaction() as session,
    ):
        task = bar.add_task("Importing", total=len(rows))
        report = import_programmes(
            session,
            rows,
            now=engine.now(),
            opener=None,
            definition_id=definition_id,
            states={key: state.stage for key, state in definition.states.items()},
            progress=lambda done: bar.advance(task, done),
        )
        if dry_run:
            session.rollback()
    _tell(report, dry_run=dry_run)


def _tell(report: ImportReport, *, dry_run: bool) -> None:
    """Say what became of the rows."""
    for revision in report.changed:
        click.echo(f"{revision.ref}: changed")
    for revision in report.differing:
        click.echo(f"{revision.ref}: has moved on here; see primemover programme differences")
    for revision in report.declined:
        click.echo(f"{revision.ref}: stays as it is here; what the file says was declined")
    click.echo(
        f"{len(report.created)} created, {len(report.changed)} changed, "
        f"{len(report.unchanged)} unchanged" + ("; nothing was kept." if dry_run else ".")
    )
