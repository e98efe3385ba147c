"""Working calendars kept on the command line, from an empty database."""

import pytest

from tests.web.cli.conftest import PrimeMover


def test_a_calendar_is_set_as_its_country_has_it_and_otherwise(primemover: PrimeMover) -> None:
    for words in (
        ("calendar", "set", "moz"),
        ("calendar", "set", "special-unit", "--zone", "America/New_York", "--holidays-of", "usa",
         "--rests-on", "sunday", "--also-closed", "2028-12-24", "--worked", "2028-11-10"),
        ("calendar", "set", "moz", "--from", "2027-06-02", "--holidays-of", "none"),
    ):  # fmt: skip
        done = primemover(*words)
        assert done.exit_code == 0, (words, done.output)

    shown = primemover("calendar", "show", "moz").output.splitlines()
    unit = primemover("calendar", "show", "special-unit").output
    assert shown[0] == "from 2027-06-02: rests on saturday and sunday, Africa/Maputo"
    assert "holidays of MOZ (holidays " in shown[1]
    assert "rests on sunday, America/New_York, holidays of USA" in unit
    assert "    2028-12-24" in unit.splitlines()
    assert "2028-11-10" not in unit
    assert primemover("verify").exit_code == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("set", "moz", "--from", "2020-01-01"), "at the earliest"),
        (("set", "nobody"), "There is no party called nobody."),
        (("set", "moz", "--zone", "Moon/Base"), "is not a time zone"),
        (("set", "moz", "--holidays-of", "xxx"), "are not listed"),
        (("show", "nobody"), "There is no party called nobody."),
    ],
)
def test_what_cannot_be_is_said_with_an_exit_status(
    primemover: PrimeMover, words: tuple[str, ...], said: str
) -> None:
    refused = primemover("calendar", *words)

    assert refused.exit_code != 0
    assert said in refused.stderr
