"""The officers' desk on the command line: every open case, and a case handed to a colleague."""

from collections.abc import Callable, Iterable, Iterator
from itertools import chain

import click
from sqlalchemy.orm import Session

from web.cli.office.acts import begun_by
from web.cli.people import somebody
from workflow.engine import commands
from workflow.engine.commands import ReassignSeat
from workflow.engine.engine import Engine
from workflow.engine.pages.pending import PendingRound
from workflow.engine.permissions.offices import offices
from workflow.engine.permissions.visibility import visible_case
from workflow.errors import NotAuthorised, NotFound
from workflow.phrase import phrase
from workflow.programmes.adoption.acts import new_key
from workflow.programmes.lists.case_desk import CaseDesk, DeskLine, case_desk, officers_seats
from workflow.programmes.lists.other_cases import CaseBeside, open_cases
from workflow.vocabulary import OFFICERS, STAGES

BY = click.option("--by", metavar="EMAIL", required=True, help="The officer who asks.")


@click.group()
def desk() -> None:
    """The officers' desk: every open case, whose move it is, and who has taken it."""


@desk.command("list")
@click.option("--stage", type=click.Choice([each.value for each in STAGES]), help="One stage.")
@BY
def list_cases(*, stage: str | None, by: str) -> None:
    """List the open cases, what stands longest first."""
    engine, person = begun_by(by)
    chosen = next((each for each in STAGES if each.value == stage), None)
    with engine.reading() as session:
        _refuse_others(session, engine, person)
        pages = _pages(lambda at: case_desk(session, engine, person, chosen, at, engine.now()))
        lines = list(chain.from_iterable(page.lines for page in pages))
        others = open_cases(session, engine, person, chosen, engine.now())
    for line in lines:
        _tell(line)
    for each in others:
        _tell_other(each)
    if not (lines or others):
        click.echo("Nothing waits on anybody.")


def _pages(page_from: Callable[[str], CaseDesk]) -> Iterator[CaseDesk]:
    """Every page of the desk, one after the other."""
    page = page_from("")
    yield page
    while page.next:
        page = page_from(page.next)
        yield page


def _tell(line: DeskLine) -> None:
    programme = line.programme
    click.echo(f"{programme.ref}  {programme.state.key}  {programme.title}")
    _tell_moves(programme.moves)
    for office in line.empty:
        click.echo(f"    nobody in office: {office.role}, {office.party}")
    for seat in line.seats:
        click.echo(f"    {seat.round_key}: {seat.held or 'nobody'} has taken it")


def _tell_other(case: CaseBeside) -> None:
    click.echo(f"{case.line.ref}  {case.line.state}  {case.line.title}")
    _tell_moves(case.moves)


def _tell_moves(moves: Iterable[PendingRound]) -> None:
    for move in moves:
        due = f", due {move.due:%Y-%m-%d}" if move.due else ""
        click.echo(
            f"    since {move.since:%Y-%m-%d}{due}: {', '.join(move.parties)} to {move.asks}"
        )


@desk.command("hand")
@click.argument("ref")
@click.argument("email")
@click.option("--reason", required=True, help="Why; it stays on the history.")
@BY
def hand_case(*, ref: str, email: str, reason: str, by: str) -> None:
    """Hand the officers' seat on the case REF to the officer with the address EMAIL."""
    engine, person = begun_by(by)
    with engine.reading() as session:
        case = visible_case(session, ref, person, engine.now())
        seats = officers_seats(session, case.id)
    if not seats:
        raise NotFound(phrase("No officer is asked anything on %(ref)s today.", ref=ref))
    seat = seats[0]
    command = ReassignSeat(
        ref, seat.round_key, seat.seat, case.version, new_key(), reason, somebody(engine, email)
    )
    receipt = commands.reassign(engine, person, command)
    click.echo(f"Recorded as event {receipt.seq}. {email} has the seat in {seat.round_key}.")


def _refuse_others(session: Session, engine: Engine, person: int) -> None:
    """Refuse whoever is no officer today."""
    held = offices(session, person, engine.now().date())
    if not any(office.role in OFFICERS for office in held):
        raise NotAuthorised(phrase("The desk is for the officers of the house."))
