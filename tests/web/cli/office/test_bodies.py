"""Parties, bodies and frameworks kept on the command line, from an empty database."""

import pytest

from tests.web.cli.conftest import PrimeMover


def test_a_fund_with_its_own_board_is_set_up_from_nothing(primemover: PrimeMover) -> None:
    for words in (
        ("party", "enter", "who", "--name", "World Health Organization", "--kind", "agency"),
        ("party", "change", "who", "--gives", "--languages", "en fr"),
        ("party", "country", "LSO"),
        ("body", "enter", "ibsa", "--name", "Board of the fund", "--kind", "board"),
        ("body", "seat", "ibsa", "ind", "--place", "chair", "--from", "2026-01-01"),
        ("body", "seat", "ibsa", "bra", "--category", "Government"),
        ("body", "change", "ibsa", "--by-default", "--quorum", "2"),
        ("body", "session", "ibsa", "--title", "First", "--from", "2036-05-01", "--to", "2036-05-03"),
        ("framework", "take-in"),
        ("framework", "enter", "LAB", "--title", "Laboratories", "--kind", "fund", "--from",
         "2026-01-01", "--area", "hiv-aids", "--envelope", "3500000 USD", "--body", "ibsa"),
        ("framework", "change", "LAB", "--to", "2030-12-31"),
        ("body", "enter", "pac", "--name", "Appraisal committee", "--kind", "appraisal"),
        ("body", "seat", "pac", "ind", "--place", "chair", "--from", "2026-01-01"),
        ("framework", "change", "LAB", "--appraisal", "pac"),
        ("body", "end-seat", "2", "--on", "2036-01-01"),
    ):  # fmt: skip
        done = primemover(*words)
        assert done.exit_code == 0, (words, done.output)

    assert (
        "who  World Health Organization (agency, executes, gives)"
        in primemover("party", "list").output
    )
    assert primemover("body", "list").output.splitlines() == [
        "pac  Appraisal committee (appraisal, quorum 1)",
        "    seat 3: India, chair",
        "ibsa  Board of the fund (board, by default, quorum 2)",
        "    seat 1: India, chair",
        "    seat 2: Brazil, member, Government",
    ]
    assert primemover("framework", "list").output.splitlines()[:5] == [
        "LAB  Laboratories (fund), 2026-01-01 to 2030-12-31",
        "    hiv-aids",
        "    3500000.00 USD",
        "    ibsa",
        "    appraised by pac",
    ]
    assert primemover("verify").exit_code == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("party", "enter", "ind", "--name", "India", "--kind", "agency"), "letters of a country"),
        (("party", "change", "nobody", "--gives"), "There is no party called nobody."),
        (("party", "country", "xxx"), "There is no party called xxx."),
        (("body", "enter", "b", "--name", "B", "--kind", "board"), "A key has 2 to 40"),
        (("body", "seat", "nobody", "ind"), "There is no body called nobody."),
        (("body", "as-appointed"), "appoint them first"),
        (("body", "end-seat", "9"), "There is no such seat."),
        (("framework", "enter", "LAB", "--title", "L", "--from", "2026-01-01", "--envelope",
          "5 USD 6 EUR"), "one amount in one currency"),
        (("framework", "enter", "LAB", "--title", "L", "--from", "2026-01-01", "--to",
          "2025-01-01"), "It cannot end before it begins."),
        (("framework", "change", "NONE", "--to", "2030-01-01"), "There is no framework"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_with_an_exit_status(
    primemover: PrimeMover, words: tuple[str, ...], said: str
) -> None:
    refused = primemover(*words)

    assert refused.exit_code != 0
    assert said in refused.stderr


def test_a_donor_gets_no_seat_and_a_body_without_a_chair_decides_on_no_fund(
    primemover: PrimeMover,
) -> None:
    primemover("body", "enter", "ibsa", "--name", "Board", "--kind", "board")

    donor = primemover("body", "seat", "ibsa", "deu")
    headless = primemover(
        "framework", "enter", "LAB", "--title", "L", "--from", "2026-01-01", "--body", "ibsa"
    )

    assert "is a donor" in donor.stderr
    assert "has no chair" in headless.stderr
    assert (donor.exit_code, headless.exit_code) == (1, 1)
