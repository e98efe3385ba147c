"""Entering people from the command line, the first of an installation among them."""

from datetime import datetime
from pathlib import Path

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from web.cli.administration.accounts import COMMANDS, LETTERS
from web.cli.output import opened
from workflow.engine.engine import Engine
from workflow.errors import Invalid, NotFound
from workflow.offices.appointments import refuse_unfit
from workflow.offices.roles import role_book
from workflow.offices.sittings import on_its_body, sitting_on
from workflow.people.accounts.details import Details, enter
from workflow.people.commands import appoint
from workflow.people.directory.arrivals import enter_country
from workflow.people.directory.descriptions import (
    AGENCY,
    ORGANISATION,
    Described,
    enter_party,
)
from workflow.people.models import Person
from workflow.people.passwords import address, hash_password
from workflow.people.queries import party_keys
from workflow.people.terms.requests import MAKE, OfficeWish
from workflow.phrase import phrase
from workflow.reference import reference
from workflow.vocabulary import ADMINISTRATOR, HOUSE


@click.group()
def user() -> None:
    """Enter people who can sign in. Invite and change them, keep them out and let them in."""


for command in COMMANDS:
    user.add_command(command)


@user.command()
@click.argument("email")
@click.option("--name", required=True, help="The name that others see.")
@click.option("--role", default="", help="The key of a role, for example unit_officer.")
@click.option("--party", default="", help="For whom: a country's three letters, or a known key.")
@click.option(
    "--administrator",
    is_flag=True,
    help="Appoint an administrator of the house, who can hold no other office.",
)
@click.option("--on", "body", default="", help="The board or committee on which alone it counts.")
@click.option(
    "--party-name", default="", help="Enter the party under this name if it is not known."
)
@click.option("--language", default="en", show_default=True, help=LETTERS)
@click.option(
    "--password-file",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="Read the password from the first line of this file instead of asking.",
)
def add(  # noqa: PLR0913  # one argument for each option
    *,
    email: str,
    name: str,
    role: str,
    party: str,
    party_name: str,
    body: str,
    administrator: bool,
    language: str,
    password_file: Path | None,
) -> None:
    """Enter the person with the address EMAIL and appoint them from today."""
    role, party = _office(role, party, administrator=administrator)
    engine = opened()
    known = _refuse_unknown(engine, role)
    password = _password(password_file)
    with engine.transaction() as session:
        now = engine.now()
        party_id = _party(session, party.lower(), party_name, role, now)
        person = enter(
            session, Details(name, email, language), hash_password(password), by=None, now=now
        )
        wish = OfficeWish(MAKE, person, role, party_id, now.date(), on=sitting_on(session, body))
        if known:
            wish = on_its_body(session, role_book(session, engine), wish)
            refuse_unfit(engine, session, wish)
        appoint(session, person, role, party_id, now.date(), by=None, now=now, on=wish.on)
    click.echo(f"{name} can sign in as {email}, appointed {role} of {party}.")


def _office(role: str, party: str, *, administrator: bool) -> tuple[str, str]:
    """The role and the party to appoint to; an administrator's are those of the house."""
    if administrator and (role or party):
        raise click.UsageError("An administrator holds no other office: leave --role and --party.")
    if administrator:
        return ADMINISTRATOR, HOUSE
    if not role or not party:
        raise click.UsageError("Say --role and --party, or --administrator.")
    return role, party


def _refuse_unknown(engine: Engine, role: str) -> bool:
    """Refuse a role that no published lifecycle knows; before there is one, any goes.

    Returns whether there is one.
    """
    with engine.reading() as session:
        known = role_book(session, engine).labels
    if known.keys() <= {ADMINISTRATOR}:
        return False
    if role not in known:
        raise Invalid(
            phrase(
                "There is no role called %(role)s. Roles are: %(roles)s.",
                role=role,
                roles=", ".join(key for key in known if key != ADMINISTRATOR),
            )
        )
    return True


def _password(file: Path | None) -> str:
    """The password from `file`, or asked for twice."""
    if file is None:
        asked: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
        return asked
    lines = file.read_text(encoding="utf-8").splitlines()
    if not lines:
        raise Invalid(
            phrase("%(file)s is empty; its first line must be the password.", file=file.name)
        )
    return lines[0]


def _party(session: Session, key: str, name: str, role: str, now: datetime) -> int:
    """The id of the party: a country, one that is known, or a new one with the name given.

    A new one whose first office is that of an executing agency is an agency.
    """
    if key.upper() in reference().countries:
        return enter_country(session, key, by=None, now=now)
    known = party_keys(session)
    if name and key not in known:
        executes = role == "executing_agency"
        kind = AGENCY if executes else ORGANISATION
        described = Described(kind=kind, name=name, executes=executes)
        return enter_party(session, key, described, by=None, now=now)
    if key not in known:
        raise NotFound(
            phrase(
                "There is no party called %(key)s. Name a country by its three letters, or one of: "
                '%(known)s. To enter a party that is new: --party %(key)s --party-name "Its name"',
                key=key,
                known=", ".join(known) or "–",
            )
        )
    return known[key]


def somebody(engine: Engine, email: str) -> int:
    """The id of the person with this address; refuses one who is not entered or has no access."""
    known = select(Person.id).where(Person.email == address(email), Person.disabled_at.is_(None))
    with engine.reading() as session:
        found = session.scalars(known).one_or_none()
    if found is None:
        raise NotFound(phrase("Nobody with access has the address %(email)s.", email=email))
    return found
