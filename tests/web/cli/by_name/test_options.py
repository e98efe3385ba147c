"""What is wrong, by the options and arguments of the command that was given it."""

import click
import pytest
from click.testing import CliRunner

from web.cli.by_name.options import Known, at_work, begin_work, by_option


@click.group()
@click.pass_context
def house(ctx: click.Context) -> None:
    """Keep something."""
    ctx.call_on_close(lambda: click.echo("\n".join(by_option(at_work(ctx), WRONG))))


WRONG = {
    "country": "No such country.",
    "asked_on": "That day is past.",
    "area": "Choose an area from the list.",
    "elsewhere": "Not here.",
}


@house.command()
@click.argument("country")
@click.option("-d", "--on", "asked_on")
@click.option("--area", type=Known("areas"))
def enter(**_given: str) -> None:
    """Enter something."""
    begin_work()


@house.command()
def look() -> None:
    """Look, which is no work."""


@pytest.mark.parametrize(
    ("area", "said"), [("gardens", "one of ict, distance-learning, "), ("ict", WRONG["area"])]
)
def test_each_fault_stands_at_the_word_by_which_its_field_is_said(area: str, said: str) -> None:
    country, day, of, other = (
        CliRunner().invoke(house, ["enter", "xxx", "--area", area]).output.splitlines()
    )

    assert country == "COUNTRY: No such country."
    assert day == "--on: That day is past."
    assert of.startswith(f"--area: {said}")
    assert other == "elsewhere: Not here."


def test_without_a_command_at_work_fields_are_named() -> None:
    told = CliRunner().invoke(house, ["look"])

    assert told.output.splitlines()[0] == "country: No such country."
