"""What was answered and settled before, as far as it bears on who may answer a round now."""

from collections.abc import Collection, Iterable
from functools import lru_cache

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from workflow.engine.models import Round, Seat, SignOff
from workflow.engine.round_state import SUPERSEDED
from workflow.lifecycles.definition import RoundSpec

SEAT_BARS = ("party:", "office:")
# Rules of which what they bar is kept in mind; a lifecycle has few.
KNOWN = 256
Answered = tuple[str, str, int]


@lru_cache(KNOWN)
def barring_rounds(never: tuple[str, ...]) -> frozenset[str]:
    """The rounds that by these bars keep parties or offices away by what they answered there."""
    return frozenset(bar.split(":")[-1] for bar in never if bar.startswith(SEAT_BARS))


def barring(spec: RoundSpec, heard: Collection[Answered]) -> frozenset[Answered]:
    """Of what was answered in a case: what bears on this round."""
    return frozenset(each for each in heard if each[0] in barring_rounds(spec.rule.never))


def heard_in(session: Session, rounds: Iterable[tuple[int, RoundSpec]]) -> dict[int, set[Answered]]:
    """Which offices ever answered a round that bars parties or offices, by case."""
    asked = sorted(
        {(case_id, key) for case_id, spec in rounds for key in barring_rounds(spec.rule.never)}
    )
    if not asked:
        return {}
    rows = session.execute(
        select(Round.case_id, Round.key, Seat.role, Seat.party_id)
        .join(Seat, Seat.round_id == Round.id)
        .join(SignOff, SignOff.seat_id == Seat.id)
        .where(tuple_(Round.case_id, Round.key).in_(asked))
        .distinct()
    )
    found: dict[int, set[Answered]] = {}
    for case_id, key, role, party in rows:
        found.setdefault(case_id, set()).add((key, role, party))
    return found


def decided_last(session: Session, spec: RoundSpec, case_id: int) -> bool:
    """Whether a round that may not run twice running is what settled here last.

    A window that a changed text closed has decided nothing.
    """
    if spec.rule.silence is None or not spec.rule.silence.not_twice_running:
        return False
    settled = select(Round.key).where(
        Round.case_id == case_id,
        Round.status == "settled",
        Round.state.in_(spec.states),
        Round.outcome != SUPERSEDED,
    )
    last = settled.order_by(Round.settled_at.desc(), Round.id.desc()).limit(1)
    return session.scalar(last) == spec.key
