"""`primemover meeting`: Hangzhou and Marrakech brought about by the commands, with what came of them; and what is refused."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.support import databases
from tests.support.databases import Template
from tests.support.world import HOUSE, World
from tests.web.cli.conftest import PrimeMover
from tests.workflow.meetings.house import published
from workflow.engine.commands.settle_due import sweep

OFFICER, CHINA, INDIA, STRANGER = (
    f"{who}@demo.example" for who in ("jane.okello", "li.wei", "priya.menon", "joao.lima")
)
HANGZHOU = (
    "meeting", "plan", "First meeting of pivotal countries", "--kind", "session",
    "--place", "Hangzhou, China", "--year", "2003", "--month", "11",
    "--purpose", "Pivotal countries say how to go on.", "--area", "ict",
    "--invite", "CHN/host=It hosted the meeting.", "--invite", "IND=A pivotal country.",
    "--by", OFFICER,
)  # fmt: skip
MARRAKECH = (
    "meeting", "plan", "Second meeting of pivotal countries", "--kind", "session",
    "--place", "Marrakech, Morocco", "--year", "2003", "--month", "12",
    "--purpose", "Strategic programmes to assist other developing countries.",
    "--invite", "BRA=A pivotal country.", "--invite", "CHN=A pivotal country.",
    "--invite-other", "Group of 77=It speaks for developing countries.", "--by", OFFICER,
)  # fmt: skip


def fill(url: str) -> None:
    with closing(World(url)) as world:
        published(world)


@pytest.fixture
def sqlite_url(tmp_path: Path) -> Iterator[str]:
    """A house in which meetings can be planned."""
    with databases.fresh_sqlite(tmp_path, Template("house-meeting", fill, HOUSE)) as url:
        yield url


def ref_of(primemover: PrimeMover, words: tuple[str, ...]) -> str:
    """The reference of a meeting that these words plan."""
    said = primemover(*words)
    assert said.exit_code == 0, said.output
    return str(said.output.split()[0])


def two_weeks_later(url: str) -> None:
    """Time does what it does in another process, whose clock has gone on."""
    with closing(World(url, datetime.now(UTC) + timedelta(days=15))) as world:
        sweep(world.engine)


def test_hangzhou_and_marrakech_are_brought_about_by_the_commands(
    primemover: PrimeMover, sqlite_url: str
) -> None:
    hangzhou, marrakech = ref_of(primemover, HANGZHOU), ref_of(primemover, MARRAKECH)
    for ref, came in ((hangzhou, ("CHN", "IND")), (marrakech, ("BRA", "CHN=4"))):
        words = [word for each in came for word in ("--came", each)]
        said = primemover("meeting", "held", ref, *words, "--by", OFFICER)
        assert said.output == f"{ref}: It was held already. It stands in “held”.\n"
    formed = (
        "special-unit", "Programme officer", "Help to form groups", "2199-06-30",
        "The Unit is asked to help form groups.",
    )  # fmt: skip
    asks = (
        "special-unit", "Programme officer", "Approach each country", "2199-06-30",
        "The Unit is charged with approaching each country.",
    )  # fmt: skip
    told = ("meeting", "report", "--by", OFFICER)
    primemover(*told, hangzhou, "--outcome", "Groups are asked for.", "--commitment", *formed)
    primemover(*told, marrakech, "--outcome", "Each is asked.", "--commitment", *asks)

    corrected = primemover(
        "meeting", "correct", marrakech, "--reason", "Morocco hosted it.", "--by", CHINA
    )
    silent = primemover(*told, marrakech, "--outcome", "Each is asked, said Morocco’s host.")
    again = primemover(
        *told, marrakech, "--outcome", "Each is asked, said Morocco’s host.", "--commitment", *asks,
        "--reply", "taken_up", "It says so.",
    )  # fmt: skip

    assert corrected.output == f"{marrakech}: Correct it. It stands in “held”.\n"
    assert silent.exit_code == 1
    assert "1 correction has no answer yet" in silent.stderr
    assert again.output == f"{marrakech}: Send the report. It stands in “circulated”.\n"
    assert primemover("meeting", "list", "--by", STRANGER).output == (
        "There is none that you may know of.\n"
    )
    two_weeks_later(sqlite_url)
    listed = primemover("meeting", "list", "--by", STRANGER, "--stands", "reported")
    assert listed.output == (
        f"{marrakech}  2003-12  Second meeting of pivotal countries: Reported; 2 invited, 2 came\n"
        f"    {marrakech}.1  Commitment 1: Approach each country:"
        " Special Unit for South-South Cooperation, Planned\n"
        f"{hangzhou}  2003-11  First meeting of pivotal countries: Reported; 2 invited, 2 came\n"
        f"    {hangzhou}.1  Commitment 1: Help to form groups:"
        " Special Unit for South-South Cooperation, Planned\n"
    )


def test_a_regional_meeting_is_called_answered_and_called_off(primemover: PrimeMover) -> None:
    ref = ref_of(
        primemover,
        (
            "meeting", "plan", "Regional meeting, Asia", "--kind", "regional",
            "--region", "asia_pacific", "--year", "2198", "--purpose", "Who leads.",
            "--invite", "IND=It leads.", "--by", OFFICER,
        ),
    )  # fmt: skip
    called = primemover(
        "meeting", "call", ref, "--answer-by", "2197-12-31", "--words", "Please answer.",
        "--by", OFFICER,
    )  # fmt: skip
    answered = primemover("meeting", "answer", ref, "comes", "--by", INDIA)
    early = primemover("meeting", "held", ref, "--came", "IND", "--by", OFFICER)
    off = primemover("meeting", "call-off", ref, "--reason", "Floods.", "--by", OFFICER)

    assert called.output == f"{ref}: Call it. It stands in “convened”.\n"
    assert answered.output == f"{ref}: We come. It stands in “prepared”.\n"
    assert early.exit_code == 1
    assert "The meeting is still to come" in early.stderr
    assert off.output == f"{ref}: Call it off. It stands in “called_off”.\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--invite", "IND"), "one at least, and of each why"),
        (("--invite", "XYZ=It asked."), "XYZ is not a country"),
        (("--invite", "IND=It asked.", "--from", "2005-01-01"), "That day is not in 2003"),
    ],
)
def test_what_cannot_be_planned_is_refused_with_what_would_be_right(
    primemover: PrimeMover, words: tuple[str, ...], said: str
) -> None:
    plan = ("meeting", "plan", "Hangzhou", "--kind", "session", "--year", "2003")

    refused = primemover(*plan, "--purpose", "To meet.", *words, "--by", OFFICER)

    assert refused.exit_code == 1
    assert said in refused.stderr
    nobody = primemover("meeting", "list", "--by", OFFICER)
    assert nobody.output == "There is none that you may know of.\n"


def test_a_number_of_people_that_is_none_is_refused(primemover: PrimeMover) -> None:
    ref = ref_of(primemover, HANGZHOU)

    refused = primemover("meeting", "held", ref, "--came", "CHN=many", "--by", OFFICER)

    assert refused.exit_code == 2
    assert "many is not a number of people" in refused.stderr


def test_what_was_committed_to_is_turned_into_approaches_and_proposals(
    primemover: PrimeMover, sqlite_url: str
) -> None:
    ref = ref_of(primemover, HANGZHOU)
    primemover("meeting", "held", ref, "--came", "CHN", "--came", "IND", "--by", OFFICER)
    primemover(
        "meeting", "report", ref, "--outcome", "Each is asked.", "--by", OFFICER,
        "--commitment", "special-unit", "Officer", "Approach each", "2199-06-30", "It is asked to.",
        "--match", "IND", "MOZ", "energy", "Solar pumps",
    )  # fmt: skip
    early = primemover("meeting", "propose", ref, "--match", "1", "--for", "moz", "--by", STRANGER)
    two_weeks_later(sqlite_url)

    asked = primemover("meeting", "approach", f"{ref}.1", "BRA", "--area", "ict", "--by", OFFICER)
    begun = primemover("meeting", "propose", ref, "--match", "1", "--for", "moz", "--by", STRANGER)
    another = primemover(
        "meeting", "propose", ref, "--match", "9", "--for", "moz", "--by", STRANGER
    )

    assert early.exit_code == 1
    assert "There is no match 1 in a final report" in early.stderr
    assert asked.output.endswith(f"came of {ref}.1.\n")
    assert begun.output.endswith(f"came of {ref}.\n")
    assert "There is no match 9 in a final report" in another.stderr
    listed = primemover("meeting", "list", "--by", OFFICER)
    assert "Brazil: Information and communications technology: Asked" in listed.output
