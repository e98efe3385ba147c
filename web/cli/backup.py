"""Backing the database up, and putting a backup back without bringing erased texts back."""

from pathlib import Path

import click
from rich.progress import Progress

from web.cli.erasure import replay_kept, save_register
from web.cli.output import console, read_settings
from workflow.backups import back_up, restore
from workflow.database import migrate


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def backup_database(*, file: Path) -> None:
    """Write the whole database to FILE while the service runs.

    Attached files lie in the home folder and are not in it: copy that folder as well.
    """
    url = read_settings().database_url
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("Copying", total=None)
        back_up(url, file, lambda done, every: bar.update(task, completed=done, total=every))
    click.echo(f"The database is backed up in {file}.")


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--over", is_flag=True, help="Replace the database that stands there.")
def restore_database(*, file: Path, over: bool) -> None:
    """Put the backup FILE in the place of the database, with the service stopped.

    What has been recorded since is lost, and whoever kept a checkpoint will see it. Texts that
    were erased since are erased again by the register in the home folder.
    """
    url = read_settings().database_url
    if over:
        save_register()
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("Copying", total=None)
        restore(url, file, over=over,
                progress=lambda done, every: bar.update(task, completed=done, total=every))  # fmt: skip
    migrate(url)
    click.echo(f"{file} is restored.")
    replay_kept(None)
