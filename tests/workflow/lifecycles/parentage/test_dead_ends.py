"""Waits that may never be over."""

from typing import Any

import pytest

from tests.workflow.engine.lifecycles import edited, faults_of, put
from tests.workflow.lifecycles.with_children import child, opening, with_children
from workflow.lifecycles.loader.files import from_tables
from workflow.lifecycles.parentage.across import faults

ACCEPTED = ["accepted"]
EVERY_END = ["accepted", "declined", "z"]
REPORT = from_tables(child("report"), "report.toml")


def waiting(waits: dict[str, Any], *, way_out: bool, schedule: bool = False) -> list[str]:
    """What is wrong with a parent whose answer waits, with an initiative beside it or without."""
    kinds = opening("report")
    if schedule:
        kinds["report"] |= {"opens": "by schedule", "every": "month"}
    raw = child("parent", children=kinds)
    raw["rounds"]["answer"]["waits_for"] = [{"children": "report", **waits}]
    if way_out:
        raw["rules"]["leave"] = raw["rules"]["send"]
        raw["rounds"]["leave"] = {
            **raw["rounds"]["send"],
            "label": "Leave", "rule": "leave", "states": ["b"], "opens": "on initiative",
            "outcomes": {"sent": "z"},
        }  # fmt: skip
    return [str(each) for each in faults(from_tables(raw, "parent.toml"), {"report": REPORT})]


@pytest.mark.parametrize(
    ("waits", "way_out", "schedule", "sound"),
    [
        ({"until": "all"}, False, False, True),
        ({"until": "all", "ended_in": EVERY_END}, False, False, True),
        ({"until": "all", "ended_in": ACCEPTED}, False, False, False),
        ({"until": "all", "ended_in": ACCEPTED}, False, True, False),
        ({"until": "all", "ended_in": ACCEPTED}, True, False, True),
        ({"until": "some", "ended_in": ACCEPTED}, False, False, False),
        ({"until": "some", "ended_in": ACCEPTED}, False, True, True),
        ({"until": "some"}, False, False, True),
    ],
)
def test_a_child_that_ended_otherwise_leaves_another_way_to_an_end(
    waits: dict[str, Any], way_out: bool, schedule: bool, sound: bool
) -> None:
    found = waiting(waits, way_out=way_out, schedule=schedule)

    assert (found == []) is sound
    assert all(
        "waits for ever in 'b' once a 'report' has ended as 'z'" in each for each in found
    )  # fmt: skip


def test_an_initiative_that_waits_is_no_way_to_an_end_either() -> None:
    kinds = opening("report")
    raw = child("parent", children=kinds)
    raw["rounds"]["answer"] |= {
        "opens": "on initiative",
        "waits_for": [{"children": "report", "until": "all", "ended_in": ACCEPTED}],
    }

    (fault,) = faults(from_tables(raw, "parent.toml"), {"report": REPORT})

    assert "waits for ever in 'b'" in str(fault)


@pytest.mark.parametrize(
    ("waits", "sound"),
    [
        ({"until": "all"}, True),
        ({"until": "all", "least": 1}, False),
        ({"until": "some"}, False),
    ],
)
def test_what_opens_on_a_condition_may_never_come(waits: dict[str, Any], sound: bool) -> None:
    """Without the two other ways out of the state nobody could leave it."""
    raw = edited(
        put("rounds/consultation/waits_for", [{"children": "study", **waits}]),
        put("rounds/consultation_closing/outcomes/fails", {"opens": []}),
        put("rounds/withdrawal/states", ["draft", "screening", "returned"]),
        raw=with_children(),
    )
    raw["rounds"]["consultation"]["at_due"] = ""

    found = [str(each) for each in faults_of(raw) if "waits_for" in str(each.place)]

    assert (found == []) is sound
    assert all("where no 'study' has opened" in each for each in found)
