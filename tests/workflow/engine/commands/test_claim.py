"""Seats taken, given back and handed over: nobody else answers meanwhile, and nobody unfit takes one."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from sqlalchemy import insert, select, text, update
from sqlalchemy.orm import Session

from tests.support.world import NOON, World
from tests.workflow.engine.commands.test_sign import decision, trail
from tests.workflow.engine.permissions.test_mandates import mandate
from tests.workflow.notices.test_outbox import told
from workflow.audit.verification.verify import verify
from workflow.engine import commands
from workflow.engine.commands import ClaimSeat, ReassignSeat, ReleaseSeat
from workflow.engine.commands.receipts import Receipt
from workflow.engine.duty_models import SeatClaim
from workflow.engine.models import Seat
from workflow.engine.pages.review import of_round
from workflow.engine.pages.viewer import CaseViewer
from workflow.engine.permissions.visibility import visible_case
from workflow.engine.queue import page as queue_page
from workflow.engine.queue.query import QueueFilters
from workflow.errors import ConflictOfDuties, Invalid, NotAuthorised, Refusal, RoundClosed
from workflow.people.commands import appoint, end_appointment
from workflow.people.models import Appointment, Person

JANE, RAVI, HEAD = "jane.okello", "ravi.chand", "elena.petrova"
TAKEN = "Jane Okello has taken this seat, since 4 March 2026, 12:37 UTC"


def seat(world: World, ref: str, who: str = JANE, key: str = "screening") -> int:
    """The seat of somebody's office in a round."""
    found = world.seat(ref, key, world.person(who))
    assert found is not None
    return found


def take(world: World, ref: str, who: str = JANE, key: str = "screening") -> Receipt:
    at = seat(world, ref, JANE if key == "screening" else who, key)
    command = ClaimSeat(ref, key, at, world.version(ref), uuid4().hex)
    return commands.claim(world.engine, world.person(who), command)


def give_back(world: World, ref: str, who: str = JANE) -> Receipt:
    command = ReleaseSeat(
        ref, "screening", seat(world, ref), world.version(ref), uuid4().hex, "On leave."
    )
    return commands.release(world.engine, world.person(who), command)


def hand_over(world: World, ref: str, who: str, to: str, reason: str = "She is away.") -> Receipt:
    at, version = seat(world, ref), world.version(ref)
    command = ReassignSeat(ref, "screening", at, version, uuid4().hex, reason, world.person(to))
    return commands.reassign(world.engine, world.person(who), command)


def screen(world: World, ref: str, who: str) -> Receipt:
    command = decision(world, ref, "screening", "open_consultation")
    return commands.sign(world.engine, world.person(who), command)


def claims(world: World) -> list[tuple[str, str]]:
    """Who has had a seat, in order, with how that ended."""
    with world.engine.reading() as session:
        rows = session.execute(
            select(Person.email, SeatClaim.ended_as)
            .join(SeatClaim, SeatClaim.person_id == Person.id)
            .order_by(SeatClaim.id)
        )
        return [(email.partition("@")[0], how) for email, how in rows]


def ended(world: World, who: str) -> None:
    """End the appointment of somebody, as of yesterday."""
    with world.engine.transaction() as session:
        held = session.scalars(
            select(Appointment.id).where(Appointment.person_id == world.person(who))
        ).first()
        assert held is not None
        today, now = world.engine.now().date(), world.engine.now()
        end_appointment(session, held, today, by=world.person(HEAD), now=now)


def officer(session: Session, world: World, who: str) -> None:
    """Appoint somebody as a further programme officer."""
    day, now = NOON.date(), world.engine.now()
    unit, by = world.party("special-unit"), world.person(HEAD)
    appoint(session, world.person(who), "unit_officer", unit, day, by=by, now=now)


def test_a_seat_taken_is_answered_by_nobody_else(world: World) -> None:
    ref = world.programme("screening")
    take(world, ref)

    with pytest.raises(ConflictOfDuties, match=TAKEN):
        screen(world, ref, RAVI)

    assert world.state(ref) == "screening"
    assert screen(world, ref, JANE).outcome == "open_consultation"


def test_a_seat_given_back_is_answered_by_anybody_of_the_office(world: World) -> None:
    ref = world.programme("screening")
    take(world, ref)
    give_back(world, ref)

    screen(world, ref, RAVI)

    assert claims(world) == [(JANE, "released")]
    assert [e for e in trail(world, ref) if e.startswith("seat.")] == [
        "seat.claimed", "seat.released",
    ]  # fmt: skip


def test_a_seat_is_taken_once(world: World) -> None:
    ref = world.programme("screening")
    take(world, ref)

    with pytest.raises(RoundClosed, match="already"):
        take(world, ref)
    with pytest.raises(ConflictOfDuties, match=TAKEN):
        take(world, ref, RAVI)

    assert claims(world) == [(JANE, "")]


def test_the_same_wish_sent_twice_takes_it_once(world: World) -> None:
    ref = world.programme("screening")
    command = ClaimSeat(ref, "screening", seat(world, ref), world.version(ref), uuid4().hex)
    first = commands.claim(world.engine, world.person(JANE), command)

    again = commands.claim(world.engine, world.person(JANE), command)

    assert again == first
    assert trail(world, ref).count("seat.claimed") == 1


def test_nobody_takes_a_seat_that_they_could_not_answer(world: World) -> None:
    ref = world.programme("screening")
    before = trail(world, ref)

    with pytest.raises(NotAuthorised, match="you do not hold that office"):
        take(world, ref, "paulo.sa")
    with world.engine.transaction() as session:
        officer(session, world, "joao.lima")
    with pytest.raises(ConflictOfDuties, match="You wrote the text"):
        take(world, ref, "joao.lima")

    assert trail(world, ref) == before


def test_a_claim_lapses_when_the_appointment_of_its_holder_ends(world: World) -> None:
    ref = world.programme("screening")
    take(world, ref)
    ended(world, JANE)
    world.clock.pass_time(days=1)

    take(world, ref, RAVI)

    assert claims(world) == [(JANE, "replaced"), (RAVI, "")]


def test_whoever_stands_in_for_the_claimant_may_answer(world: World) -> None:
    ref = world.programme("screening")
    take(world, ref)
    mandate(world, JANE, "paulo.sa")

    screen(world, ref, "paulo.sa")

    assert world.state(ref) == "consultation"


def test_a_mandate_of_another_holder_does_not_pass_a_claim(world: World) -> None:
    ref = world.programme("screening")
    take(world, ref)
    mandate(world, RAVI, "paulo.sa")

    with pytest.raises(ConflictOfDuties, match=TAKEN):
        screen(world, ref, "paulo.sa")


def test_only_whoever_has_a_seat_gives_it_back(world: World) -> None:
    ref = world.programme("screening")
    take(world, ref)

    with pytest.raises(NotAuthorised, match="You have not taken this seat"):
        give_back(world, ref, RAVI)


def test_the_head_says_who_answers_and_that_person_is_told(world: World) -> None:
    ref = world.programme("screening")
    take(world, ref)

    hand_over(world, ref, HEAD, RAVI)

    assert claims(world) == [(JANE, "replaced"), (RAVI, "")]
    assert RAVI in {who for who, _, _ in told(world, ref, "seat_opened", "Screening")}
    with pytest.raises(ConflictOfDuties, match="Ravi Chand has taken this seat"):
        screen(world, ref, JANE)


def test_whoever_has_a_seat_hands_it_to_a_colleague(world: World) -> None:
    ref = world.programme("screening")
    take(world, ref)

    hand_over(world, ref, JANE, RAVI)

    assert claims(world)[-1] == (RAVI, "")


@pytest.mark.parametrize(
    ("who", "to", "reason", "refusal", "why"),
    [
        (RAVI, RAVI, "I want it.", NotAuthorised, "Only whoever has taken this seat"),
        (HEAD, RAVI, " ", Invalid, "needs a reason"),
        (HEAD, "paulo.sa", "He is free.", Invalid, "somebody who holds the office"),
        (HEAD, JANE, "She is free.", Invalid, "has this seat already"),
    ],
)
def test_a_seat_is_not_handed_over_anyhow(
    world: World, who: str, to: str, reason: str, refusal: type[Refusal], why: str
) -> None:
    ref = world.programme("screening")
    take(world, ref)
    before = trail(world, ref)

    with pytest.raises(refusal, match=why):
        hand_over(world, ref, who, to, reason)

    assert trail(world, ref) == before


def test_nobody_is_given_a_seat_that_they_could_not_answer(world: World) -> None:
    ref = world.programme("screening")
    with world.engine.transaction() as session:
        officer(session, world, "joao.lima")

    with pytest.raises(
        ConflictOfDuties, match=r"João Lima may not answer this seat.*You wrote the text"
    ):
        hand_over(world, ref, HEAD, "joao.lima")


def test_the_page_says_who_has_a_seat_and_who_can_answer(world: World) -> None:
    ref = world.programme("screening")
    take(world, ref)

    with world.engine.reading() as session:
        person, now = world.person(RAVI), world.engine.now()
        case = visible_case(session, ref, person, now)
        viewer = CaseViewer.of(session, world.engine, case, person, now)
        page = of_round(viewer, "screening", 1)
        waiting = queue_page.page(session, world.engine, person, QueueFilters(), now)

    (place,) = page.seats
    assert place.held is not None
    assert place.held.name == "Jane Okello"
    assert str(place.barred[0]).startswith(TAKEN)
    assert place.who_can == ("Jane Okello",)
    assert [(row.held, bool(row.barred)) for row in waiting.rows] == [("Jane Okello", True)]


def test_of_two_who_take_a_seat_at_once_one_has_it(world: World) -> None:
    ref = world.programme("screening")
    start = Barrier(2)

    def at_once(who: str) -> bool:
        engine = engines[who]
        command = wishes[who]
        start.wait()
        try:
            commands.claim(engine, people[who], command)
        except ConflictOfDuties:
            return False
        return True

    engines = {JANE: world.engine, RAVI: world.another_engine()}
    people = {who: world.person(who) for who in engines}
    at, version = seat(world, ref), world.version(ref)
    wishes = {who: ClaimSeat(ref, "screening", at, version, uuid4().hex) for who in engines}
    with ThreadPoolExecutor(2) as pool:
        won = list(pool.map(at_once, engines))

    assert sorted(won) == [False, True]
    assert len(claims(world)) == 1


@pytest.mark.parametrize("house_url", ["postgresql"], indirect=True)
def test_without_the_lock_and_the_index_both_would_have_it(world: World) -> None:
    """The naive way: look whether somebody has the seat, then take it; in SQLite one waits for the other."""
    world.honest = False
    ref = world.programme("screening")
    at = seat(world, ref)
    with world.engine.transaction() as session:
        session.execute(text("drop index ix_seat_claim_standing"))
        case = session.scalar(select(Seat.case_id).where(Seat.id == at))

    with world.engine.transaction() as one, world.another_engine().transaction() as two:
        free = [
            session.scalar(select(SeatClaim.id).where(SeatClaim.seat_id == at)) is None
            for session in (one, two)
        ]
        for session, who in ((one, JANE), (two, RAVI)):
            session.execute(
                insert(SeatClaim).values(
                    case_id=case, seat_id=at, person_id=world.person(who), appointment_id=1,
                    at=NOON, event_seq=0, ended_as="",
                )
            )  # fmt: skip

    assert free == [True, True]
    assert len(claims(world)) == 2


def test_verification_finds_a_claim_that_was_altered(world: World) -> None:
    ref = world.programme("screening")
    take(world, ref)
    with world.engine.transaction() as session:
        session.execute(update(SeatClaim).values(person_id=world.person(RAVI)))
    world.honest = False

    checked = verify(world.engine.database)

    assert not checked.sound
    assert "claim of a seat" in str(checked.differences)
