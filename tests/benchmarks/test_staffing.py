"""Sixty steps and ten thousand people take seconds, and what would take longer is not guessed."""

import pytest

from benchmarks import staffing


@pytest.mark.proof(alone=True)
def test_every_instance_is_answered_within_five_seconds_of_a_processor() -> None:
    found = list(staffing.measure(20_261_126))

    said = [figure.detail["said"] for figure in found]
    assert said[:4] == ["possible", "possible", "possible", "impossible"]
    assert "not known" in said[4:]
    assert {figure.what: figure.ours for figure in found if figure.ours > 5_000} == {}
