"""How one would write an answer without the engine: look first, then write what was concluded.

No lock, no version, no key. Each race beside it shows what comes of that.
"""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import func, insert, select, update

from tests.support.world import World
from workflow.engine import round_state
from workflow.engine.engine import Engine
from workflow.engine.models import LifecycleCase, Round, Seat, SignOff
from workflow.engine.round_state import RoundState
from workflow.errors import NotAuthorised
from workflow.lifecycles import rules
from workflow.phrase import phrase


@dataclass(frozen=True, slots=True)
class Naive:
    """An answer that somebody is about to give."""

    world: World
    engine: Engine
    ref: str
    round: str
    who: str
    verdict: str

    def look(self) -> Callable[[], str]:
        """Check everything that has to be checked; returns what writes the answer down."""
        person = self.world.person(self.who)
        seat = self.world.seat(self.ref, self.round, person)
        with self.engine.reading() as session:
            case = session.scalars(select(LifecycleCase).where(LifecycleCase.ref == self.ref)).one()
            round_ = round_state.latest(session, case.id, self.round)
            definition = self.engine.definition(case.definition_id or 0, session)
        if round_ is None or seat is None or round_.status != "open":
            raise NotAuthorised(phrase("There is nothing to answer."))
        spec = definition.rounds[self.round]
        seen = {**round_.answers(), seat: rules.Answer(seat, person, self.verdict)}
        outcome = rules.read(spec.rule, round_.places(spec.rule), seen).outcome
        state = spec.outcomes[outcome].state if outcome else None
        return lambda: self._write(case.id, round_, seat, outcome, state)

    def _write(
        self, case_id: int, round_: RoundState, seat: int, outcome: str | None, state: str | None
    ) -> str:
        turn = select(func.count(SignOff.id) + 1).where(SignOff.seat_id == seat).scalar_subquery()
        answer = {
            "case_id": case_id, "round_id": round_.id, "seat_id": seat, "turn": turn,
            "person_id": self.world.person(self.who), "verdict": self.verdict, "reason": "",
            "answers": {}, "content_digest": round_.content_digest, "at": self.engine.now(),
            "event_seq": 0, "event_hash": b"0" * 32, "standing": True, "ended_as": "",
        }  # fmt: skip
        with self.engine.transaction() as session:
            session.execute(insert(SignOff).values(answer))
            session.execute(update(Seat).where(Seat.id == seat).values(status="answered"))
            if outcome:
                ended = {"status": "settled", "outcome": outcome}
                session.execute(update(Round).where(Round.id == round_.id).values(ended))
            if state:
                session.execute(
                    update(LifecycleCase).where(LifecycleCase.id == case_id).values(state=state)
                )
        return "recorded"
