"""Partners on the command line: how each stands, and the sanctions lists that they are held against."""

from datetime import datetime
from pathlib import Path

import click

from web.cli.office.acts import BY, DAY, begun
from web.cli.output import Said, opened
from web.cli.people import somebody
from workflow.engine.permissions.visibility import visible_case
from workflow.errors import Invalid
from workflow.ledger.statements.sums import received, unmet_conditions
from workflow.partners.lists import PartnerFilters, PartnerLine, PartnerStanding, every_partner
from workflow.partners.looked_for import matched
from workflow.partners.sanction_lists import enter_list, lists_entered
from workflow.phrase import phrase
from workflow.programmes.training.figures import CameFrom
from workflow.programmes.training.page import training_page


@click.group("partner")
def partner_group() -> None:
    """List donors and private partners, and keep the sanctions lists that they are held against."""


@partner_group.command("list")
@click.option("--name", default="", help="With this in their name.")
@click.option("--kind", default="", help="Of this kind alone, such as country or private_sector.")
@click.option(
    "--standing", type=click.Choice([each.value for each in PartnerStanding]),
    help="Standing so alone.",
)  # fmt: skip
@click.option("--by", metavar="EMAIL", default="", help="As this person may see them; else all.")
def list_partners(*, name: str, kind: str, standing: str | None, by: str) -> None:
    """List partners: until when each is vetted, its open conditions, what it agreed to and paid."""
    engine = opened()
    today, person = engine.now().date(), somebody(engine, by) if by else None
    filters = PartnerFilters(name, kind, standing or "")
    with engine.reading() as session:
        lines = list(every_partner(session, person, filters, today))
        numbers = [line.number for line in lines]
        paid = received(session, numbers, person, today)
        unmet = unmet_conditions(session, numbers, person, today)
    for line in lines:
        click.echo(_said(line, unmet.get(line.number, 0), dict(paid.get(line.number, ()))))
    if not lines:
        click.echo("There is none.")


@partner_group.group("sanctions")
def sanctions_group() -> None:
    """Keep the sanctions lists of the house; the one of the latest day counts."""


@sanctions_group.command("enter")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--title", required=True, help="Whose list it is.")
@click.option("--dated", type=DAY, required=True, help="The day as of which it stands.")
@BY
def enter_file(*, file: Path, title: str, dated: datetime, by: str | None) -> None:
    """Enter the list in FILE, comma-separated: number, name, also (other names between semicolons)."""
    engine, person = begun(by)
    try:
        text = file.read_text("utf-8")
    except UnicodeDecodeError as fault:
        raise Invalid(phrase("This file is no text in UTF-8: save it as CSV in UTF-8.")) from fault
    named = enter_list(engine, person, title, dated.date(), text)
    click.echo(f"The list is entered: {named} {'entry' if named == 1 else 'entries'}.")


@sanctions_group.command("list")
def list_lists() -> None:
    """List the sanctions lists that were entered, the newest first."""
    with opened().reading() as session:
        lists = lists_entered(session)
    for each in lists:
        click.echo(f"{each.dated}  {each.title}: {each.entries}")
    if not lists:
        click.echo("There is none.")


@sanctions_group.command("matches")
@click.argument("ref")
@click.option("--by", metavar="EMAIL", required=True, help="Who looks.")
def list_matches(*, ref: str, by: str) -> None:
    """List the entries of the newest list that the names in the vetting REF come near."""
    engine = opened()
    person = somebody(engine, by)
    with engine.reading() as session:
        case = visible_case(session, ref, person, engine.now())
        if not (case.takes_part or case.audits):
            raise Said(f"Only who takes part in the vetting {ref} reads what its names come near.")
        lists = lists_entered(session)
        found = matched(session, case.id)
    if not lists:
        raise Said("There is no sanctions list yet: primemover partner sanctions enter")
    for each in found:
        click.echo("; ".join((each.called, *each.also)))
    if not found:
        click.echo(f"The names saved in {ref} come near no entry of the list of {lists[0].dated}.")


@partner_group.command("training")
@click.argument("ref")
@click.option("--by", metavar="EMAIL", required=True, help="Who looks.")
def show_training(*, ref: str, by: str) -> None:
    """Show the courses of the programme REF: places, and who came, by country and sex."""
    engine = opened()
    person = somebody(engine, by)
    with engine.reading() as session:
        page = training_page(session, engine, person, ref)
    for course in page.courses:
        held = f"held, {course.certified} certificates" if course.held else "not reported yet"
        click.echo(f"{course.number}  {course.title}, {course.institution}: {held}")
        for each in course.countries:
            click.echo(f"  {_came(each.country, each)}")
    if page.courses:
        click.echo(_came("all", page.total))
    else:
        click.echo("No courses are told of.")


def _came(country: str, of: CameFrom) -> str:
    return f"{country}: {of.places} places, {of.women} women, {of.men} men"


def _said(line: PartnerLine, unmet: int, paid: dict[str, object]) -> str:
    until = f" until {line.valid_until}" if line.valid_until else ""
    vetting = f" ({line.vetting})" if line.vetting else ""
    conditions = line.conditions + unmet
    open_ones = f", {conditions} open condition{'s' * (conditions > 1)}" if conditions else ""
    sums = ", ".join(f"{currency} {amount}" for currency, amount in line.agreed)
    agreed = f", {line.agreements} agreements {sums}".rstrip() if line.agreements else ""
    came = ", ".join(f"{currency} {amount}" for currency, amount in paid.items())
    said = f"{line.key}  {line.name}: {line.standing}{until}{vetting}{open_ones}{agreed}"
    return f"{said}, paid {came}" if came else said
