"""How partners rate the office, by year, for the office and for those who audit it alone."""

import pytest

from tests.support.visitors import Enter, told
from tests.support.world import World
from tests.workflow.lifecycles.shipped.joint import MANAGERS
from tests.workflow.results.measured import OFFICER, a_measured_programme, owed
from workflow.results.support import support_by_year


def test_accepted_reports_are_counted_by_their_year(world: World, enter: Enter) -> None:
    joint = a_measured_programme(world)
    refs = owed(joint)
    joint.report(refs["ago"], MANAGERS["ago"], support="5")
    joint.send_report(refs["moz"], MANAGERS["moz"], support="1")

    with world.engine.reading() as session:
        waiting = support_by_year(session)
    world.answer(refs["moz"], "accepting", OFFICER, "accept")
    with world.engine.reading() as session:
        (year,) = support_by_year(session)
    page = enter(OFFICER).get("/support")

    assert [(each.rated, str(each.average)) for each in waiting] == [(1, "5.0")]
    assert (year.given, year.rated, year.reports, str(year.average)) == ({1: 1, 5: 1}, 2, 2, "3.0")
    assert "2026 3 1 0 0 0 1 0 2 2" in told(page)


def test_a_report_that_rates_nobody_is_counted_and_leaves_the_average(world: World) -> None:
    joint = a_measured_programme(world)
    joint.report(owed(joint)["ago"], MANAGERS["ago"])

    with world.engine.reading() as session:
        (year,) = support_by_year(session)

    assert (year.reports, year.rated, year.average) == (1, 0, None)


@pytest.mark.parametrize("who", ["li.wei", "beatriz.costa", "joao.lima"])
def test_nobody_else_reads_it(world: World, enter: Enter, who: str) -> None:
    assert enter(who).get("/support").status_code == 403
