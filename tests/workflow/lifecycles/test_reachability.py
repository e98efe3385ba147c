"""Every way that a case can go, walked to its end."""

from tests.workflow.engine.lifecycles import (
    small,
)
from workflow.lifecycles.reachability import CasePosition, states_ahead, walk

AFTER = "after another round"


def test_a_walk_knows_which_rounds_are_open_at_once():
    rounds = {
        "one": {"states": ["a"], "outcomes": {"on": {"opens": ["both"]}}},
        "two": {"states": ["a"], "outcomes": {"on": {"opens": ["both"]}}},
        "both": {"states": ["a"], "opens": AFTER, "outcomes": {"on": "z"}},
    }

    walked = walk(small(rounds, "a"))

    assert {standing.asked for standing in walked.came_by if standing.state == "a"} == {
        frozenset({"one", "two"}),
        frozenset({"one", "both"}),
        frozenset({"two", "both"}),
        frozenset({"both"}),
    }
    assert str(walked.way_to(CasePosition("a", frozenset({"both"})))) in {
        "one.on → two.on",
        "two.on → one.on",
    }


def test_what_lies_ahead_is_where_a_case_stands_and_whatever_its_ways_lead_to():
    rounds = {
        "go": {"states": ["a"], "outcomes": {"on": "b"}},
        "back": {"states": ["b"], "outcomes": {"on": "c", "return": "b"}},
        "last": {"states": ["c"], "outcomes": {"on": "z"}},
    }
    definition = small(rounds, "a", "b", "c")

    assert states_ahead(definition, "a") == {"a", "b", "c", "z"}
    assert states_ahead(definition, "c") == {"c", "z"}
    assert states_ahead(definition, "z") == {"z"}


def test_what_is_opened_again_leaves_what_it_had_opened_and_never_what_is_open() -> None:
    rounds = {
        "ask": {"states": ["a"], "outcomes": {"on": {"opens": ["end"]}}},
        "end": {"states": ["a"], "opens": AFTER, "outcomes": {"on": "z"}},
        "again": {
            "states": ["a"], "opens": "on initiative", "after_round": "ask",
            "outcomes": {"anew": {"reopens": "ask"}},
        },
    }  # fmt: skip

    walked = walk(small(rounds, "a"))

    assert {at.asked for at in walked.came_by if at.state == "a"} == {
        frozenset({"ask"}), frozenset({"end"}),
    }  # fmt: skip
    assert {
        (step.start.asked, step.end.asked) for step in walked.steps if step.round == "again"
    } == {
        (frozenset({"end"}), frozenset({"ask"})),
    }
