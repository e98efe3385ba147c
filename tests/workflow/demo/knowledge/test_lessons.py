"""The demonstration has lessons of four programmes, which are offered and used in others."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import databases
from tests.support.demonstration import DEMONSTRATION
from tests.support.world import World
from workflow.clock import utc_now
from workflow.lessons.filters import LessonFilters
from workflow.lessons.lines import lessons


@pytest.fixture
def demonstration(tmp_path: Path) -> Iterator[World]:
    """The demonstration, as a visitor finds it."""
    with databases.fresh("sqlite", tmp_path, DEMONSTRATION) as url:
        world = World(url, utc_now())
        yield world
        world.close()


def test_nine_lessons_were_validated_and_some_are_used(demonstration: World) -> None:
    with demonstration.engine.reading() as session:
        found = lessons(session, None, LessonFilters(), demonstration.engine.now()).lines

    assert len(found) == 9
    assert len({each.programme for each in found}) == 4
    assert {each.language for each in found} == {"en", "fr", "pt"}
    # One more is used in a draft, of which nobody else may know.
    assert (
        sum(each.counted.used for each in found),
        sum(each.counted.not_for_us for each in found),
    ) == (3, 1)
