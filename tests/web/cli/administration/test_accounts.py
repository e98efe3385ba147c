"""People as administrators keep them at a terminal, each act with its refusals."""

from pathlib import Path

import pytest
from click.testing import Result

from tests.web.cli.conftest import PUBLISHED, PrimeMover
from tests.web.conftest import PASSWORD

AMINA, NALEDI = "amina@example.org", "naledi@example.org"
PIETER, LINKED = "pieter@example.org", "http://127.0.0.1:8000/account/invitations/"
BY = ("--by", NALEDI)


@pytest.fixture
def house(primemover: PrimeMover, tmp_path: Path) -> PrimeMover:
    """An administrator and a focal point of Brazil, entered as an installation does."""
    password = tmp_path / "password"
    password.write_text(PASSWORD, encoding="utf-8")
    first = ("--password-file", password)
    said = [
        primemover("lifecycle", "publish", *PUBLISHED),
        primemover("user", "add", NALEDI, "--name", "Naledi", "--administrator", *first),
        primemover(
            *("user", "add", AMINA, "--name", "Amina", "--role", "pivotal_focal"),
            *("--party", "BRA", *first),
        ),
    ]
    assert [each.exit_code for each in said] == [0, 0, 0], [each.output for each in said]
    return primemover


def refused(said: Result, sentence: str) -> bool:
    return said.exit_code == 1 and sentence in said.stderr


def test_people_are_listed_changed_and_invited(house: PrimeMover) -> None:
    changed = house("user", "change", AMINA, *BY, "--name", "Amina Sow", "--language", "fr")
    listed = house("user", "list", "--like", "SOW")

    assert [changed.exit_code, listed.exit_code] == [0, 0], changed.output
    assert listed.output == f"Amina Sow <{AMINA}>: pivotal_focal of bra\n"


def test_a_link_of_an_office_holder_is_printed_once_two_confirmed(
    house: PrimeMover, tmp_path: Path
) -> None:
    first = ("--password-file", tmp_path / "password")
    alone = house("user", "invite", AMINA, *BY)
    house("user", "add", PIETER, "--name", "Pieter", "--administrator", *first)

    asked = house("user", "invite", AMINA, *BY)
    moved = house("user", "change", AMINA, *BY, "--email", "sow@example.org")
    of_a_second = house("user", "invite", NALEDI, "--by", PIETER)

    assert refused(alone, "no second administrator can confirm a link")
    assert refused(of_a_second, "no second administrator can confirm a link")
    for number, each in enumerate((asked, moved), 1):
        waits = f"It waits for a second administrator as act {number}; nothing has changed."
        assert each.output.startswith(waits)
    assert house("user", "waiting").output.splitlines() == [
        "1: a link for Amina; asked for by Naledi",
        "2: the address sow@example.org for Amina; asked for by Naledi",
    ]
    own = house("user", "confirm", "1", *BY)
    assert refused(own, "cannot confirm or decline it as well")
    linked = house("user", "confirm", "1", "--by", PIETER)
    declined = house("user", "decline", "2", "--by", PIETER, "--reason", "She did not ask.")
    assert LINKED in linked.output
    assert declined.output == "Declined: nothing has changed.\n"
    assert house("verify").exit_code == 0


def test_access_ends_and_comes_back(house: PrimeMover) -> None:
    said = [
        house("user", "disable", AMINA, *BY, "--reason", "Left."),
        house("user", "list", "--like", "amina"),
        house("user", "enable", AMINA, *BY),
        house("user", "sign-out", AMINA, *BY),
        house("verify"),
    ]

    assert [each.exit_code for each in said] == [0] * 5, [each.output for each in said]
    assert said[1].output.endswith("; no access\n")


def test_refusals_are_sentences_with_an_exit_status(house: PrimeMover) -> None:
    assert refused(house("user", "invite", "nobody@example.org", *BY), "Nobody has the address")
    assert refused(house("user", "change", AMINA, *BY, "--language", "tlh"), "one of en, fr")
    assert refused(house("user", "disable", NALEDI, *BY, "--reason", "x"), "their own access")
    assert refused(house("user", "enable", AMINA, *BY), "has access already")
    assert refused(
        house("user", "disable", AMINA, "--by", "nobody@example.org", "--reason", "x"),
        "Nobody has the address",
    )


@pytest.mark.parametrize("act", ["add", "change"])
def test_of_what_a_language_is_stands_beside_it(primemover: PrimeMover, act: str) -> None:
    said = " ".join(primemover("user", act, "--help").stdout.split())

    assert "Of letters to them, in two letters; the language of pages each person chooses" in said
