"""Pivotal countries on the command line: named, ended, asked where they want to lead, and answers."""

from datetime import datetime

import click

from web.cli.by_name.options import Known
from web.cli.office.acts import BY, DAY, begun, day_or_today
from web.cli.output import opened
from workflow.people.directory.arrivals import named_party
from workflow.people.pivotal.interests import (
    DECLINES,
    LATER,
    LEADS,
    ask_interest,
    decline_interest,
    register_interest,
)
from workflow.people.pivotal.page import StatusLine, statuses
from workflow.people.pivotal.statuses import designate_pivotal, end_pivotal


@click.group()
def pivotal() -> None:
    """Keep the pivotal countries: who is consulted on proposals, and who wants to lead where."""


@pivotal.command("list")
def list_countries() -> None:
    """List every pivotal status with what the country answered."""
    engine = opened()
    with engine.reading() as session:
        lines = statuses(session)
    for line in lines:
        click.echo(_told(line))
        for each in line.answers:
            asked = f", asked {each.asked_on}" if each.asked_on else ""
            click.echo(f"    {each.area}: {each.answer or 'no answer yet'}{asked}")
    if not lines:
        click.echo("No country is pivotal yet: primemover pivotal designate")


def _told(line: StatusLine) -> str:
    until = f" to {line.until}" if line.until else ""
    return f"{line.key}  {line.name}, from {line.since}{until}: {line.evidence}"


@pivotal.command()
@click.argument("country")
@click.option("--since", type=DAY, required=True, help="The first day, as 2003-12-01.")
@click.option("--evidence", required=True, help="Where it is named as pivotal.")
@BY
def designate(*, country: str, since: datetime, evidence: str, by: str | None) -> None:
    """Name COUNTRY, by its three letters, as pivotal."""
    engine, person = begun(by)
    with engine.transaction() as session:
        party = named_party(session, country, by=person, now=engine.now())
        designate_pivotal(session, party, since.date(), evidence, by=person, now=engine.now())
    click.echo(f"{country} is pivotal since {since.date()}.")


@pivotal.command()
@click.argument("country")
@click.option("--until", type=DAY, required=True, help="The last day.")
@click.option("--ground", required=True, help="Where it is said that it ceases to be pivotal.")
@BY
def end(*, country: str, until: datetime, ground: str, by: str | None) -> None:
    """Let the pivotal status of COUNTRY end; who is consulted already stays consulted."""
    engine, person = begun(by)
    with engine.transaction() as session:
        party = named_party(session, country, by=person, now=engine.now())
        end_pivotal(session, party, until.date(), ground, by=person, now=engine.now())
    click.echo(f"{country} is pivotal until {until.date()}.")


@pivotal.command()
@click.argument("country")
@click.argument("area", type=Known("areas"))
@click.option("--on", type=DAY, help="The day it was asked; today without it.")
@BY
def ask(*, country: str, area: str, on: datetime | None, by: str | None) -> None:
    """Note that COUNTRY was asked whether it wants to lead in AREA."""
    engine, person = begun(by)
    with engine.transaction() as session:
        party = named_party(session, country, by=person, now=engine.now())
        ask_interest(session, party, area, day_or_today(engine, on), by=person, now=engine.now())
    click.echo(f"{country} was asked about {area}.")


@pivotal.command()
@click.argument("country")
@click.argument("area", type=Known("areas"))
@click.argument("answer", type=click.Choice([LEADS, LATER, DECLINES]))
@click.option("--on", type=DAY, help="The day it answered; today without it.")
@click.option("--note", default="", help="What the country said about it.")
@BY
def answer(
    *, country: str, area: str, answer: str, on: datetime | None, note: str, by: str | None
) -> None:
    """Register what COUNTRY answered on AREA; with `leads` it is consulted on proposals there."""
    engine, person = begun(by)
    given, now = day_or_today(engine, on), engine.now()
    with engine.transaction() as session:
        party = named_party(session, country, by=person, now=engine.now())
        if answer == LEADS:
            register_interest(session, party, area, given, note, by=person, now=now)
        else:
            decline_interest(session, party, area, answer, given, note, by=person, now=now)
    click.echo(f"{country} on {area}: {answer}.")
