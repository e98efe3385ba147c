from fractions import Fraction

import pytest

from tests.workflow.forecast.lifecycles import MONDAY, shipped
from workflow.errors import Invalid
from workflow.forecast.definition import MOST_RUNS, Scenario, forecast
from workflow.forecast.simulation.simulate import Simulation
from workflow.forecast.what_if import WhatIf, what_if

EMERGENCY = shipped("emergency")


def asked(changed: WhatIf, runs: int = 300) -> Scenario:
    return Scenario(MONDAY, seed=1, runs=runs, changed=changed)


def test_a_stricter_quorum_carries_less() -> None:
    usual = forecast(EMERGENCY, Scenario(MONDAY, runs=300)).simulation
    strict = forecast(EMERGENCY, asked(WhatIf(quorum={"at_meeting": Fraction(9)}))).simulation

    def refused(found: Simulation) -> float:
        return sum(each.share for each in found.ends if each.state == "refused")

    assert refused(strict) > refused(usual) + 0.1


def test_a_role_on_leave_decides_when_it_is_back() -> None:
    away = what_if(EMERGENCY, away=["unit_officer=2026-11-01..2027-06-30"])

    found = forecast(EMERGENCY, asked(away)).simulation

    assert found.decided.low > 200


def test_a_file_knows_nobody_by_name() -> None:
    away = what_if(EMERGENCY, away=["chen@example.org=2026-12-01..2027-01-15"])

    with pytest.raises(Invalid, match=r"knows roles and nobody by name: chen@example\.org"):
        forecast(EMERGENCY, asked(away))


@pytest.mark.parametrize("runs", [0, MOST_RUNS + 1])
def test_neither_none_nor_endless_runs_are_played(runs: int) -> None:
    with pytest.raises(Invalid, match="1 to 100000 runs"):
        forecast(EMERGENCY, Scenario(MONDAY, runs=runs))


@pytest.mark.parametrize("year", [1, 9999])
def test_a_year_that_nobody_knows_is_refused(year: int) -> None:
    with pytest.raises(Invalid, match="a year from 1990 to 2100"):
        forecast(EMERGENCY, Scenario(MONDAY.replace(year=year)))
