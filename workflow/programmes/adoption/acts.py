"""What is done to one record by its name: written, put to others, confirmed, kept, or ended."""

from collections.abc import Mapping
from uuid import uuid4

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflow.engine import commands, round_state
from workflow.engine.benches import appointment_at
from workflow.engine.commands import OpenRound
from workflow.engine.commands.file_document import Filing
from workflow.engine.commands.receipts import Receipt
from workflow.engine.document_models import Document
from workflow.engine.engine import Engine
from workflow.engine.permissions.offices import offices
from workflow.engine.rounds.decision import Decision
from workflow.errors import Invalid, NotAuthorised
from workflow.phrase import phrase
from workflow.programmes import commands as programmes
from workflow.programmes.adoption import merger
from workflow.programmes.adoption.confirmations import CONFIRMING
from workflow.programmes.adoption.merger import DeclineMerger, LetGo, MergeRecord, TakeIn
from workflow.programmes.documents.source_row import begun
from workflow.programmes.documents.versions import content_of
from workflow.programmes.record_lines import FIELDS, RECORD
from workflow.programmes.visible_case import VisibleCase, visible_case

EVIDENCE = "ending_evidence"
Proposals = Mapping[str, tuple[str, str]]


def new_key() -> str:
    """What a request is called that nobody sends twice."""
    return uuid4().hex


def write_record(engine: Engine, person: int, ref: str, why: str, proposals: Proposals) -> int:
    """File the adoption record: its source, and beside a field what is proposed on what evidence."""
    unknown = proposals.keys() - set(FIELDS.values())
    if unknown:
        raise Invalid(
            phrase(
                "No field of a record is called %(unknown)s. They are: %(known)s.",
                unknown=", ".join(sorted(unknown)),
                known=", ".join(FIELDS.values()),
            )
        )
    with engine.reading() as session:
        case = visible_case(session, engine, person, ref)
        version = _last(session, case, RECORD)
        content = content_of(session, case, RECORD, version) or begun(session, case.id, RECORD)
    lines = [_beside(line, proposals) for line in content.get("fields", ())]
    filing = Filing(ref, RECORD, {"why": why or content.get("why", ""), "fields": lines}, version)
    return programmes.save(engine, person, filing)


def _beside(line: Mapping[str, str], proposals: Proposals) -> dict[str, str]:
    proposed, evidence = proposals.get(line["field"], ("", ""))
    return {**line, "proposed": proposed, "evidence": evidence} if proposed else dict(line)


def file_evidence(engine: Engine, person: int, ref: str, ended_on: str, evidence: str) -> int:
    """File when a programme ended elsewhere, and where that is said."""
    with engine.reading() as session:
        version = _last(session, visible_case(session, engine, person, ref), EVIDENCE)
    content = {"ended_on": ended_on, "evidence": evidence}
    return programmes.save(engine, person, Filing(ref, EVIDENCE, content, version))


def put(engine: Engine, person: int, ref: str, round_key: str, reason: str) -> Receipt:
    """Put a record to those who confirm it; refuses one that is not whole."""
    version = _seen(engine, person, ref)
    return commands.initiate(engine, person, OpenRound(ref, round_key, reason, version, new_key()))


def decide(engine: Engine, person: int, ref: str, act: tuple[str, str], reason: str) -> Receipt:
    """One act that opens and settles a round: kept as a record only, brought back, ended elsewhere."""
    round_key, verdict = act
    version = _seen(engine, person, ref)
    decision = Decision(ref, round_key, verdict, version, new_key(), reason=reason)
    return commands.sign(engine, person, decision)


def merged(engine: Engine, person: int, ref: str, into: str, reason: str) -> Receipt:
    """Propose that a record come under another programme of the same effort."""
    command = MergeRecord(ref, into, _seen(engine, person, ref), new_key(), reason)
    return merger.propose(engine, person, command)


def taken_in(engine: Engine, person: int, ref: str, into: str, reason: str = "") -> Receipt:
    """Confirm what somebody else proposed: the record is kept under the programme."""
    command = TakeIn(into, ref, _seen(engine, person, into), new_key(), reason)
    return merger.take_in(engine, person, command)


def not_merged(engine: Engine, person: int, ref: str, reason: str) -> Receipt:
    """Decline what was proposed of a record."""
    command = DeclineMerger(ref, _seen(engine, person, ref), new_key(), reason)
    return merger.decline(engine, person, command)


def let_go(engine: Engine, person: int, ref: str, into: str, reason: str) -> Receipt:
    """Have a record that was taken in live on by itself again."""
    command = LetGo(into, ref, _seen(engine, person, into), new_key(), reason)
    return merger.let_go(engine, person, command)


def confirm(engine: Engine, person: int, ref: str, verdict: str, reason: str) -> Receipt:
    """Confirm or dispute the record on the person's own seat; refuses whoever is not asked."""
    with engine.reading() as session:
        case = visible_case(session, engine, person, ref)
        held = offices(session, person, case.today)
        mine = [
            (round_.key, seat.id)
            for round_ in round_state.open_rounds(session, case.id)
            for seat in round_.seats
            if round_.key in CONFIRMING and appointment_at(held, seat) is not None
        ]
    if not mine:
        raise NotAuthorised(phrase("Nobody asks you to confirm this record."))
    key, seat = mine[0]
    decision = Decision(ref, key, verdict, case.version, new_key(), seat, reason)
    return commands.sign(engine, person, decision)


def _seen(engine: Engine, person: int, ref: str) -> int:
    with engine.reading() as session:
        return visible_case(session, engine, person, ref).version


def _last(session: Session, case: VisibleCase, kind: str) -> int:
    newest = select(func.max(Document.version)).where(Document.case_id == case.id)
    return session.scalar(newest.where(Document.kind == kind)) or 0
