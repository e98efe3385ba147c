"""The report of a consultation as it begins: a line for each thing that was said, with what became of it."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.engine.clauses.readings import ReadComment, comments_on
from workflow.engine.clauses.reservations import reservations
from workflow.engine.documents.conditions import latest_turn
from workflow.engine.models import Seat, SignOff
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.documents import DocumentKind, Field
from workflow.people.models import Party

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
    rows = session.execute(
        select(Party.key, Party.name, SignOff.verdict)
        .join(Seat, Seat.party_id == Party.id)
        .join(SignOff, SignOff.seat_id == Seat.id)
        .where(SignOff.round_id == latest_turn(case_id, key), SignOff.standing)
        .order_by(Seat.id)
    )
    verdicts = definition.rounds[key].rule.verdicts
    for party, name, verdict in rows:
        if party not in but:
            yield {"whose": name, "position": verdicts[verdict].label}


def _fitting(line: Mapping[str, str], known: Mapping[str, Field]) -> dict[str, str]:
    """The line in the columns that the table has, each no longer than it takes."""
    return {
        key: words[: known[key].longest] for key, words in line.items() if words and key in known
    }
