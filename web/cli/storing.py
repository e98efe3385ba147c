"""The database's tables, and programmes that were begun elsewhere."""

from pathlib import Path

import click
from rich.progress import Progress

from web.cli.speaking import Said, console, opened, read_settings
from workflow.database import migrate
from workflow.programmes.importing import ImportReport, import_programmes, read_file
from workflow.schema import drift


@click.command("migrate")
@click.option("--check", is_flag=True, help="Only say whether the tables are up to date.")
def migrate_database(*, check: bool) -> None:
    """Create the tables, or bring them up to date."""
    url = read_settings().database_url
    if not check:
        migrate(url)
    differences = drift(url)
    if differences:
        raise Said("\n".join(differences))
    console.print("The tables are up to date.")


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
    with Progress(console=console, transient=True) as bar, engine.transaction() as session:
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
        console.print(f"{revision.ref}: changed")
    console.print(
        f"{len(report.created)} created, {len(report.changed)} changed, "
        f"{len(report.unchanged)} unchanged" + ("; nothing was kept." if dry_run else ".")
    )
