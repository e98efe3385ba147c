"""A discussion read and held on the command line."""

from tests.web.cli.conftest import PrimeMover


def test_what_is_refused_is_said_with_an_exit_status(primemover: PrimeMover) -> None:
    nobody = primemover("discussion", "show", "SSC-1", "--by", "nobody@example.org")
    silent = primemover("discussion", "say", "SSC-1", "--text", "A word.")
    number = primemover("discussion", "retract", "SSC-1", "one", "--by", "nobody@example.org")

    assert [each.exit_code != 0 for each in (nobody, silent, number)] == [True] * 3
    assert "Nobody with access" in nobody.output
    assert "Missing option '--by'" in silent.output
