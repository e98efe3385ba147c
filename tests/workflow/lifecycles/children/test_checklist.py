"""How lines of a checklist stand, and the digest by which a page says which one it showed."""

from workflow.lifecycles.children.checklist import (
    CheckedLine,
    ChecklistLine,
    LineStanding,
    Measured,
    Unmet,
    digest_of,
)
from workflow.phrase import phrase

LINE, EXCUSED = ChecklistLine("reports", "Reports"), ChecklistLine("m", "Money", or_reason=True)
LEFT = Measured(2, (Unmet(phrase("R.1 is open"), ref="R.1"),))


def test_what_does_not_apply_is_neither_met_nor_open() -> None:
    met, left, beside = (
        CheckedLine(LINE, found)
        for found in (Measured(2), LEFT, Measured(why_not=phrase("None was opened.")))
    )

    assert [each.standing for each in (met, left, beside)] == [
        LineStanding.MET, LineStanding.OPEN, LineStanding.NOT_APPLICABLE,
    ]  # fmt: skip
    assert [each.bars for each in (met, left, beside)] == [False, True, False]


def test_an_open_line_that_allows_a_reason_asks_for_it_and_bars_nobody() -> None:
    left = CheckedLine(EXCUSED, LEFT)

    assert (left.bars, left.asks_why) == (False, True)
    assert not CheckedLine(EXCUSED, Measured(2)).asks_why


def test_a_digest_names_one_checklist_alone() -> None:
    stands = [
        (CheckedLine(LINE, Measured(2)),),
        (CheckedLine(LINE, Measured(3)),),
        (CheckedLine(LINE, LEFT),),
        (CheckedLine(EXCUSED, LEFT),),
        (CheckedLine(LINE, LEFT), CheckedLine(EXCUSED, LEFT)),
    ]

    assert len({digest_of(each) for each in stands}) == len(stands)
    assert digest_of(stands[2]) == digest_of((CheckedLine(LINE, LEFT),))
    assert digest_of(()) == ""
