"""The officers' desk on the command line: every open case, and one handed to a colleague."""

from collections.abc import Iterator

import pytest

from tests.support.world import World
from tests.web.cli.conftest import PrimeMover
from workflow.demo.cast import DOMAIN

STAFF = ("elena.petrova", "jane.okello", "ravi.chand", "joao.lima")
ELENA, JANE, RAVI, JOAO = (f"{who}@{DOMAIN}" for who in STAFF)


@pytest.fixture
def world(sqlite_house_url: str) -> Iterator[World]:
    world = World(sqlite_house_url)
    yield world
    world.close()


def test_an_officer_lists_the_open_cases_and_hands_one_to_a_colleague(
    primemover: PrimeMover, world: World
) -> None:
    ref, other = world.programme("screening"), world.programme("consultation")

    before = primemover("desk", "list", "--by", JANE, database_url=world.url)
    handed = primemover(
        "desk", "hand", ref, RAVI, "--reason", "She is away.", "--by", ELENA, database_url=world.url
    )
    after = primemover("desk", "list", "--stage", "proposal", "--by", RAVI, database_url=world.url)

    assert (before.stderr, handed.stderr, after.stderr) == ("", "", "")
    assert f"{ref}  screening" in before.output
    assert "screening: nobody has taken it" in before.output
    assert f"{other}  consultation" in before.output
    assert f"{RAVI} has the seat in screening." in handed.output
    assert "screening: Ravi Chand has taken it" in after.output
    assert other not in after.output


def test_whoever_may_not_is_refused_in_a_sentence(primemover: PrimeMover, world: World) -> None:
    ref = world.programme("screening")
    handing = ("desk", "hand", ref, RAVI, "--reason", "She is away.", "--by")

    stranger = primemover("desk", "list", "--by", JOAO, database_url=world.url)
    submitter = primemover(*handing, JOAO, database_url=world.url)
    nobody = primemover(
        "desk",
        "hand",
        ref,
        f"nobody@{DOMAIN}",
        "--reason",
        "Away.",
        "--by",
        JANE,
        database_url=world.url,
    )
    unasked = primemover(
        "desk", "hand", world.programme("consultation"), RAVI, "--reason", "Away.", "--by", JANE,
        database_url=world.url,
    )  # fmt: skip

    colleague = primemover(*handing, JANE, database_url=world.url)

    refused = (stranger, submitter, nobody, unasked, colleague)
    assert {each.exit_code for each in refused} == {1}
    assert "Only whoever has taken this seat or the Director may hand it over." in colleague.stderr
    assert stranger.stderr == "The desk is for the officers of the house.\n"
    assert "Nobody with access has the address" in nobody.stderr
    assert "No officer is asked anything" in unasked.stderr


def test_an_empty_desk_says_so(primemover: PrimeMover, world: World) -> None:
    told = primemover("desk", "list", "--by", JANE, database_url=world.url)

    assert told.output == "Nothing waits on anybody.\n"
