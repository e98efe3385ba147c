"""Pivotal countries kept on the command line, from an empty database."""

import pytest

from tests.web.cli.conftest import PrimeMover


def test_a_country_is_named_asked_answers_and_ends(primemover: PrimeMover) -> None:
    primemover("pivotal", "designate", "IND", "--since", "2003-12-01", "--evidence", "Paragraph 15")
    primemover("pivotal", "ask", "ind", "trade", "--on", "2026-02-01")
    primemover("pivotal", "ask", "ind", "ict", "--on", "2026-02-01")
    primemover("pivotal", "answer", "ind", "trade", "leads", "--on", "2026-02-09")
    primemover("pivotal", "answer", "ind", "ict", "later")

    ended = primemover("pivotal", "end", "ind", "--until", "2030-01-01", "--ground", "A letter")
    listed = primemover("pivotal", "list")

    assert (ended.exit_code, ended.output) == (0, "ind is pivotal until 2030-01-01.\n")
    assert listed.output.splitlines() == [
        "ind  India, from 2003-12-01 to 2030-01-01: Paragraph 15",
        "    ict: later, asked 2026-02-01",
        "    trade: leads, asked 2026-02-01",
    ]
    assert primemover("verify").exit_code == 0
    history = primemover("export", "csv", "REGISTER").output
    assert history.count(",party.described,") == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("designate", "deu", "--since", "2003-12-01", "--evidence", "A list"), "not a country"),
        (("designate", "ind", "--since", "2003-12-01", "--evidence", " "), "Say where"),
        (("ask", "ind", "trade"), "is not a pivotal country"),
        (("end", "ind", "--until", "2026-01-01", "--ground", "A letter"), "no pivotal status"),
        (("ask", "atlantis", "trade"), "There is no party called atlantis."),
        (("ask", "ind", "trade", "--by", "nobody@example.org"), "Nobody with access"),
    ],
)
def test_what_cannot_be_is_said_with_an_exit_status(
    primemover: PrimeMover, words: tuple[str, ...], said: str
) -> None:
    refused = primemover("pivotal", *words)

    assert refused.exit_code != 0
    assert said in refused.stderr
    assert primemover("pivotal", "list").output.startswith("No country is pivotal yet")


def test_an_unknown_area_is_told_at_its_word_with_those_that_there_are(
    primemover: PrimeMover,
) -> None:
    primemover("pivotal", "designate", "ind", "--since", "2003-12-01", "--evidence", "Marrakech")

    asked = primemover("pivotal", "ask", "ind", "gardens")

    assert asked.exit_code == 1
    assert "'gardens' is not an area." in asked.output
    assert "  AREA: one of ict, " in asked.output
