"""When a document is sure to be filed, on every way that a case can go."""

from typing import Any

from tests.workflow.engine.lifecycles import small_raw
from workflow.lifecycles.conditional.certainty import unfiled
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.loader.files import body_of, from_body

AFTER = "after another round"
FORM = [
    {"key": "s", "title": "S", "fields": [
        {"key": "cost", "label": "Cost", "kind": "money", "required": True},
    ]},
]  # fmt: skip


def needing(rounds: dict[str, Any], *states: str, needs: tuple[str, ...] = ()) -> Definition:
    """A small definition whose verdicts `round.outcome` among `needs` need the paper."""
    raw = small_raw(rounds, *states)
    raw["documents"]["paper"] |= {"attach": False, "sections": FORM}
    for each in needs:
        rule, verdict = each.split(".")
        raw["rules"][rule]["verdicts"][verdict]["needs"] = ["paper"]
    return from_body(body_of(raw))


GO = {"states": ["a"], "outcomes": {"on": "b", "skip": "b"}}
END = {"states": ["b"], "outcomes": {"end": "z", "back": "a"}}
LATER = {"states": ["b"], "opens": "on initiative", "outcomes": {"stop": "z"}}


def test_nothing_is_sure_where_no_answer_needs_it() -> None:
    found = unfiled(needing({"go": GO, "end": END}, "a", "b"), "paper")

    assert found.settling == {("go", "on"), ("go", "skip"), ("end", "end"), ("end", "back")}
    assert found.opening == {"go", "end"}


def test_one_way_around_it_is_enough_to_miss_it() -> None:
    found = unfiled(needing({"go": GO, "end": END}, "a", "b", needs=("go.on",)), "paper")

    assert ("go", "on") not in found.settling
    assert ("go", "skip") in found.settling
    assert ("end", "end") in found.settling


def test_what_every_way_needs_is_there_until_it_is_written_again() -> None:
    definition = needing(
        {"go": GO, "end": END, "later": LATER}, "a", "b", needs=("go.on", "go.skip")
    )

    found = unfiled(definition, "paper")

    assert found.settling == frozenset()
    assert found.opening == {"go"}, "it opens where the paper is written, at first and again"


def test_a_round_that_another_opens_is_asked_once_the_other_has_settled() -> None:
    rounds = {
        "go": {"states": ["a"], "outcomes": {"on": {"opens": ["then"]}}},
        "then": {"states": ["a"], "opens": AFTER, "outcomes": {"end": "z"}},
    }

    with_need = unfiled(needing(rounds, "a", needs=("go.on",)), "paper")
    without = unfiled(needing(rounds, "a"), "paper")

    assert "then" not in with_need.opening
    assert ("then", "end") in with_need.settling, "it can be written anew while the round is open"
    assert "then" in without.opening


def test_a_case_enters_and_stands_in_states_without_it() -> None:
    surely = unfiled(needing({"go": GO, "end": END}, "a", "b", needs=("go.on", "go.skip")), "paper")
    never = unfiled(needing({"go": GO, "end": END}, "a", "b"), "paper")

    assert (surely.entering, surely.standing) == ({"a"}, {"a"})
    assert (never.entering, never.standing) == ({"a", "b", "z"}, {"a", "b", "z"})
