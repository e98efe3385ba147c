"""Signing: one verdict on one seat, with whatever it settles and moves."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy.orm import Session

from workflow.audit.events.seats import SignoffLate
from workflow.audit.trail import Written
from workflow.clock import written as as_written
from workflow.engine import notifications, round_state
from workflow.engine.benches import OfficeKey, appointment_at
from workflow.engine.cases.new_seats import ask_anew
from workflow.engine.checklists.signed import to_be_met
from workflow.engine.commands.command import (
    Found,
    Verb,
    as_asked,
    claimed_with,
    perform,
    receipt_of,
    refuse_impossible,
    seat_in,
    spec_of,
)
from workflow.engine.commands.receipts import Receipt
from workflow.engine.commands.settle_due import settle_due
from workflow.engine.documents.resubmission import came_back
from workflow.engine.engine import Engine
from workflow.engine.locked_rounds import SEATS, latest_of, rounds_in
from workflow.engine.permissions import participants
from workflow.engine.permissions.authority import (
    Authority,
    Read,
    SeatRequest,
    authority,
    the_roles,
    ways,
)
from workflow.engine.permissions.offices import LOCKED, held_in
from workflow.engine.permissions.prior_acts import DONE_IN_CASE, prior_acts
from workflow.engine.round_state import RoundState, SeatState
from workflow.engine.rounds import new_rounds, undelivered
from workflow.engine.rounds.answer import KnownAnswer, decide
from workflow.engine.rounds.decision import Decision, missing_for, verdict_of
from workflow.engine.rounds.questions import NOTHING, as_kept, eligible, unfit
from workflow.engine.rounds.signoffs import (
    mandate_of,
    named,
    principal_of,
    record_signoff,
    settle_if_decided,
)
from workflow.engine.unit_of_work import UnitOfWork, refuse_stale
from workflow.errors import NotAuthorised, NotFound
from workflow.lifecycles.definition import RoundSpec
from workflow.notices.vocabulary import Because, NoticeKind
from workflow.phrase import Either, phrase
from workflow.transactions.statements import Asked
from workflow.transactions.transaction import Transaction

# A silence, the seat of it that is answered, and when it ended.
Ended = tuple[RoundSpec, RoundState, SeatState, datetime]


def sign(engine: Engine, person: int, decision: Decision) -> Receipt:
    """Record one verdict on one seat, with whatever it settles and moves; answer with a receipt.

    Sent twice under one key it is recorded once and answered alike. Refuses a stranger, a stale
    page, a closed round, a conflict of duties, a missing reason or document; then nothing is
    written. An answer that comes after a silence has ended is recorded as late, without effect.
    """
    return perform(engine, person, decision, _SIGNING)


def sign_within(engine: Engine, session: Session, person: int, decision: Decision) -> Receipt:
    """The same in a transaction that is open already, beside what else stands and falls with it.

    Whoever opened it recognises a repeat, keeps the receipt and commits. A refusal takes back what time
    did as well: whoever looks next does it again.
    """
    decision = as_asked(engine, decision)
    under_way = Transaction.of(session)
    work, found = claimed_with(engine, under_way, person, decision, _SIGNING, keeps=False)
    refuse_stale(work.case, decision.seen_version)
    receipt = _signed(work, person, decision, found)
    work.close()
    return receipt


def _along(person: int, decision: Decision, today: date) -> Sequence[Asked]:
    """What decides an answer, asked along with the case's lock; `_known` reads it in this order."""
    return (
        (SEATS, {"ref": decision.ref, "key": decision.round}),
        (LOCKED, {"person": person, "today": today}),
        (DONE_IN_CASE, {"ref": decision.ref, "person": person}),
    )


def _signed(work: UnitOfWork, person: int, decision: Decision, found: Found) -> Receipt:
    spec = spec_of(work, decision.round)
    decision = as_kept(spec, decision)
    known = _known(work, person, decision, found)
    effects = decide(known, work.definition, decision)
    written = record_signoff(
        work, known.round_, known.seat, decision, effects.acting, checked=known.checklist
    )
    if known.back is not None:
        answered = known.back.said, effects.verdict.label[: notifications.LONGEST_OUTCOME]
        notifications.remarks_answered(work, spec, known.round_.id, written, answered)
    came = settle_if_decided(work, spec, effects.round_, effects.reading, others=known.others)
    if spec.questions and came.outcome is not None:
        _invite_anew(work, spec)
    if came.outcome is None and known.seat.status == "open" and not effects.round_.silent:
        _tell_whose_move(work, spec, known.round_.id, written)
    return receipt_of(
        work,
        written,
        effects.verdict.label,
        known.round_.content_digest,
        outcome=came.outcome or "",
        explanation=came.explanation,
    )


def _invite_anew(work: UnitOfWork, spec: RoundSpec) -> None:
    """Ask besides, in rounds that are open, whomever this answer added, and no longer whom it left out."""
    rounds = work.definition.rounds.values()
    composed = [each for each in rounds if spec.key in each.invited_by]
    if composed:
        ask_anew(work, {seat.of for each in composed for seat in each.rule.seats})


def _tell_whose_move(work: UnitOfWork, spec: RoundSpec, round_id: int, written: Written) -> None:
    """Tell those who may go on where everybody has answered a round and nothing is settled by that."""
    today = work.now.date()
    for _, seat in work.definition.steps_after(spec.key, work.case.state):
        places = participants.asked_places(work.session, work.case.id, seat, today)
        parties = sorted({place.party_id for place in places})
        told = notifications.holders_at(
            work.definition, seat.role, parties, work.now, Because.HOLDER
        )
        notifications.tell(work, spec, NoticeKind.MOVE_FOLLOWS, round_id, written, told)


def _known(work: UnitOfWork, person: int, decision: Decision, found: Found) -> KnownAnswer:
    """Everything that decides the answer: what was found along with the lock, and what is rare."""
    rows, seats, held, done = found
    spec, definition = work.definition.rounds[decision.round], work.definition
    read = Read(held_in(held), prior_acts(done))
    rounds = rounds_in(rows, seats)
    round_, seat = _place(work, spec, decision, latest_of(rounds, spec.key), read.offices)
    verdict = spec.rule.verdicts.get(decision.verdict)
    # Only under a verdict that needs documents is a text sent or anything missing.
    signs = verdict is not None and bool(verdict.needs)
    asked = SeatRequest(spec, round_, seat.id, seat.place, work.case.state, work.case.footing)
    return KnownAnswer(
        person=person,
        round_=round_,
        seat=seat,
        others=tuple(each for each in rounds if each.status == "open" and each.id != round_.id),
        now=work.now,
        ways=ways(work, asked, person, read),
        missing=missing_for(work.session, work.case.id, definition, verdict, round_.opened_at)
        if verdict and signs
        else (),
        eligible=eligible(work, spec, decision, verdict, seat.party_key),
        unfit=unfit(work, spec, decision.answers) if decision.answers else NOTHING,
        back=came_back(work.session, definition, work.case.id, spec, verdict) if signs else None,
        checklist=to_be_met(
            work.session, (work.case.id, definition, spec), verdict, person, work.now.date()
        )
        if verdict and spec.checklist
        else (),
    )


def _place(
    work: UnitOfWork,
    spec: RoundSpec,
    decision: Decision,
    latest: RoundState | None,
    held: Mapping[OfficeKey, int],
) -> tuple[RoundState, SeatState]:
    """The seat to answer: the one named, or the person's own in an initiative opened by this act."""
    if decision.seat is not None:
        return seat_in(latest, decision.seat)
    if not spec.one_act:
        raise NotFound(phrase("Say which seat you answer."))
    refuse_impossible(work, spec)
    round_ = new_rounds.open_round(work, spec)
    seat = next((c for c in round_.seats if appointment_at(held, c) is not None), None)
    if seat is None:
        labels = [work.definition.roles[each.role].label for each in spec.rule.seats]
        raise NotAuthorised(
            phrase(
                "Only %(roles)s may do this; you do not hold that office today.",
                roles=Either(the_roles(labels)),
            )
        )
    return round_, seat


def late_receipt(work: UnitOfWork, person: int, decision: Decision) -> Receipt | None:
    """The receipt of an answer that came too late for its silence; nothing if it did not.

    What time does by itself is done before. A silence that came to nothing at its end, since nobody
    was left whose objection could count, is read anew: then it may be settled, or put off.
    """
    ended = _ended(work, decision)
    if ended is None:
        return None
    spec, round_, seat, due = ended
    verdict = verdict_of(work.definition, spec, decision, seat)
    acting = _permitted(work, spec, round_, seat, person)
    if round_.status == "open":
        if undelivered.react(work.of_nobody(), spec, round_):
            return None
        settle_due(work.of_nobody(), spec, round_)
        round_ = round_state.by_id(work.session, round_.id)
    written = _note_late(work, decision, ended, acting)
    return Receipt(
        ref=work.case.ref,
        seq=written.seq,
        hash=written.hash.hex(),
        verdict=verdict.label,
        content=round_.content_digest,
        outcome=round_.outcome,
        state=work.case.state,
        explanation=f"This came at {as_written(written.at)}, after the silence had ended at "
        f"{as_written(due)}: it is recorded as late and has no effect. {round_.explanation}",
    )


def _note_late(work: UnitOfWork, decision: Decision, ended: Ended, acting: Authority) -> Written:
    """Record that an answer came, and that it changes nothing."""
    spec, round_, seat, due = ended
    return work.note(
        SignoffLate(
            round=spec.key,
            turn=round_.turn,
            seat=named(seat),
            mandate=mandate_of(acting),
            principal=principal_of(acting),
            verdict=decision.verdict,
            content=round_.content_digest,
            due=due,
            language=decision.language,
            reason=decision.reason,
        ),
        role=seat.role,
        party=seat.party_key,
        appointment=acting.appointment,
    )


def _ended(work: UnitOfWork, decision: Decision) -> Ended | None:
    """The silence that this answers with its end, if time ended it before the answer came."""
    spec = work.definition.rounds.get(decision.round)
    if spec is None or spec.rule.silence is None or decision.seat is None:
        return None
    round_ = round_state.latest(work.session, work.case.id, spec.key)
    seat = round_.seat(decision.seat) if round_ else None
    due = round_.due_at if round_ else None
    if round_ is None or seat is None or due is None or not round_.time_is_up(work.now):
        return None
    by_time = round_.status == "settled" and round_.effective_at == due
    return (spec, round_, seat, due) if by_time or round_.status == "open" else None


def _permitted(
    work: UnitOfWork, spec: RoundSpec, round_: RoundState, seat: SeatState, person: int
) -> Authority:
    """The authority of somebody who might have answered in time; raises why not otherwise."""
    place = seat.place._replace(status="open" if seat.status == "overtaken" else seat.status)
    in_time = round_._replace(status="open")
    return authority(
        work, SeatRequest(spec, in_time, seat.id, place, round_.state, spec.footing), person
    )


_SIGNING: Verb[Decision] = Verb(
    _signed, about=lambda decision: decision.round, along=_along, late=late_receipt
)
