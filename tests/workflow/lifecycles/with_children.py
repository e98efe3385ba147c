"""The standard lifecycle with child cases of each way to open, and rounds that wait for them."""

from typing import Any

from tests.workflow.engine.lifecycles import edited, put

REPORT: dict[str, Any] = {
    "label": "Progress report",
    "meaning": "What was done in one year.",
    "lifecycle": "progress-report",
    "opens": "by schedule",
    "states": ["active", "suspended"],
    "every": "year",
    "by": "31 January",
    "ahead": {"amount": 1, "unit": "months"},
    "begins": "planned_start",
    "until": "planned_end",
    "speaks": "executing_agency",
    "source": ["PGTF"],
}
PART: dict[str, Any] = {
    "label": "Country's part",
    "meaning": "What one country carries out by itself.",
    "lifecycle": "country-part",
    "opens": "on entry",
    "states": ["active"],
    "for_each": "beneficiary",
    "when": [
        {"kind": "at least", "of": ["proposal:total_cost"], "amount": 1000, "words": "It is large"}
    ],
    "ends_with": True,
    "source": ["PGTF"],
}
AMENDMENT: dict[str, Any] = {
    "label": "Amendment",
    "meaning": "A change of what was approved.",
    "lifecycle": "amendment",
    "opens": "by outcome",
    "source": ["PGTF"],
}
CHILDREN = {"progress_report": REPORT, "country_part": PART, "amendment": AMENDMENT}
WAITS: list[dict[str, Any]] = [
    {"children": "country_part", "until": "all"},
    {"children": "progress_report", "until": "some", "least": 2, "ended_in": ["accepted"]},
]


def with_children() -> dict[str, Any]:
    """The tables of the standard lifecycle with these children."""
    return edited(
        put("children", CHILDREN),
        put("rounds/suspension/outcomes/keep", {"opens": [], "children": ["amendment"]}),
        put("rounds/final_review/waits_for", WAITS),
        put("states/cancelled/overtaken_by_parent", True),
    )
