"""Working calendars on the command line: set, listed and shown with their days of rest."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

import click

from web.cli.office.acts import BY, DAY, begun
from web.cli.office.reporting import reporting
from web.cli.output import opened
from workflow.people.calendars.commands import set_calendar
from workflow.people.calendars.kept import WEEK, KeptCalendar
from workflow.people.calendars.page import calendar_lines, calendar_page, proposed
from workflow.people.calendars.public_holidays import DASH, regional
from workflow.people.directory.arrivals import named_party

MOST = 10_000


@click.group()
def calendar() -> None:
    """Keep the working calendars: which week each party works, and on which days it rests."""


calendar.add_command(reporting)


@calendar.command("list")
def list_calendars() -> None:
    """List the parties that have a calendar in force today."""
    engine = opened()
    with engine.reading() as session:
        lines = calendar_lines(session, engine.now().date(), limit=MOST)
    for line in lines:
        if line.calendar:
            click.echo(f"{line.key}  {line.name}: {_told(line.calendar)}")


@calendar.command()
@click.argument("party")
def show(*, party: str) -> None:
    """Show every calendar of PARTY, the latest first, with its days of rest."""
    engine = opened()
    with engine.reading() as session:
        page = calendar_page(session, party.lower(), engine.now().date())
    for kept in page.calendars:
        click.echo(f"from {kept.since}: {_told(kept)}")
        for each in kept.closed:
            click.echo(f"    {each} {page.names.get(each, '')}".rstrip())


@calendar.command("set")
@click.argument("party")
@click.option("--from", "since", type=DAY, help="The first day; tomorrow without it.")
@click.option("--rests-on", multiple=True, type=click.Choice(WEEK), help="A day without work.")
@click.option("--zone", help="Its time zone, such as Africa/Maputo.")
@click.option("--holidays-of", metavar="COUNTRY", help="Whose holidays, by three letters; or none.")
@click.option("--region", help="A region with holidays of its own, such as KA in IND.")
@click.option("--also-closed", multiple=True, type=DAY, help="A day of rest beside them.")
@click.option("--worked", multiple=True, type=DAY, help="A holiday that is worked.")
@BY
def set_one(  # noqa: PLR0913 # one argument for each option
    *,
    party: str,
    since: datetime | None,
    rests_on: tuple[str, ...],
    zone: str | None,
    holidays_of: str | None,
    region: str | None,
    also_closed: tuple[datetime, ...],
    worked: tuple[datetime, ...],
    by: str | None,
) -> None:
    """Set the calendar of PARTY; what is not named is as it was, or as its country has it."""
    engine, person = begun(by)
    today = engine.now().date()
    with engine.transaction() as session:
        number = named_party(session, party, by=person, now=engine.now())
        usual = proposed(calendar_page(session, party.lower(), today), today)
        wish = replace(
            usual,
            since=since.date() if since else usual.since,
            weekend=rests_on or usual.weekend,
            zone=usual.zone if zone is None else zone,
            source=_source(usual.source, holidays_of, region),
            closed=_days(also_closed),
            worked=_days(worked),
        )
        set_calendar(session, number, wish, by=person, now=engine.now())
    click.echo(f"The calendar of {party.lower()} is set, in force from {wish.since}.")


def _source(usual: str, country: str | None, region: str | None) -> str:
    """Whose holidays: as usual, of another country or none, perhaps of a region."""
    if country is None and region is None:
        return usual
    chosen = usual.partition(DASH)[0] if country is None else country.upper()
    return "" if chosen == "NONE" else regional(chosen, region or "")


def _days(given: Iterable[datetime]) -> frozenset[date]:
    return frozenset(each.date() for each in given)


def _told(kept: KeptCalendar) -> str:
    holidays = f", holidays of {kept.source} ({kept.edition}, up to {kept.through})"
    rests = " and ".join(kept.rests) or "no day of the week"
    return f"rests on {rests}, {kept.zone}{holidays if kept.source else ''}"
