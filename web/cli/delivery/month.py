"""A person's month on the command line: what is late, due and ahead."""

from collections.abc import Iterator

import click

from web.cli.office.children import whom
from web.cli.output import opened
from web.cli.people import somebody
from workflow.engine.queue.due import DueSeat
from workflow.ledger.certification.queue import waiting_money
from workflow.month.ahead import MonthAhead
from workflow.month.months import Month
from workflow.month.page import IN_A_FILE, MonthPage, month_page
from workflow.people.queries import current_offices


@click.command("month")
@click.argument("person")
@click.argument("month", required=False, default="")
def list_month(*, person: str, month: str) -> None:
    """List what PERSON, by their address, has to do in MONTH (2026-11; the present one where none is named).

    Late first, then due by Sunday and later, each with what comes of doing nothing; then what comes in
    the three months after.
    """
    engine = opened()
    now, number = engine.now(), somebody(engine, person)
    asked = Month.named(month) if month else Month.of(now)
    with engine.reading() as session:
        page = month_page(session, engine, number, asked, now, most=IN_A_FILE)
        held = current_offices(session, number, now.date())
        money = waiting_money(session, number, held, now) if page.present else ()
    for heading, lines in _parts(page):
        if lines:
            click.echo(f"{heading}: {len(lines)}")
        for line in lines:
            _say(line, page)
    if page.after or page.more_undated:
        click.echo("There is more.")
    if not page.all:
        then = f" What is due next is due on {page.next_due.on:%Y-%m-%d}." if page.next_due else ""
        click.echo(f"Nothing is due in {page.month}.{then}")
    for waits in money:
        click.echo(
            f"Money to certify: {waits.ref}  {waits.title}: {waits.movements}, since {waits.since:%Y-%m-%d}"
        )
    for each in page.ahead.months:
        _say_ahead(each)
    if page.ahead.more:
        click.echo("More comes: here is the first of it.")


def _parts(page: MonthPage) -> Iterator[tuple[str, tuple[DueSeat, ...]]]:
    yield "Late", page.late
    yield "By Sunday", page.week
    yield ("Later" if page.present else f"Due in {page.month}"), page.later
    yield "No due date", page.undated


def _say(line: DueSeat, page: MonthPage) -> None:
    row = line.waiting
    due = f"{row.due:%Y-%m-%d}" if row.due else "no due date"
    click.echo(f"    {due}  {row.ref}  {row.title}: {row.asks} ({row.role_label}, {row.party})")
    click.echo(f"        If you do nothing: {' '.join((row.if_silent, *_else(line, page)))}")


def _else(line: DueSeat, page: MonthPage) -> Iterator[str]:
    if line.told:
        yield f"{line.told.role_label} is told on {line.told.on:%Y-%m-%d}."
    up = page.up.get(line.waiting.ref)
    if up:
        yield f"On {up.on:%Y-%m-%d} it goes up to {whom(up)}."
    elif line.moves:
        yield f"On {line.moves.on:%Y-%m-%d} it goes on by itself to: {line.moves.state}."


def _say_ahead(each: MonthAhead) -> None:
    click.echo(f"Ahead in {each.month}")
    for opening in each.cases:
        due = f", due {opening.due_on}" if opening.due_on else ""
        period = f"{opening.period_from} to {opening.period_to}"
        click.echo(
            f"    {opening.on}  {opening.ref}  {opening.title}: {opening.label} opens, {period}{due}"
        )
    for one in each.falling:
        click.echo(f"    {one.on:%Y-%m-%d}  {one.ref}  {one.title}: {one.asks}")
