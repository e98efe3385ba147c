"""Reporting calendars on the command line: a party's financial year, and when it reports, set by two."""

from datetime import datetime
from pathlib import Path

import click

from web.cli.administration.frame import BY, acting, confirming, declining
from web.cli.office.acts import DAY
from web.cli.output import opened
from web.wording import plainly
from workflow.errors import Invalid
from workflow.offices.reporting.acts import ReportingWish, ask, confirm, decline
from workflow.offices.reporting.files import HEADER, enter_file
from workflow.offices.reporting.page import all_reporting, reporting_page, waiting
from workflow.people.directory.arrivals import named_party
from workflow.people.reporting.months import year_told
from workflow.phrase import phrase


@click.group()
def reporting() -> None:
    """Keep the reporting calendars: when a party's financial year begins, and when it reports."""


@reporting.command("list")
def list_reporting() -> None:
    """List the reporting calendars that are kept, and what waits for a second administrator."""
    engine = opened()
    with engine.reading() as session:
        kept, waits = all_reporting(session), waiting(session, None)
    for each in kept:
        click.echo(
            f"{each.party}  {each.name}, from {each.since}: {_told(each.begins_in, each.within)}"
        )
    for asked in waits:
        said = _told(asked.begins_in, asked.within)
        click.echo(
            f"Number {asked.number} waits, asked for by {asked.asked_by}: {asked.party}, from {asked.since}: {said}"
        )


@reporting.command()
@click.argument("party")
def show(*, party: str) -> None:
    """Show the reporting calendars of PARTY, the latest first, or what counts where it has none."""
    engine = opened()
    with engine.reading() as session:
        page = reporting_page(session, party.lower(), engine.now().date(), None)
    for each in page.kept:
        click.echo(f"from {each.since}: {_told(each.begins_in, each.within)}")
    if page.counts is None and page.houses is not None:
        said = _told(page.houses.begins_in, page.houses.within)
        click.echo(f"It has none that counts today; the house's own does: {said}")
    elif page.counts is None:
        click.echo("It has none that counts today; its reports are due as lifecycles say.")


@reporting.command("set")
@click.argument("party")
@click.option(
    "--year-begins-in", type=click.IntRange(1, 12), required=True, help="The month, 1 to 12."
)
@click.option(
    "--due-after",
    type=click.IntRange(1, 366),
    required=True,
    help="Days after the end of a period.",
)
@click.option(
    "--from", "since", type=DAY, required=True, help="For periods that begin from this day on."
)
@BY
def set_one(*, party: str, year_begins_in: int, due_after: int, since: datetime, by: str) -> None:
    """Set the reporting calendar of PARTY; a second administrator confirms it, where there is one."""
    wish = ReportingWish(since.date(), year_begins_in, due_after)
    with acting(by) as act:
        number = named_party(act.session, party, by=act.person, now=act.now)
        done = ask(act.session, number, wish, by=act.person, now=act.now)
    if done.waits:
        click.echo(
            f"It waits for a second administrator as number {done.number}; nothing has changed."
        )
    else:
        click.echo(
            f"The reporting calendar of {party.lower()} is set, for periods from {wish.since} on."
        )


@reporting.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@BY
def import_file(*, file: Path, by: str) -> None:
    """Ask for each reporting calendar of FILE, comma-separated, all of them or none."""
    try:
        text = file.read_text("utf-8")
    except UnicodeDecodeError as fault:
        raise Invalid(phrase("This file is no text in UTF-8: save it as CSV in UTF-8.")) from fault
    with acting(by) as act:
        done = enter_file(act.session, text, by=act.person, now=act.now)
    waits = [each.number for each in done if each.waits]
    click.echo(f"{len(done) - len(waits)} set, {len(waits)} waiting for a second administrator.")
    if waits:
        click.echo(f"Confirm each: primemover calendar reporting confirm {waits[0]} --by EMAIL")


import_file.help = f"{import_file.help} Its first line is: {','.join(HEADER)}."


def _confirmed(by: str, number: int) -> None:
    with acting(by) as act:
        confirm(act.session, number, by=act.person, now=act.now)


reporting.add_command(confirming("", _confirmed))
reporting.add_command(
    declining(
        "",
        lambda act, number, reason: decline(
            act.session, number, reason, by=act.person, now=act.now
        ),
    )
)


def _told(begins_in: int, within: int) -> str:
    return " ".join(plainly(each) for each in year_told(begins_in, within))
