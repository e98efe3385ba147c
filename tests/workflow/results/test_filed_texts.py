"""The tables of results follow the texts of a case: as they are filed, and as an amendment of them counts."""

from datetime import date
from typing import Any

import pytest

from tests.support.world import World
from tests.workflow.lifecycles.amendments.amended import ENTRY, OFFICER
from tests.workflow.lifecycles.amendments.test_amendment import EXTENSION
from tests.workflow.lifecycles.shipped.carrying import BOARD, SHIPPED, Carried
from tests.workflow.lifecycles.shipped.test_beside import asked, signed
from tests.workflow.lifecycles.shipped.test_triangular import ALONE, concluded, sent
from tests.workflow.results.measured import INDICATORS
from workflow.engine.commands.open_case import publish
from workflow.engine.models import LifecycleCase
from workflow.errors import Invalid
from workflow.lifecycles.loader.files import load_file
from workflow.oversight.checks.lists import astray
from workflow.results.indicators import Indicator
from workflow.results.kept import indicators_of

STATED = [{key: value for key, value in row.items() if key != "together"} for row in INDICATORS]


@pytest.fixture
def running(world: World) -> Carried:
    """A programme with indicators that runs, in a house that knows amendments."""
    publish(world.engine, load_file(SHIPPED / "follow-up.toml"))
    publish(world.engine, load_file(SHIPPED / "amendment.toml"))
    carried = sent(world, {**ALONE, "indicators": STATED})
    concluded(carried)
    carried.board("deciding", "approve")
    signed(carried)
    return carried


def stated(of: Carried) -> tuple[Indicator, ...]:
    """Its indicators, as pages read them."""
    with of.world.engine.reading() as session:
        case = session.query(LifecycleCase.id).where(LifecycleCase.ref == of.ref).scalar()
        return indicators_of(session, int(case or 0))


def test_targets_are_put_off_with_the_end_by_an_amendment_that_is_in_effect(
    running: Carried,
) -> None:
    world, before = running.world, [each.targets for each in stated(running)]
    below = asked(running, EXTENSION)
    world.answer(below, "classing", OFFICER, "confirm")
    for who in BOARD:
        world.answer(below, "deciding", who, "approve")
    agreed = [each.targets for each in stated(running)]
    world.file(below, "entry", OFFICER, ENTRY)
    world.answer(below, "putting_in_effect", OFFICER, "effect")
    running.wait(hours=1)

    ends = {each.targets[-1].by for each in stated(running)}

    assert before == agreed
    assert ends == {date.fromisoformat(EXTENSION["planned_end"])}
    assert astray(world.engine).results == ()


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"indicators": [STATED[0], STATED[0]]}, "indicators"),
        ({"indicators": STATED, "targets": [{"code": "9", "by": "2027-01-01", "value": "1"}]}, "targets"),
    ],
)  # fmt: skip
def test_what_contradicts_itself_is_refused_and_nothing_is_kept(
    world: World, said: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        sent(world, {**ALONE, **said})

    assert list(refused.value.faults) == [field]
