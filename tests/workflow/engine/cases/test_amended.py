"""What was signed under a case changes its facts as that is heard there, and its schedules with them."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from tests.support.world import World
from tests.workflow.engine.cases.family import BY_OUTCOME, OFFICER, REF, begun, events, part
from tests.workflow.engine.cases.test_by_schedule import DATED, coming, dated
from workflow.audit.events.cases import FactsAmended
from workflow.audit.verification.verify import verify
from workflow.engine.commands.settle_due import Swept, sweep
from workflow.engine.documents.facts import dates_of
from workflow.engine.models import LifecycleCase
from workflow.programmes.models import Programme

DATES = {"starts": "2026-03-02", "ends": "2026-05-31"}
AMENDMENT = {**BY_OUTCOME, "lifecycle": "change"}


def change() -> dict[str, Any]:
    """A change of when the case above ends, which is signed or fails."""
    raw = part("change")
    when = [{"key": "when", "title": "When", "fields": [
        {"key": "ends", "label": "ends", "kind": "date"},
        {"key": "planned_end", "label": "planned end", "kind": "date"},
    ]}]  # fmt: skip
    raw["documents"]["paper"] |= {"sections": when}
    raw["rounds"]["task"] |= {
        "text": ["paper"], "facts": {"outcome": "done", "document": "paper", "of": "parent"},
    }  # fmt: skip
    return raw


def changing(world: World) -> str:
    """A case with reports until the end of May, and a change of that which is being written."""
    begun(world, part(), change(), dated(part=DATED, amendment=AMENDMENT))
    world.file(REF, "paper", OFFICER, DATES)
    world.answer(REF, "start", OFFICER, "go")
    world.answer(REF, "ask", OFFICER, "asked")
    world.file(f"{REF}.1", "paper", OFFICER, {"ends": "2026-12-31", "planned_end": "2026-12-31"})
    return f"{REF}.1"


def amended(world: World) -> list[str]:
    return [each.what.ref for each in events(world, REF) if isinstance(each.what, FactsAmended)]


def ends(world: World) -> str:
    with world.engine.reading() as session:
        of = select(Programme.ends).join(LifecycleCase, LifecycleCase.id == Programme.case_id)
        return session.scalars(of.where(LifecycleCase.ref == REF)).one()


def until(world: World) -> date:
    """The day until which the schedules of the case run."""
    with world.engine.reading() as session:
        case = session.scalars(select(LifecycleCase).where(LifecycleCase.ref == REF)).one()
        definition = world.engine.definition(case.definition_id or 0, session)
        return dates_of(session, case.id, definition, ["ends"])["ends"]


def test_a_change_that_is_signed_changes_the_facts_above_once_it_is_heard(world: World) -> None:
    ref = changing(world)

    world.answer(ref, "task", OFFICER, "done")

    assert (amended(world), ends(world)) == ([], "")
    assert (sweep(world.engine), sweep(world.engine)) == (Swept(heard=1), Swept())
    assert (amended(world), ends(world)) == ([ref], "2026-12-31")
    assert verify(world.engine.database).sound


def test_schedules_go_on_until_the_day_that_it_says(world: World) -> None:
    ref = changing(world)
    before = coming(world)

    world.answer(ref, "task", OFFICER, "done")
    sweep(world.engine)

    assert (before, coming(world)) == ([("part", "2026-06-01")], [("part", "2026-06-02")])


def test_one_that_failed_changes_nothing(world: World) -> None:
    ref = changing(world)

    world.answer(ref, "task", OFFICER, "failed")

    assert sweep(world.engine) == Swept(heard=1)
    assert (amended(world), ends(world), coming(world)) == ([], "", [("part", "2026-06-01")])


def test_of_two_that_are_heard_at_once_the_one_signed_last_counts(world: World) -> None:
    first = changing(world)
    world.answer(REF, "ask", OFFICER, "asked")
    second = f"{REF}.2"
    world.file(second, "paper", OFFICER, {"ends": "2026-09-30", "planned_end": "2026-09-30"})
    world.answer(second, "task", OFFICER, "done")
    world.clock.at += timedelta(hours=1)
    world.answer(first, "task", OFFICER, "done")

    assert sweep(world.engine) == Swept(heard=2)

    assert (amended(world), ends(world)) == ([second, first], "2026-12-31")
    assert until(world) == date(2026, 12, 31)
