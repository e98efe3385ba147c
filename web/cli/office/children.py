"""The cases under a programme, on the command line."""

import click

from web.cli.output import opened
from workflow.engine.children.expected import ExpectedCase
from workflow.programmes.page.children import ChildLine, children_of
from workflow.programmes.page.meanwhile import Meanwhile, meanwhile_of


@click.command("children")
@click.argument("ref")
def list_children(*, ref: str) -> None:
    """List the cases under the programme REF by their kinds: how each stands since when, for whom, when it is due, and what comes next."""
    engine = opened()
    with engine.reading() as session:
        found = children_of(session, engine, ref)
        waiting = meanwhile_of(session, engine, ref)
    for kind in found:
        click.echo(kind.label)
        for line in kind.lines:
            click.echo(f"    {_said(line)}")
        if not kind.lines:
            click.echo("    none was opened yet")
        if kind.expected:
            click.echo(f"    {_comes(kind.expected)}")
    if waiting is not None:
        _waits(waiting)
    if not found:
        click.echo("Its lifecycle opens no cases under it.")


def _waits(waiting: Meanwhile) -> None:
    """What waits until a programme that stands still goes on."""
    if waiting.rounds or waiting.cases:
        click.echo("What falls due meanwhile")
    for stopped in waiting.rounds:
        click.echo(
            f"    {stopped.label}: its clock stands still, it was due {stopped.was_due:%Y-%m-%d}"
        )
    for owed in waiting.cases:
        due = f", due {owed.due_on}" if owed.due_on else ""
        period = f"{owed.period_from} to {owed.period_to}"
        click.echo(f"    {owed.label}, {period}: owed since {owed.opens_on}{due}")


def _comes(next_one: ExpectedCase) -> str:
    due = f", due {next_one.due_on}" if next_one.due_on else ""
    period = f"{next_one.period_from} to {next_one.period_to}"
    return f"the next one opens on {next_one.opens_on}, for {period}{due}"


def _said(line: ChildLine) -> str:
    about = f", {line.party}" if line.party else ""
    period = f", {line.period_from} to {line.period_to}" if line.period_from else ""
    due = f", due {line.due_on}" if line.due_on else ""
    return f"{line.ref}{about}{period}: {line.state.label} since {line.since:%Y-%m-%d}{due}"
