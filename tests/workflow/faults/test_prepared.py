"""Prepared statements over tables that were changed: known by what PostgreSQL says of them alone."""

import pytest
from psycopg import errors

from workflow.faults.prepared import outdated


def test_what_was_prepared_before_a_change_of_its_tables_is_known_by_its_fault() -> None:
    fault = errors.FeatureNotSupported("cached plan must not change result type")

    assert outdated(fault)


@pytest.mark.parametrize(
    "fault",
    [
        None,
        errors.FeatureNotSupported("LOCK TABLE is not supported here"),
        errors.UndefinedColumn("cached plan of a column that is gone"),
        ValueError("cached plan must not change result type"),
    ],
)
def test_no_other_fault_is_taken_for_it(fault: BaseException | None) -> None:
    assert not outdated(fault)
