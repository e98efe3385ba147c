"""Frameworks and funds on the command line: entered, changed, taken in and listed."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal, InvalidOperation

import click

from web.cli.office.acts import BY, DAY, begun
from web.cli.output import opened
from workflow.errors import Invalid
from workflow.frameworks.terms import (
    FRAMEWORK,
    FUND,
    Terms,
    describe_framework,
    enter_framework,
    take_in,
)
from workflow.frameworks.terms_page import every_terms, terms_of
from workflow.phrase import phrase


@click.group()
def framework() -> None:
    """Keep the frameworks and funds that programmes are proposed under."""


@framework.command("list")
def list_frameworks() -> None:
    """List the frameworks and funds with their days, envelope and body."""
    with opened().reading() as session:
        kept = every_terms(session)
    for key, terms in kept.items():
        to = terms.ends_on or "further notice"
        click.echo(f"{key}  {terms.title} ({terms.kind}), {terms.starts_on} to {to}")
        money = f"{terms.envelope:.2f} {terms.currency}" if terms.envelope is not None else ""
        appraised = f"appraised by {terms.appraisal}" if terms.appraisal else ""
        steered = f"steered by {terms.steering}" if terms.steering else ""
        for words in (
            *(terms.symbol, ", ".join(terms.areas), money, terms.body),
            *(appraised, steered),
        ):
            if words:
                click.echo(f"    {words}")
    if not kept:
        click.echo("No framework is entered yet: primemover framework take-in")


@framework.command("take-in")
@BY
def take_in_reference(*, by: str | None) -> None:
    """Enter every framework of the reference list that is not there yet."""
    engine, person = begun(by)
    with engine.transaction() as session:
        taken = take_in(session, by=person, now=engine.now())
    click.echo(f"Entered: {', '.join(taken) or 'nothing that was not there'}.")


@framework.command()
@click.argument("key")
@click.option("--title", required=True, help="What it is called.")
@click.option("--kind", type=click.Choice([FRAMEWORK, FUND]), default=FRAMEWORK, show_default=True)
@click.option("--from", "starts_on", type=DAY, required=True, help="The first day in force.")
@click.option("--to", "ends_on", type=DAY, help="The last day; without it, until another follows.")
@click.option("--symbol", default="", help="The symbol of its document.")
@click.option("--area", "areas", multiple=True, help="The key of an area; may be repeated.")
@click.option("--envelope", help="An amount in one currency, such as '3500000 USD'.")
@click.option("--body", default="", help="The key of the body that decides.")
@click.option("--appraisal", default="", help="The key of its appraisal committee.")
@click.option("--steering", default="", help="The key of its steering committee.")
@BY
def enter(  # noqa: PLR0913 # one argument for each option
    *,
    key: str,
    title: str,
    kind: str,
    starts_on: datetime,
    ends_on: datetime | None,
    symbol: str,
    areas: tuple[str, ...],
    envelope: str | None,
    body: str,
    appraisal: str,
    steering: str,
    by: str | None,
) -> None:
    """Enter a framework or a fund under KEY."""
    engine, person = begun(by)
    amount, currency = _money(envelope)
    terms = Terms(
        title=title,
        kind=kind,
        starts_on=starts_on.date(),
        ends_on=ends_on.date() if ends_on else None,
        symbol=symbol,
        areas=areas,
        envelope=amount,
        currency=currency,
        body=body,
        appraisal=appraisal,
        steering=steering,
    )
    with engine.transaction() as session:
        enter_framework(session, key, terms, by=person, now=engine.now())
    click.echo(f"{title} is entered as {key}.")


@framework.command()
@click.argument("key")
@click.option("--to", "ends_on", type=DAY, help="The last day in force.")
@click.option("--envelope", help="An amount in its one currency.")
@click.option("--body", help="The key of the body that decides.")
@click.option("--appraisal", help="The key of its appraisal committee.")
@click.option("--steering", help="The key of its steering committee.")
@BY
def change(
    *,
    key: str,
    ends_on: datetime | None,
    envelope: str | None,
    by: str | None,
    **bodies: str | None,
) -> None:
    """Change the end, the envelope or the bodies of the framework KEY; what is not named stays."""
    engine, person = begun(by)
    with engine.transaction() as session:
        number, terms = terms_of(session, key)
        if ends_on is not None:
            terms = replace(terms, ends_on=ends_on.date())
        if envelope is not None:
            amount, currency = _money(envelope)
            terms = replace(terms, envelope=amount, currency=currency)
        terms = replace(
            terms,
            body=_named(bodies, "body", terms.body),
            appraisal=_named(bodies, "appraisal", terms.appraisal),
            steering=_named(bodies, "steering", terms.steering),
        )
        describe_framework(session, number, terms, by=person, now=engine.now())
    click.echo(f"{key} is changed.")


def _named(bodies: Mapping[str, str | None], which: str, kept: str) -> str:
    """The body that was named, or the one that stays."""
    named = bodies[which]
    return kept if named is None else named


def _money(told: str | None) -> tuple[Decimal | None, str]:
    """The amount and its one currency; refuses two currencies, and an amount without one."""
    if not told:
        return None, ""
    amount, *currency = told.split()
    try:
        value = Decimal(amount)
    except InvalidOperation as fault:
        raise _one_currency() from fault
    if len(currency) != 1 or not value.is_finite():
        raise _one_currency()
    return value, currency[0]


def _one_currency() -> Invalid:
    said = phrase("An envelope is one amount in one currency, such as 3500000 USD.")
    return Invalid(said, {"envelope": said})
