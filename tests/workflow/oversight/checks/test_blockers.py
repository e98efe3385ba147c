"""The list of blockers is compared with what was told, and made to follow again."""

import pytest
from sqlalchemy import delete, text, update

from tests.support.world import World
from tests.workflow.blockers.house import two_programmes
from tests.workflow.lifecycles.shipped.carrying import Carried
from workflow.oversight.checks.lists import astray, make_follow
from workflow.programmes.models import ListedBlocker

ALTERED = {
    "a day": {"since": text("'2020-01-01'")},
    "an owner": {"owner_id": 1},
    "a state": {"state": "with_board"},
    "an end": {"ended": True},
    "a text": {"blocked": "Nothing"},
}


@pytest.fixture
def both(world: World) -> tuple[Carried, Carried]:
    return two_programmes(world)


@pytest.mark.parametrize("altered", ALTERED)
def test_a_line_that_was_altered_is_told_and_mended(
    both: tuple[Carried, Carried], altered: str
) -> None:
    engine = both[0].world.engine
    with engine.transaction() as session:
        first = session.query(ListedBlocker).order_by(ListedBlocker.since).first()
        assert first is not None
        line = update(ListedBlocker).where(ListedBlocker.case_id == first.case_id)
        session.execute(line.values(ALTERED[altered]))

    found = astray(engine)
    make_follow(engine, found)

    assert [ref for _, ref in found.blockers] == [f"{both[0].ref}.1"]
    assert "list of blockers" in str(found.differences[0].sentence)
    assert astray(engine).differences == []


def test_lines_that_are_gone_are_told_and_written_again(both: tuple[Carried, Carried]) -> None:
    engine = both[0].world.engine
    with engine.transaction() as session:
        session.execute(delete(ListedBlocker))

    found = astray(engine)
    make_follow(engine, found)

    assert len(found.blockers) == 4
    assert astray(engine).differences == []
