"""The rows of one case as the tables hold them, called as the trail calls them."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import (
    BindParameter,
    CompoundSelect,
    Connection,
    Select,
    TableClause,
    and_,
    bindparam,
    select,
    union_all,
)

from workflow.audit import canonical
from workflow.audit.events.payload import opaque
from workflow.audit.verification.actual_bodies import bodies, body_named
from workflow.audit.verification.actual_calendars import calendars, wordings
from workflow.audit.verification.house.acts import acts
from workflow.audit.verification.house.frameworks import frameworks
from workflow.audit.verification.house.groupings import groupings
from workflow.audit.verification.house.lifecycles import lifecycles
from workflow.audit.verification.house.offices import offices
from workflow.audit.verification.house.parties import parties
from workflow.audit.verification.house.reporting import reporting
from workflow.audit.verification.house.sanctions import sanctions
from workflow.audit.verification.house.sharing import sharing, used_in, uses_by
from workflow.audit.verification.knowledge.lessons import weighings
from workflow.audit.verification.labels import (
    CASE,
    RECORD,
    Things,
    answer_name,
    attachment_name,
    child_name,
    claim_name,
    declaration_name,
    document_name,
    lifting_name,
    parties_name,
    review_name,
    round_name,
    seat_name,
)
from workflow.audit.verification.money.movements import movements, rates
from workflow.audit.verification.money.promises import promises
from workflow.audit.verification.records.messages import message_in, messages_by
from workflow.audit.verification.tables import (
    ATTACHMENTS,
    BODIES,
    CASE_PARTIES,
    CASES,
    CHILDREN,
    CLAIMS,
    DECLARATIONS,
    DEFINITIONS,
    DOCUMENTS,
    IMPORTED,
    LIFTED,
    PARTIES,
    REVIEWS,
    ROUNDS,
    SEATS,
    SIGN_OFFS,
)
from workflow.vocabulary import REGISTER

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
_PARENT, _OWN = CASES.alias(), CHILDREN.alias("own")
_CASE = (
    select(
        *(CASES, DEFINITIONS.c.digest.label("definition"), _PARENT.c.ref.label("parent")),
        *(_OWN.c.ended_at, _OWN.c.heard_at),
    )
    .outerjoin(_OWN, _OWN.c.case_id == CASES.c.id)
    .outerjoin(DEFINITIONS, DEFINITIONS.c.id == CASES.c.definition_id)
    .outerjoin(_PARENT, _PARENT.c.id == CASES.c.parent_id)
    .where(CASES.c.id == _OF)
)
_CHILD = (
    select(
        CHILDREN, CASES.c.ref, CASES.c.parent_id.label("stands_under"), PARTIES.c.key.label("party")
    )
    .select_from(CHILDREN.outerjoin(CASES, CASES.c.id == CHILDREN.c.case_id))
    .outerjoin(PARTIES, PARTIES.c.id == CHILDREN.c.party_id)
    .where(CHILDREN.c.parent_id == _OF)
)
_ROUND = select(ROUNDS).where(ROUNDS.c.case_id == _OF)
_SEAT = (
    select(
        *_PLACE,
        SEATS.c.round_key.label("asked_in"),
        SEATS.c.part,
        SEATS.c.status,
        SEATS.c.due_at,
        body_named(SEATS.c.bench_id),
    )
    .select_from(SEATS.outerjoin(ROUNDS, _ITS_ROUND))
    .outerjoin(BODIES, BODIES.c.id == SEATS.c.bench_id)
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


def _at_seats(table: TableClause) -> Select[Any]:
    """The rows of a table that are about one seat each."""
    of_its_case = and_(SEATS.c.id == table.c.seat_id, SEATS.c.case_id == table.c.case_id)
    return (
        select(*_PLACE, table)
        .select_from(table.outerjoin(SEATS, of_its_case).outerjoin(ROUNDS, _ITS_ROUND))
        .outerjoin(PARTIES, PARTIES.c.id == SEATS.c.party_id)
        .where(table.c.case_id == _OF)
    )


_CLAIM, _DECLARATION, _LIFTED = _at_seats(CLAIMS), _at_seats(DECLARATIONS), _at_seats(LIFTED)
_REVIEW = union_all(
    select(REVIEWS).where(REVIEWS.c.case_id == _OF), uses_by(_OF), *messages_by(_OF)
)
_IMPORTED = select(IMPORTED).where(IMPORTED.c.case_id == _OF)


def found(connection: Connection, case_id: int) -> Things:
    """Every row of the case, with what the bytes it carries hash to."""
    things = {name: row for read in _READERS for name, row in read(connection, case_id)}
    if things.get(CASE, {}).get("ref") == REGISTER:
        things |= {name: row for read in _OF_THE_HOUSE for name, row in read(connection)}
    for capacity, party in connection.execute(_PARTY, {"case_id": case_id}):
        things.setdefault(parties_name(capacity), {"parties": set()})["parties"].add(party)
    return things


_Named = Iterator[tuple[str, dict[str, Any]]]


def _rows(
    connection: Connection, of: Select[Any] | CompoundSelect[Any], case_id: int
) -> Iterator[dict[str, Any]]:
    for row in connection.execute(of, {"case_id": case_id}).mappings():
        yield dict(row)


def _case(connection: Connection, case_id: int) -> _Named:
    for row in _rows(connection, _CASE, case_id):
        yield CASE, row | {"parent": row["parent"] or row["parent_id"]}


def _children(connection: Connection, case_id: int) -> _Named:
    for row in _rows(connection, _CHILD, case_id):
        told = {"party": row["party"] or row["party_id"], "number": str(row["number"])}
        yield child_name(row["ref"] or row["case_id"]), row | told | {"case_id": row["parent_id"]}


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


def _claims(connection: Connection, case_id: int) -> _Named:
    for row in _rows(connection, _CLAIM, case_id):
        told = {"seat": _seat(row), "person": opaque(row["person_id"])}
        yield claim_name(row["event_seq"]), row | told


def _declarations(connection: Connection, case_id: int) -> _Named:
    for row in _rows(connection, _DECLARATION, case_id):
        yield declaration_name(row["event_seq"]), row | {"seat": _seat(row)}


def _lifted(connection: Connection, case_id: int) -> _Named:
    for row in _rows(connection, _LIFTED, case_id):
        told = {"seat": _seat(row), "person": opaque(row["person_id"])}
        yield lifting_name(row["event_seq"]), row | told


def _documents(connection: Connection, case_id: int) -> _Named:
    for row in _rows(connection, _DOCUMENT, case_id):
        row["body"] = canonical.digest(row["body"])
        yield document_name(row["kind"], row["version"]), row


def _attachments(connection: Connection, case_id: int) -> _Named:
    for row in _rows(connection, _ATTACHMENT, case_id):
        row["dated"] = row["dated"] and row["dated"].isoformat()
        yield attachment_name(row["event_seq"]), row


def _imported(connection: Connection, case_id: int) -> _Named:
    for row in _rows(connection, _IMPORTED, case_id):
        row["row"] = canonical.digest(canonical.write(row["row"]))
        yield RECORD, row


def _reviews(connection: Connection, case_id: int) -> _Named:
    """The marks of auditors, what the case uses and what was said in its discussion, asked for in one."""
    for row in _rows(connection, _REVIEW, case_id):
        yield used_in(row) or message_in(row) or (review_name(row["event_seq"]), row)


_READERS = (
    _case,
    _children,
    _rounds,
    _seats,
    _sign_offs,
    _claims,
    _declarations,
    _lifted,
    _documents,
    _attachments,
    _imported,
    _reviews,
    movements,
    promises,
    weighings,
)
# What only the register tells of, by numbers and keys of its own; of no other case it is asked.
_OF_THE_HOUSE = (
    offices,
    bodies,
    calendars,
    wordings,
    parties,
    frameworks,
    groupings,
    acts,
    lifecycles,
    rates,
    sanctions,
    sharing,
    reporting,
)
