"""Two boards on which the same country sits: each of its members answers on their own and on no other."""

from dataclasses import replace
from uuid import uuid4

import pytest
from sqlalchemy import select, update

from tests.support.world import NURSES, World
from workflow.bodies.commands import Charter, SeatGiven, found_body, seat_party
from workflow.bodies.members import BOARD_CHAIR, BOARD_MEMBER
from workflow.bodies.models import Body
from workflow.demo import path
from workflow.engine.commands.claim import ClaimSeat, claim
from workflow.engine.commands.sign import sign
from workflow.engine.models import LifecycleCase, Round, Seat
from workflow.engine.page_frame import frame
from workflow.engine.pages import review
from workflow.engine.pages.viewer import CaseViewer
from workflow.engine.permissions.participants import case_parties
from workflow.engine.permissions.visibility import standing_in, visible_case
from workflow.engine.queue.page import page as queue_page
from workflow.engine.queue.query import QueueFilters
from workflow.engine.rounds.decision import Decision
from workflow.errors import Invalid, NotAuthorised, NotFound
from workflow.frameworks.terms import describe_framework
from workflow.frameworks.terms_page import terms_of
from workflow.offices.appointments import confirmed, make
from workflow.offices.hand_over import Succession, hand_over
from workflow.offices.sittings import sitting_on, tie
from workflow.offices.vacancies import vacancies
from workflow.people.commands import add_person, appoint
from workflow.people.models import Appointment
from workflow.people.parties import known_party
from workflow.people.sittings import Sitting
from workflow.people.terms.requests import MAKE, OfficeWish
from workflow.vocabulary import ADMINISTRATOR

ARJUN, ASHA = "arjun.mehta", "asha.rao"
ON_ANOTHER = "on another body; this seat is on one on which you are not"


def a_fund(world: World) -> None:
    """A fund with a board of its own, on which India sits as it does on the Board."""
    now = world.clock()
    with world.engine.transaction() as session:
        board = found_body(
            session, "fund", Charter(kind="board", name="Board of the fund"), by=None, now=now
        )
        for key, place in (("egy", "chair"), ("ind", "member")):
            given = SeatGiven(party_id=known_party(session, key), place=place, starts_on=now.date())
            seat_party(session, board, given, by=None, now=now)
        number, terms = terms_of(session, "F7")
        describe_framework(session, number, replace(terms, body="fund"), by=None, now=now)


def wish(world: World, role: str, body: str) -> OfficeWish:
    with world.engine.reading() as session:
        india, on = known_party(session, "ind"), sitting_on(session, body)
    return OfficeWish(MAKE, world.person(ASHA), role, india, world.clock().date(), on=on)


def asha_is(world: World, role: str, body: str) -> None:
    naledi, pieter = world.person("naledi.khumalo"), world.person("pieter.vos")
    asked = wish(world, role, body)
    with world.engine.transaction() as session:
        number = make(world.engine, session, asked, by=naledi).waits or 0
    with world.engine.transaction() as session:
        confirmed(world.engine, session, number, by=pieter)


def enter_asha(world: World) -> None:
    with world.engine.transaction() as session:
        add_person(
            session, f"{ASHA}@demo.example", "Asha Rao", "", now=world.clock(), password_hash="-"
        )


def waiting(world: World, who: str, ref: str) -> tuple[int, int, int]:
    """How much the badge, the queue and the page of the round show as this person's."""
    person, now = world.person(who), world.clock()
    with world.engine.reading() as session:
        badge = frame(session, person, now).waiting
        queue = queue_page(session, world.engine, person, QueueFilters(), now)
        case = visible_case(session, ref, person, now)
        viewer = CaseViewer.of(session, world.engine, case, person, now)
        own = review.of_round(viewer, "decision", 1).own
    return badge, len(queue.rows), len(own)


def indian_seat(world: World, ref: str) -> tuple[int, int | None]:
    with world.engine.reading() as session:
        found = (
            select(Seat.id, Seat.bench_id)
            .join(Round, Round.id == Seat.round_id)
            .join(LifecycleCase, LifecycleCase.id == Seat.case_id)
            .where(LifecycleCase.ref == ref, Round.key == "decision")
            .where(Seat.party_id == known_party(session, "ind"))
        )
        return tuple(session.execute(found).one())


def test_two_boards_of_one_country_and_two_members(world: World) -> None:
    ref = world.programme("appraisal")
    a_fund(world)
    enter_asha(world)
    asha_is(world, BOARD_MEMBER, "fund")
    asha_is(world, BOARD_CHAIR, "")  # India has the chair of one of its boards alone.
    before = waiting_in_all(world, ARJUN), waiting_in_all(world, ASHA)
    path.appraise(world, ref, NURSES)
    seat, bench = indian_seat(world, ref)
    seen = waiting(world, ARJUN, ref), waiting(world, ASHA, ref)

    with pytest.raises(NotAuthorised, match=ON_ANOTHER):
        sign(
            world.engine,
            world.person(ARJUN),
            Decision(ref, "decision", "approve", world.version(ref), uuid4().hex, seat),
        )
    world.answer(ref, "decision", ASHA, "approve")

    assert bench is not None
    assert before == (0, 0)
    assert seen == ((0, 0, 0), (1, 1, 1))
    assert waiting(world, ASHA, ref)[:2] == (0, 0)
    assert benches(world) == {(BOARD_MEMBER, "fund"), (BOARD_CHAIR, "board")}


def benches(world: World) -> set[tuple[str, str]]:
    """Asha's offices, each with the body on which it counts."""
    with world.engine.reading() as session:
        held = select(Appointment.role, Body.key).join(Body, Body.id == Appointment.body_id)
        rows = session.execute(held.where(Appointment.person_id == world.person(ASHA)))
        return {(role, key) for role, key in rows}


def waiting_in_all(world: World, who: str) -> int:
    with world.engine.reading() as session:
        return frame(session, world.person(who), world.clock()).waiting


def test_a_seat_of_a_board_whose_member_left_is_vacant_though_the_party_has_another_member(
    world: World,
) -> None:
    ref = world.programme("appraisal")
    a_fund(world)
    path.appraise(world, ref, NURSES)

    with world.engine.reading() as session:
        empty = vacancies(
            session, [BOARD_MEMBER], world.person("jane.okello"), world.clock().date()
        )

    assert {(each.party_key, each.waiting) for each in empty} == {("egy", 1), ("ind", 1)}


@pytest.mark.parametrize(
    ("role", "body", "sentence"),
    [
        (BOARD_MEMBER, "", "counts on one alone"),
        (BOARD_CHAIR, "fund", "has no seat on Board of the fund"),
        ("donor", "fund", "is no office of Board of the fund"),
        (BOARD_MEMBER, "nowhere", "There is no body called"),
    ],
)
def test_an_office_counts_where_its_party_has_the_seat_for_it(
    world: World, role: str, body: str, sentence: str
) -> None:
    a_fund(world)
    enter_asha(world)

    with pytest.raises(Invalid, match=sentence):
        asha_is(world, role, body)


def test_who_is_tied_to_no_board_is_tied_by_an_only_administrator_and_not_by_one_of_two(
    world: World,
) -> None:
    a_fund(world)
    naledi, arjun = world.person("naledi.khumalo"), world.person(ARJUN)
    world.honest = False  # The tie that the house made is undone past the engine.
    with world.engine.transaction() as session:
        held = session.scalars(
            select(Appointment).where(
                Appointment.person_id == arjun, Appointment.role == BOARD_MEMBER
            )
        ).one()
        number, held.body_id = held.id, None

    with world.engine.transaction() as session, pytest.raises(Invalid, match="Choose on which"):
        tie(world.engine, session, number, "", by=naledi)
    with world.engine.transaction() as session, pytest.raises(NotAuthorised):
        tie(world.engine, session, number, "fund", by=arjun)
    with world.engine.transaction() as session, pytest.raises(Invalid, match="takes two admin"):
        tie(world.engine, session, number, "fund", by=naledi)
    with world.engine.transaction() as session:
        session.execute(
            update(Appointment)
            .where(Appointment.role == ADMINISTRATOR, Appointment.person_id != naledi)
            .values(ends_on=Appointment.starts_on)
        )
    with world.engine.transaction() as session:
        tie(world.engine, session, number, "fund", by=naledi)

    with world.engine.reading() as session:
        on = sitting_on(session, "fund")
        assert on is not None
        assert session.get_one(Appointment, number).body_id == on.body


def test_a_seat_on_another_board_than_the_successors_stays_with_the_office(world: World) -> None:
    ref = world.programme("appraisal")
    path.appraise(world, ref, NURSES)
    a_fund(world)
    enter_asha(world)
    asha_is(world, BOARD_MEMBER, "fund")
    naledi, arjun = world.person("naledi.khumalo"), world.person(ARJUN)
    world.honest = False  # The tie that the house made is undone past the engine.
    with world.engine.transaction() as session:
        office = Appointment.person_id == arjun, Appointment.role == BOARD_MEMBER
        held = session.scalars(select(Appointment).where(*office)).one()
        number, held.body_id, held.ends_on = held.id, None, world.clock().date()
    seat, _ = indian_seat(world, ref)
    taking = ClaimSeat(ref, "decision", seat, world.version(ref), uuid4().hex)
    claim(world.engine, arjun, taking)

    wish = Succession(number, world.person(ASHA), "He leaves.")
    with world.engine.transaction() as session:
        done = hand_over(world.engine, session, wish, by=naledi)

    assert done.seats == 0
    assert ["on another body" in str(each) for each in done.kept_back] == [True]


def boards_of(world: World, *people: tuple[str, str, str]) -> None:
    """A fund with a board of its own, and people who are of one country's seat on one board alone."""
    now = world.clock()
    with world.engine.transaction() as session:
        found_body(
            session, "fund", Charter(kind="board", name="Board of the fund"), by=None, now=now
        )
        for who, country, body in people:
            party, on = known_party(session, country), sitting_on(session, body)
            assert on is not None
            given = SeatGiven(party_id=party, place="member", starts_on=now.date())
            if (body, country) != ("board", "bra"):
                seat_party(session, on.body, given, by=None, now=now)
            person = add_person(
                session, f"{who}@demo.example", who.title(), "", now=now, password_hash="-"
            )
            appoint(session, person, BOARD_MEMBER, party, now.date(), by=None, now=now, on=on)


def readers(world: World, ref: str, *people: str) -> dict[str, str]:
    """Of each: whether a case is unknown to them, known, or read as those who take part read it."""
    found = {}
    for who in people:
        with world.engine.reading() as session:
            try:
                case = visible_case(session, ref, world.person(who), world.clock())
                found[who] = "reads" if case.takes_part else "knows"
            except NotFound:
                found[who] = "nothing"
    return found


MOZ_FUND, MOZ_BOARD, BRA_FUND, BRA_BOARD = "moz.fund", "moz.board", "bra.fund", "bra.board"
DELEGATES = (
    (MOZ_FUND, "moz", "fund"),
    (MOZ_BOARD, "moz", "board"),
    (BRA_FUND, "bra", "fund"),
    (BRA_BOARD, "bra", "board"),
)


@pytest.mark.parametrize(
    ("state", "read"),
    [
        ("draft", ["nothing", "nothing", "nothing", "nothing"]),
        ("consultation", ["knows", "knows", "knows", "knows"]),
        ("decision", ["knows", "reads", "knows", "reads"]),
    ],
)
def test_a_seat_on_a_board_opens_what_that_board_is_asked_and_not_what_its_country_does(
    world: World, state: str, read: list[str]
) -> None:
    if state == "decision":
        ref = world.programme("appraisal")
        boards_of(world, *DELEGATES)
        path.appraise(world, ref, NURSES)
    else:
        ref = world.programme(state)
        boards_of(world, *DELEGATES)

    seen = readers(world, ref, *(who for who, *_ in DELEGATES), "graca.mabunda", "paulo.sa")

    assert list(seen.values())[:4] == read
    assert seen["graca.mabunda"] == "reads"
    assert seen["paulo.sa"] == ("nothing" if state == "draft" else "reads")


def test_a_member_of_a_board_writes_what_that_board_has_to_write_and_nothing_of_their_country(
    world: World,
) -> None:
    ref = world.programme("screening")
    boards_of(world, *DELEGATES)
    world.answer(ref, "screening", "jane.okello", "return", "The money is not named.")

    writes = {}
    for who in (MOZ_FUND, MOZ_BOARD, "joao.lima"):
        person, now = world.person(who), world.clock()
        with world.engine.reading() as session:
            case = visible_case(session, ref, person, now)
            sight = CaseViewer.of(session, world.engine, case, person, now).sight
            proposal = sight.definition_known.documents["proposal"]
            (writer,) = proposal.written_by
            minutes = replace(proposal, written_by=(replace(writer, of="board"),))
            writes[who] = sight.writes(proposal), sight.writes(minutes)

    assert writes == {MOZ_FUND: (False, False), MOZ_BOARD: (False, True), "joao.lima": (True, True)}


def test_a_member_of_another_board_reads_nothing_of_what_only_this_one_is_asked(
    world: World,
) -> None:
    ref = world.programme("decision")
    enter_asha(world)
    now = world.clock()
    with world.engine.transaction() as session:
        fund = found_body(
            session, "fund", Charter(kind="board", name="Board of the fund"), by=None, now=now
        )
        brazil = known_party(session, "bra")
        appoint(
            session, world.person(ASHA), BOARD_MEMBER, brazil, now.date(),
            by=None, now=now, on=Sitting(fund, "fund"),
        )  # fmt: skip

    with world.engine.reading() as session:
        case = session.scalars(select(LifecycleCase.id).where(LifecycleCase.ref == ref)).one()
        taking = {party for found in case_parties(session, case).values() for party, _ in found}
        reads = {
            who: standing_in(session, case, world.person(who), now.date()).takes_part
            for who in (ASHA, "carla.duarte", "paulo.sa")
        }

    assert brazil not in taking
    assert reads == {ASHA: False, "carla.duarte": True, "paulo.sa": True}
