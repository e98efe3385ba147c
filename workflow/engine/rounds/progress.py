"""How a case moves: entering a state, with the rounds that stand there, and settling one."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import update

from workflow.audit.events.cases import FootingChanged, StateEntered
from workflow.audit.events.rounds import RoundSettled
from workflow.audit.trail import Written
from workflow.engine import notifications, round_state
from workflow.engine.cases import beginnings, ends, schedules
from workflow.engine.documents.checked import whole_text
from workflow.engine.documents.conditions import way_taken
from workflow.engine.domain import domain_of
from workflow.engine.models import LifecycleCase
from workflow.engine.round_state import RoundState
from workflow.engine.rounds import capacities, closure, new_rounds, reminders
from workflow.engine.unit_of_work import UnitOfWork
from workflow.errors import RoundClosed
from workflow.lifecycles import machine, rules
from workflow.lifecycles.definition import RoundSpec, Target
from workflow.lifecycles.machine import opened_on_entry
from workflow.lifecycles.terms import SettledFacts
from workflow.phrase import Term, phrase
from workflow.vocabulary import Footing


def enter(
    work: UnitOfWork,
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
    case, definition = work.case, work.definition
    before = case.state
    case.state, case.stage = state, definition.states[state].stage.value
    case.entered_at = effective_at or work.now
    work.note(
        StateEntered(
            before=before,
            state=state,
            stage=case.stage,
            round=cause,
            outcome=outcome,
            version=work.next_version(),
        ),
        effective_at=effective_at,
    )
    new_rounds.open_rounds(
        work,
        opened_on_entry(definition, state, case.footing, before, goes_on=goes_on),
    )
    if definition.states[state].final:
        ends.ended(work)
    elif not goes_on:
        beginnings.open_on_entry(work)
    schedules.plan(work)


def _become(work: UnitOfWork, footing: Footing, spec: RoundSpec, outcome: str) -> None:
    """Put a record of what was begun elsewhere on another footing, and write it on the trail."""
    if work.case.footing is Footing.KEPT and work.case.parent_id is not None:
        raise RoundClosed(
            phrase(
                "This record is of one effort with what it stands under; it is let go there first."
            )
        )
    work.case.footing = footing
    version = work.next_version()
    work.note(
        FootingChanged(footing=footing.value, round=spec.key, outcome=outcome, version=version)
    )
    if work.case.parent_id is not None:
        # Nobody proposes any more that it come under a programme.
        own = update(LifecycleCase).where(LifecycleCase.id == work.case.id)
        work.session.execute(own.values(parent_id=None))
    follow = domain_of(work.transaction).follow_record
    if footing is Footing.MANAGED and follow is not None:
        work.case.title = follow(work.session, work.case.id) or work.case.title


def settle(
    work: UnitOfWork,
    spec: RoundSpec,
    round_: RoundState,
    reading: rules.Reading,
    *,
    effective_at: datetime | None = None,
    others: Sequence[RoundState] | None = None,
) -> None:
    """Settle the round as `reading` says and make the one move that its outcome fires.

    `others` are the open rounds of the case besides this one, where they are known.
    """
    outcome = reading.outcome or ""
    taken = way_taken(work.session, work.case.id, spec.outcomes[outcome], round_.id)
    written = _record(work, spec, round_, reading, effective_at, taken.number)
    reminders.drop(work, spec, round_.id)
    notifications.round_settled(work, spec, round_, outcome, written)
    for appoints in spec.appoints:
        if appoints.outcome == outcome:
            capacities.take_part(work, round_, appoints)
    if spec.facts is not None and spec.facts.outcome == outcome:
        _take_facts(work, spec.facts)
    if spec.stops:
        closure.let_go_on(work, spec, effective_at)
    way, target = taken
    state = machine.next_state(work.definition, work.case.state, spec.key, outcome, way)
    goes_on = target.moves and closure.leave(work, state, effective_at, others)
    if target.becomes:
        _become(work, target.becomes, spec, outcome)
    if target.enters:
        enter(
            work, state, cause=spec.key, outcome=outcome,
            effective_at=effective_at, goes_on=goes_on,
        )  # fmt: skip
    new_rounds.open_rounds(work, [work.definition.rounds[key] for key in target.opens])
    if target.children:
        _open_children(work, target, _answering(spec, round_, outcome))
    if target.reopens:
        _reopen(work, work.definition.rounds[target.reopens])


def _open_children(work: UnitOfWork, target: Target, answering: int | None) -> None:
    for key in target.children:
        beginnings.open_children(work, work.definition.children[key], answering=answering)


def _answering(spec: RoundSpec, round_: RoundState, outcome: str) -> int | None:
    """The party whose answer brought an outcome about; nobody where several, or time, did."""
    verdicts = {key for key, each in spec.rule.verdicts.items() if each.outcome == outcome}
    found = [seat.party_id for seat in round_.seats if seat.verdict in verdicts]
    return found[0] if len(found) == 1 else None


def _reopen(work: UnitOfWork, spec: RoundSpec) -> None:
    """Ask a settled round anew; refuses while it is still open."""
    running = round_state.latest(work.session, work.case.id, spec.key)
    if running is not None and running.status == "open":
        raise RoundClosed(
            phrase(
                "“%(round)s” is still open, so it cannot be opened again. Nothing was recorded.",
                round=Term(spec.label),
            )
        )
    ask_anew(work, spec)


def ask_anew(work: UnitOfWork, spec: RoundSpec) -> None:
    """Ask a settled round of this state anew, unless that has been done by now.

    The rounds it had opened are overtaken.
    """
    again = round_state.latest(work.session, work.case.id, spec.key)
    if again is not None and again.status == "open":
        return
    for key in sorted(work.definition.opened_through(spec.key)):
        running = round_state.latest(work.session, work.case.id, key)
        if running is not None and running.status == "open":
            closure.overtake(work, running)
    new_rounds.open_round(work, spec)


def _take_facts(work: UnitOfWork, facts: SettledFacts) -> None:
    """Let the document that was signed say what the facts of the case are."""
    kind = work.definition.documents[facts.document]
    said = whole_text(work.session, work.case.id, work.definition, kind)
    take = domain_of(work.session).take_facts
    called = take(work.session, work.case.id, said, work.actor, work.now)
    work.case.title = called or work.case.title
    domain_of(work.session).text_filed(work.session, work.definition, work.case.id)
    schedules.plan(work)


def _record(
    work: UnitOfWork,
    spec: RoundSpec,
    round_: RoundState,
    reading: rules.Reading,
    effective_at: datetime | None,
    way: int,
) -> Written:
    """The event and the row that say how the round was settled."""
    outcome = reading.outcome or ""
    silent = tuple(seat.party_key for seat in round_.silent)
    written = work.note(
        RoundSettled(
            round=spec.key,
            turn=round_.turn,
            outcome=outcome,
            version=work.next_version(),
            way=way or None,
            silent=silent if spec.rule.silence else None,
            explanation=reading.explanation,
        ),
        effective_at=effective_at,
    )
    closure.close(
        work,
        round_,
        status="settled",
        outcome=outcome,
        explanation=reading.explanation,
        settled_at=written.at,
        effective_at=effective_at or written.at,
    )
    return written
