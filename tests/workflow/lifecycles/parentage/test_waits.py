"""Waiting for what nothing opens."""

from typing import Any

import pytest

from tests.workflow.engine.lifecycles import STANDARD, edited, faults_of, put
from tests.workflow.lifecycles.with_children import with_children


@pytest.mark.parametrize(
    ("round_", "waits", "told"),
    [
        ("begin_delivery", {"children": "country_part", "until": "all"}, "for nothing in 'inception'"),
        ("begin_delivery", {"children": "country_part", "until": "some"}, "for ever in 'inception'"),
        (
            "begin_delivery", {"children": "progress_report", "until": "all", "least": 1},
            "for ever in 'inception'",
        ),
        ("final_review", {"children": "amendment", "until": "all"}, ""),
        ("closure", {"children": "progress_report", "until": "some"}, ""),
    ],
)  # fmt: skip
def test_a_round_waits_for_what_can_be_open_by_then(
    round_: str, waits: dict[str, Any], told: str
) -> None:
    faults = faults_of(edited(put(f"rounds/{round_}/waits_for", [waits]), raw=with_children()))

    expected = [f"{STANDARD.name}: rounds.{round_}.waits_for[0]"] if told else []
    assert [str(fault.place) for fault in faults] == expected
    assert all(told in str(fault.problem) for fault in faults)


def test_what_the_round_itself_opens_is_nothing_to_wait_for() -> None:
    opens = put(
        "rounds/presentation/outcomes/present",
        {"opens": ["endorsement"], "children": ["amendment"]},
    )
    waits = put("rounds/presentation/waits_for", [{"children": "amendment", "until": "some"}])

    (fault,) = faults_of(edited(opens, waits, raw=with_children()))

    assert str(fault.place) == f"{STANDARD.name}: rounds.presentation.waits_for[0]"
