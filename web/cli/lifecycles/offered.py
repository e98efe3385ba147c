"""Which lifecycles are offered, and for what."""

from decimal import Decimal

import click

from web.cli.output import Said, opened
from workflow.frameworks.queries import framework_names
from workflow.lifecycles.checks.results import ConditionStatus
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


@click.command("list")
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
        raise Said("No lifecycle applies to that." if found else "No lifecycle is offered.")
