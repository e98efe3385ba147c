"""The results of a programme against their targets on the command line."""

from datetime import datetime

import click

from web.cli.office.acts import DAY, begun_by
from workflow.programmes.results.page import ResultLine, ResultsPage, results_page
from workflow.results.lights import plain
from workflow.results.parts import PartsBeside


@click.command("results")
@click.argument("ref")
@click.option("--on", "day", type=DAY, help="As it stood on this day.")
@click.option("--by", metavar="EMAIL", required=True, help="Who looks.")
def show_results(*, ref: str, day: datetime | None, by: str) -> None:
    """Show how the indicators of REF stand against their targets, why, and which reports are owed."""
    engine, person = begun_by(by)
    with engine.reading() as session:
        page = results_page(session, engine, person, ref, day.date() if day else None)
    click.echo(f"{ref}  results as of {page.on}")
    if page.above:
        click.echo(f"  The indicators are those of {page.above}.")
    for line in page.lines:
        _show(line)
    if not page.lines and not page.above:
        click.echo("  No indicators are stated.")
    _show_parts(page)
    _show_beside(page.beside)


def _show(line: ResultLine) -> None:
    of, stands = line.indicator, line.standing
    actual = plain(stands.actual.value) if stands.actual else "not given"
    click.echo(f"  {of.code}  {of.statement}: {stands.light.value}, {stands.said}")
    figures = f"baseline {plain(of.baseline)}, actual {actual}, by now {plain(stands.should_be)}, target {plain(of.target)}"
    click.echo(f"    {figures} ({of.unit}, {of.direction.value} is better)")
    if stands.actual and line.told.report:
        click.echo(f"    reported in {line.told.report.ref} to {stands.actual.period_to}")
    if line.told.parts:
        for name, each in line.told.parts.parts.items():
            click.echo(f"    {name}: {plain(each.value)} to {each.period_to}")
        if line.told.parts.missing:
            click.echo(f"    not reported by: {', '.join(line.told.parts.missing)}")
    for report, each in line.told.waiting:
        click.echo(f"    reported, not accepted yet: {plain(each.value)} in {report.ref}")


def _show_beside(beside: PartsBeside | None) -> None:
    """What the parts reported beside a report of the whole, and where that says something else."""
    for each in beside.figures if beside else ():
        said = ", ".join(f"{name} {plain(value)}" for name, value in each.parts)
        here = "not given" if each.here is None else plain(each.here)
        differs = f", {plain(each.by)} more than its parts" if each.by is not None else ""
        label = each.field.label if each.field else each.statement
        click.echo(f"  {label}: {said}; together {plain(each.together)}, here {here}{differs}")
    for report in beside.missing if beside else ():
        click.echo(f"  {report.ref}, {report.part}: not accepted yet")


def _show_parts(page: ResultsPage) -> None:
    owed = [*page.owed, *(report for part in page.parts for report in part.owed)]
    for report in owed:
        until = f" to {report.period_to}" if report.period_to else ""
        due = f", due {report.due_on}" if report.due_on else ""
        late = ", late" if report.late else ""
        click.echo(f"  {report.ref} is {report.status.value}{until}{due}{late}")
