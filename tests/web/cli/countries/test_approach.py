"""`primemover approach`: countries asked, answers given, recorded, contradicted and taken back, and the register."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.support import databases
from tests.support.databases import Template
from tests.support.world import HOUSE, World
from tests.web.cli.conftest import PrimeMover
from tests.workflow.approaches.house import published

OFFICER, BRAZIL, INDIA = (
    f"{who}@demo.example" for who in ("jane.okello", "paulo.sa", "priya.menon")
)


def fill(url: str) -> None:
    with closing(World(url)) as world:
        published(world)


@pytest.fixture
def sqlite_url(tmp_path: Path) -> Iterator[str]:
    """A house in which countries can be approached."""
    with databases.fresh_sqlite(tmp_path, Template("house-approaching", fill, HOUSE)) as url:
        yield url


@pytest.fixture
def brazil(primemover: PrimeMover) -> str:
    """Brazil and India are asked; the approach to Brazil."""
    said = primemover(
        "approach", "ask", "BRA", "IND", "--area", "trade", "--channel", "letter", "--by", OFFICER
    )
    assert said.exit_code == 0, said.output
    return str(said.output.split()[0])


def test_it_is_asked_answered_and_listed(primemover: PrimeMover, brazil: str) -> None:
    given = primemover(
        "approach", "answer", brazil, "lead", "--until", "2199-12-31", "--by", BRAZIL
    )
    listed = primemover("approach", "list", "--by", OFFICER, "--area", "trade")

    assert given.output == f"{brazil}: Give the answer. It stands in “leads”.\n"
    first, second = listed.output.splitlines()
    assert "IND  trade  Asked" in first
    assert "no answer for 0 days" in first
    assert second.endswith("until 2199-12-31")
    nobody = primemover("approach", "list", "--by", OFFICER, "--answer", "no")
    assert nobody.output == "There is none that you may know of.\n"


def test_what_came_by_letter_is_recorded_and_contradicted(
    primemover: PrimeMover, brazil: str
) -> None:
    noted = primemover(
        "approach", "record", brazil, "no", "--came", "letter", "--from", "Ana Dias, Minister",
        "--words", "Not this year.", "--by", OFFICER,
    )  # fmt: skip
    contradicted = primemover(
        "approach", "contradict", brazil, "--reason", "Not ours.", "--by", BRAZIL
    )

    assert "“noted”" in noted.output
    assert "“asked”" in contradicted.output


def test_later_is_asked_again_and_dropped(primemover: PrimeMover, brazil: str) -> None:
    primemover("approach", "answer", brazil, "later", "--again", "2199-01-01", "--by", BRAZIL)
    again = primemover("approach", "again", brazil, "--reason", "New money.", "--by", OFFICER)
    dropped = primemover("approach", "drop", brazil, "--reason", "No more.", "--by", OFFICER)

    assert "“asked”" in again.output
    assert "“dropped”" in dropped.output


def test_notice_is_given(primemover: PrimeMover, brazil: str) -> None:
    primemover("approach", "answer", brazil, "support", "--until", "2199-12-31", "--by", BRAZIL)
    given = primemover(
        "approach", "notice", brazil, "--last-day", "2198-12-31", "--reason", "Moved.",
        "--by", BRAZIL,
    )  # fmt: skip

    assert "“leaving”" in given.output


@pytest.mark.parametrize(
    ("said", "option"), [("lead", "--until"), ("support", "--until"), ("later", "--again")]
)
def test_an_answer_without_its_day_is_told_by_which_option_it_is_said(
    primemover: PrimeMover, brazil: str, said: str, option: str
) -> None:
    came = ("--came", "letter", "--from", "Ana Dias", "--words", "So.")

    given = primemover("approach", "answer", brazil, said, "--by", BRAZIL)
    noted = primemover("approach", "record", brazil, said, *came, "--by", OFFICER)

    for told in (given, noted):
        lines = told.output.splitlines()[1:]
        assert told.exit_code == 1
        assert [line.split(":")[0].strip() for line in lines] == [option]


def test_an_unknown_area_is_told_with_those_that_there_are(primemover: PrimeMover) -> None:
    asked = primemover("approach", "ask", "CHN", "--area", "gardens", "--by", OFFICER)

    assert asked.exit_code == 1
    assert "  --area: one of ict, " in asked.output
    assert "small-medium-enterprises" in asked.output


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (("ask", "NOR", "--area", "trade", "--by", OFFICER), "not a country of the South"),
        (("ask", "CHN", "--area", "trade", "--by", BRAZIL), "Only somebody in office"),
        (("ask", "CHN", "--area", "gardens", "--by", OFFICER), "is not an area"),
        (("list", "--by", "nobody@demo.example"), "nobody@demo.example"),
    ],
)
def test_what_is_wrong_is_a_sentence_and_an_exit_status(
    primemover: PrimeMover, brazil: str, command: tuple[str, ...], words: str
) -> None:
    said = primemover("approach", *command)

    assert said.exit_code != 0
    assert words in said.output
    assert "Traceback" not in said.output


def test_a_country_answering_for_another_is_refused(primemover: PrimeMover, brazil: str) -> None:
    said = primemover("approach", "answer", brazil, "lead", "--until", "2199-12-31", "--by", INDIA)

    assert said.exit_code != 0
    assert brazil in said.output
