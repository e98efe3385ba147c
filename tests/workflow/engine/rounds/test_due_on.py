"""A round is due once the day is over that its document says as it opens: carried by a row, or written."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select

from tests.support.world import World
from tests.workflow.engine.cases.family import OFFICER, REF, begun
from tests.workflow.engine.cases.of_rows import ANSWERS, PAPER, of_one, of_rows
from workflow.audit.verification.verify import verify
from workflow.engine.commands.settle_due import sweep
from workflow.engine.models import Deadline, LifecycleCase, Round
from workflow.errors import Incomplete
from workflow.lifecycles.loader.files import from_tables

AHEAD = {
    "key": "ahead", "kind": "after", "of": ["due"], "to": ["case:today"], "at": "due",
    "label": "Still to come", "problem": "That day is past", "stops": "signing",
}  # fmt: skip
BELOW = f"{REF}.1"


def dated(**more: Any) -> dict[str, Any]:
    """The lifecycle of a case that a row opens: taken in hand, and then due on the day of the row."""
    raw = of_one()
    raw["states"]["b"] = {**raw["states"]["a"], "label": "B"}
    raw["rules"]["begin"] = {**raw["rules"]["task"], "verdicts": {"go": {
        **raw["rules"]["task"]["verdicts"]["done"], "outcome": "go", "needs": ["paper"],
    }}}  # fmt: skip
    raw["rounds"]["begin"] = {
        **raw["rounds"]["task"], "label": "begin", "rule": "begin", "outcomes": {"go": "b"},
        "text": ["paper"],
    }  # fmt: skip
    raw["rounds"]["task"] |= {
        "states": ["b"], "due": "paper:due", "remind": [30, 7],
        "escalate": [{"role": "unit_officer", "of": "office:special-unit", "after": 1}],
    } | more  # fmt: skip
    raw["documents"]["paper"]["checks"] = [AHEAD]
    return raw


def opened(world: World, **row: str) -> None:
    """A case is opened by a row, and stands where it can be taken in hand."""
    begun(world, dated(), of_rows())
    world.answer(REF, "start", OFFICER, "go")
    world.file(REF, "paper", OFFICER, PAPER | {"answers": [{**ANSWERS[0], **row}]})
    world.answer(REF, "ask", OFFICER, "asked")


def due(world: World) -> datetime | None:
    with world.engine.reading() as session:
        rounds = select(Round.due_at).join(LifecycleCase, LifecycleCase.id == Round.case_id)
        return session.scalars(rounds.where(LifecycleCase.ref == BELOW, Round.key == "task")).one()


def deadlines(world: World) -> list[tuple[str, str]]:
    with world.engine.reading() as session:
        rows = session.execute(select(Deadline.kind, Deadline.at).order_by(Deadline.at))
        return [(row.kind, str(row.at.date())) for row in rows]


def test_the_day_of_the_row_is_when_its_case_is_due_with_reminders_before_and_escalation_after(
    world: World,
) -> None:
    opened(world)

    world.answer(BELOW, "begin", OFFICER, "go")

    assert due(world) == datetime(2027, 1, 1, tzinfo=UTC)
    assert deadlines(world) == [
        ("reminder", "2026-12-02"), ("reminder", "2026-12-25"), ("escalation", "2027-01-02"),
    ]  # fmt: skip
    assert verify(world.engine.database).sound


def test_a_day_that_is_past_is_refused_with_a_sentence_where_a_check_asks_so(world: World) -> None:
    opened(world, due="2026-01-15")

    with pytest.raises(Incomplete) as refused:
        world.answer(BELOW, "begin", OFFICER, "go")

    assert "That day is past" in str(refused.value.missing[0])
    assert world.state(BELOW) == "a"


def test_where_nothing_asks_so_it_opens_late(world: World) -> None:
    late = dated()
    late["documents"]["paper"].pop("checks")
    begun(world, late, of_rows())
    world.answer(REF, "start", OFFICER, "go")
    paper = PAPER | {"answers": [{**ANSWERS[0], "due": "2026-01-15"}]}
    world.file(REF, "paper", OFFICER, paper)
    world.answer(REF, "ask", OFFICER, "asked")
    world.answer(BELOW, "begin", OFFICER, "go")
    sweep(world.engine)

    world.answer(BELOW, "task", OFFICER, "done")

    assert world.state(BELOW) == "z"
    assert verify(world.engine.database).sound


def test_without_a_day_it_is_due_on_none(world: World) -> None:
    begun(world, dated(), of_rows())
    world.answer(REF, "start", OFFICER, "go")
    world.file(REF, "paper", OFFICER, PAPER | {"answers": [{"number": "1", "said": "yes"}]})
    world.answer(REF, "ask", OFFICER, "asked")

    world.answer(BELOW, "begin", OFFICER, "go")

    assert (due(world), deadlines(world)) == (None, [])


def test_the_round_may_be_due_on_a_day_of_the_case_above(world: World) -> None:
    above = of_rows()
    fields = above["documents"]["paper"]["sections"][0]["fields"]
    fields.append({"key": "by", "label": "By", "kind": "date"})
    begun(world, dated(due="parent:paper:by"), above)
    world.answer(REF, "start", OFFICER, "go")
    world.file(REF, "paper", OFFICER, PAPER | {"by": "2026-06-30"})
    world.answer(REF, "ask", OFFICER, "asked")

    world.answer(BELOW, "begin", OFFICER, "go")

    assert due(world) == datetime(2026, 7, 1, tzinfo=UTC)


def test_what_a_file_says_is_kept() -> None:
    assert str(from_tables(dated(), "a.toml").rounds["task"].due_on) == "paper:due"
