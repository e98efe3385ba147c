"""The cases under a programme on the command line, what blocks programmes, and what is to be closed."""

import click

from web.cli.output import opened
from web.cli.people import somebody
from workflow.blockers.ahead import GoesUp
from workflow.blockers.filters import BlockerFilters
from workflow.blockers.lines import BlockerLine, every_blocker
from workflow.closures.checklist import checklists_of
from workflow.closures.queue import whole_queue
from workflow.engine.children.expected import ExpectedCase
from workflow.lifecycles.children.checklist import CheckedLine
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
    if waiting.rounds or waiting.cases or waiting.running:
        click.echo("What falls due meanwhile")
    for stopped in waiting.rounds:
        click.echo(
            f"    {stopped.label}: its clock stands still, it was due {stopped.was_due:%Y-%m-%d}"
        )
    for owed in waiting.cases:
        due = f", due {owed.due_on}" if owed.due_on else ""
        period = f"{owed.period_from} to {owed.period_to}"
        click.echo(f"    {owed.label}, {period}: owed since {owed.opens_on}{due}")
    for running in waiting.running:
        due = f", due {running.due_at:%Y-%m-%d}" if running.due_at else ""
        click.echo(f"    {running.ref}: is open and goes on{due}")


def _comes(next_one: ExpectedCase) -> str:
    due = f", due {next_one.due_on}" if next_one.due_on else ""
    period = f"{next_one.period_from} to {next_one.period_to}"
    return f"the next one opens on {next_one.opens_on}, for {period}{due}"


def _said(line: ChildLine) -> str:
    about = f", {line.party}" if line.party else ""
    period = f", {line.period_from} to {line.period_to}" if line.period_from else ""
    due = f", due {line.due_on}" if line.due_on else ""
    late = f", {line.late} under it late" if line.late else ""
    return f"{line.ref}{about}{period}: {line.state.label} since {line.since:%Y-%m-%d}{due}{late}"


@click.command("checklist")
@click.argument("ref")
def show_checklist(*, ref: str) -> None:
    """Show what has to be so before the programme REF is closed, each line as it stands now."""
    engine = opened()
    with engine.reading() as session:
        found = checklists_of(session, engine, ref)
    for label, lines in found:
        click.echo(label)
        for checked in lines:
            click.echo(f"    {standing_of(checked)}")
    if not found:
        click.echo("Its lifecycle has no checklist.")


@click.command("blockers")
@click.argument("ref", required=False, default="")
@click.option("--framework", default="", help="Of programmes under this framework, by its key.")
@click.option("--country", default="", help="Where this country takes part, by its code.")
@click.option("--owner", default="", help="Owned by this party, by its key.")
@click.option("--category", default="", help="Of this category, by its key.")
@click.option(
    "--ended", is_flag=True, help="Those that have ended, instead of those that are open."
)
@click.option("--by", metavar="EMAIL", default="", help="As this person may see them; else all.")
def list_blockers(
    *, ref: str, framework: str, country: str, owner: str, category: str, ended: bool, by: str
) -> None:
    """List what blocks the programme REF, or any, by age: who owns it, with whom it is since when, and where it goes up."""
    engine = opened()
    person = somebody(engine, by) if by else None
    filters = BlockerFilters(framework, country.upper(), owner, category, ref, ended)
    with engine.reading() as session:
        found = list(every_blocker(session, engine, person, filters, engine.now()))
    for line in found:
        click.echo(_blocked(line))
    if not found:
        click.echo("Nothing that ended is on record." if ended else "Nothing blocks.")


@click.command("closing")
@click.option("--by", metavar="EMAIL", default="", help="As this person may see them; else all.")
def list_closing(*, by: str) -> None:
    """List the programmes that have ended operationally and are not closed, the oldest first, with what each waits for."""
    engine = opened()
    person = somebody(engine, by) if by else None
    with engine.reading() as session:
        found = list(whole_queue(session, engine, person, engine.now()))
    for line in found:
        click.echo(f"{line.days} days  {line.ref}  {line.title}: {line.state.label}")
        for move in line.moves:
            due = f", due {move.due:%Y-%m-%d}" if move.due else ""
            click.echo(f"    {move.label}: {', '.join(move.parties) or 'nobody'}{due}")
        for each in line.below:
            click.echo(f"    {each.kind}: {each.number} open")
        for checked in line.checklist:
            click.echo(f"    {standing_of(checked)}")
        if line.uncertified:
            click.echo(f"    movements of money to certify: {line.uncertified}")
    if not found:
        click.echo("Nothing waits to be closed.")


def standing_of(checked: CheckedLine) -> str:
    """A line of a checklist as it stands: “open: Money is reconciled: 1 movement of money waits …”."""
    found = checked.found
    why = str(found.why_not) if found.why_not else "; ".join(str(each.said) for each in found.left)
    return f"{checked.standing}: {checked.line.label}" + (f": {why}" if why else "")


def _blocked(line: BlockerLine) -> str:
    days = "1 day" if line.days == 1 else f"{line.days} days"
    risk = ", a risk" if line.risk else ""
    up = f", goes up {line.up.on:%Y-%m-%d} to {whom(line.up)}" if line.up else ""
    return (
        f"{days}  {line.blocked}  ({line.category}{risk})\n"
        f"    {line.ref}, under {line.programme} {line.title}\n"
        f"    owner {line.owner or 'nobody'}; {line.state.label} since {line.entered_at:%Y-%m-%d}{up}"
    )


def whom(up: GoesUp) -> str:
    """“India, convenor”, or a role of the house."""
    return f"the {up.role}" if up.to_house else f"{', '.join(up.parties)}, {up.capacity}"
