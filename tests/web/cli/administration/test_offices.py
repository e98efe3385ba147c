"""Offices as administrators keep them at a terminal, by two where the installation says so."""

import json
import sqlite3
from pathlib import Path

from tests.web.cli.administration.test_accounts import AMINA, BY, NALEDI, house, refused
from tests.web.cli.conftest import PrimeMover
from tests.web.conftest import PASSWORD

__all__ = ["house"]

PIETER = "pieter@example.org"
TWO = {"four_eyes": "donor"}


def test_an_appointment_is_made_extended_and_ended(house: PrimeMover) -> None:
    office = (AMINA, "donor", "bra")

    said = [
        house("office", "appoint", *office, *BY, "--to", "2090-12-31", "--letter", "OC/17"),
        house("office", "extend", *office, *BY),
        house("office", "end", *office, *BY),
        house("verify"),
    ]

    assert [each.exit_code for each in said] == [0] * 4, [each.output for each in said]
    assert said[0].output == f"{AMINA} is appointed donor of bra.\n"


def test_the_register_says_that_it_was_done_at_the_command_line(
    house: PrimeMover, sqlite_url: str
) -> None:
    house("office", "appoint", AMINA, "donor", "bra", *BY)

    with sqlite3.connect(sqlite_url.removeprefix("sqlite:///")) as database:
        (body,) = database.execute("SELECT body FROM event ORDER BY id DESC LIMIT 1").fetchone()
    what = json.loads(body)["what"]
    assert (what["via"], what["alone"]) == ("terminal", True)


def test_two_administrators_act_together(house: PrimeMover, tmp_path: Path) -> None:
    (tmp_path / "password").write_text(PASSWORD, encoding="utf-8")
    house(
        *("user", "add", PIETER, "--name", "Pieter", "--administrator"),
        *("--password-file", tmp_path / "password"),
    )
    office = (AMINA, "donor", "bra")

    asked = house("office", "appoint", *office, *BY, **TWO)
    listed = house("office", "waiting", **TWO)
    own = house("office", "confirm", "1", *BY, **TWO)
    done = house("office", "confirm", "1", "--by", PIETER, **TWO)
    ended = house("office", "end", *office, *BY, **TWO)
    declined = house("office", "decline", "2", "--by", PIETER, "--reason", "Not yet.", **TWO)

    assert asked.output == "It waits for a second administrator as act 1; nothing has changed.\n"
    assert listed.output.startswith("1: make Amina, donor of Brazil, from ")
    assert refused(own, "Who asked for this cannot confirm")
    assert [each.exit_code for each in (done, ended, declined)] == [0] * 3, done.output
    assert house("office", "waiting", **TWO).output == ""


def test_refusals_are_sentences_with_an_exit_status(house: PrimeMover) -> None:
    assert refused(house("office", "appoint", AMINA, "donner", "bra", *BY), "There is no role")
    assert refused(house("office", "appoint", AMINA, "donor", "atl", *BY), "no party called atl")
    assert refused(
        house("office", "appoint", AMINA, "unit_head", "bra", *BY), "asked of the office"
    )
    assert refused(house("office", "appoint", NALEDI, "donor", "bra", *BY), "appoints themselves")
    assert refused(
        house("office", "appoint", AMINA, "donor", "bra", "--by", AMINA), "Only an administrator"
    )
    assert refused(house("office", "end", AMINA, "donor", "bra", *BY), "holds no appointment")
    assert refused(house("office", "confirm", "9", *BY), "There is no such act")
    wrong = house("verify", four_eyes="Board Member")
    assert wrong.exit_code == 2
    assert "PRIMEMOVER_FOUR_EYES" in wrong.stderr


def test_what_is_missing_is_said_with_an_exit_status(house: PrimeMover) -> None:
    missing = house("office", "setup")
    vacant = house("office", "vacancies")

    assert missing.exit_code == 1
    assert "proposal: stops" in missing.output
    assert "Somebody as Programme officer (stops a proposal)" in missing.output
    assert vacant.output == "Every office that a case waits for is held.\n"


def test_what_is_left_open_is_listed_and_handed_over(house: PrimeMover) -> None:
    office = (AMINA, "donor", "bra")
    house("office", "appoint", *office, *BY)

    listed = house("office", "left-open", *office)
    goes_on = house("office", "hand-over", *office, *BY, "--to", NALEDI, "--reason", "Leave.")
    house("office", "end", *office, *BY)
    nobody = house("office", "hand-over", *office, *BY, "--to", NALEDI, "--reason", "Leave.")

    assert listed.output.splitlines() == ["0 open for the office", "could take it: nobody"]
    assert refused(goes_on, "has no end; end it first")
    assert refused(nobody, "Choose somebody else who holds this office today")
