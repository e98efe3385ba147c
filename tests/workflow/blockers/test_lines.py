"""Blockers by age: with whom each is since when, and where it goes up; narrowed, and after the clock has moved."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from sqlalchemy import insert, select

from tests.support.world import World
from tests.workflow.blockers.house import COAST, SAHEL, two_programmes
from tests.workflow.lifecycles.shipped.carrying import Carried
from tests.workflow.lifecycles.shipped.test_blocker import AGO, MOZ
from workflow.audit.verification.verify import verify
from workflow.blockers.choices import choices
from workflow.blockers.filters import BlockerFilters, looked
from workflow.blockers.lines import BlockerLine, blockers, every_blocker
from workflow.engine.declared_models import PrivateState
from workflow.engine.models import LifecycleCase
from workflow.oversight.checks.lists import astray

READER = "marie.laurent"


@pytest.fixture
def both(world: World) -> tuple[Carried, Carried]:
    return two_programmes(world)


def listed(world: World, who: str = READER, **asked: str | bool) -> Sequence[BlockerLine]:
    """The page that somebody sees."""
    engine = world.engine
    with engine.reading() as session:
        filters = BlockerFilters(**asked)  # type: ignore[arg-type]
        return blockers(session, engine, world.person(who), filters, engine.now()).lines


def test_the_oldest_comes_first_with_its_programme_and_its_owner(
    both: tuple[Carried, Carried],
) -> None:
    world = both[0].world

    lines = listed(world)

    assert [(each.blocked, each.title, each.owner) for each in lines] == [
        ("Customs hold reagents", SAHEL, "Mozambique"),
        ("No money", COAST, "Angola"),
        ("No trainer", SAHEL, "United Nations Development Programme"),
        ("An election", COAST, "Special Unit for South-South Cooperation"),
    ]
    assert lines[0].days == (world.clock().date() - date(2026, 2, 3)).days
    assert [each.risk for each in lines] == [False, False, False, True]
    assert (lines[0].category, lines[0].state.label) == ("Customs and transport", "With its owner")


def test_where_it_goes_up_is_computed_from_the_clock_of_its_round(
    both: tuple[Carried, Carried],
) -> None:
    world = both[0].world
    told = world.clock()

    up = listed(world)[0].up

    assert up is not None
    assert (up.role, up.parties, up.to_house) == ("Director", (), True)
    assert timedelta(days=29) < up.on - told <= timedelta(days=31)


def test_what_went_up_says_with_whom_it_is_since_when(both: tuple[Carried, Carried]) -> None:
    world = both[0].world
    both[0].wait(days=31)
    went = world.clock()

    lines = {each.blocked: each for each in listed(world)}

    money = lines["No money"]
    assert money.state.label == "With the Director"
    assert timedelta() <= went - money.entered_at < timedelta(days=2)
    assert money.up is None
    election = lines["An election"]
    assert election.up is not None
    assert election.up.role == "Secretary of the Board"


def test_what_ended_is_listed_no_more_among_those_that_are_open(
    both: tuple[Carried, Carried],
) -> None:
    world = both[0].world
    world.answer(f"{both[0].ref}.1", "moving", MOZ, "moved", "The waiver came.")

    assert [each.blocked for each in listed(world)] == ["No money", "No trainer", "An election"]
    (ended,) = listed(world, ended=True)
    assert (ended.blocked, ended.state.label, ended.up) == ("Customs hold reagents", "Moved", None)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"framework": "F6"}, ["No money", "An election"]),
        ({"owner": "undp"}, ["No trainer"]),
        ({"category": "customs"}, ["Customs hold reagents"]),
        ({"country": "AGO"}, ["Customs hold reagents", "No money", "No trainer", "An election"]),
        ({"country": "BRA"}, []),
        ({"owner": "ago", "framework": "F7"}, []),
        ({"owner": "nobody"}, []),
        ({"programme": "SSC-2026-999"}, []),
    ],
)
def test_it_is_narrowed(
    both: tuple[Carried, Carried], asked: dict[str, str], found: list[str]
) -> None:
    assert [each.blocked for each in listed(both[0].world, **asked)] == found


def test_those_of_one_programme_are_listed_alone(both: tuple[Carried, Carried]) -> None:
    found = listed(both[0].world, programme=both[1].ref)

    assert [each.blocked for each in found] == ["No money", "An election"]


def test_a_page_goes_on_after_the_last_line_looked_at(
    both: tuple[Carried, Carried], monkeypatch: pytest.MonkeyPatch
) -> None:
    world = both[0].world
    monkeypatch.setattr("workflow.blockers.lines.PORTION", 1)

    with world.engine.reading() as session:
        found = [
            each.blocked
            for each in every_blocker(
                session, world.engine, world.person(READER), BlockerFilters(), world.clock()
            )
        ]

    assert found == ["Customs hold reagents", "No money", "No trainer", "An election"]


def test_nonsense_for_a_place_begins_anew(both: tuple[Carried, Carried]) -> None:
    assert len(listed(both[0].world, after="yesterday")) == 4


def test_a_new_owner_is_listed_as_the_owner(both: tuple[Carried, Carried]) -> None:
    world = both[0].world
    world.answer(f"{both[1].ref}.1", "moving", AGO, "hand_on", "Not ours.", {"owner": "moz"})

    assert [each.blocked for each in listed(world, owner="moz")] == [
        "Customs hold reagents", "No money",
    ]  # fmt: skip


def test_the_lines_follow_from_what_was_told(both: tuple[Carried, Carried]) -> None:
    world = both[0].world
    both[0].wait(days=31)
    world.answer(f"{both[0].ref}.1", "moving_late", MOZ, "moved", "The waiver came.")

    assert astray(world.engine).differences == []
    assert verify(world.engine.database).sound


def hidden(world: World, ref: str) -> None:
    """What stands where the blocker called `ref` does is for those who were asked alone."""
    world.honest = False
    named = select(LifecycleCase.definition_id, LifecycleCase.state).where(LifecycleCase.ref == ref)
    with world.engine.transaction() as session:
        number, state = session.execute(named).one()
        session.execute(insert(PrivateState).values(definition_id=number, state=state))


def test_what_somebody_may_not_know_of_shapes_neither_pages_nor_choices(
    both: tuple[Carried, Carried],
) -> None:
    world, engine = both[0].world, both[0].world.engine
    both[0].world.answer(f"{both[0].ref}.1", "moving", MOZ, "up", "Only the ministry above.")
    stranger = world.person("tavita.leota")
    hidden(world, f"{both[0].ref}.2")

    with engine.reading() as session:
        seen = looked(session, BlockerFilters(), stranger, engine.now(), 1)
        named = [
            choices(session, engine, who, ended=False, now=engine.now()).owners
            for who in (stranger, world.person(MOZ), world.person(READER))
        ]

    every = {"moz", "ago", "undp", "special-unit"}
    assert (len(seen.cases), seen.next) == (1, "")
    assert {key for key, _ in named[0]} == {"moz"}
    assert {key for key, _ in named[2]} == every


def test_owners_of_what_ended_are_offered_beside_what_ended(both: tuple[Carried, Carried]) -> None:
    world, engine = both[0].world, both[0].world.engine
    both[0].world.answer(f"{both[0].ref}.1", "moving", MOZ, "moved", "The waiver came.")

    with engine.reading() as session:
        found = {
            ended: {
                key
                for key, _ in choices(
                    session, engine, world.person(READER), ended=ended, now=engine.now()
                ).owners
            }
            for ended in (False, True)
        }

    assert found == {False: {"ago", "undp", "special-unit"}, True: {"moz"}}
