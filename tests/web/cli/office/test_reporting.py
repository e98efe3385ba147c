"""Reporting calendars kept on the command line, from an empty database: by one, then by two."""

from pathlib import Path

import pytest

from tests.web.cli.administration.test_accounts import AMINA, BY, house, refused
from tests.web.cli.conftest import PrimeMover
from tests.web.conftest import PASSWORD

__all__ = ["house"]

SAID = "The financial year begins in April. Reports are due 45 days after the end of their period."
PIETER = "pieter@example.org"
REPORTING = "calendar", "reporting"
APRIL = ("--year-begins-in", "4", "--due-after", "45", "--from", "2090-01-01")


def second(house: PrimeMover, tmp_path: Path) -> None:
    """A second administrator is entered."""
    (tmp_path / "password").write_text(PASSWORD, encoding="utf-8")
    house(
        *("user", "add", PIETER, "--name", "Pieter", "--administrator"),
        *("--password-file", tmp_path / "password"),
    )


def test_an_only_administrator_sets_a_calendar_and_reads_it(house: PrimeMover) -> None:
    soon = (*APRIL[:-1], "2029-01-01")

    done = house(*REPORTING, "set", "moz", *soon, *BY)

    assert done.output == "The reporting calendar of moz is set, for periods from 2029-01-01 on.\n"
    shown = house(*REPORTING, "show", "moz").output.splitlines()
    assert shown == [
        f"from 2029-01-01: {SAID}",
        "It has none that counts today; its reports are due as lifecycles say.",
    ]
    assert house(*REPORTING, "list").output.startswith("moz  Mozambique, from 2029-01-01: The ")
    assert house("verify").exit_code == 0


def test_two_administrators_set_a_calendar_together(house: PrimeMover, tmp_path: Path) -> None:
    second(house, tmp_path)
    soon = (*APRIL[:-1], "2029-01-01")

    asked = house(*REPORTING, "set", "moz", *soon, *BY)
    waits = house(*REPORTING, "list")
    own = house(*REPORTING, "confirm", "1", *BY)
    twice = house(*REPORTING, "set", "moz", *soon, "--by", PIETER)
    declined = house(*REPORTING, "decline", "1", "--by", PIETER, "--reason", "Not April.")
    anew = house(*REPORTING, "set", "moz", *soon, "--by", PIETER)
    done = house(*REPORTING, "confirm", "2", *BY)

    assert asked.output == "It waits for a second administrator as number 1; nothing has changed.\n"
    assert waits.output.startswith("Number 1 waits, asked for by Naledi")
    assert refused(own, "Who asked for this cannot confirm")
    assert refused(twice, "waits for a second administrator already (number 1)")
    assert [each.exit_code for each in (declined, anew, done)] == [0] * 3, done.output
    assert "from 2029-01-01" in house(*REPORTING, "show", "moz").output
    assert house("verify").exit_code == 0


def test_a_file_is_taken_whole_or_not_at_all(house: PrimeMover, tmp_path: Path) -> None:
    good, bad, none = (tmp_path / f"{name}.csv" for name in ("good", "bad", "none"))
    head = "party,from,year_begins_in,due_after_days\n"
    good.write_text(f"{head}moz,2029-01-01,1,60\n\negy,2029-07-01,7,45\n", encoding="utf-8")
    bad.write_text(
        f"{head}moz,2029-01-01,13,60\nnobody,2029-01-01,1,60\negy,soon,1,1\nago,2029-01-01,x,1\nago,1\nzmb,2029-01-01,4,30\n",
        encoding="utf-8",
    )
    none.write_text(head, encoding="utf-8")

    wrong = house(*REPORTING, "import", bad, *BY)
    empty = house(*REPORTING, "import", none, *BY)
    before = house(*REPORTING, "list").output
    done = house(*REPORTING, "import", good, *BY)
    again = house(*REPORTING, "import", good, *BY)

    for said in (
        "line 2: The months of a year are 1 to 12.", "line 3: There is no party called nobody.",
        "line 4: 'soon' is no day", "line 5: 'x' is no number", "line 6: A line has: party, from",
    ):  # fmt: skip
        assert refused(wrong, said)
    assert "line 7" not in wrong.stderr
    assert refused(empty, "There is no reporting calendar in this file.")
    assert before == ""
    assert done.output == "2 set, 0 waiting for a second administrator.\n"
    assert len(house(*REPORTING, "list").output.splitlines()) == 2
    assert refused(again, "line 2: This is what the reporting calendar of this party says already.")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("set", "nobody", *APRIL, *BY), "There is no party called nobody."),
        (("set", "moz", *APRIL, *BY), "within 5 years"),
        (("set", "moz", *APRIL[:-1], "2020-01-01", *BY), "on at the earliest"),
        (("set", "moz", *APRIL, "--by", AMINA), "Only an administrator"),
        (("confirm", "9", *BY), "There is no such act"),
        (("show", "nobody"), "There is no party called nobody."),
    ],
)
def test_what_cannot_be_is_said_with_an_exit_status(
    house: PrimeMover, words: tuple[str, ...], said: str
) -> None:
    assert refused(house(*REPORTING, *words), said)
