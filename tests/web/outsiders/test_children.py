"""Cases under a programme, walked by all who are outside of them: nothing of a draft, and of none what is closed."""

from contextlib import closing
from pathlib import Path

import pytest

from tests.support import databases
from tests.support.sizes import evenly, sized
from tests.support.visitors import entrance
from tests.support.world import HOUSE, World
from tests.web.outsiders.cases import known_cases
from tests.web.outsiders.walk import leaks, told_in_lists
from tests.workflow.engine.cases.family import KIND, OFFICER, REF, above, begun, part

PEOPLE = sized(2, 12)


@pytest.mark.parametrize("last", ["unsent", "sent"])
def test_a_case_under_another_is_open_to_nobody_to_whom_its_own_lifecycle_opens_nothing(
    tmp_path: Path, last: str
) -> None:
    child = part()
    child["states"]["a"]["private"] = last == "unsent"
    with databases.fresh_sqlite(tmp_path, HOUSE) as url, closing(World(url)) as world:
        begun(world, child, above(part={**KIND, "for_each": "beneficiary"}))
        world.answer(REF, "start", OFFICER, "go")
        cases = known_cases(world, first="a" if last == "unsent" else "")
        below = [case for case in cases if case.ref != REF]
        enter = entrance(world, tmp_path)

        met = [
            each
            for case in below
            for visitor in map(enter, evenly(case.outsiders, PEOPLE))
            for each in (leaks(case, visitor), told_in_lists([case], visitor))
        ]

        assert [case.ref for case in below] == [f"{REF}.1", f"{REF}.2"]
        assert all(case.outsiders for case in below)
        assert sum(tried for tried, _ in met) > 0
        assert [each for _, found in met for each in found] == []
