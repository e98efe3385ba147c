"""When a case under another one ended, and when that was made known above, is compared with both trails."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select, update

from tests.support.world import World
from tests.workflow.engine.cases.family import OFFICER, REF
from tests.workflow.engine.cases.test_amended import changing
from workflow.audit.verification.verify import verify
from workflow.engine.children.models import ChildCase
from workflow.engine.commands.settle_due import sweep
from workflow.engine.models import LifecycleCase

ANOTHER = datetime(2026, 1, 1, tzinfo=UTC)
CHANGE = f"{REF}.1"


def rewritten(world: World, ref: str, **values: Any) -> list[str]:
    """What a check says while the row of a case under another one says something else."""
    assert verify(world.engine.database).sound
    of = select(LifecycleCase.id).where(LifecycleCase.ref == ref).scalar_subquery()
    columns = [ChildCase.__table__.c[name] for name in values]
    with world.engine.reading() as session:
        before = session.execute(select(*columns).where(ChildCase.case_id == of)).one()
    said = []
    for row in (values, dict(zip(values, before, strict=True))):
        with world.engine.transaction() as session:
            session.execute(update(ChildCase).where(ChildCase.case_id == of).values(row))
        said.append([each.sentence for each in verify(world.engine.database).differences])
    assert said[1] == []
    return said[0]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"heard_at": None}, "its heard_at is nothing"),
        ({"heard_at": ANOTHER}, "its heard_at is 2026-01-01"),
        ({"ended_at": None}, "its ended_at is nothing"),
        ({"ended_at": ANOTHER}, "its ended_at is 2026-01-01"),
        ({"number": 7}, "its number is “7”"),
    ],
)
def test_one_that_changed_the_facts_above(world: World, changed: dict[str, Any], said: str) -> None:
    world.answer(changing(world), "task", OFFICER, "done")
    sweep(world.engine)

    assert any(said in each for each in rewritten(world, CHANGE, **changed))


@pytest.mark.parametrize("column", ["ended_at", "heard_at"])
def test_one_that_is_open_still(world: World, column: str) -> None:
    changing(world)

    assert any(
        f"its {column} is 2026-01-01" in each
        for each in rewritten(world, CHANGE, **{column: ANOTHER})
    )


def test_one_that_ended_and_changed_nothing_is_as_it_was_told(world: World) -> None:
    world.answer(changing(world), "task", OFFICER, "failed")

    assert verify(world.engine.database).sound
    sweep(world.engine)
    assert verify(world.engine.database).sound
