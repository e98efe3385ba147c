"""Random histories: cases that the published lifecycle's own machine walks, event by event."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from workflow.audit.envelope import Fact
from workflow.audit.events.cases import CaseOpened, StateEntered
from workflow.audit.events.documents import DocumentFiled
from workflow.audit.events.payload import Payload
from workflow.audit.events.rounds import AskedSeat, NamedSeat, RoundOpened, RoundSettled
from workflow.audit.events.seats import (
    SignoffGiven,
)
from workflow.audit.trail import Head, append
from workflow.engine.engine import Engine
from workflow.engine.models import LifecycleCase
from workflow.lifecycles import machine
from workflow.lifecycles.definition import Definition, RoundSpec
from workflow.people.models import Party, Person
from workflow.vocabulary import Stage

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
LONGEST = 20
LIFECYCLE = "programme-standard"


def walk_cases(engine: Engine, count: int, seed: int) -> list[str]:
    """Write `count` random histories; no rows beside the events, so they verify only as chains."""
    chance = Random(seed)
    number, definition = engine.published(LIFECYCLE)
    with engine.transaction() as session:
        people = list(session.scalars(select(Person.id)))
        parties = list(session.scalars(select(Party.key)))
        return [
            _Walk(session, definition, number, chance, (people, parties)).written(
                f"WALK-{seed}-{n}"
            )
            for n in range(count)
        ]


class _Walk:
    """One case on its way; several events often share one instant, as a command's events do."""

    def __init__(
        self,
        session: Session,
        definition: Definition,
        number: int,
        chance: Random,
        cast: tuple[list[int], list[str]],
    ) -> None:
        self.session, self.definition, self.number = session, definition, number
        self.chance, self.cast = chance, cast
        self.at, self.state, self.turns = START, definition.initial, dict[str, int]()

    def written(self, ref: str) -> str:
        stage = self.definition.states[self.state].stage.value
        self.case = self.session.execute(
            insert(LifecycleCase)
            .values(ref=ref, subject="programme", title=f"=Walk {ref}", definition_id=self.number,
                    state=self.state, stage=stage, entered_at=START, opened_at=START, version=1,
                    head_seq=0)
            .returning(LifecycleCase.id)
        ).scalar_one()  # fmt: skip
        self.head = Head(self.case, ref, 0, None)
        self._tell(
            CaseOpened(
                ref=ref, subject="programme", definition=self.definition.digest, state=self.state,
                stage=stage, proposer=self._party(), version=1, title=f"=Walk {ref}",
            )
        )  # fmt: skip
        for step in self._steps():
            step()
        self.session.execute(
            update(LifecycleCase)
            .where(LifecycleCase.id == self.case)
            .values(state=self.state, head_seq=self.head.seq, head_hash=self.head.hash)
        )
        return ref

    def _steps(self) -> Iterator[Any]:
        while self.head.seq < LONGEST and self._ways():
            yield self.chance.choice((self._file, self._decide, self._decide, self._decide))

    def _ways(self) -> list[tuple[RoundSpec, str]]:
        """Every way on; those that end the case only now and then."""
        every = [
            (spec, outcome)
            for spec in self.definition.rounds.values()
            if self.state in spec.states
            for outcome in spec.outcomes
        ]
        lasting = [way for way in every if not self._ends(*way)]
        return lasting if lasting and self.chance.random() < 0.95 else every

    def _ends(self, spec: RoundSpec, outcome: str) -> bool:
        target = spec.outcomes[outcome].state
        return target is not None and self.definition.states[target].stage is Stage.END

    def _decide(self) -> None:
        spec, outcome = self.chance.choice(self._ways())
        turn = self.turns[spec.key] = self.turns.get(spec.key, 0) + 1
        seats = tuple(
            AskedSeat(role=seat.role, party=self._party(), part=seat.part.value, category="")
            for seat in spec.rule.seats
        )
        due = self.at + timedelta(days=30)
        self._tell(
            RoundOpened(
                round=spec.key, turn=turn, state=self.state, due=self.chance.choice((due, None)),
                content="c" * 64, seats=seats, incidents=("@a remark",), version=2, reason="",
            )
        )  # fmt: skip
        for answer, seat in enumerate(seats, 1):
            self._answer(spec, turn, seat, answer)
        self._tell(
            RoundSettled(
                round=spec.key, turn=turn, outcome=outcome, version=3,
                explanation="Because all said so.",
            )
        )  # fmt: skip
        target = machine.next_state(self.definition, self.state, spec.key, outcome)
        if spec.outcomes[outcome].state is not None:
            before, self.state = self.state, target
            stage = self.definition.states[target].stage.value
            self._tell(
                StateEntered(
                    before=before, state=target, stage=stage, round=spec.key, outcome=outcome,
                    version=4,
                )
            )  # fmt: skip

    def _answer(self, spec: RoundSpec, turn: int, seat: AskedSeat, answer: int) -> None:
        named = NamedSeat(role=seat.role, party=seat.party, category="")
        given = SignoffGiven(
            round=spec.key, turn=turn, seat=named, answer=answer,
            verdict=self.chance.choice(list(spec.rule.verdicts)), content="c" * 64,
            answers="a" * 64, principal=self._for(),
            reason=self.chance.choice(("", "=1+1", "Because of Ana Matola.")),
        )  # fmt: skip
        self._tell(given, role=seat.role, party=seat.party)

    def _file(self) -> None:
        kind = self.chance.choice(list(self.definition.documents))
        version = self.turns[f"document {kind}"] = self.turns.get(f"document {kind}", 0) + 1
        self._tell(DocumentFiled(kind=kind, version=version, digest=f"{version:064x}"))

    def _for(self) -> int | None:
        return self.chance.choice(self.cast[0]) if self.chance.random() < 0.1 else None

    def _party(self) -> str:
        return self.chance.choice(self.cast[1])

    def _tell(self, what: Payload, *, role: str = "", party: str = "") -> None:
        self.at += timedelta(milliseconds=self.chance.choice((0, 0, 0, 1, 86_400_000)))
        person = self.chance.choice(self.cast[0])
        append(self.session, self.head, Fact(what, person, self.at, role, party))


def bodies(session: Session, ref: str) -> list[dict[str, Any]]:
    """Every event of a case as its bytes tell it, read without any code of the exports."""
    rows = session.connection().exec_driver_sql(
        "select e.body from event e join lifecycle_case c on c.id = e.case_id "
        f"where c.ref = '{ref}' order by e.seq"
    )
    return [json.loads(bytes(row[0])) for row in rows]
