"""Dossiers from the command line."""

from pathlib import Path

import click

from web.cli.output import Said, opened, read_settings
from web.cli.people import somebody
from web.cli.terminal import console
from workflow.dossiers.build import BuiltDossier, DossierSources
from workflow.dossiers.collect import DossierRequest
from workflow.dossiers.fonts import prepared
from workflow.dossiers.hand_over import hand_over
from workflow.drafts import drafted
from workflow.engine.documents.file_store import FileStore


@click.command()
@click.argument("ref")
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False),
              help="File to write; dossier-REF.zip without it.")  # fmt: skip
@click.option("--for", "email", metavar="EMAIL",
              help="Make it with the rights of this person, and record that they took it.")  # fmt: skip
@click.option("--bare", is_flag=True, help="Leave names, reasons and papers out.")
@click.option("--since", type=click.IntRange(1), metavar="SIZE",
              help="Prove that the log goes on from a checkpoint of this size.")  # fmt: skip
def dossier(
    *, ref: str, output: Path | None, email: str | None, bare: bool, since: int | None
) -> None:
    """Write the history REF as one zip file that anybody can check without this installation.

    What is in it and how to check it stands in its README.txt, and in docs/auditing.md. Without
    --for it holds everything that is kept. That it was taken is recorded.
    """
    target = output or Path(f"dossier-{Path(ref).name}.zip")
    if not target.parent.is_dir():
        raise Said(f"There is no folder {target.parent}.")
    engine, settings = opened(), read_settings()
    person = somebody(engine, email) if email else None
    files = FileStore(settings.files, settings.largest_upload)
    fonts = prepared(settings.node_modules, settings.home / "cache")
    sources = DossierSources(files, fonts, tuple(each.split()[0] for each in settings.witnesses))
    request = DossierRequest(ref, person, bare=bare, since=since)
    shown = console.status("Putting it together …")
    with drafted(target) as draft, draft.open("w+b") as file, shown:
        built = hand_over(engine, request, sources, file)
    _say(built, target)


def _say(built: BuiltDossier, target: Path) -> None:
    events = f"{built.events} {'event' if built.events == 1 else 'events'}"
    click.echo(f"{built.ref} with {events}: {target}")
    if not built.size:
        click.echo("The log has no checkpoint yet, so nothing outside ties it down.")
    elif not built.cosigned:
        click.echo(f"It stands on the checkpoint of size {built.size}, which no witness signed.")
    if built.size and built.unproven:
        click.echo(f"{built.unproven} of them are newer than that checkpoint.")
    if built.unprinted is None:
        click.echo("It has no history.pdf: this history could not be typeset.")
    elif built.unprinted:
        click.echo(f"In its print {built.unprinted} characters stand by their numbers.")
    if built.lost:
        click.echo(f"{built.lost} of its papers are no longer kept here.")
