"""Results in an IATI activity: what is accepted, by period, in a file that the schema takes."""

from datetime import date
from decimal import Decimal

import pytest

from tests.support.world import World
from tests.workflow.exports.iati.test_activity import activities, refuses
from tests.workflow.lifecycles.shipped.joint import Joint
from tests.workflow.results.measured import a_measured_programme, actual, report
from workflow.exports.iati.results import MeasuredIndicator, results_of
from workflow.results.indicators import Direction, Indicator, TargetByDay


@pytest.fixture
def joint(world: World) -> Joint:
    """One country's report is accepted, another one's is not yet."""
    joint = a_measured_programme(world)
    report(joint, "ago", actual("1.1", "30", of_which="12"), actual("1.2", "9.5"))
    report(joint, "moz", actual("1.1", "44"), accept=False)
    return joint


def test_each_output_has_its_indicators_with_baseline_targets_and_actuals(joint: Joint) -> None:
    tree = activities(joint.world, joint.ref)

    (result,) = tree.iter("result")
    nurses, days, samples = result.iter("indicator")
    periods = [
        (each.find("period-end").get("iso-date"), [t.get("value") for t in each.iter("target")], [a.get("value") for a in each.iter("actual")])
        for each in nurses.iter("period")
    ]  # fmt: skip
    assert result.findtext("title/narrative") == "Laboratory"
    assert nurses.find("baseline").attrib == {
        "year": "2026", "iso-date": "2026-01-01", "value": "0",
    }  # fmt: skip
    assert [each[1:] for each in periods] == [([], ["30", "12"]), (["96"], []), (["240"], [])]
    assert (days.get("ascending"), nurses.get("ascending")) == ("0", "1")
    assert list(samples.iter("actual")) == []


def test_the_schema_takes_it(joint: Joint) -> None:
    assert refuses(activities(joint.world, joint.ref)) == []


def test_a_programme_without_indicators_has_no_results(world: World) -> None:
    assert list(activities(world, world.programme("active")).iter("result")) == []


def test_whoever_is_published_for_reads_nothing_that_waits(joint: Joint) -> None:
    assert "44" not in {
        each.get("value") for each in activities(joint.world, joint.ref).iter("actual")
    }


def test_a_target_by_the_last_day_that_there_is_takes_no_file_from_anybody() -> None:
    last = Indicator(
        "1.1", "Nurses", "Courses", "people", Direction.MORE, Decimal(0), date(2026, 1, 1),
        (TargetByDay(date(9999, 12, 30), Decimal(5)), TargetByDay(date.max, Decimal(9))),
    )  # fmt: skip

    (result,) = results_of([MeasuredIndicator(last, ())])

    assert [
        (each.find("period-start").get("iso-date"), each.find("period-end").get("iso-date"))
        for each in result.iter("period")
    ] == [("2026-01-01", "9999-12-30"), ("9999-12-31", "9999-12-31")]
