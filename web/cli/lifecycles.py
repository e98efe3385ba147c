"""Checking and publishing lifecycles."""

from decimal import Decimal
from pathlib import Path

import click

from web.cli.output import Said, opened, told
from web.cli.versions.difference import diff
from workflow.engine.commands.open_case import publish as publish_definition
from workflow.errors import FaultyFile
from workflow.frameworks.queries import framework_names
from workflow.lifecycles import soundness
from workflow.lifecycles.checks.results import ConditionStatus
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.loader.files import load_file
from workflow.programmes.contract import refuse_unfit
from workflow.programmes.outline import MODALITIES, NO, YES, offers

STANDING = {
    ConditionStatus.MET: "It applies.",
    ConditionStatus.OPEN: "That depends on what was not said.",
    ConditionStatus.UNMET: "It does not apply.",
}
TOLD = {
    ConditionStatus.MET: "So it is:",
    ConditionStatus.OPEN: "Not said:",
    ConditionStatus.UNMET: "Not so:",
}
FILE = click.Path(path_type=Path, dir_okay=False, exists=True)


@click.group()
def lifecycle() -> None:
    """Check lifecycle files, and publish them for new programmes."""


lifecycle.add_command(diff)


@lifecycle.command()
@click.argument("files", nargs=-1, required=True, type=FILE)
def check(files: tuple[Path, ...]) -> None:
    """Say everything that is wrong with each of FILES."""
    faulty = 0
    for file in files:
        try:
            definition = load_file(file)
            refuse_unfit(definition, file.name)
        except FaultyFile as refusal:
            faulty += 1
            click.echo(told(refusal), err=True)
        else:
            _warn(file, definition)
            click.echo(
                f"{file.name}: sound. {definition.title}, version {definition.version}, "
                f"{len(definition.states)} states, {len(definition.rounds)} rounds, "
                f"{definition.checks()} checks of forms, digest {definition.digest[:12]}."
            )
    if faulty:
        raise Said(f"{faulty} of {len(files)} files cannot be published.")


@lifecycle.command()
@click.argument("file", type=FILE)
def publish(file: Path) -> None:
    """Publish FILE: programmes begun from now on follow it, those under way do not change."""
    definition = load_file(file)
    refuse_unfit(definition, file.name)
    _warn(file, definition)
    publish_definition(opened(), definition)
    click.echo(f"{definition.title}, version {definition.version}, is published.")


@lifecycle.command("list")
@click.option("--emergency", type=click.Choice([YES, NO]), help="Whether it answers an emergency.")
@click.option("--framework", help="The key of the framework or fund it is proposed under.")
@click.option("--modality", type=click.Choice(list(MODALITIES)), help="Who works together.")
@click.option("--countries", type=click.IntRange(min=0), help="How many countries take part.")
@click.option("--cost", type=click.IntRange(min=0), help="What it costs about, in US dollars.")
def list_lifecycles(**said: str | int | None) -> None:
    """List the lifecycles that a programme can follow, the best first, and why each applies or not.

    Exit status 1 where none applies to what is said of it.
    """
    known = {
        of: Decimal(value) if isinstance(value, int) else value
        for of, value in said.items()
        if value is not None
    }
    engine = opened()
    offered = tuple(definition for _, definition in engine.offered())
    with engine.reading() as session:
        names = framework_names(session)
    found = offers(offered, known, names)
    for each in found:
        click.echo(f"{each.key}: {each.title}. {STANDING[each.standing]}")
        if each.words:
            click.echo(f"    {each.words}")
        for reason in each.reasons:
            click.echo(f"    {TOLD[reason.standing]} {reason.said}")
    if not any(each.standing is ConditionStatus.MET for each in found):
        raise Said("No lifecycle applies to that." if found else "No lifecycle is published yet.")


def _warn(file: Path, definition: Definition) -> None:
    """Say what a sound lifecycle asks of the house that may be more than it has."""
    for warning in soundness.warnings(definition):
        click.echo(f"{file.name}: warning: {warning}", err=True)
