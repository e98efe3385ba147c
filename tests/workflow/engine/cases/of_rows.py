"""A lifecycle that opens a case for each row of a table, and the one that these follow."""

from typing import Any

from tests.workflow.engine.cases.family import KIND, above, part

NUMBER = {"key": "number", "label": "No.", "kind": "number", "required": True}
SAID = {"key": "said", "label": "Said", "kind": "choice", "options": [["yes", "Yes"], ["no", "No"]]}
ACTION = {"key": "action", "label": "Action", "kind": "line", "longest": 100}
DUE = {"key": "due", "label": "Due", "kind": "date"}
ASKED = {"key": "asked", "label": "Asked", "kind": "line", "longest": 100}
OWNER = {"key": "owner", "label": "Owner", "kind": "party", "vocabulary": "parties:beneficiary"}
ONCE = {
    "key": "numbers", "kind": "once", "of": ["answers.number"], "at": "answers", "stops": "filing",
    "label": "Each has a number of its own", "problem": "Two have the same number",
}  # fmt: skip
OF_ROWS: dict[str, Any] = {
    **{key: value for key, value in KIND.items() if key != "states"},
    "label": "Action",
    "opens": "by outcome",
    "for_each_row": "paper:answers",
    "known_by": "number",
    "rows": {"column": "said", "is": ["yes"]},
    "titled_by": "action",
    "carries": {
        "number": "number", "action": "action", "due": "due", "asked": "paper:questions.asked",
    },
}  # fmt: skip
QUESTIONS = [{"number": "1", "asked": "Who does it?"}, {"number": "2", "asked": "By when?"}]
ANSWERS = [
    {"number": "1", "said": "yes", "action": "Train two more", "due": "2026-12-31", "owner": "moz"},
    {"number": "2", "said": "no", "action": "Nothing"},
    {"number": "03", "said": "yes", "action": "", "owner": "undp"},
]
PAPER = {"questions": QUESTIONS, "answers": ANSWERS}


def of_one(**more: Any) -> dict[str, Any]:
    """The lifecycle of a case that a row opens: its facts are what the row carries."""
    raw = part(facts="paper")
    raw["documents"]["paper"]["sections"] = [
        {"key": "facts", "title": "Facts", "fields": [NUMBER, ACTION, DUE, ASKED]}
    ]
    return raw | more


def of_rows(**more: Any) -> dict[str, Any]:
    """The lifecycle of a case with questions and answers, of which each that says yes opens one."""
    raw = above(action={**OF_ROWS, **more})
    raw["documents"]["paper"] |= {
        "sections": [{"key": "all", "title": "All", "fields": [
            {"key": "questions", "label": "Questions", "kind": "lines", "columns": [NUMBER, ASKED]},
            {"key": "answers", "label": "Answers", "kind": "lines",
             "columns": [NUMBER, SAID, ACTION, DUE, OWNER]},
        ]}],
        "written_in": ["a", "b"],
        "checks": [ONCE],
    }  # fmt: skip
    return raw
