"""What blocks is moved by its owner, or goes up by age to those who can move it, up to each of its ends."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from tests.support.world import World
from tests.workflow.lifecycles.shipped.carrying import SHIPPED, Carried, CarriedPart
from tests.workflow.lifecycles.shipped.test_triangular import ALONE, concluded, sent, waived
from workflow.audit.verification.verify import verify
from workflow.engine.commands.open_case import publish
from workflow.engine.models import CaseParty, LifecycleCase, Round, Seat
from workflow.errors import Invalid, Refusal
from workflow.lifecycles.loader.files import load_file
from workflow.people.models import Party

TOLD: dict[str, Any] = {
    "blocked": "Customs hold reagents",
    "sort": "blocks",
    "category": "customs",
    "holds_up": "Output 2: laboratories that test",
    "since": "2026-02-03",
    "moves": "A waiver of duty by the ministry of finance.",
    "decides": "director",
    "background": "The officer asks for a fee.",
}
MANAGER, AGENCY, MOZ, AGO = "beatriz.costa", "kenji.watanabe", "graca.mabunda", "domingos.neto"
DIRECTOR, OFFICER, SECRETARY = "elena.petrova", "jane.okello", "jane.okello"


@pytest.fixture
def blocker(world: World) -> CarriedPart:
    """What the agency raised in a programme of two countries, which Angola convenes."""
    found = CarriedPart(
        world, "blocker", "undp", executing_agency="undp", beneficiary=("moz", "ago"),
        lead=("ago",), convenor="ago", donor="nor",
    )  # fmt: skip
    found.appoint(SECRETARY, "board_secretary", "special-unit")
    return found


def told(blocker: CarriedPart, owner: str, **changed: str) -> None:
    """The manager tells what is blocked and names who can move it."""
    world = blocker.world
    world.file(blocker.ref, "blocker", MANAGER, {**TOLD, **changed})
    world.answer(blocker.ref, "telling", MANAGER, "tell", answers={"owner": owner})


def owners(blocker: CarriedPart) -> list[str]:
    """Who owns it."""
    asked = select(Party.key).join(CaseParty, CaseParty.party_id == Party.id)
    case = select(LifecycleCase.id).where(LifecycleCase.ref == blocker.ref).scalar_subquery()
    with blocker.world.engine.reading() as session:
        found = asked.where(CaseParty.case_id == case, CaseParty.capacity == "owner")
        return list(session.scalars(found))


def asked(blocker: CarriedPart) -> list[tuple[str, str]]:
    """Who is asked now, as role and party, but the timer."""
    wanted = select(Seat.role, Party.key).join(Party, Party.id == Seat.party_id)
    case = select(LifecycleCase.id).where(LifecycleCase.ref == blocker.ref).scalar_subquery()
    of_case = wanted.where(Seat.case_id == case, Seat.status == "open", Seat.role != "system")
    with blocker.world.engine.reading() as session:
        return sorted(session.execute(of_case.order_by(Seat.id)).all())


@pytest.mark.parametrize(
    ("owner", "seats"),
    [
        ("moz", [("national_authority", "moz")]),
        ("nor", [("donor", "nor")]),
        ("undp", [("executing_agency", "undp"), ("programme_manager", "undp")]),
        ("special-unit", [("unit_officer", "special-unit")]),
    ],
)
def test_its_owner_is_asked_in_the_office_that_can_move_it(
    blocker: CarriedPart, owner: str, seats: list[tuple[str, str]]
) -> None:
    told(blocker, owner)

    assert owners(blocker) == [owner]
    assert asked(blocker) == seats
    assert verify(blocker.world.engine.database).sound


def test_nobody_owns_it_who_takes_no_part(blocker: CarriedPart) -> None:
    blocker.world.file(blocker.ref, "blocker", MANAGER, TOLD)

    with pytest.raises(Invalid):
        blocker.world.answer(blocker.ref, "telling", MANAGER, "tell", answers={"owner": "bra"})

    assert (blocker.state, owners(blocker)) == ("raised", [])


def test_unanswered_it_goes_up_by_age_to_the_convenor_and_the_director(
    blocker: CarriedPart,
) -> None:
    told(blocker, "moz")
    stands = []
    for days in (29, 2, 20, 2, 44, 2, 365):
        blocker.wait(days=days)
        stands.append((blocker.state, asked(blocker)))

    convenor = ("with_convenor", [("national_authority", "ago"), ("pivotal_focal", "ago")])
    director = ("with_director", [("unit_head", "special-unit")])
    assert stands == [
        ("with_owner", [("national_authority", "moz")]),
        convenor, convenor, director, director, director, director,
    ]  # fmt: skip
    assert verify(blocker.world.engine.database).sound


def test_what_only_the_board_can_decide_goes_up_to_its_secretary(blocker: CarriedPart) -> None:
    told(blocker, "moz", decides="board")
    blocker.wait(days=31)
    blocker.wait(days=22)
    blocker.wait(days=46)
    before = blocker.state
    blocker.answer(SECRETARY, "deciding", "accept", "The Board lives with it.")

    assert (before, blocker.state) == ("with_board", "lived_with")


@pytest.mark.parametrize("owner", ["ago", "undp"])
def test_it_goes_to_the_director_where_nobody_else_convenes(
    blocker: CarriedPart, owner: str
) -> None:
    told(blocker, owner)
    if owner == "undp":
        case = select(LifecycleCase.id).where(LifecycleCase.ref == blocker.ref).scalar_subquery()
        with blocker.world.engine.transaction() as session:
            row = session.scalars(
                select(CaseParty).where(CaseParty.case_id == case, CaseParty.capacity == "convenor")
            ).one()
            session.delete(row)
    blocker.wait(days=31)

    assert blocker.state == "with_director"


def test_who_says_at_once_that_it_needs_somebody_above_need_not_wait(blocker: CarriedPart) -> None:
    told(blocker, "moz")
    with pytest.raises(Refusal, match="needs a reason"):
        blocker.answer(MOZ, "moving", "up")
    blocker.answer(MOZ, "moving", "up", "It is Angola's port.")
    first = blocker.state
    blocker.answer(AGO, "convening", "up", "Nor can we.")

    assert (first, blocker.state) == ("with_convenor", "with_director")


def test_the_focal_point_of_a_lead_country_answers_for_the_convenor(blocker: CarriedPart) -> None:
    blocker.appoint("paulo.sa", "pivotal_focal", "ago")
    told(blocker, "moz")
    blocker.wait(days=31)
    blocker.answer("paulo.sa", "convening", "moved", "The port let them in.")

    assert (blocker.state, asked(blocker)) == ("unblocked", [])


def test_who_hands_it_on_wins_no_time(blocker: CarriedPart) -> None:
    told(blocker, "moz")
    blocker.wait(days=20)
    world = blocker.world
    world.answer(blocker.ref, "moving", MOZ, "hand_on", "The agency pays.", {"owner": "undp"})
    handed = blocker.state, owners(blocker), asked(blocker)
    blocker.wait(days=11)

    assert handed == (
        "with_owner", ["undp"], [("executing_agency", "undp"), ("programme_manager", "undp")],
    )  # fmt: skip
    assert blocker.state == "with_convenor"
    assert verify(world.engine.database).sound


def test_who_hands_it_on_says_to_whom(blocker: CarriedPart) -> None:
    told(blocker, "moz")

    with pytest.raises(Invalid):
        blocker.world.answer(blocker.ref, "moving", MOZ, "hand_on", "Somebody else.", {})

    assert owners(blocker) == ["moz"]


def test_from_above_it_is_handed_down_to_somebody_who_has_time_anew(blocker: CarriedPart) -> None:
    told(blocker, "moz")
    blocker.wait(days=31)
    world = blocker.world
    world.answer(blocker.ref, "convening", AGO, "hand_on", "Norway's bank.", {"owner": "nor"})
    blocker.wait(days=29)
    before = blocker.state, owners(blocker)
    blocker.wait(days=2)

    assert before == ("with_owner", ["nor"])
    assert blocker.state == "with_convenor"


@pytest.mark.parametrize(("verdict", "end"), [("moved", "unblocked"), ("no_longer", "no_longer")])
def test_its_owner_ends_it(blocker: CarriedPart, verdict: str, end: str) -> None:
    told(blocker, "undp")
    blocker.answer(AGENCY, "moving", verdict, "The waiver is signed.")

    assert blocker.state == end


def test_its_owner_still_moves_it_while_others_have_it(blocker: CarriedPart) -> None:
    told(blocker, "moz")
    blocker.wait(days=31)
    blocker.wait(days=22)
    before = blocker.state
    blocker.answer(MOZ, "moving_late", "moved", "The waiver is signed.")

    assert (before, blocker.state) == ("with_director", "unblocked")


def test_whoever_raised_it_takes_it_back(blocker: CarriedPart) -> None:
    told(blocker, "moz")
    with pytest.raises(Refusal):
        blocker.answer(MOZ, "taking_back", "no_longer", "It is over.")
    blocker.answer(MANAGER, "taking_back", "no_longer", "The reagents came.")

    assert blocker.state == "no_longer"


def test_the_director_accepts_it_as_it_is_with_a_reason(blocker: CarriedPart) -> None:
    told(blocker, "ago")
    blocker.wait(days=31)
    with pytest.raises(Refusal, match="needs a reason"):
        blocker.answer(DIRECTOR, "directing", "accept")
    blocker.answer(DIRECTOR, "directing", "accept", "One laboratory is enough.")

    assert blocker.state == "lived_with"


def test_what_moves_and_is_raised_again_is_counted_from_the_day_that_it_says(
    blocker: CarriedPart,
) -> None:
    told(blocker, "moz")
    due = blocker.due("moving"), blocker.due("going_up")

    assert due[0] is not None
    assert due[1] is not None
    assert due[1] - due[0] >= timedelta(days=15)


@pytest.fixture
def running(world: World) -> Carried:
    """A triangular programme under way, in a house that has what stands beside it."""
    for name in ("amendment", "follow-up", "blocker"):
        publish(world.engine, load_file(SHIPPED / f"{name}.toml"))
    carried = sent(world, ALONE)
    concluded(carried)
    carried.board("deciding", "approve")
    for who in (DIRECTOR, MOZ, AGO, AGENCY):
        carried.answer(who, "signing", "sign")
    return carried


def proposer(world: World, ref: str) -> str:
    """Who raised it."""
    found = (
        select(Party.key)
        .join(CaseParty, CaseParty.party_id == Party.id)
        .join(LifecycleCase, LifecycleCase.id == CaseParty.case_id)
        .where(LifecycleCase.ref == ref, CaseParty.capacity == "proposer")
    )
    with world.engine.reading() as session:
        return session.scalars(found).one()


def test_whoever_takes_part_raises_one_and_is_asked_to_tell_it(running: Carried) -> None:
    world = running.world
    for who in (MANAGER, AGO, OFFICER):
        running.answer(who, "raising_a_blocker", "raise", "Customs hold the reagents.")

    assert [proposer(world, f"{running.ref}.{n}") for n in (1, 2, 3)] == [
        "undp", "ago", "special-unit",
    ]  # fmt: skip
    assert running.state == "active"
    world.file(f"{running.ref}.2", "blocker", AGO, TOLD)
    world.answer(f"{running.ref}.2", "telling", AGO, "tell", answers={"owner": "moz"})
    assert world.state(f"{running.ref}.2") == "with_owner"
    assert world.state(f"{running.ref}.1") == "raised"
    assert verify(world.engine.database).sound


def test_a_stranger_raises_none(running: Carried) -> None:
    with pytest.raises(Refusal):
        running.answer("tavita.leota", "raising_a_blocker", "raise", "I heard of it.")

    with running.world.engine.reading() as session:
        rounds = session.scalars(select(Round.id).where(Round.key == "raising_a_blocker"))
        assert rounds.all() == []


def test_it_is_overtaken_as_the_programme_ends(running: Carried) -> None:
    running.answer(MANAGER, "raising_a_blocker", "raise", "Customs hold the reagents.")
    world = running.world
    publish(world.engine, load_file(SHIPPED / "evaluation.toml"))
    world.file(running.ref, "final_report", AGENCY, {"results": "Both of them test soil."})
    running.answer(AGENCY, "reporting", "report")
    running.answer("joao.lima", "accepting", "accept")
    waived(running, 2)

    assert (running.state, world.state(f"{running.ref}.1")) == ("closed", "no_longer")
