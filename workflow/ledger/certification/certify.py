"""Certifying money: a second person says that a recorded movement counts, or that it does not."""

from dataclasses import dataclass, replace

from sqlalchemy import insert
from sqlalchemy.orm import Session

from workflow.audit.events.money.movements import MoneyCertified, MoneyDeclined
from workflow.engine.commands.command import CaseCommand, execute, reason_of, receipt_of
from workflow.engine.commands.receipts import Receipt
from workflow.engine.engine import Engine
from workflow.engine.permissions import visibility
from workflow.engine.unit_of_work import UnitOfWork
from workflow.errors import NotFound, Stale
from workflow.ledger import books, shares
from workflow.ledger.balances import short_of
from workflow.ledger.books import BookedMovement
from workflow.ledger.certification.envelope import refuse_beyond_envelope
from workflow.ledger.certification.notices import told_declined
from workflow.ledger.duties import money_duties
from workflow.ledger.models import MoneyVerdict
from workflow.ledger.promises.payments import follow
from workflow.ledger.wishes import overdrawn, refused_at
from workflow.phrase import phrase


@dataclass(frozen=True, slots=True)
class CertifyMovement(CaseCommand):
    """The command about a movement that waits, by its number: it counts, or with a reason it does not."""

    what = "certify money"

    ref: str
    movement: int
    certified: bool
    seen_version: int
    key: str
    reason: str = ""


def certify(engine: Engine, person: int, command: CertifyMovement) -> Receipt:
    """Say whether a movement that somebody else recorded counts.

    Refuses whoever recorded it, one that was decided on, a declining without a reason, and what would
    take more from an account than what is certified by then brought to it.
    """
    return execute(engine, person, command, _certified)


def _certified(work: UnitOfWork, person: int, command: CertifyMovement) -> Receipt:
    visibility.visible_case(work.session, work.case.ref, person, work.now)
    kept = books.recorded(work.session, work.case.id)
    found = next((each for each in kept if each.movement.number == command.movement), None)
    if found is None:
        raise NotFound(phrase("There is no movement %(number)s here.", number=command.movement))
    duties = money_duties(work.session, work.case, person, work.now.date(), locked=True)
    acting = duties.certifying(person, found.recorded_by)
    if found.outcome:
        raise Stale(phrase("Somebody has decided on this movement already."))
    if command.certified:
        refuse_beyond_envelope(work.session, work.case.id, found.movement)
    what = replace(
        _told(work.session, kept, found, command),
        mandate=acting.mandate,
        principal=acting.principal,
    )
    written = work.note(what, role=acting.role, party=acting.party, appointment=acting.appointment)
    outcome = books.CERTIFIED if command.certified else books.DECLINED
    work.session.execute(
        insert(MoneyVerdict).values(
            movement_id=found.id,
            case_id=work.case.id,
            outcome=outcome,
            person_id=person,
            decided_at=written.at,
            event_seq=written.seq,
        )
    )
    if command.certified:
        follow(work.session, work.case.id)
        shares.follow(work.session, work.case.id)
    else:
        told_declined(work, found.movement, found.recorded_by, written)
    return receipt_of(work, written, outcome, str(command.movement))


def _told(
    session: Session,
    kept: tuple[BookedMovement, ...],
    found: BookedMovement,
    command: CertifyMovement,
) -> MoneyCertified | MoneyDeclined:
    if not command.certified:
        why = reason_of(command.reason, phrase("Whoever recorded it has to know why."))
        return MoneyDeclined(movement=command.movement, reason=why)
    movement = found.movement
    short = short_of(books.certified(kept), movement)
    if short is not None:
        raise refused_at("movement", overdrawn(session, movement, *short))
    return MoneyCertified(movement=command.movement)
