"""The standard lifecycle with child cases of each way to open, and rounds that wait for them."""

import tomllib
from typing import Any

from tests.workflow.engine.lifecycles import STANDARD, childless, edited, put, small_raw

FORMER = tomllib.loads((STANDARD.parent / "earlier/4" / STANDARD.name).read_text("utf-8"))
# A report with numbered recommendations, and what answers each: texts that only a version before this one has.
ANSWERED = ("evaluation_report", "management_response")

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
STUDY: dict[str, Any] = {
    "label": "Feasibility study",
    "meaning": "Whether it can be done at all.",
    "lifecycle": "study",
    "opens": "on entry",
    "states": ["consultation"],
    "when": [
        {"kind": "at least", "of": ["proposal:total_cost"], "amount": 1000, "words": "It is large"}
    ],
    "source": ["PGTF"],
}
ACTION: dict[str, Any] = {
    "label": "Key action",
    "meaning": "What is done about a recommendation.",
    "lifecycle": "follow-up",
    "opens": "on entry",
    "states": ["operational_closure"],
    "for_each_row": "management_response:responses",
    "known_by": "number",
    "rows": {"column": "response", "is": ["accepted", "partly_accepted"]},
    "titled_by": "action",
    "carries": {
        "action": "action",
        "recommendation": "evaluation_report:recommendations.recommendation",
    },
    "source": ["PGTF"],
}
HALFWAY: dict[str, Any] = {
    "label": "Half-way evaluation",
    "meaning": "What is to be changed before it is too late.",
    "lifecycle": "evaluation",
    "opens": "by schedule",
    "states": ["active"],
    "at": "1/2",
    "begins": "planned_start",
    "until": "planned_end",
    "source": ["PGTF"],
}
AUDIT: dict[str, Any] = {
    "label": "Audit",
    "meaning": "Of each half-year, once its accounts are there.",
    "lifecycle": "audit",
    "opens": "by schedule",
    "states": ["active"],
    "every": "half-year",
    "after": {"amount": 2, "unit": "months"},
    "source": ["PGTF"],
}
CHILDREN = {
    "progress_report": REPORT, "country_part": PART, "amendment": AMENDMENT, "study": STUDY,
    "action": ACTION, "halfway": HALFWAY, "audit": AUDIT,
}  # fmt: skip
WAITS: list[dict[str, Any]] = [
    {"children": "country_part", "until": "all"},
    {"children": "progress_report", "until": "some", "least": 2, "ended_in": ["accepted"]},
]


def with_children() -> dict[str, Any]:
    """The tables of the standard lifecycle with these children."""
    return edited(
        put("children", CHILDREN),
        put("roles/evaluator", FORMER["roles"]["evaluator"]),
        *(put(f"documents/{key}", _at_the_end(key)) for key in ANSWERED),
        put("rounds/suspension/outcomes/keep", {"opens": [], "children": ["amendment"]}),
        put("rounds/final_review/waits_for", WAITS),
        put("states/cancelled/overtaken_by_parent", True),
        raw=childless(),
    )


def _at_the_end(key: str) -> dict[str, Any]:
    return {**FORMER["documents"][key], "written_in": ["operational_closure"]}


def child(key: str, **more: Any) -> dict[str, Any]:
    """The tables of a lifecycle that a child case can follow: its proposer sends it, who is heard accepts it.

    It ends accepted, declined, or, with its parent, overtaken.
    """
    raw = small_raw({
        "send": {"states": ["a"], "outcomes": {"sent": "b"}, "of": "proposer"},
        "answer": {
            "states": ["b"],
            "outcomes": {"accept": "accepted", "decline": "declined", "drop": "z", "return": "a"},
        },
    }, "a", "b")  # fmt: skip
    ends = {end: {**raw["states"]["z"], "label": end} for end in ("accepted", "declined")}
    raw["states"] |= ends
    raw["states"]["z"]["overtaken_by_parent"] = True
    return raw | {"key": key, "title": key.capitalize(), "subject": "report"} | more


def opening(*lifecycles: str, ends_with: bool = False) -> dict[str, Any]:
    """The table of children of such a lifecycle, each opened as it is answered on."""
    return {
        each.replace("-", "_"): {
            "label": each.capitalize(),
            "meaning": "A case of its own.",
            "lifecycle": each,
            "opens": "on entry",
            "states": ["b"],
            "ends_with": ends_with,
            "source": ["DESIGN"],
        }
        for each in lifecycles
    }
