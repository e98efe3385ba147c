"""Putting off the end of a round: before it has come, by those named, so often and so long."""

from dataclasses import dataclass

from workflow.clock import written as as_written
from workflow.engine import round_state
from workflow.engine.commands.command import RoundCommand, execute, reason_of, receipt_of, spec_of
from workflow.engine.commands.receipts import Receipt
from workflow.engine.engine import Engine
from workflow.engine.rounds import due_time
from workflow.engine.rounds.extension import Asking, deny_reasons, deny_reasons_to_resume, office
from workflow.engine.unit_of_work import UnitOfWork
from workflow.errors import NotFound
from workflow.phrase import phrase


@dataclass(frozen=True, slots=True)
class ExtendRound(RoundCommand):
    """The command to put off the end of a round, with the reason for it."""

    what = "extends"


@dataclass(frozen=True, slots=True)
class ResumeClock(RoundCommand):
    """The command that a clock stopped by an undelivered mail go on; the reason says who was reached how."""

    what = "goes_on"


def extend(engine: Engine, person: int, command: ExtendRound) -> Receipt:
    """Put off the end of a round for everybody; nobody's answer is touched.

    Refuses a stranger, a round that has ended, one extended often enough, and a missing reason.
    """
    return execute(engine, person, command, _put_off)


def resume_clock(engine: Engine, person: int, command: ResumeClock) -> Receipt:
    """Let a clock go on that an undelivered mail had stopped, once the party was reached otherwise."""
    return execute(engine, person, command, _gone_on)


def _asking(work: UnitOfWork, person: int) -> Asking:
    return Asking(work.session, work.definition, work.case.id, person, work.now)


def _put_off(work: UnitOfWork, person: int, command: ExtendRound) -> Receipt:
    spec = spec_of(work, command.round)
    round_ = round_state.latest(work.session, work.case.id, spec.key)
    asking, terms = _asking(work, person), due_time.terms_of(spec)
    for refusal in deny_reasons(asking, spec, round_):
        raise refusal
    reason = reason_of(command.reason, phrase("An extension needs a reason."))
    if terms is None or round_ is None or round_.due_at is None:
        raise NotFound(phrase("The end of this round cannot be put off."))
    after = due_time.later(work.session, spec, terms, round_, round_.due_at)
    acting = office(asking, terms)
    written = due_time.move(
        work, spec, round_, (round_.due_at, after), reason=reason, office=acting
    )
    return receipt_of(
        work,
        written,
        f"{spec.label} extended",
        round_.content_digest,
        explanation=f"It ends at {as_written(after)}, not at {as_written(round_.due_at)}.",
    )


def _gone_on(work: UnitOfWork, person: int, command: ResumeClock) -> Receipt:
    spec = spec_of(work, command.round)
    round_ = round_state.latest(work.session, work.case.id, spec.key)
    asking, terms = _asking(work, person), due_time.terms_of(spec)
    for refusal in deny_reasons_to_resume(asking, spec, round_):
        raise refusal
    reason = reason_of(command.reason, phrase("Say who was reached, and how."))
    if terms is None or round_ is None:
        raise NotFound(phrase("The clock of this round cannot be stopped."))
    acting = office(asking, terms)
    written = due_time.resume(work, spec, round_, reason=reason, office=acting)
    now_due = round_state.by_id(work.session, round_.id).due_at
    return receipt_of(
        work,
        written,
        f"{spec.label} goes on",
        round_.content_digest,
        explanation=f"It ends at {as_written(now_due)}." if now_due else "",
    )
