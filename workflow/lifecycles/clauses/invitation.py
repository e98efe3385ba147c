"""The invitation to a round as somebody composes it in an earlier one: countries added and left out, pure."""

from collections.abc import Iterator, Mapping
from typing import Any

from workflow.lifecycles.documents import Field

# The question under which an invitation is composed, its columns, and what may be done to a country.
INVITATION = "invitation"
COLUMNS = {"country": "choice", "change": "choice", "reason": "line"}
ADD, DROP = "add", "drop"


def changes_in(answers: Mapping[str, Any]) -> Iterator[Mapping[str, str]]:
    """The changes that an answer makes: whole lines alone."""
    rows = answers.get(INVITATION)
    for row in rows if isinstance(rows, list) else ():
        if all(row.get(each) for each in COLUMNS):
            yield {each: str(row[each]) for each in COLUMNS}


def composes(question: Field) -> bool:
    """Whether an invitation can be composed in a question: a table of countries, each added or dropped with a reason."""
    columns = {each.key: each for each in question.columns}
    shaped = {key: each.kind for key, each in columns.items()} == COLUMNS
    if not shaped or not all(each.required for each in columns.values()):
        return False
    offered = {value for value, _ in columns["change"].options}
    return columns["country"].vocabulary == "countries" and offered == {ADD, DROP}
