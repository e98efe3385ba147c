"""A framework counts its programmes and their money by area in differences, and the count is what there is."""

from collections import Counter
from collections.abc import Iterator

import pytest
from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from tests.support.world import World
from workflow.engine.models import CaseArea, LifecycleCase
from workflow.framework_pages.comparison import is_astray, make_follow
from workflow.frameworks import tallies
from workflow.frameworks.models import Framework, FrameworkCase, FrameworkMoneyChange
from workflow.frameworks.tallies import AreaMoney, areas_tallied, fold, money_tallied
from workflow.ledger.models import SourceMoney
from workflow.ledger.shares import SUMS
from workflow.programmes.models import Programme

MONEY = AreaMoney(programmed=500, committed=400, received=300, spent=200)


@pytest.fixture
def world(house_url: str) -> Iterator[World]:
    world = World(house_url)
    yield world
    world.close()


def framework(session: Session, key: str = "F7") -> int:
    return session.scalars(select(Framework.id).where(Framework.key == key)).one()


def with_money(world: World, ref: str, source: str = "ind") -> int:
    """Money of a source is kept of a programme."""
    kept = dict.fromkeys(SUMS, 0) | {
        "budget_usd": 500, "commitment_usd": 400, "receipt_usd": 300, "expenditure_usd": 200,
    }  # fmt: skip
    with world.engine.transaction() as session:
        case = session.scalars(select(LifecycleCase.id).where(LifecycleCase.ref == ref)).one()
        of = {"case_id": case, "source_id": world.party(source), "currency": "USD", "hidden": False}
        session.execute(insert(SourceMoney), {**of, **kept})
    return case


def areas(world: World, key: str = "F7", *, whole: bool = True) -> Counter[tuple[str, str]]:
    with world.engine.reading() as session:
        return +areas_tallied(session, framework(session, key), whole=whole)


def money(world: World, key: str = "F7") -> dict[str, AreaMoney]:
    with world.engine.reading() as session:
        found = money_tallied(session, framework(session, key))
        return {area: each for (area, _), each in found.items() if each != AreaMoney()}


def test_a_programme_is_counted_in_each_of_its_areas_and_a_draft_apart(world: World) -> None:
    world.programme("screening")
    world.programme("draft")

    everything, public = areas(world), areas(world, whole=False)

    assert set(everything.values()) == {2}
    assert set(public.values()) == {1}
    assert {stage for _, stage in public} == {"proposal"}


def test_money_stands_under_the_first_area_and_follows_it(world: World) -> None:
    case = with_money(world, world.programme("screening"))
    first = money(world)
    with world.engine.transaction() as session:
        session.execute(insert(CaseArea), {"case_id": case, "area": "aaa-first"})
    named_before = money(world)
    with world.engine.transaction() as session:
        session.execute(delete(CaseArea).where(CaseArea.case_id == case))
    nowhere = money(world)

    assert list(first.values()) == [MONEY]
    assert named_before == {"aaa-first": MONEY}
    assert nowhere == {"": MONEY}


def test_programmes_and_money_go_with_the_programme_to_another_framework(world: World) -> None:
    case = with_money(world, world.programme("screening"))
    before = areas(world)
    with world.engine.transaction() as session:
        third = framework(session, "F3")
        session.execute(
            update(Programme).where(Programme.case_id == case).values(framework_id=third)
        )

    assert (areas(world), money(world)) == (Counter(), {})
    assert areas(world, "F3") == before
    assert [*money(world, "F3").values()] == [MONEY]


def test_folded_differences_say_the_same_in_fewer_rows(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tallies, "ENOUGH", 1)
    with_money(world, world.programme("screening"))
    with_money(world, world.programme("consultation"), "bra")
    before = areas(world), money(world)

    fewer = fold(world.engine)

    assert fewer > 0
    assert (areas(world), money(world)) == before


def test_what_somebody_altered_is_told_and_made_to_follow_again(world: World) -> None:
    with_money(world, world.programme("screening"))
    right = areas(world), money(world)
    with world.engine.transaction() as session:
        session.execute(update(FrameworkCase).values(area="elsewhere"))
        session.execute(delete(FrameworkMoneyChange))
        told = is_astray(session)
        make_follow(session)
        left = is_astray(session)
        kept = session.scalar(select(func.count()).select_from(FrameworkCase))

    assert (told, left, kept) == (True, False, 1)
    assert (areas(world), money(world)) == right
