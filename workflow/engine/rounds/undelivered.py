"""A silence whose opening never reached a party: its clock stopped, or its end put off."""

from workflow.engine.round_state import PAUSED_BY_MAIL, RoundState
from workflow.engine.rounds import due_time, unreached
from workflow.engine.unit_of_work import UnitOfWork
from workflow.lifecycles.definition import RoundSpec
from workflow.lifecycles.terms import Undelivered


def react(work: UnitOfWork, spec: RoundSpec, round_: RoundState) -> bool:
    """Stop the clock of a silence or put off its end for parties newly found unreached.

    Each party counts once in a window. A clock is stopped as of when the mail was known to be
    lost, but not after the end; the time left then is what all have left.
    """
    rule = unreached.rule(spec)
    lost = unreached.news(work.session, round_, work.case.id, work.now) if rule else {}
    if not lost or round_.paused_for or round_.due_at is None:
        return False
    parties = tuple(sorted(lost))
    terms = due_time.terms_of(spec)
    if rule is Undelivered.STOP:
        known = min(*lost.values(), round_.due_at, work.now)
        due_time.pause(work, spec, round_, PAUSED_BY_MAIL, known, parties)
    elif terms is not None:
        after = due_time.later(work.session, spec, terms, round_, max(round_.due_at, work.now))
        due_time.move(work, spec, round_, (round_.due_at, after), undelivered=parties)
    return True
