"""A lifecycle that calls its private state otherwise, walked by all who are outside of its case."""

from contextlib import closing
from pathlib import Path

import pytest

from tests.support import databases
from tests.support.sizes import evenly, sized
from tests.support.visitors import entrance
from tests.support.world import HOUSE, NURSES, World
from tests.web.outsiders.cases import known_cases
from tests.web.outsiders.walk import leaks, told_in_lists
from tests.workflow.engine.lifecycles import STANDARD
from workflow.demo import path
from workflow.engine.commands.open_case import publish
from workflow.lifecycles.loader.files import load_file

PEOPLE = sized(1, 12)


@pytest.mark.proof(sample=1)
@pytest.mark.parametrize("last", ["unsent", "sent"])
def test_a_lifecycle_that_calls_its_first_state_otherwise_keeps_it_private_as_well(
    tmp_path: Path, last: str
) -> None:
    renamed = tmp_path / STANDARD.name
    renamed.write_text(
        STANDARD.read_text(encoding="utf-8").replace('"draft"', '"sketch"').replace("\ndraft = ", "\nsketch = "),
        encoding="utf-8",
    )  # fmt: skip
    with databases.fresh_sqlite(tmp_path, HOUSE) as url, closing(World(url)) as world:
        publish(world.engine, load_file(renamed))
        ref = path.begin(world, NURSES)
        if last == "sent":
            path.submit(world, ref, NURSES)
        (case,) = known_cases(world, first="sketch")
        enter = entrance(world, tmp_path)

        met = [
            each
            for visitor in map(enter, evenly(case.outsiders, PEOPLE))
            for each in (leaks(case, visitor), told_in_lists([case], visitor))
        ]

        assert case.sent is (last == "sent")
        assert [each for _, found in met for each in found] == []
