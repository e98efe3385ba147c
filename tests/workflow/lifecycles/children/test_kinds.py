"""How long the periods of a schedule are."""

from workflow.lifecycles.children.kinds import Frequency


def test_a_period_is_so_many_months() -> None:
    assert [each.months for each in Frequency] == [1, 3, 6, 12]
