"""Offices at a terminal: appoint, end, extend, and what takes two administrators."""

from datetime import date, datetime

import click

from web.administration.offices.readiness import facts_now
from web.cli.administration.frame import BY, LAPSED, acting, confirming, declining
from web.cli.administration.letters import letter, letters, withdraw
from web.cli.administration.terms import EMAIL, PARTY, ROLE, held_term
from web.cli.output import opened, read_settings
from web.wording import plainly
from workflow.lifecycles.staffing.findings import Feasibility
from workflow.offices.appointments import confirmed, make, moved, waiting_acts
from workflow.offices.facts import SetupFacts
from workflow.offices.hand_over import Succession, hand_over
from workflow.offices.setup import setup_page
from workflow.offices.sittings import sitting_on, tie
from workflow.offices.succession import left_open
from workflow.people.directory.arrivals import named_party
from workflow.people.queries import person_of
from workflow.people.terms.requests import (
    END,
    EXTEND,
    MAKE,
    Done,
    OfficeWish,
    decline,
    wish_about,
)
from workflow.programmes.staffing.page import staffing_page
from workflow.programmes.staffing.question import ANY

DAY = click.DateTime(["%Y-%m-%d"])


@click.group()
def office() -> None:
    """Keep offices as an administrator: appoint, end, extend, confirm, decline."""


@office.command()
@EMAIL
@ROLE
@PARTY
@BY
@click.option("--from", "starts_on", type=DAY, help="The first day; today if not said.")
@click.option("--to", "ends_on", type=DAY, help="The last day; open if not said.")
@click.option("--letter", default="", help="The reference of the letter of appointment.")
@click.option("--on", "body", default="", help="The board or committee on which alone it counts.")
def appoint(  # one argument for each option
    email: str,
    role: str,
    party: str,
    by: str,
    *,
    letter: str,
    body: str,
    **days: datetime | None,
) -> None:
    """Appoint EMAIL to the ROLE of PARTY."""
    with acting(by) as act:
        wish = OfficeWish(
            MAKE,
            person_of(act.session, email),
            role,
            named_party(act.session, party, by=act.person, now=act.now),
            _day(days["starts_on"]) or act.now.date(),
            _day(days["ends_on"]),
            letter,
            on=sitting_on(act.session, body),
        )
        two = read_settings().four_eyes
        done = make(act.engine, act.session, wish, by=act.person, two_for=two)
    _told(done, f"{email} is appointed {role} of {party}.")


@office.command()
@EMAIL
@ROLE
@PARTY
@BY
@click.option("--on", "ends_on", type=DAY, help="The last day; today if not said.")
def end(email: str, role: str, party: str, by: str, *, ends_on: datetime | None) -> None:
    """End the appointment of EMAIL to the ROLE of PARTY."""
    last = _day(ends_on) or opened().now().date()
    done = _moved(email, role, party, by, END, last)
    _told(done, f"{email} is {role} of {party} until {last}.")


@office.command()
@EMAIL
@ROLE
@PARTY
@BY
@click.option("--to", "ends_on", type=DAY, help="The new last day; open if not said.")
def extend(email: str, role: str, party: str, by: str, *, ends_on: datetime | None) -> None:
    """Let the appointment of EMAIL to the ROLE of PARTY go on."""
    done = _moved(email, role, party, by, EXTEND, _day(ends_on))
    _told(done, f"{email} is {role} of {party} until {_day(ends_on) or 'somebody ends it'}.")


def _moved(  # whose office it is takes three
    email: str, role: str, party: str, by: str, what: str, last: date | None
) -> Done:
    """End an appointment, or let it go on."""
    with acting(by) as act:
        wish = wish_about(act.session, held_term(act.session, email, role, party), what, last)
        two = read_settings().four_eyes
        return moved(act.engine, act.session, wish, by=act.person, two_for=two)


@office.command("tie")
@EMAIL
@ROLE
@PARTY
@click.argument("body")
@BY
def tie_to(email: str, role: str, party: str, body: str, by: str) -> None:
    """Let the appointment of EMAIL to the ROLE of PARTY count on the board or committee BODY alone."""
    engine = opened()
    with engine.transaction() as session:
        held = held_term(session, email, role, party)
        two_for = read_settings().four_eyes
        tie(engine, session, held, body, by=person_of(session, by), two_for=two_for)
    click.echo(f"{email} is {role} of {party} on {body.lower()} alone.")


office.add_command(letter)
office.add_command(letters)
office.add_command(withdraw)


@office.command("left-open")
@EMAIL
@ROLE
@PARTY
def show_left_open(email: str, role: str, party: str) -> None:
    """List what the appointment of EMAIL to the ROLE of PARTY leaves open, and who could take it."""
    engine = opened()
    with engine.reading() as session:
        held = held_term(session, email, role, party)
        left = left_open(session, engine, held, 0, engine.now().date())
    for seat in left.taken:
        click.echo(f"seat {seat.seat}: {seat.round}, {seat.ref or 'a draft not sent yet'}")
    for mandate in left.mandates:
        click.echo(f"mandate of {mandate.delegate}, until {mandate.ends_on}")
    click.echo(f"{left.waiting} open for the office")
    click.echo(f"could take it: {', '.join(each.name for each in left.successors) or 'nobody'}")


@office.command("hand-over")
@EMAIL
@ROLE
@PARTY
@BY
@click.option("--to", "successor", required=True, help="The address of who takes it over.")
@click.option("--reason", required=True, help="Why; auditors read it.")
def pass_on(email: str, role: str, party: str, by: str, *, successor: str, reason: str) -> None:
    """Hand over what the appointment of EMAIL to the ROLE of PARTY leaves open."""
    with acting(by) as act:
        held = held_term(act.session, email, role, party)
        wish = Succession(held, person_of(act.session, successor), reason)
        done = hand_over(act.engine, act.session, wish, by=act.person)
    click.echo(f"{done.seats} handed over to {successor}.")
    for said in done.kept_back:
        click.echo(f"stays with the office: {plainly(said)}")


@office.command()
def waiting() -> None:
    """List the acts that wait for a second administrator."""
    engine = opened()
    with engine.reading() as session:
        found = waiting_acts(session, 0, engine.now().date())
    for each in found:
        until = f" to {each.ends_on}" if each.ends_on else ""
        click.echo(
            f"{each.id}: {each.act} {each.person}, {each.role} of {each.party}, "
            f"from {each.starts_on}{until}; asked for by {each.asked_by}"
            f"{LAPSED if each.lapsed else ''}"
        )


def _confirmed(by: str, number: int) -> None:
    with acting(by) as act:
        confirmed(act.engine, act.session, number, by=act.person)


office.add_command(confirming("", _confirmed))
office.add_command(
    declining(
        "",
        lambda act, number, reason: decline(
            act.session, number, reason, by=act.person, now=act.now
        ),
    )
)


def _told(done: Done, said: str) -> None:
    if done.waits is None:
        click.echo(said)
    else:
        click.echo(f"It waits for a second administrator as act {done.waits}; nothing has changed.")


def _day(given: datetime | None) -> date | None:
    return given.date() if given else None


@office.command()
def vacancies() -> None:
    """List the offices that open cases wait for and nobody holds; exit status 1 if there are any."""
    found = _facts().vacant
    for each in found:
        click.echo(f"{each.role} of {each.party_key} ({each.party_name}): {each.waiting} waiting")
    if found:
        raise click.exceptions.Exit(1)
    click.echo("Every office that a case waits for is held.")


@office.command("setup")
def show_setup() -> None:
    """Say how far a proposal would travel today and what is missing; exit status 1 if it stops."""
    page = setup_page(_facts())
    for stage in page.reach:
        click.echo(f"{stage.stage}: {'stops' if stage.stops else 'would pass'}")
    for lack in (*page.stopping, *page.can_wait, *page.later):
        when = "stops a proposal" if lack.stops else "can wait"
        when = "in no release yet" if lack.later else when
        click.echo(f"{plainly(lack.what)} ({when}): {plainly(lack.why)}")
    _say_people()
    if page.stopping:
        raise click.exceptions.Exit(1)


def _say_people() -> None:
    """Say of each lifecycle what the people in office cannot reach, and whom nobody can replace."""
    engine = opened()
    today = engine.now().date()
    with engine.reading() as session:
        pages = [staffing_page(session, each, ANY, today) for _, each in engine.offered(session)]
    for page in pages:
        for line in page.ends:
            if line.standing is not Feasibility.CAN:
                click.echo(f"{page.definition.title}, {line.label}: {plainly(line.said)}")
        for said in page.losses:
            click.echo(f"{page.definition.title}: {plainly(said)}")


def _facts() -> SetupFacts:
    engine = opened()
    with engine.reading() as session:
        return facts_now(session, engine, read_settings(), 0)
