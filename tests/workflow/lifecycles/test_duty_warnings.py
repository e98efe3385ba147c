"""Duties that may leave nobody to answer are told as warnings, not as faults."""

import pytest

from tests.workflow.engine.lifecycles import (
    small,
)
from workflow.lifecycles import soundness

INITIATIVE = "on initiative"


def test_a_duty_that_takes_two_people_of_one_office_is_a_warning():
    rounds = {
        "check": {"states": ["a"], "outcomes": {"on": "b"}},
        "check_again": {"states": ["b"], "outcomes": {"on": "z"}, "never": ["signed:check"]},
    }

    told = [str(warning) for warning in soundness.warnings(small(rounds, "a", "b"))]

    (only,) = told
    assert only.startswith("rules.check_again.never: needs at least two people as officer of")
    assert only.endswith("whoever answered 'check' may not answer 'check_again'")


@pytest.mark.parametrize("bar", ["party:signed:check", "office:signed:check"])
def test_a_bar_on_everybody_asked_is_a_warning(bar: str):
    rounds = {
        "check": {"states": ["a"], "outcomes": {"on": "b"}},
        "check_again": {"states": ["b"], "outcomes": {"on": "z"}, "never": [bar]},
    }

    (only,) = [str(warning) for warning in soundness.warnings(small(rounds, "a", "b"))]

    assert only.startswith("rules.check_again.never: may leave nobody to answer 'check_again'")


@pytest.mark.parametrize(
    ("of", "bar"), [("office:other", "party:signed:check"), ("office:other", "office:signed:check")]
)
def test_a_bar_on_some_of_those_asked_is_no_warning(of: str, bar: str):
    rounds = {
        "check": {"states": ["a"], "outcomes": {"on": "b"}, "of": of},
        "check_again": {"states": ["b"], "outcomes": {"on": "z"}, "never": [bar]},
    }

    assert soundness.warnings(small(rounds, "a", "b")) == ()


def test_a_duty_that_can_be_gone_around_is_no_warning():
    rounds = {
        "check": {"states": ["a"], "outcomes": {"on": "b"}},
        "skip": {"states": ["a"], "opens": INITIATIVE, "outcomes": {"by": "b"}},
        "check_again": {"states": ["b"], "outcomes": {"on": "z"}, "never": ["signed:check"]},
    }

    assert soundness.warnings(small(rounds, "a", "b")) == ()
