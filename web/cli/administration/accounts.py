"""What administrators do about people, at a terminal: invite, change, keep out, let in, sign out."""

from dataclasses import replace
from datetime import datetime

import click
from sqlalchemy.orm import Session

from web.administration.people.links import link_of, mailed
from web.cli.output import opened, read_settings
from workflow.engine.engine import Engine
from workflow.people.accounts import access
from workflow.people.accounts.details import change, details_of
from workflow.people.accounts.invitations import invite, invited
from workflow.people.queries import PersonLine, people_list, person_of

BY = click.option("--by", required=True, help="The address of the administrator who does it.")
EMAIL = click.argument("email")


@click.command("list")
@click.option("--like", default="", help="Only those whose name or address holds this.")
def list_people(like: str) -> None:
    """List people with the offices that they hold today."""
    engine = opened()
    after: tuple[str, int] = ("", 0)
    while found := _some(engine, after, like):
        for each in found:
            held = ", ".join(f"{office.role} of {office.party_key}" for office in each.offices)
            lost = "; no access" if each.disabled else ""
            click.echo(f"{each.name} <{each.email}>: {held or 'no office'}{lost}")
        after = (found[-1].name, found[-1].id)


def _some(engine: Engine, after: tuple[str, int], like: str) -> tuple[PersonLine, ...]:
    with engine.reading() as session:
        return people_list(session, engine.now().date(), after=after, like=like)


@click.command("invite")
@EMAIL
@BY
def invite_person(email: str, by: str) -> None:
    """Make a link by which EMAIL chooses a password, print it, and mail it where mail is on."""
    engine, settings = opened(), read_settings()
    with engine.transaction() as session:
        number = person_of(session, email)
        token = invite(session, number, by=person_of(session, by), now=engine.now())
    with engine.reading() as session:
        found = invited(session, token, engine.now())
    link = link_of(settings, token)
    trouble = mailed(settings, found, link)
    if trouble:
        click.echo(f"The letter did not leave: {trouble}", err=True)
    click.echo(f"{link}\nIt opens once, until {found.expires_at.date()}.")


@click.command("change")
@EMAIL
@BY
@click.option("--name", help="What they are called from now on.")
@click.option("--email", "address", help="The address to sign in with from now on.")
@click.option("--language", help="Two letters.")
@click.option("--time-zone", help="Such as Africa/Maputo.")
def change_person(  # one argument for each option
    email: str,
    by: str,
    *,
    name: str | None,
    address: str | None,
    language: str | None,
    time_zone: str | None,
) -> None:
    """Change what is known of EMAIL."""
    wanted = {"name": name, "email": address, "language": language, "time_zone": time_zone}
    engine = opened()
    with engine.transaction() as session:
        number = person_of(session, email)
        chosen = {key: value for key, value in wanted.items() if value is not None}
        details = replace(details_of(session, number), **chosen)
        change(session, number, details, by=person_of(session, by), now=engine.now())
    click.echo(f"What is known of {details.name} is kept.")


@click.command("disable")
@EMAIL
@BY
@click.option("--reason", required=True, help="Why access ends; auditors read it.")
def disable(email: str, by: str, reason: str) -> None:
    """End the access of EMAIL at once; what they signed stands."""
    engine = opened()
    with engine.transaction() as session:
        number, now = person_of(session, email), engine.now()
        access.end_access(session, number, reason, by=person_of(session, by), now=now)
    click.echo(f"{email} has no access any more.")


@click.command("enable")
@EMAIL
@BY
def enable(email: str, by: str) -> None:
    """Restore the access of EMAIL."""
    engine = opened()
    with engine.transaction() as session:
        number = person_of(session, email)
        access.restore_access(session, number, by=person_of(session, by), now=engine.now())
    click.echo(f"{email} has access again.")


@click.command("sign-out")
@EMAIL
@BY
def sign_out(email: str, by: str) -> None:
    """Sign EMAIL out in every browser."""
    engine = opened()
    with engine.transaction() as session:
        _sign_out(session, email, by, engine.now())
    click.echo(f"{email} is signed out everywhere.")


def _sign_out(session: Session, email: str, by: str, now: datetime) -> None:
    access.sign_out_everywhere(
        session, person_of(session, email), by=person_of(session, by), now=now
    )


COMMANDS = (list_people, invite_person, change_person, disable, enable, sign_out)
