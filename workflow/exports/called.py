"""What the keys in a table are called, so that the words stand beside each of them."""

from collections.abc import Mapping
from typing import Any

from workflow.audit.kinds import kind_called
from workflow.exports.traces import Trace
from workflow.lifecycles import next_steps
from workflow.lifecycles.definition import Definition

# Keys that programs count by, each with a column of words beside it.
KEYED = (
    "lifecycle", "type", "role", "party", "round", "seat_role", "seat_party", "verdict", "outcome",
    "state_before", "state_after", "stage", "document",
)  # fmt: skip
IN_WORDS = tuple(f"{key}_in_words" for key in KEYED)


def in_words(trace: Trace, row: Mapping[str, Any]) -> dict[str, str]:
    """The words beside the keys of one row; nothing where the key is not known any more."""
    parties = trace.parties
    found = {
        "type": str(kind_called(str(row["type"]))),
        "stage": str(row.get("stage") or "").capitalize(),
        "party": parties.get(row["party"], ""),
        "seat_party": parties.get(row["seat_party"], ""),
    }
    if trace.on is not None:
        found |= _of_lifecycle(trace.on, row)
    return {f"{key}_in_words": words for key, words in found.items() if row.get(key)}


def _of_lifecycle(definition: Definition, row: Mapping[str, Any]) -> dict[str, str]:
    roles, states = definition.roles, definition.states
    kind, spec = definition.documents.get(row["document"]), definition.rounds.get(row["round"])
    verdict = spec.rule.verdicts.get(row["verdict"]) if spec else None
    labels = {
        key: states[row[key]].label for key in ("state_before", "state_after") if row[key] in states
    }
    return labels | {
        "lifecycle": definition.title,
        "role": roles[row["role"]].label if row["role"] in roles else "",
        "seat_role": roles[row["seat_role"]].label if row["seat_role"] in roles else "",
        "round": spec.label if spec else "",
        "verdict": verdict.label if verdict else "",
        "outcome": next_steps.said(spec, row["outcome"]) if spec and row["outcome"] else "",
        "document": kind.label if kind else "",
    }
