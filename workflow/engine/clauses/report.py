"""The report of a consultation as it begins: a line for each thing that was said, with what became of it."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy.orm import Session

from workflow.engine.answers.given import last_given
from workflow.engine.clauses.readings import ReadComment, comments_on
from workflow.engine.clauses.reservations import reservations
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.documents import DocumentKind, Field

# The table that is read by its name, and the columns that it has to have.
VIEWS, COLUMNS = "views", {"whose", "view", "answer"}


def views_heard(
    session: Session, definition: Definition, case_id: int, kind: DocumentKind
) -> Mapping[str, Any]:
    """What a report begins with that hears a consultation; nothing for other texts, and before anything was said.

    Each comment is a line, with the clause, the answer and the reservation where its party stands by it; who
    has a position alone is one where the table asks for positions.
    """
    table = next((each for each in kind.fields() if _is_table(each)), None)
    consulted = next((definition.rounds[key] for key in kind.hears), None)
    if table is None or consulted is None or not consulted.text:
        return {}
    text = definition.documents[consulted.text[0]]
    said = comments_on(session, definition, case_id, text)
    stands = _standing(session, definition, case_id)
    lines = [_line(each, stands.get(each.id, "")) for each in said]
    known = {column.key: column for column in table.columns}
    if "position" in known:
        commented = {each.party_key for each in said}
        lines += _positions(session, definition, case_id, consulted.key, commented)
    rows = [_fitting(line, known) for line in lines]
    return {VIEWS: rows} if rows else {}


def _is_table(field: Field) -> bool:
    columns = {column.key for column in field.columns}
    return field.kind == "lines" and field.key == VIEWS and columns >= COLUMNS


def _line(said: ReadComment, stands: str) -> dict[str, str]:
    return {
        "whose": said.party,
        "position": said.position,
        "clause": f"{said.clause} {said.title}".strip(),
        "view": said.words,
        "answer": said.reply.words if said.reply else "",
        "stands": stands,
    }


def _standing(session: Session, definition: Definition, case_id: int) -> Mapping[str, str]:
    """By comment: the words of whoever stands by it."""
    found = reservations(session, definition, case_id, lambda _: True)
    return {comment.id: each.words for each in found for comment in each.comments}


def _positions(
    session: Session, definition: Definition, case_id: int, key: str, but: set[str]
) -> Iterator[dict[str, str]]:
    """Who took a position and commented on nothing."""
    verdicts = definition.rounds[key].rule.verdicts
    for given in last_given(session, case_id, key):
        if given.party_key not in but:
            yield {"whose": given.party, "position": verdicts[given.verdict].label}


def _fitting(line: Mapping[str, str], known: Mapping[str, Field]) -> dict[str, str]:
    """The line in the columns that the table has, each no longer than it takes."""
    return {
        key: words[: known[key].longest] for key, words in line.items() if words and key in known
    }
