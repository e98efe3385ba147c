"""The open rounds of a case, once who takes part in it was changed: who is asked no longer, and who is asked anew."""

from collections.abc import Collection, Sequence

from sqlalchemy import insert, select, update

from workflow.audit.events.rounds import AskedSeat, RoundReseated
from workflow.audit.trail import Written
from workflow.engine import notifications, round_state
from workflow.engine.models import Seat
from workflow.engine.permissions import participants
from workflow.engine.permissions.offices import holders_of
from workflow.engine.permissions.participants import Participant
from workflow.engine.round_state import RoundState, SeatState
from workflow.engine.rounds.answer import reading_of
from workflow.engine.rounds.signoffs import named, settle_if_decided
from workflow.engine.unit_of_work import UnitOfWork
from workflow.lifecycles import next_steps
from workflow.lifecycles.definition import RoundSpec

# A seat of a round: its role, its party and its category.
Place = tuple[str, int, str]


def ask_anew(work: UnitOfWork, capacities: Collection[str]) -> None:
    """Close the seats of those who take part in these capacities no longer, and open those of whoever does now.

    An answer that was given stays where it is, and its seat with it. A round of which all who are left
    have answered settles.
    """
    for round_ in round_state.open_rounds(work.session, work.case.id):
        spec = work.definition.rounds[round_.key]
        if not any(seat.of in capacities for seat in spec.rule.seats):
            continue
        gone, came = _differing(work, spec, round_, capacities)
        if gone or came:
            _reseat(work, spec, round_, gone, came)


def _differing(
    work: UnitOfWork, spec: RoundSpec, round_: RoundState, capacities: Collection[str]
) -> tuple[list[SeatState], list[Participant]]:
    """The open seats of this round that it would not ask any more, and those that it would ask beside its own."""
    found = participants.would_ask(work.session, work.case.id, spec, work.now.date())
    asked: dict[Place, Participant] = {
        (each.spec.role, each.party_id, each.category): each for each in found
    }
    roles = {seat.role for seat in spec.rule.seats if seat.of in capacities}
    there = {(seat.role, seat.party_id, seat.category): seat for seat in round_.seats}
    gone = [
        seat for place, seat in there.items()
        if seat.status == "open" and seat.role in roles and place not in asked
    ]  # fmt: skip
    came = [
        each for place, each in asked.items() if each.spec.of in capacities and place not in there
    ]
    return gone, came


def _reseat(
    work: UnitOfWork,
    spec: RoundSpec,
    round_: RoundState,
    gone: Sequence[SeatState],
    came: Sequence[Participant],
) -> None:
    leaving = update(Seat).where(Seat.id.in_([seat.id for seat in gone]))
    work.session.execute(leaving.values(status="overtaken"))
    for each in came:
        _open(work, spec, round_, each)
    called = participants.called(work.session, {each.party_id for each in came})
    written = work.note(
        RoundReseated(
            round=round_.key,
            turn=round_.turn,
            gone=tuple(map(named, gone)),
            came=tuple(_asked(each, called[each.party_id].key) for each in came),
            version=work.next_version(),
        )
    )
    now = round_state.by_id(work.session, round_.id)
    fresh = {(each.spec.role, each.party_id, each.category) for each in came}
    for seat in now.seats:
        if (seat.role, seat.party_id, seat.category) in fresh:
            _tell(work, spec, now, seat, written)
    if any(seat.verdict is not None for seat in now.seats):
        settle_if_decided(work, spec, now, reading_of(spec, now, work.now))


def _open(work: UnitOfWork, spec: RoundSpec, round_: RoundState, came: Participant) -> None:
    """Open a seat, or open one again that was closed as its party left before."""
    place = (
        Seat.round_id == round_.id,
        Seat.role == came.spec.role,
        Seat.party_id == came.party_id,
        Seat.category == came.category,
    )
    closed = work.session.scalar(select(Seat.id).where(*place))
    again = {"status": "open", "opened_at": work.now, "due_at": round_.due_at}
    if closed is not None:
        work.session.execute(update(Seat).where(Seat.id == closed).values(again))
        return
    work.session.execute(
        insert(Seat).values(
            **again,
            round_id=round_.id,
            case_id=work.case.id,
            role=came.spec.role,
            party_id=came.party_id,
            round_key=spec.key,
            part=came.spec.part.value,
            category=came.category,
            because=came.because,
            bench_id=came.bench.id if came.bench else None,
        )
    )


def _asked(came: Participant, party: str) -> AskedSeat:
    return AskedSeat(
        role=came.spec.role,
        party=party,
        part=came.spec.part.value,
        category=came.category,
        body=came.bench.key if came.bench else None,
    )


def _tell(
    work: UnitOfWork, spec: RoundSpec, round_: RoundState, seat: SeatState, written: Written
) -> None:
    """Tell those who hold a seat that came that they are asked."""
    if spec.one_act or next_steps.is_timer(spec):
        return
    for each in holders_of(work.session, seat, work.now.date()):
        notifications.seat_assigned(work, spec, round_, seat, each.person, written)
