"""The rates of exchange on the command line."""

from pathlib import Path

import click

from web.cli.office.acts import BY, begun
from workflow.errors import Invalid
from workflow.ledger.rate_files import enter_rates, latest_rates
from workflow.ledger.rates import MOST, plain
from workflow.phrase import phrase


@click.group("rates")
def rates_group() -> None:
    """Keep the rates of exchange, by the day from which each holds."""


@rates_group.command("enter")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--meant", is_flag=True, help="Rates far from the ones before are meant.")
@BY
def enter_file(*, file: Path, meant: bool, by: str | None) -> None:
    """Enter the rates of FILE, comma-separated: date, currency, units_per_usd."""
    engine, person = begun(by)
    try:
        text = file.read_text("utf-8")
    except UnicodeDecodeError as fault:
        raise Invalid(phrase("This file is no text in UTF-8: save it as CSV in UTF-8.")) from fault
    new = enter_rates(engine, person, text, meant=meant)
    click.echo(f"{new} rates are entered." if new > 1 else "1 rate is entered.")


@rates_group.command("list")
@click.option("--most", type=click.IntRange(1, MOST), default=400, help="So many at most.")
def list_rates(*, most: int) -> None:
    """List the rates entered last, by their day."""
    engine, _ = begun(None)
    with engine.reading() as session:
        rates = latest_rates(session, most)
    for each in rates:
        click.echo(f"{each.day}  {each.currency}  {plain(each.units)} for a dollar")
