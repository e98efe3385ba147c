"""Parties on the command line: entered, changed and listed."""

import click

from web.cli.office.acts import BY, begun
from web.cli.output import opened
from workflow.people.directory.arrivals import enter_country
from workflow.people.directory.descriptions import (
    ENTERED,
    Described,
    describe_party,
    enter_party,
)
from workflow.people.directory.page import PartyEntry, party_entries, party_entry

MOST = 10_000


@click.group()
def party() -> None:
    """Keep the parties: agencies that execute, donors that give, and others."""


@party.command("list")
@click.option("--kind", default="", help="Only parties of this kind.")
def list_parties(*, kind: str) -> None:
    """List the parties with what each may do."""
    with opened().reading() as session:
        for entry in party_entries(session, kind=kind, limit=MOST):
            click.echo(_told(entry))


def _told(entry: PartyEntry) -> str:
    may = [word for word, can in (("executes", entry.executes), ("gives", entry.gives)) if can]
    return f"{entry.key}  {entry.name} ({', '.join([entry.kind, *may])})"


@party.command()
@click.argument("country")
@BY
def country(*, country: str, by: str | None) -> None:
    """Enter COUNTRY from the reference list, by its three letters."""
    engine, person = begun(by)
    with engine.transaction() as session:
        enter_country(session, country, by=person, now=engine.now())
    click.echo(f"{country.lower()} is entered.")


@party.command()
@click.argument("key")
@click.option("--name", required=True, help="What it is called.")
@click.option("--kind", required=True, type=click.Choice(ENTERED), help="What it is.")
@click.option("--executes", is_flag=True, help="It may execute programmes; an agency does.")
@click.option("--gives", is_flag=True, help="It may give to programmes; a donor does.")
@click.option("--languages", default="", help="Two letters each, separated by blanks.")
@click.option("--contact", default="", help="Whom to turn to there.")
@BY
def enter(  # noqa: PLR0913 # one argument for each option
    *,
    key: str,
    name: str,
    kind: str,
    executes: bool,
    gives: bool,
    languages: str,
    contact: str,
    by: str | None,
) -> None:
    """Enter a party that is no country under KEY."""
    engine, person = begun(by)
    described = Described(
        kind=kind,
        name=name,
        executes=executes or kind == "agency",
        gives=gives or kind == "donor",
        languages=languages,
        contact=contact,
    )
    with engine.transaction() as session:
        enter_party(session, key, described, by=person, now=engine.now())
    click.echo(f"{name} is entered as {key.lower()}.")


@party.command()
@click.argument("key")
@click.option("--name", help="What it is called.")
@click.option("--kind", type=click.Choice(ENTERED), help="What it is.")
@click.option("--executes/--executes-not", default=None, help="Whether it may execute programmes.")
@click.option("--gives/--gives-not", default=None, help="Whether it may give to programmes.")
@click.option("--languages", help="Two letters each, separated by blanks.")
@click.option("--contact", help="Whom to turn to there.")
@BY
def change(  # noqa: PLR0913 # one argument for each option
    *,
    key: str,
    name: str | None,
    kind: str | None,
    executes: bool | None,
    gives: bool | None,
    languages: str | None,
    contact: str | None,
    by: str | None,
) -> None:
    """Change what is known of the party KEY; what is not named stays."""
    engine, person = begun(by)
    with engine.transaction() as session:
        entry = party_entry(session, key.lower())
        described = Described(
            kind=entry.kind if kind is None else kind,
            name=entry.name if name is None else name,
            executes=entry.executes if executes is None else executes,
            gives=entry.gives if gives is None else gives,
            languages=entry.languages if languages is None else languages,
            contact=entry.contact if contact is None else contact,
        )
        describe_party(session, entry.id, described, by=person, now=engine.now())
    click.echo(f"{entry.name} is changed.")
