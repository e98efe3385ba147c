"""Cases that are no programmes on the command line: begun, and listed."""

import click

from web.cli.office.acts import begun_by
from workflow.people.parties import party_called
from workflow.programmes.adoption.acts import new_key
from workflow.programmes.alone import alone, begin
from workflow.programmes.contract import TITLE
from workflow.programmes.lists.other_cases import cases_about

BY = click.option("--by", metavar="EMAIL", required=True, help="Whose act it is.")


@click.group()
def case() -> None:
    """Begin what is no programme and stands under none, such as a framework, and list such cases."""


@case.command("begin")
@click.argument("lifecycle")
@click.option("--party", metavar="KEY", required=True, help="The office or party it begins for.")
@click.option("--title", required=True, help="What it is called; it can be changed later.")
@BY
def begin_case(*, lifecycle: str, party: str, title: str, by: str) -> None:
    """Begin a case on LIFECYCLE, which is for what begins by itself; its proposer goes on writing it."""
    engine, person = begun_by(by)
    with engine.reading() as session:
        number = party_called(session, party.strip().lower())
    begun = begin(engine, person, number, {TITLE: title}, new_key(), lifecycle=lifecycle)
    click.echo(f"{begun.ref} is begun.")


@case.command("list")
@BY
def list_cases(*, by: str) -> None:
    """List the cases that begin by themselves and that you may know of, with where each stands."""
    engine, person = begun_by(by)
    subjects = dict.fromkeys(each.subject for each in alone(engine))
    with engine.reading() as session:
        found = [
            line
            for subject in subjects
            for line in cases_about(session, engine, person, subject, engine.now())
        ]
    for line in found:
        click.echo(f"{line.ref}  {line.state}  since {line.since:%Y-%m-%d}  {line.title}")
    if not found:
        click.echo("There is none that you may know of.")
