"""Bodies on the command line: entered, seated, called to sessions and listed."""

from datetime import datetime

import click

from web.cli.office.acts import BY, DAY, begun, day_or_today
from web.cli.output import ROW_NUMBER, opened
from workflow.bodies.commands import (
    Charter,
    SeatGiven,
    call_session,
    describe_body,
    end_seat,
    found_body,
    seat_party,
)
from workflow.bodies.page import body_list, body_page
from workflow.bodies.seats import KINDS, MEMBER, PLACES
from workflow.bodies.today import enter_board
from workflow.people.directory.arrivals import named_party


@click.group()
def body() -> None:
    """Keep the boards and committees: who sits on them, who has the chair, and when they meet."""


@body.command("list")
def list_bodies() -> None:
    """List the bodies with the seats of today, and what each lacks to decide."""
    engine = opened()
    today = engine.now().date()
    with engine.reading() as session:
        bodies = body_list(session)
    for each in bodies:
        default = ", by default" if each.by_default else ""
        click.echo(f"{each.key}  {each.name} ({each.kind}{default}, quorum {each.quorum})")
        for seat in each.sitting(today):
            category = f", {seat.category}" if seat.category else ""
            click.echo(f"    seat {seat.id}: {seat.party}, {seat.place}{category}")
        for lack in each.lacks(today):
            click.echo(f"    {lack}")


@body.command()
@click.argument("key")
@click.option("--name", required=True, help="What it is called.")
@click.option("--kind", required=True, type=click.Choice(KINDS), help="What it is for.")
@click.option("--quorum", default=1, show_default=True, help="How many seats must be taken.")
@BY
def enter(*, key: str, name: str, kind: str, quorum: int, by: str | None) -> None:
    """Enter a body under KEY; it decides nothing before it has a chair."""
    engine, person = begun(by)
    charter = Charter(kind=kind, name=name, quorum=quorum)
    with engine.transaction() as session:
        found_body(session, key, charter, by=person, now=engine.now())
    click.echo(f"{name} is entered as {key.lower()}.")


@body.command("as-appointed")
@click.option("--name", default="Board", show_default=True, help="What it is called.")
@BY
def as_appointed(*, name: str, by: str | None) -> None:
    """Enter the Board by default, with a seat for each party whose member is in office today."""
    engine, person = begun(by)
    with engine.transaction() as session:
        enter_board(session, name, by=person, now=engine.now())
    click.echo(f"{name} is entered, with the seats of today.")


@body.command()
@click.argument("key")
@click.option("--name", help="What it is called.")
@click.option("--quorum", type=ROW_NUMBER, help="How many seats must be taken.")
@click.option(
    "--by-default/--by-default-not", default=None, help="It decides where no other is named."
)
@BY
def change(
    *, key: str, name: str | None, quorum: int | None, by_default: bool | None, by: str | None
) -> None:
    """Change what the body KEY is; what is not named stays."""
    engine, person = begun(by)
    with engine.transaction() as session:
        page = body_page(session, key)
        charter = Charter(
            kind=page.kind,
            name=page.name if name is None else name,
            quorum=page.quorum if quorum is None else quorum,
            by_default=page.by_default if by_default is None else by_default,
        )
        describe_body(session, page.id, charter, by=person, now=engine.now())
    click.echo(f"{charter.name} is changed.")


@body.command()
@click.argument("key")
@click.argument("party")
@click.option("--place", type=click.Choice(PLACES), default=MEMBER, show_default=True)
@click.option("--category", default="", help="For which category it sits.")
@click.option("--from", "starts_on", type=DAY, help="The first day; today without it.")
@click.option("--to", "ends_on", type=DAY, help="The last day; without it, no end.")
@BY
def seat(  # one argument for each option
    *,
    key: str,
    party: str,
    place: str,
    category: str,
    starts_on: datetime | None,
    ends_on: datetime | None,
    by: str | None,
) -> None:
    """Give PARTY a seat on the body KEY; a donor gets none."""
    engine, person = begun(by)
    with engine.transaction() as session:
        given = SeatGiven(
            party_id=named_party(session, party, by=person, now=engine.now()),
            place=place,
            category=category,
            starts_on=day_or_today(engine, starts_on),
            ends_on=ends_on.date() if ends_on else None,
        )
        number = seat_party(session, body_page(session, key).id, given, by=person, now=engine.now())
    click.echo(f"{party} has seat {number} on {key}.")


@body.command("end-seat")
@click.argument("seat", type=ROW_NUMBER)
@click.option("--on", type=DAY, help="The last day; today without it.")
@BY
def end(*, seat: int, on: datetime | None, by: str | None) -> None:
    """Let SEAT, by its number, end; open rounds keep whom they asked."""
    engine, person = begun(by)
    with engine.transaction() as session:
        end_seat(session, seat, day_or_today(engine, on), by=person, now=engine.now())
    click.echo(f"Seat {seat} ends on {day_or_today(engine, on)}.")


@body.command()
@click.argument("key")
@click.option("--title", required=True, help="What the session is called.")
@click.option("--from", "starts_on", type=DAY, required=True, help="The first day.")
@click.option("--to", "ends_on", type=DAY, required=True, help="The last day.")
@BY
def session(
    *, key: str, title: str, starts_on: datetime, ends_on: datetime, by: str | None
) -> None:
    """Call the body KEY to a session."""
    engine, person = begun(by)
    days = starts_on.date(), ends_on.date()
    with engine.transaction() as open_session:
        page = body_page(open_session, key)
        call_session(open_session, page.id, title, days, by=person, now=engine.now())
    click.echo(f"{page.name} meets from {days[0]} to {days[1]}.")
