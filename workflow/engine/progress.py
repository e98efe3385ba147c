"""How a case moves: entering a state, opening rounds, settling them, and closing the others."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from workflow.clock import written as as_written
from workflow.engine import content, machine, owing, pausing, reminders, rules, seating, sittings
from workflow.engine.calendar import due
from workflow.engine.definition import Appoints, Opens, RoundSpec
from workflow.engine.ledger import Ledger
from workflow.engine.records import CaseParty, Round, Seat, SignOff
from workflow.engine.sittings import PAUSED_BY_STATE, Sitting
from workflow.people.records import Party
from workflow.vocabulary import EventType


def enter(
    ledger: Ledger,
    state: str,
    *,
    cause: str = "",
    outcome: str = "",
    effective_at: datetime | None = None,
    goes_on: bool = False,
) -> None:
    """Put the case into `state`, write it on the trail, and open the rounds that stand there.

    Where the case `goes_on` as it was before a pause, only what the pause overtook opens anew.
    """
    case, definition = ledger.case, ledger.definition
    before = case.state
    case.state, case.stage = state, definition.states[state].stage.value
    case.entered_at = effective_at or ledger.now
    ledger.note(
        EventType.STATE_ENTERED,
        {
            "from": before,
            "to": state,
            "stage": case.stage,
            "round": cause,
            "outcome": outcome,
            "version": ledger.next_version(),
        },
        effective_at=effective_at,
    )
    for spec in definition.rounds_in(state):
        if spec.opens is Opens.ON_ENTRY and (not goes_on or before in spec.states):
            open_round(ledger, spec)


def open_round(ledger: Ledger, spec: RoundSpec, *, reason: str = "") -> Sitting:
    """Open `spec` on the case with its seats frozen and its content bound; returns how it sits."""
    session, case, now = ledger.session, ledger.case, ledger.now
    placings, incidents = seating.seat_all(session, case.id, spec, now.date())
    bound, digest = content.under_decision(session, case.id, spec.text)
    turn = 1 + (
        session.scalar(
            select(func.max(Round.turn)).where(Round.case_id == case.id, Round.key == spec.key)
        )
        or 0
    )
    due_at = due(spec.within, now)
    round_id = session.execute(
        insert(Round)
        .values(
            case_id=case.id,
            key=spec.key,
            turn=turn,
            state=case.state,
            status="open",
            opened_at=now,
            due_at=due_at,
            content_digest=digest,
            content=bound,
            explanation=" ".join(incidents),
        )
        .returning(Round.id)
    ).scalar_one()
    _seat(session, round_id, case.id, placings, now, due_at)
    sitting = sittings.by_id(session, round_id)
    written = ledger.note(
        EventType.ROUND_OPENED,
        {
            "round": spec.key,
            "turn": turn,
            "state": case.state,
            "due": as_written(due_at) if due_at else None,
            "content": digest,
            "seats": [
                {"role": c.role, "party": c.party_key, "part": c.part.value, "category": c.category}
                for c in sitting.chairs
            ],
            "incidents": incidents,
            "version": ledger.next_version(),
        },
        private={"reason": reason},
    )
    reminders.plan(ledger, spec, round_id, due_at)
    owing.seats_opened(ledger, spec, round_id, written)
    return sitting


def _seat(
    session: Session,
    round_id: int,
    case_id: int,
    placings: list[seating.Placing],
    now: datetime,
    due_at: datetime | None,
) -> None:
    unique = {(p.spec.role, p.party_id, p.spec.category): p for p in placings}
    if unique:
        session.execute(
            insert(Seat),
            [
                {
                    "round_id": round_id,
                    "case_id": case_id,
                    "role": p.spec.role,
                    "party_id": p.party_id,
                    "part": p.spec.part.value,
                    "category": p.spec.category,
                    "because": p.because,
                    "status": "open",
                    "opened_at": now,
                    "due_at": due_at,
                }
                for p in unique.values()
            ],
        )


def settle(
    ledger: Ledger,
    spec: RoundSpec,
    sitting: Sitting,
    reading: rules.Reading,
    *,
    effective_at: datetime | None = None,
) -> None:
    """Settle the round as `reading` says and make the one move that its outcome fires."""
    outcome = reading.outcome or ""
    silent = [chair.party_key for chair in sitting.silent]
    written = ledger.note(
        EventType.ROUND_SETTLED,
        {
            "round": spec.key,
            "turn": sitting.turn,
            "outcome": outcome,
            "version": ledger.next_version(),
            **({"silent": silent} if spec.rule.silence else {}),
        },
        private={"explanation": reading.explanation},
        effective_at=effective_at,
    )
    _close(
        ledger.session,
        sitting,
        status="settled",
        outcome=outcome,
        explanation=reading.explanation,
        settled_at=written.at,
        effective_at=effective_at or written.at,
    )
    reminders.drop(ledger, spec, sitting.id)
    owing.round_settled(ledger, spec, sitting, outcome, written)
    for appoints in spec.appoints:
        if appoints.outcome == outcome:
            _take_part(ledger, sitting, appoints)
    target = spec.outcomes[outcome]
    state = machine.next_state(ledger.definition, ledger.case.state, spec.key, outcome)
    if target.state is not None:
        goes_on = _leave(ledger, state, effective_at)
        enter(
            ledger, state, cause=spec.key, outcome=outcome,
            effective_at=effective_at, goes_on=goes_on,
        )  # fmt: skip
    for key in target.opens:
        open_round(ledger, ledger.definition.rounds[key])


def _leave(ledger: Ledger, state: str, effective_at: datetime | None) -> bool:
    """Stop, restart or close the open rounds as the case moves on to `state`.

    Returns whether any of them goes on there where a pause had stopped it.
    """
    definition, goes_on = ledger.definition, False
    for sitting in sittings.open_rounds(ledger.session, ledger.case.id):
        spec = definition.rounds[sitting.key]
        if definition.states[state].pauses and state not in spec.states:
            if not sitting.paused_for:
                pausing.pause(ledger, spec, sitting, PAUSED_BY_STATE, effective_at)
        elif definition.states[ledger.case.state].pauses and _stopped_in(sitting, state):
            goes_on = True
            if sitting.paused_for == PAUSED_BY_STATE:
                pausing.resume(ledger, spec, sitting, effective_at)
        else:
            overtake(ledger, sitting)
    return goes_on


def _stopped_in(sitting: Sitting, state: str) -> bool:
    """Whether the clock of the round stands still since the case left `state`."""
    return sitting.state == state and bool(sitting.paused_for)


def overtake(ledger: Ledger, sitting: Sitting) -> None:
    """Close one open round as overtaken."""
    written = ledger.note(EventType.ROUND_OVERTAKEN, {"round": sitting.key, "turn": sitting.turn})
    at = written.at
    _close(ledger.session, sitting, status="overtaken", settled_at=at, effective_at=at)
    reminders.drop(ledger, ledger.definition.rounds[sitting.key], sitting.id)


def _close(session: Session, sitting: Sitting, **values: Any) -> None:
    """Write how a round ended; its seats that nobody answered are overtaken."""
    session.execute(update(Round).where(Round.id == sitting.id).values(**values, paused_for=""))
    session.execute(
        update(Seat)
        .where(Seat.round_id == sitting.id, Seat.status == "open")
        .values(status="overtaken")
    )


def _take_part(ledger: Ledger, sitting: Sitting, appoints: Appoints) -> None:
    """Give the parties that an outcome names their part in the case, in place of earlier ones."""
    session, case_id = ledger.session, ledger.case.id
    joining = _joining(session, sitting, appoints)
    before = set(
        session.scalars(
            select(CaseParty.party_id).where(
                CaseParty.case_id == case_id, CaseParty.capacity == appoints.capacity
            )
        )
    )
    concerned = Party.id.in_(before | set(joining))
    keys = dict(session.execute(select(Party.id, Party.key).where(concerned)).all())
    session.execute(
        delete(CaseParty).where(
            CaseParty.case_id == case_id, CaseParty.capacity == appoints.capacity
        )
    )
    for party_id in joining:
        session.execute(
            insert(CaseParty).values(case_id=case_id, capacity=appoints.capacity, party_id=party_id)
        )
    for party_id in sorted(set(joining) ^ before):
        event = EventType.PARTY_JOINED if party_id in joining else EventType.PARTY_LEFT
        ledger.note(event, {"party": keys[party_id], "capacity": appoints.capacity})


def _joining(session: Session, sitting: Sitting, appoints: Appoints) -> list[int]:
    if appoints.verdict:
        return [c.party_id for c in sitting.chairs if c.verdict == appoints.verdict]
    answers = session.scalars(
        select(SignOff.answers).where(SignOff.round_id == sitting.id, SignOff.standing)
    )
    named = {given.get(appoints.question) for given in answers}
    return list(session.scalars(select(Party.id).where(Party.key.in_(named))))
