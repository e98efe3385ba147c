"""Whose words count: those of the lifecycle for everything, whenever it was published."""

from dataclasses import replace
from pathlib import Path

from workflow.engine.published.precedence import counting_last
from workflow.lifecycles.applies import EVERYTHING
from workflow.lifecycles.loader.files import load_file

FOLDER = Path("config/lifecycles")
EMERGENCY, STANDARD, CONSENTS = (
    load_file(FOLDER / f"{name}.toml")
    for name in ("emergency", "programme-standard", "three-consents")
)
NEXT = replace(EMERGENCY, version="2")


def test_a_lifecycle_without_conditions_is_for_everything() -> None:
    assert [each.for_everything for each in (EMERGENCY, STANDARD, CONSENTS)] == [False, True, False]


def test_the_one_for_everything_counts_and_of_the_others_the_first() -> None:
    assert [*counting_last([EMERGENCY, STANDARD, CONSENTS])] == [CONSENTS, EMERGENCY, STANDARD]


def test_of_two_for_everything_the_one_published_first_counts() -> None:
    other = replace(STANDARD, key="other")

    assert [*counting_last([EMERGENCY, other, STANDARD])] == [EMERGENCY, STANDARD, other]


def test_what_is_about_another_subject_counts_least_though_it_has_no_conditions() -> None:
    reports = replace(STANDARD, key="reports", subject="report")

    assert [*counting_last([reports, EMERGENCY], "programme")] == [reports, EMERGENCY]
    assert [*counting_last([reports, EMERGENCY])] == [EMERGENCY, reports]


def test_the_newest_version_says_for_what_a_lifecycle_is() -> None:
    widened = replace(NEXT, applies=EVERYTHING)

    assert [*counting_last([EMERGENCY, STANDARD, NEXT])] == [EMERGENCY, NEXT, STANDARD]
    assert [*counting_last([EMERGENCY, STANDARD, widened])] == [STANDARD, EMERGENCY, widened]
