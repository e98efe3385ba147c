"""Whether enough of a bench are left to decide: read again whenever a round would settle."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from workflow.engine.domain import domain_of
from workflow.engine.round_state import RoundState
from workflow.lifecycles import rules
from workflow.lifecycles.definition import RoundSpec
from workflow.lifecycles.rule import RuleKind
from workflow.lifecycles.seat import Part
from workflow.phrase import Phrase, together

# Under these one decides, and no bench as a whole.
ALONE = (RuleKind.SINGLE, RuleKind.SINGLE_AFTER_CONSULTATION)
# What is no decision: the silence was broken.
BROKEN = "broken"


def quorate(
    session: Session, spec: RoundSpec, round_: RoundState, reading: rules.Reading, today: date
) -> rules.Reading:
    """The reading, which decides nothing where a bench has fewer seats left than its quorum."""
    if reading.outcome in {None, BROKEN}:
        return reading
    lack = too_few(session, spec, round_, today)
    if lack is None:
        return reading
    return replace(reading, outcome=None, why=together([reading.why, lack]))


def too_few(session: Session, spec: RoundSpec, round_: RoundState, today: date) -> Phrase | None:
    """Why those who are left of a bench cannot decide, if they cannot."""
    if spec.rule.kind in ALONE:
        return None
    short = (
        domain_of(session).too_few(session, bench, parties, today)
        for bench, parties in _left(round_).items()
    )
    return next((why for why in short if why is not None), None)


def _left(round_: RoundState) -> Mapping[int, set[int]]:
    """The parties of each bench that has a say in the round and have not stepped back."""
    left: dict[int, set[int]] = {}
    for seat in round_.seats:
        if seat.bench is None or seat.part is not Part.DECIDES:
            continue
        parties = left.setdefault(seat.bench, set())
        if seat.status != "recused":
            parties.add(seat.party_id)
    return left
