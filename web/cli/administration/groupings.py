"""Groupings of countries on the command line: taken in, entered, changed and listed."""

from datetime import datetime

import click

from web.cli.office.acts import BY, DAY, begun, day_or_today
from web.cli.output import ROW_NUMBER, opened
from workflow.people.groupings.commands import (
    CONFIDENCE,
    MembershipWish,
    change_membership,
    enter_grouping,
    enter_membership,
    strike_membership,
    take_in_groupings,
)
from workflow.people.groupings.days import days_said
from workflow.people.groupings.page import MembershipLine, grouping_lines, grouping_page

SINCE = click.option("--since", help="The first day, or a year; without it nobody knows.")
UNTIL = click.option("--until", help="The last day, or a year; without it, it belongs to it still.")
SURE = click.option(
    "--confidence", type=click.Choice(CONFIDENCE), default="high", show_default=True
)
GROUND = click.option("--ground", required=True, help="Where that is said.")


@click.group()
def grouping() -> None:
    """Keep the groupings of countries, such as the African Union, and who belongs to them when."""


@grouping.command("list")
@click.option("--on", type=DAY, help="On which day; today without it.")
def list_groupings(*, on: datetime | None) -> None:
    """List the groupings with how many countries belong to each."""
    engine = opened()
    with engine.reading() as session:
        lines = grouping_lines(session, day_or_today(engine, on))
    for line in lines:
        click.echo(f"{line.key}  {line.label}: {line.members}")
    if not lines:
        click.echo("No grouping is entered yet: primemover grouping take-in")


@grouping.command()
@click.argument("key")
@click.option("--on", type=DAY, help="Who belongs to it on this day; today without it.")
@click.option("--all", "everybody", is_flag=True, help="Those who do not belong to it then too.")
def show(*, key: str, on: datetime | None, everybody: bool) -> None:
    """Show who belongs to the grouping KEY, each with the number of the membership."""
    engine = opened()
    with engine.reading() as session:
        page = grouping_page(session, key, day_or_today(engine, on))
    for line in page.lines:
        if everybody or line.holds:
            click.echo(_told(line))


@grouping.command("take-in")
@BY
def take_in(*, by: str | None) -> None:
    """Enter every grouping of the reference list that is not there yet."""
    engine, person = begun(by)
    with engine.transaction() as session:
        taken = take_in_groupings(session, by=person, now=engine.now())
    click.echo(f"Entered: {', '.join(taken) or 'nothing that was not there'}.")


@grouping.command()
@click.argument("key")
@click.option("--label", required=True, help="What it is called.")
@BY
def enter(*, key: str, label: str, by: str | None) -> None:
    """Enter a grouping under KEY, with nobody in it."""
    engine, person = begun(by)
    with engine.transaction() as session:
        enter_grouping(session, key, label, by=person, now=engine.now())
    click.echo(f"{label} is entered as {key}.")


@grouping.command()
@click.argument("key")
@click.argument("country")
@SINCE
@UNTIL
@SURE
@GROUND
@BY
def add(  # one argument for each option
    *,
    key: str,
    country: str,
    since: str | None,
    until: str | None,
    confidence: str,
    ground: str,
    by: str | None,
) -> None:
    """Enter COUNTRY, by its three letters, in the grouping KEY."""
    engine, person = begun(by)
    wish = _wish(since, until, confidence, ground)
    with engine.transaction() as session:
        number = enter_membership(session, key, country, wish, by=person, now=engine.now())
    click.echo(f"{country.upper()} is entered in {key} as membership {number}.")


@grouping.command()
@click.argument("number", type=ROW_NUMBER)
@SINCE
@UNTIL
@SURE
@GROUND
@BY
def change(
    *,
    number: int,
    since: str | None,
    until: str | None,
    confidence: str,
    ground: str,
    by: str | None,
) -> None:
    """Change the days of the membership NUMBER to those given; so does a membership end."""
    engine, person = begun(by)
    wish = _wish(since, until, confidence, ground)
    with engine.transaction() as session:
        change_membership(session, number, wish, by=person, now=engine.now())
    click.echo(f"Membership {number} is changed.")


@grouping.command()
@click.argument("number", type=ROW_NUMBER)
@GROUND
@BY
def strike(*, number: int, ground: str, by: str | None) -> None:
    """Strike the membership NUMBER, which never was."""
    engine, person = begun(by)
    with engine.transaction() as session:
        strike_membership(session, number, ground, by=person, now=engine.now())
    click.echo(f"Membership {number} is struck.")


def _wish(since: str | None, until: str | None, confidence: str, ground: str) -> MembershipWish:
    days = days_said(since or "", until or "")
    return MembershipWish(days=days, ground=ground, confidence=confidence)


def _told(line: MembershipLine) -> str:
    since = line.days.said_since or "an unknown day"
    until = f" to {line.days.said_until}" if line.days.said_until else ""
    sure = "" if line.confidence == "high" else f" ({line.confidence} confidence)"
    return f"{line.number}  {line.iso3}  {line.name}, from {since}{until}{sure}"
