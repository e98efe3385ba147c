"""Groupings kept on the command line, from an empty database."""

import pytest

from tests.web.cli.conftest import PrimeMover

GROUND = ("--ground", "Its charter")


def test_groupings_are_taken_in_entered_changed_and_shown_as_of_a_day(
    primemover: PrimeMover,
) -> None:
    empty = primemover("grouping", "list")
    taken = primemover("grouping", "take-in")
    primemover("grouping", "enter", "forum", "--label", "Islands Forum")
    primemover("grouping", "add", "forum", "fji", "--since", "1971", *GROUND)
    added = primemover("grouping", "add", "forum", "wsm", "--since", "1971-08-05", *GROUND)
    number = added.output.split()[-1].rstrip(".")
    primemover("grouping", "change", number, "--since", "1971", "--until", "2009", *GROUND)

    then = primemover("grouping", "show", "forum", "--on", "2009-12-31")
    today = primemover("grouping", "show", "forum")
    listed = primemover("grouping", "list", "--on", "2004-06-07")
    struck = primemover("grouping", "strike", number, *GROUND)

    assert empty.output == "No grouping is entered yet: primemover grouping take-in\n"
    assert "african-union" in taken.output
    assert then.output.splitlines()[1] == f"{number}  WSM  Samoa, from 1971 to 2009"
    assert [line.split()[1] for line in today.output.splitlines()] == ["FJI"]
    assert "least-developed  Least developed countries: 50" in listed.output
    assert "asean  Association of Southeast Asian Nations: 10" in listed.output
    assert struck.output == f"Membership {number} is struck.\n"
    assert "WSM" not in primemover("grouping", "show", "forum", "--all").output
    assert primemover("verify").exit_code == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("show", "nothing"), "There is no grouping called"),
        (("add", "nothing", "fji", *GROUND), "There is no grouping called"),
        (("enter", "A B", "--label", "Name"), "A key has 2 to 40 small letters"),
        (("change", "7", "--since", "spring", *GROUND), "no day and no year"),
        (("change", "7", *GROUND), "There is no such membership."),
        (("strike", "99999999999", *GROUND), "not in the range"),
    ],
)
def test_what_cannot_be_is_said_with_an_exit_status(
    primemover: PrimeMover, words: tuple[str, ...], said: str
) -> None:
    refused = primemover("grouping", *words)

    assert refused.exit_code != 0
    assert said in refused.output
