"""The rows of one case as the tables hold them, called as the trail calls them.

The tables are named here once more, and not imported: they belong to rooms above this one, and
what checks them should not depend on what writes them.
"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import (
    JSON,
    BindParameter,
    Boolean,
    Connection,
    Integer,
    LargeBinary,
    Select,
    String,
    TableClause,
    and_,
    bindparam,
    column,
    select,
    table,
)
from sqlalchemy.types import TypeEngine

from workflow.audit import canonical
from workflow.audit.things import (
    CASE,
    Things,
    answer_name,
    attachment_name,
    document_name,
    parties_name,
    round_name,
    seat_name,
)
from workflow.database import Instant


def _table(name: str, **columns: type[TypeEngine[Any]]) -> TableClause:
    return table(name, *(column(key, kind) for key, kind in columns.items()))


CASES = _table(
    "lifecycle_case", id=Integer, ref=String, subject=String, definition_id=Integer,
    state=String, stage=String, version=Integer, head_seq=Integer, head_hash=LargeBinary,
)  # fmt: skip
DEFINITIONS = _table(
    "definition_version", id=Integer, key=String, version=String, digest=String, body=LargeBinary
)
PARTIES = _table("party", id=Integer, key=String)
CASE_PARTIES = _table("case_party", case_id=Integer, capacity=String, party_id=Integer)
DOCUMENTS = _table(
    "document", case_id=Integer, kind=String, version=Integer, body=LargeBinary, digest=String,
    person_id=Integer, filed_at=Instant, event_seq=Integer,
)  # fmt: skip
ATTACHMENTS = _table(
    "attachment", case_id=Integer, kind=String, filename=String, size=Integer, digest=String,
    person_id=Integer, filed_at=Instant, removed_at=Instant, event_seq=Integer,
)  # fmt: skip
ROUNDS = _table(
    "round", id=Integer, case_id=Integer, key=String, turn=Integer, state=String, status=String,
    opened_at=Instant, due_at=Instant, content_digest=String, content=JSON, outcome=String,
    explanation=String, settled_at=Instant, effective_at=Instant,
)  # fmt: skip
SEATS = _table(
    "seat", id=Integer, round_id=Integer, case_id=Integer, role=String, party_id=Integer,
    part=String, category=String, status=String, due_at=Instant,
)  # fmt: skip
SIGN_OFFS = _table(
    "sign_off", case_id=Integer, round_id=Integer, seat_id=Integer, turn=Integer,
    person_id=Integer, appointment_id=Integer, verdict=String, reason=String, answers=JSON,
    content_digest=String, at=Instant, event_seq=Integer, event_hash=LargeBinary,
    standing=Boolean, ended_as=String, ended_at=Instant,
)  # fmt: skip
# Every table whose rows belong to a case and are told on its trail.
OF_A_CASE = (DOCUMENTS, ATTACHMENTS, ROUNDS, SEATS, SIGN_OFFS, CASE_PARTIES)

_OF: BindParameter[int] = bindparam("case_id")
_ITS_ROUND = and_(ROUNDS.c.id == SEATS.c.round_id, ROUNDS.c.case_id == SEATS.c.case_id)
_ITS_SEAT = and_(
    SEATS.c.id == SIGN_OFFS.c.seat_id,
    SEATS.c.round_id == SIGN_OFFS.c.round_id,
    SEATS.c.case_id == SIGN_OFFS.c.case_id,
)
_PLACE = (
    ROUNDS.c.key.label("round_key"),
    ROUNDS.c.turn.label("round_turn"),
    SEATS.c.role,
    PARTIES.c.key.label("party"),
    SEATS.c.category,
)
_CASE = (
    select(CASES, DEFINITIONS.c.digest.label("definition"))
    .outerjoin(DEFINITIONS, DEFINITIONS.c.id == CASES.c.definition_id)
    .where(CASES.c.id == _OF)
)
_ROUND = select(ROUNDS).where(ROUNDS.c.case_id == _OF)
_SEAT = (
    select(*_PLACE, SEATS.c.part, SEATS.c.status, SEATS.c.due_at)
    .select_from(SEATS.outerjoin(ROUNDS, _ITS_ROUND))
    .outerjoin(PARTIES, PARTIES.c.id == SEATS.c.party_id)
    .where(SEATS.c.case_id == _OF)
)
_SIGN_OFF = (
    select(*_PLACE, SIGN_OFFS)
    .select_from(SIGN_OFFS.outerjoin(SEATS, _ITS_SEAT).outerjoin(ROUNDS, _ITS_ROUND))
    .outerjoin(PARTIES, PARTIES.c.id == SEATS.c.party_id)
    .where(SIGN_OFFS.c.case_id == _OF)
)
_DOCUMENT = select(DOCUMENTS).where(DOCUMENTS.c.case_id == _OF)
_ATTACHMENT = select(ATTACHMENTS).where(ATTACHMENTS.c.case_id == _OF)
_PARTY = (
    select(CASE_PARTIES.c.capacity, PARTIES.c.key)
    .join(PARTIES, PARTIES.c.id == CASE_PARTIES.c.party_id)
    .where(CASE_PARTIES.c.case_id == _OF)
)


def found(connection: Connection, case_id: int) -> Things:
    """Every row of the case, with what the bytes it carries hash to."""
    things = {name: row for read in _READERS for name, row in read(connection, case_id)}
    for capacity, party in connection.execute(_PARTY, {"case_id": case_id}):
        things.setdefault(parties_name(capacity), {"parties": set()})["parties"].add(party)
    return things


_Named = Iterator[tuple[str, dict[str, Any]]]


def _rows(connection: Connection, of: Select[Any], case_id: int) -> Iterator[dict[str, Any]]:
    for row in connection.execute(of, {"case_id": case_id}).mappings():
        yield dict(row)


def _case(connection: Connection, case_id: int) -> _Named:
    for row in _rows(connection, _CASE, case_id):
        yield CASE, row


def _rounds(connection: Connection, case_id: int) -> _Named:
    for row in _rows(connection, _ROUND, case_id):
        row["content"] = canonical.digest(canonical.write(row["content"]))
        yield round_name(row["key"], row["turn"]), row


def _seats(connection: Connection, case_id: int) -> _Named:
    for row in _rows(connection, _SEAT, case_id):
        yield _seat(row), row


def _sign_offs(connection: Connection, case_id: int) -> _Named:
    for row in _rows(connection, _SIGN_OFF, case_id):
        row["answers"] = canonical.digest(canonical.write(row["answers"]))
        yield answer_name(_seat(row), row["turn"]), row


def _seat(row: dict[str, Any]) -> str:
    of_round = round_name(row["round_key"], row["round_turn"])
    return seat_name(of_round, row["role"], row["party"], row["category"])


def _documents(connection: Connection, case_id: int) -> _Named:
    for row in _rows(connection, _DOCUMENT, case_id):
        row["body"] = canonical.digest(row["body"])
        yield document_name(row["kind"], row["version"]), row


def _attachments(connection: Connection, case_id: int) -> _Named:
    for row in _rows(connection, _ATTACHMENT, case_id):
        yield attachment_name(row["event_seq"]), row


_READERS = (_case, _rounds, _seats, _sign_offs, _documents, _attachments)
