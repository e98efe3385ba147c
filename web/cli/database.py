"""The database's tables, and programmes that were begun elsewhere."""

from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from rich.progress import Progress
from sqlalchemy.engine import make_url

from web.cli.output import Said, console, opened, read_settings
from workflow.database import migrate
from workflow.programmes.imports.run import ImportReport, import_programmes, read_file
from workflow.schema import drift


@click.command("migrate")
@click.option("--check", is_flag=True, help="Only say whether the tables are up to date.")
def migrate_database(*, check: bool) -> None:
    """Create the tables, or bring them up to date."""
    url = read_settings().database_url
    if check and not _exists(url):
        _check_migrations()
        return
    if not check:
        migrate(url)
        # Named late: no other command has a use for the task engine.
        import_module("workflow.tasks.port").migrate(url)
    _refuse_drift(url)
    click.echo("The tables are up to date.")


def _exists(url: str) -> bool:
    """Whether there is a database; looking into a missing SQLite file would make one."""
    place = make_url(url)
    return place.get_backend_name() != "sqlite" or Path(place.database or "").exists()


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
@click.option("--lifecycle", default="programme-standard", show_default=True, help="Its key.")
def programmes(*, file: Path, dry_run: bool, lifecycle: str) -> None:
    """Import the programmes of a CSV FILE: all of them, or none if one has a fault."""
    rows = read_file(file)
    engine = opened()
    definition_id, definition = engine.published(lifecycle)
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
    click.echo(
        f"{len(report.created)} created, {len(report.changed)} changed, "
        f"{len(report.unchanged)} unchanged" + ("; nothing was kept." if dry_run else ".")
    )
