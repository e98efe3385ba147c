"""People as administrators keep them at a terminal, each act with its refusals."""

from pathlib import Path

import pytest
from click.testing import Result

from tests.web.cli.conftest import STANDARD, PrimeMover
from tests.web.conftest import PASSWORD

AMINA, NALEDI = "amina@example.org", "naledi@example.org"
BY = ("--by", NALEDI)


@pytest.fixture
def house(primemover: PrimeMover, tmp_path: Path) -> PrimeMover:
    """An administrator and a focal point of Brazil, entered as an installation does."""
    password = tmp_path / "password"
    password.write_text(PASSWORD, encoding="utf-8")
    first = ("--password-file", password)
    said = [
        primemover("lifecycle", "publish", STANDARD),
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
    invited = house("user", "invite", AMINA, *BY)
    listed = house("user", "list", "--like", "SOW")

    assert [changed.exit_code, invited.exit_code, listed.exit_code] == [0, 0, 0], changed.output
    assert listed.output == f"Amina Sow <{AMINA}>: pivotal_focal of bra\n"
    assert "http://127.0.0.1:8000/account/invitations/" in invited.output


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
