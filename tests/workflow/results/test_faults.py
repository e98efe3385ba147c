"""What cannot be kept of indicators and actuals, each with what would be right."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.workflow.results.test_lights import indicator
from workflow.results.faults import of_actuals, of_indicators, of_period
from workflow.results.forms import actuals_in, indicators_in, period_in
from workflow.results.indicators import TargetByDay, Together

ROW = {
    "code": "1.1", "output": "Courses", "indicator": "Nurses certified", "unit": "nurses", "direction": "more",
    "baseline": "0", "baseline_on": "2026-01-01", "target": "240", "disaggregated": "women", "means": "register",
}  # fmt: skip
LESS = {**ROW, "code": "1.2", "direction": "less", "baseline": "11", "target": "3"}
KNOWN = (indicator("0", "240", means="register", disaggregated="women"),)
TOLD = {"indicator": "1.1", "value": "74", "of_which": "45", "means": "register of May"}


def stating(*rows: Mapping[str, str], targets: tuple[Mapping[str, str], ...] = ()) -> Any:
    return {"indicators": list(rows), "targets": list(targets)}


def by(code: str, day: str, value: str) -> Mapping[str, str]:
    return {"code": code, "by": day, "value": value}


def test_what_is_whole_is_read_as_it_is_written() -> None:
    content = stating(
        ROW, {**LESS, "together": "average"}, {"code": "1.3"},
        targets=(by("1.2", "2027-01-01", "7"), by("1.2", "2026-07-01", "9.5")),
    )  # fmt: skip

    plain, staged = indicators_in(content, date(2027, 12, 31))

    assert of_indicators(content) == {}
    assert (plain.targets, plain.together) == (
        (TargetByDay(date(2027, 12, 31), Decimal(240)),),
        Together.SUM,
    )
    assert [(str(each.by), str(each.value)) for each in staged.targets] == [
        ("2026-07-01", "9.5"), ("2027-01-01", "7"), ("2027-12-31", "3"),
    ]  # fmt: skip
    assert (staged.together, staged.statement) == (Together.AVERAGE, "Nurses certified")


def test_without_an_end_the_last_target_is_by_the_last_day_that_is_said() -> None:
    (alone,) = indicators_in(stating(ROW), None)
    (staged,) = indicators_in(stating(ROW, targets=(by("1.1", "2026-07-01", "90"),)), None)

    assert alone.should_be(date(2026, 1, 2)) == 240
    assert staged.target == 90


@pytest.mark.parametrize(
    ("content", "field", "said"),
    [
        (stating(ROW, ROW), "indicators", "Line 2: the number 1.1 stands in line 1 already"),
        (stating({**ROW, "baseline": "300"}), "indicators", "Line 1: more is better here, so the target is 300 or more"),
        (stating(ROW, {**LESS, "target": "12"}), "indicators", "Line 2: less is better here, so the target is 11 or less"),
        (stating(ROW, targets=(by("9", "2026-07-01", "1"),)), "targets", "Line 1: there is no indicator 9; there are: 1.1"),
        (stating(ROW, targets=(by("1.1", "2026-07-01", "1"), by("1.1", "2026-07-01", "2"))), "targets", "Line 2: a target of 1.1 by 2026-07-01 is stated already"),
        (stating(ROW, targets=(by("1.1", "2026-01-01", "1"),)), "targets", "Line 1: the baseline of 1.1 is of 2026-01-01; a target comes after it"),
        (stating(ROW, targets=(by("1.1", "2026-07-01", "-1"),)), "targets", "Line 1: more is better here, so the target is 0 or more"),
        (stating(targets=(by("1.1", "2026-07-01", "1"),)), "targets", "Line 1: there is no indicator 1.1; the programme has none"),
    ],
)  # fmt: skip
def test_indicators_that_contradict_themselves_are_refused(
    content: Any, field: str, said: str
) -> None:
    found = of_indicators(content)

    assert list(found) == [field]
    assert str(found[field]).startswith(said)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({**TOLD, "means": ""}, "Line 1: say how the figure of 1.1 can be verified; it was to be by: register"),
        ({**TOLD, "indicator": "7"}, "Line 1: there is no indicator 7; there are: 1.1"),
        ({**TOLD, "of_which": "75"}, "Line 1: of 74 no more than 74 and no less than 0 can be “women”."),
        ({**TOLD, "of_which": "-1"}, "Line 1: of 74 no more than 74 and no less than 0 can be “women”."),
    ],
)  # fmt: skip
def test_an_actual_that_cannot_be_verified_is_refused(row: Mapping[str, str], said: str) -> None:
    found = of_actuals({"actuals": [row]}, KNOWN)

    assert {key: str(each) for key, each in found.items()} == {"actuals": said}


def test_an_indicator_is_reported_once_and_nobody_is_counted_apart_unasked() -> None:
    twice = of_actuals({"actuals": [TOLD, TOLD]}, KNOWN)
    unasked = of_actuals({"actuals": [TOLD]}, (indicator("0", "240"),))

    assert str(twice["actuals"]) == "Line 2: 1.1 is reported in line 1 already."
    assert "nobody is counted apart in 1.1" in str(unasked["actuals"])


def test_a_line_without_a_figure_reports_nothing_and_needs_nothing() -> None:
    content = {"actuals": [{"indicator": "1.1"}, {}]}

    assert of_actuals(content, KNOWN) == {}
    assert actuals_in(content, (date(2026, 1, 1), date(2026, 6, 30))) == ()


HALF = (date(2026, 1, 1), date(2026, 6, 30))


def told_of(first: str, last: str) -> Any:
    return {"period_start": first, "period_end": last}


def test_a_report_keeps_to_the_period_of_its_schedule() -> None:
    right = of_period(told_of("2026-01-01", "2026-06-30"), HALF, ())
    wrong = of_period(told_of("2026-01-01", "2026-12-31"), HALF, ())

    assert right == {}
    assert {key: str(each) for key, each in wrong.items()} == {
        "period_end": "This report is about the period from 2026-01-01 to 2026-06-30: its schedule says so."
    }


@pytest.mark.parametrize(
    ("first", "last", "refused"),
    [
        ("2026-07-01", "2026-12-31", False),
        ("2025-07-01", "2025-12-31", False),
        ("2026-06-30", "2026-12-31", True),
        ("2025-12-01", "2026-01-01", True),
        ("2025-12-01", "2026-12-31", True),
        ("2026-02-01", "2026-02-28", True),
    ],
)
def test_days_that_an_accepted_report_tells_of_are_told_of_once(
    first: str, last: str, refused: bool
) -> None:
    found = of_period(told_of(first, last), None, (HALF,))

    assert list(found) == (["period_start"] if refused else [])
    if refused:
        assert str(found["period_start"]).endswith("the next one begins after 2026-06-30.")


def test_a_period_that_is_none_is_not_read() -> None:
    assert period_in(told_of("2026-06-30", "2026-01-01")) is None
    assert period_in(told_of("2026-06-30", "")) is None
    assert of_period(told_of("", "2026-01-01"), None, (HALF,)) == {}
