"""What evaluations came to, on the command line: the figures of a year, and the lists behind them."""

import click

from web.cli.output import opened
from web.cli.people import somebody
from workflow.evaluations.figures import EvaluationFigures, PartyFigures, evaluation_figures
from workflow.evaluations.filters import EvaluationFilters, EvaluationList
from workflow.evaluations.lists import EvaluationLine, every_line


@click.command("evaluations")
@click.option("--year", type=click.IntRange(1, 9999), help="Of this year; else the last with any.")
@click.option("--party", default="", help="Of this party, by its key.")
@click.option(
    "--list", "of", type=click.Choice([each.value for each in EvaluationList]),
    help="Line by line instead of in figures.",
)  # fmt: skip
@click.option("--status", default="", help="Lines of this answer, standing or criterion alone.")
@click.option("--by", metavar="EMAIL", default="", help="As this person may see them; else all.")
def list_evaluations(*, year: int | None, party: str, of: str | None, status: str, by: str) -> None:
    """Show what published evaluations came to: recommendations and actions by party, ratings by criterion."""
    engine = opened()
    today, person = engine.now().date(), somebody(engine, by) if by else None
    filters = EvaluationFilters(
        year, party, EvaluationList(of or EvaluationList.RECOMMENDATIONS), status
    )
    with engine.reading() as session:
        if of is None:
            _show(evaluation_figures(session, filters, today))
            return
        lines = list(every_line(session, person, filters, today))
    for line in lines:
        click.echo(_said(line))
    if not lines:
        click.echo("There is none.")


def _show(figures: EvaluationFigures) -> None:
    if figures.year is None:
        click.echo("No evaluation is published yet.")
        return
    click.echo(f"{figures.year}")
    for party in figures.parties:
        click.echo(f"  {party.name or 'nobody in particular'}: {_counted(party)}")
    for each in figures.criteria:
        if each.number:
            click.echo(f"  {each.criterion}: {each.average} on average of {each.number}")


def _counted(party: PartyFigures) -> str:
    told = {**{f"{key} recommendations": n for key, n in party.recommendations.items()}}
    told |= {f"{key} actions": n for key, n in party.actions.items()}
    return ", ".join(f"{number} {what.replace('_', ' ')}" for what, number in told.items())


def _said(line: EvaluationLine) -> str:
    due = f", due {line.due}" if line.due else ""
    party = f" ({line.party})" if line.party else ""
    place = f"{line.place} " if line.place != "" else ""
    return f"{line.ref}  {place}{line.says}{party}: {line.status or 'not answered'}{due}"
