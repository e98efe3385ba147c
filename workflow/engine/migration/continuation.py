"""One open round as another version of its lifecycle asks it: its end, its seats, and its letters."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select, update

from workflow.audit.events.cases import MigratedRound
from workflow.audit.events.rounds import AskedSeat
from workflow.engine import workdays
from workflow.engine.migration.wish import RoundOutlook
from workflow.engine.models import OPEN, Round, Seat
from workflow.engine.permissions import participants
from workflow.engine.permissions.participants import Participant
from workflow.engine.round_state import RoundState, SeatState
from workflow.engine.rounds import due_time
from workflow.engine.rounds.signoffs import named
from workflow.engine.unit_of_work import UnitOfWork
from workflow.lifecycles.calendar import due
from workflow.lifecycles.definition import RoundSpec
from workflow.phrase import Phrase, Term, phrase

# A seat of a round: its role, its party and its category.
Place = tuple[str, int, str]


@dataclass(frozen=True, slots=True)
class RoundGoingOn:
    """A round of a case before and after: how it sat, by which specs, when it is due, who goes and comes."""

    round_: RoundState
    before: RoundSpec
    spec: RoundSpec
    turn: int
    due_at: datetime | None
    gone: tuple[SeatState, ...] = ()
    came: tuple[Participant, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether somebody may still answer it."""
        return self.round_.status == "open"

    @property
    def kept(self) -> tuple[SeatState, ...]:
        """The seats whose answers stand as they stood."""
        return tuple(seat for seat in self.round_.seats if seat.verdict is not None)

    @property
    def told(self) -> bool:
        """Whether the event has to name it: it is open, or is called otherwise from now on."""
        here = (self.round_.key, self.round_.turn)
        return self.is_open or here != (self.spec.key, self.turn)


def going_on(
    work: UnitOfWork, round_: RoundState, before: RoundSpec, spec: RoundSpec, turn: int
) -> RoundGoingOn:
    """The round as the new version has it; a closed one only changes its name."""
    if round_.status != "open":
        return RoundGoingOn(round_, before, spec, turn, round_.due_at)
    asked = _asked(work, spec)
    there = {(seat.role, seat.party_id, seat.category) for seat in round_.seats}
    return RoundGoingOn(
        round_,
        before,
        spec,
        turn,
        _due(work, round_, before, spec),
        gone=tuple(
            seat for seat in round_.seats
            if seat.status == "open" and (seat.role, seat.party_id, seat.category) not in asked
        ),
        came=tuple(each for place, each in asked.items() if place not in there),
    )  # fmt: skip


def outlook(each: RoundGoingOn) -> RoundOutlook:
    """What becomes of an open round, as people are told."""
    return RoundOutlook(
        each.spec.label,
        each.due_at,
        moved=each.due_at != each.round_.due_at,
        kept=len(each.kept),
        gone=tuple(seat.party_name for seat in each.gone),
        came=len(each.came),
    )


def obstacles(work: UnitOfWork, each: RoundGoingOn) -> Iterator[Phrase]:
    """What keeps an open round from going on so: an answer without a seat, another part, an end that has passed."""
    if not each.is_open:
        return
    label = Term(each.before.label)
    asked = _asked(work, each.spec)
    for seat in each.round_.seats:
        wanted = asked.get((seat.role, seat.party_id, seat.category))
        if wanted is None and seat.status != "open":
            yield phrase(
                "The answer of %(party)s in “%(round)s” would lose its seat.",
                party=seat.party_name, round=label,
            )  # fmt: skip
        elif wanted is not None and wanted.spec.part is not seat.part:
            yield phrase(
                "The seat of %(party)s in “%(round)s” would be asked for something else.",
                party=seat.party_name, round=label,
            )  # fmt: skip
    yield from _on_another_bench(work, each, asked)
    for place in asked.keys() & _closed_before(work, each.round_.id):
        yield phrase(
            "A seat of “%(round)s” that an earlier move closed would be asked again: %(role)s.",
            round=label, role=Term(work.definition.roles[place[0]].label),
        )  # fmt: skip
    moved = each.due_at != each.round_.due_at
    if moved and each.due_at is not None and each.due_at <= work.now:
        yield phrase("The time of “%(round)s” would be up already.", round=label)


def _on_another_bench(
    work: UnitOfWork, each: RoundGoingOn, asked: Mapping[Place, Participant]
) -> Iterator[Phrase]:
    """The seats that the new version asks on another body than the old one did; whose say counts there differs."""
    before = _asked(work, each.before)
    for seat in each.round_.seats:
        place = (seat.role, seat.party_id, seat.category)
        now, was = asked.get(place), before.get(place)
        if now is not None and was is not None and now.bench != was.bench:
            yield phrase(
                "The seat of %(party)s in “%(round)s” would be on another body.",
                party=seat.party_name, round=Term(each.before.label),
            )  # fmt: skip


def _asked(work: UnitOfWork, spec: RoundSpec) -> dict[Place, Participant]:
    found = participants.would_ask(work.session, work.case.id, spec, work.now.date())
    return {(each.spec.role, each.party_id, each.category): each for each in found}


def _closed_before(work: UnitOfWork, round_id: int) -> set[Place]:
    """The seats of an open round that an earlier move to another version closed."""
    rows = work.session.execute(
        select(Seat.role, Seat.party_id, Seat.category).where(
            Seat.round_id == round_id, Seat.status == "overtaken"
        )
    )
    return {(row.role, row.party_id, row.category) for row in rows}


def _due(
    work: UnitOfWork, round_: RoundState, before: RoundSpec, spec: RoundSpec
) -> datetime | None:
    """When it is due: as the new version counts from the same opening, and never before an end that was put off."""
    if before.ends == spec.ends or round_.paused_for:
        return round_.due_at
    if owed := due_time.owed_until(work, spec):
        return owed
    now = _counted(work, round_, spec)
    was = _counted(work, round_, before)
    if now is None or round_.due_at is None or was is None or round_.due_at <= was:
        return now
    return max(now, round_.due_at)


def _counted(work: UnitOfWork, round_: RoundState, spec: RoundSpec) -> datetime | None:
    if spec.within is None:
        since = round_.opened_at if spec.window else work.now
        return due_time.end_of_year_or_session(work.session, work.case.id, spec, since)
    asked = {seat.party_id for seat in round_.seats}
    counted = workdays.spans(work.session, spec.within, asked, round_.opened_at.date())
    return workdays.last(counted, lambda span: due(span, round_.opened_at))


def rename(work: UnitOfWork, found: Sequence[RoundGoingOn], states: dict[str, str]) -> None:
    """Write rounds and seats under their new keys; first out of each other's way."""
    session = work.session
    for each in found:
        its = update(Round).where(Round.id == each.round_.id)
        if each.told:
            session.execute(its.values(turn=-each.turn))
    for each in found:
        state = states.get(each.round_.state, each.round_.state)
        its = update(Round).where(Round.id == each.round_.id)
        session.execute(its.values(key=each.spec.key, turn=each.turn, state=state))
        if each.spec.key != each.round_.key:
            seats = update(Seat).where(Seat.round_id == each.round_.id)
            session.execute(seats.values(round_key=each.spec.key))


def write_seats(work: UnitOfWork, each: RoundGoingOn) -> None:
    """Close the seats that are gone, open those that came, and write the end of all."""
    session, round_id = work.session, each.round_.id
    if each.gone:
        gone = [seat.id for seat in each.gone]
        session.execute(update(Seat).where(Seat.id.in_(gone)).values(status="overtaken"))
    for came in each.came:
        session.execute(
            insert(Seat).values(
                round_id=round_id,
                case_id=work.case.id,
                role=came.spec.role,
                party_id=came.party_id,
                round_key=each.spec.key,
                part=came.spec.part.value,
                category=came.category,
                because=came.because,
                status="open",
                opened_at=work.now,
                due_at=each.due_at,
                bench_id=came.bench.id if came.bench else None,
            )
        )
    session.execute(update(Round).where(Round.id == round_id).values(due_at=each.due_at))
    session.execute(update(Seat).where(Seat.round_id == round_id).values(due_at=each.due_at))


def as_told(work: UnitOfWork, each: RoundGoingOn) -> MigratedRound:
    """The round as the event names it."""
    called = participants.called(work.session, {came.party_id for came in each.came})
    return MigratedRound(
        round=each.round_.key,
        turn=each.round_.turn,
        now=each.spec.key,
        now_turn=each.turn,
        due=each.due_at,
        gone=tuple(map(named, each.gone)),
        came=tuple(
            AskedSeat(
                role=came.spec.role,
                party=called[came.party_id].key,
                part=came.spec.part.value,
                category=came.category,
                body=came.bench.key if came.bench else None,
            )
            for came in each.came
        ),
    )


def waits_for_somebody(work: UnitOfWork) -> bool:
    """Whether anything can still happen to the case: a round is open, or somebody may begin one."""
    found = work.session.query(Round.id).where(Round.case_id == work.case.id, Round.status == OPEN)
    return found.first() is not None or any(
        spec.opens.value == "on initiative"
        for spec in work.definition.rounds_in(work.case.state, work.case.footing)
    )
