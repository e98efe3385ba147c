"""The rounds of a programme with their seats: what was asked of whom, and who answered what."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from workflow.engine import round_state
from workflow.engine.moves.openings import RoundOpening, openings
from workflow.engine.permissions.case_sight import CaseSight
from workflow.engine.quorum import quorate
from workflow.engine.round_state import RoundState, SeatState
from workflow.lifecycles import next_steps, rules
from workflow.lifecycles.definition import Definition, Opens, RoundSpec
from workflow.notices.queries import Lost, lost
from workflow.phrase import Phrase, verbatim


@dataclass(frozen=True, slots=True)
class SeatLine:
    """One seat with its standing answer, if any; `stance` is for, against or neutral."""

    role_label: str
    party: str
    office: bool
    part: str
    category: str
    because: str
    status: str
    verdict: str
    stance: str
    reason: str
    person: str
    at: datetime | None
    late: bool


@dataclass(frozen=True, slots=True)
class RoundLine:
    """One opening of a round; `changes` only speaks of an open one.

    `lost` are the letters of an open silence that no mail server took. Of one that is `closed` to
    the person nothing is said but that it stands, or how it ended.
    """

    key: str
    label: str
    turn: int
    status: str
    opened_at: datetime
    due_at: datetime | None
    ended_at: datetime | None
    outcome: str
    why: Phrase
    changes: tuple[Phrase, ...]
    rule: str
    seats: tuple[SeatLine, ...]
    paused_at: datetime | None = None
    paused_for: str = ""
    silence: bool = False
    lost: tuple[Lost, ...] = ()
    closed: bool = False
    opening: RoundOpening | None = None

    @property
    def answered(self) -> int:
        """How many seats have answered or stepped back."""
        return sum(seat.status in ("answered", "recused") for seat in self.seats)


def rounds(
    session: Session, definition: Definition, case_id: int, sight: CaseSight
) -> tuple[tuple[RoundLine, ...], tuple[RoundLine, ...]]:
    """The open rounds in the order of opening, and those that ended, the last one first.

    A deadline that nobody answers is left out until it has had its effect.
    """
    known = [
        round_
        for round_ in round_state.of_case(session, case_id)
        if _counts(definition.rounds[round_.key], round_)
    ]
    initiated = any(_initiated(definition.rounds[row.key]) for row in known)
    why = openings(session, case_id) if initiated else {}
    now_open = [row for row in known if row.status == "open"]
    ended = [row for row in reversed(known) if row.status != "open"]
    return (
        tuple(
            replace(
                _line(definition, row, _reading(session, definition, row, sight.now.date())),
                opening=why.get((row.key, row.turn)),
                lost=lost(session, row.id) if definition.rounds[row.key].rule.silence else (),
            )
            if sight.answers(row.key)
            else _closed(definition, row)
            for row in now_open
        ),
        tuple(
            replace(_line(definition, row, _ended(row)), opening=why.get((row.key, row.turn)))
            if sight.answers(row.key)
            else _closed(definition, row)
            for row in ended
        ),
    )


def _initiated(spec: RoundSpec) -> bool:
    return spec.opens is Opens.ON_INITIATIVE and not spec.one_act


def _closed(definition: Definition, row: RoundState) -> RoundLine:
    """What everybody may know of a round: that it stands, until when, and how it ended."""
    unsaid = rules.Reading(row.outcome, verbatim(""))
    return replace(_line(definition, row, unsaid), seats=(), paused_for="", closed=True)


def _counts(spec: RoundSpec, row: RoundState) -> bool:
    return row.status == "settled" or not next_steps.is_timer(spec)


def _reading(
    session: Session, definition: Definition, round_: RoundState, today: date
) -> rules.Reading:
    spec = definition.rounds[round_.key]
    found = rules.read(spec.rule, round_.places(spec.rule), round_.answers())
    return quorate(session, spec, round_, found, today)


def _ended(row: RoundState) -> rules.Reading:
    return rules.Reading(row.outcome, verbatim(row.explanation))


def _line(definition: Definition, row: RoundState, reading: rules.Reading) -> RoundLine:
    spec = definition.rounds[row.key]
    return RoundLine(
        key=row.key,
        label=spec.label,
        turn=row.turn,
        status=row.status,
        opened_at=row.opened_at,
        due_at=row.due_at,
        ended_at=row.effective_at,
        outcome=next_steps.said(spec, row.outcome) if row.outcome else "",
        why=reading.why,
        changes=reading.changes,
        rule=spec.rule.words,
        seats=tuple(_worded(spec, (_seat(definition, seat) for seat in row.seats))),
        paused_at=row.paused_at,
        paused_for=row.paused_for,
        silence=spec.rule.silence is not None,
    )


def _worded(spec: RoundSpec, seats: Iterable[SeatLine]) -> Iterator[SeatLine]:
    """The seats with their verdicts in the words of the rule."""
    for seat in seats:
        verdict = spec.rule.verdicts.get(seat.verdict)
        if verdict is None:
            yield seat
        else:
            yield replace(seat, verdict=verdict.label, stance=verdict.stance.value)


def _seat(definition: Definition, seat: SeatState) -> SeatLine:
    role = definition.roles.get(seat.role)
    return SeatLine(
        role_label=role.label if role else seat.role,
        party=seat.party_name,
        office=seat.office,
        part=seat.part,
        category=seat.category,
        because=seat.because,
        status=seat.status,
        verdict=seat.verdict or "",
        stance="",
        reason=seat.reason,
        person=seat.person_name,
        at=seat.at,
        late=bool(seat.at and seat.due_at and seat.at > seat.due_at),
    )
