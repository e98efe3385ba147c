"""How a round would read with one more answer."""

from collections.abc import Mapping, Sequence

from workflow.lifecycles.rule import Rule
from workflow.lifecycles.rules import Answer, PanelSeat, Reading, read


def if_given(
    rule: Rule,
    places: Sequence[PanelSeat],
    answers: Mapping[int, Answer],
    answer: Answer,
    *,
    due_passed: bool = False,
) -> Reading:
    """How `rule` would read the round with `answer` in it, in place of any on the same seat."""
    return read(rule, places, {**answers, answer.seat: answer}, due_passed=due_passed)
