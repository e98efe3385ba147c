"""Schedules: each opens its cases once, as their time comes, whoever looks and however late."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import insert, select

from tests.support.world import World
from tests.workflow.engine.cases.family import (
    ALL,
    KIND,
    OFFICER,
    REF,
    above,
    begun,
    below,
    part,
    published,
    told,
)
from workflow.audit.verification.verify import verify
from workflow.engine.children.expected import expected
from workflow.engine.children.models import ChildCase
from workflow.engine.commands.settle_due import Swept, sweep
from workflow.engine.migration.migrate import migrate_all
from workflow.engine.migration.wish import CaseSeen, Migration
from workflow.engine.models import CaseParty, Deadline, LifecycleCase, Round
from workflow.errors import NotFound, RoundClosed
from workflow.lifecycles.loader.files import body_of, from_body
from workflow.people.models import PartyCalendar

QUARTERLY: dict[str, Any] = {**KIND, "label": "Report", "opens": "by schedule", "every": "quarter"}
DATED: dict[str, Any] = {**QUARTERLY, "begins": "starts", "until": "ends"}
Q1, Q2, Q3 = (
    ("2026-03-02", "2026-06-01"), ("2026-06-02", "2026-09-01"), ("2026-09-02", "2026-12-01"),
)  # fmt: skip


def dated(*waits: dict[str, Any], **kinds: dict[str, Any]) -> dict[str, Any]:
    """The lifecycle above, whose paper says when the case starts and ends, and may say it again."""
    raw = above(*waits, **kinds)
    fields = [{"key": key, "label": key, "kind": "date"} for key in ("starts", "ends")]
    raw["documents"]["paper"] |= {
        "sections": [{"key": "when", "title": "When", "fields": fields}],
        "written_in": ["a", "b"],
    }
    return raw | {"facts": "paper"}


def on(world: World, *day: int, hour: int = 12) -> Swept:
    """Let a day come, and have time act."""
    world.clock.at = datetime(*day, hour, tzinfo=UTC)
    return sweep(world.engine)


def periods(world: World, ref: str = REF) -> list[tuple[str, str]]:
    """The periods of the cases under one, in the order in which they opened."""
    parent = select(LifecycleCase.id).where(LifecycleCase.ref == ref).scalar_subquery()
    asked = select(ChildCase.period_from, ChildCase.period_to).where(ChildCase.parent_id == parent)
    with world.engine.reading() as session:
        return [(str(a), str(b)) for a, b in session.execute(asked.order_by(ChildCase.number))]


def coming(world: World, ref: str = REF) -> list[tuple[str, str]]:
    """What opens next, and when."""
    with world.engine.reading() as session:
        number = session.scalars(select(LifecycleCase.id).where(LifecycleCase.ref == ref)).one()
        return [(each.kind, str(each.opens_on)) for each in expected(session, number)]


def running(world: World, *tables: dict[str, Any], ref: str = REF) -> str:
    """A case that has come to where its schedules run."""
    begun(world, *tables, ref=ref)
    world.answer(ref, "start", OFFICER, "go")
    return ref


def test_one_opens_as_each_period_is_over(world: World) -> None:
    running(world, part(), above(report=QUARTERLY))

    before = on(world, 2026, 6, 1)
    early = below(world)
    opened = on(world, 2026, 6, 2)
    again = on(world, 2026, 6, 3)
    on(world, 2026, 9, 2)

    assert (before, early) == (Swept(), [])
    assert (opened.opened, again.opened) == (1, 0)
    assert periods(world) == [Q1, Q2]
    assert world.state(f"{REF}.1") == "a"
    assert coming(world) == [("report", "2026-12-02")]
    assert verify(world.engine.database).sound


def test_after_a_long_stop_all_that_were_missed_open_in_their_order(world: World) -> None:
    running(world, part(), above(report=QUARTERLY))

    done = on(world, 2027, 3, 15)

    assert done.opened == 4
    assert periods(world) == [Q1, Q2, Q3, ("2026-12-02", "2027-03-01")]
    assert told(world, REF).count("case.child_opened") == 4


def test_several_workers_open_each_once(world: World) -> None:
    for ref in (REF, "FAM-2"):
        running(world, part(), above(report=QUARTERLY), ref=ref)
    world.clock.at = datetime(2027, 3, 15, tzinfo=UTC)
    engines = [world.another_engine() for _ in range(3)]

    with ThreadPoolExecutor() as together:
        done = [each.opened for each in together.map(sweep, engines)]

    assert sum(done) == 8
    assert [len(below(world, ref)) for ref in (REF, "FAM-2")] == [4, 4]


def test_one_that_cannot_open_keeps_nothing_else_from_opening(world: World) -> None:
    nowhere = {**QUARTERLY, "lifecycle": "nowhere"}
    running(world, above(report=nowhere) | {"key": "broken"}, ref="FAM-0")
    running(world, part(), above(report=QUARTERLY))

    with pytest.raises(NotFound, match="No lifecycle called nowhere"):
        on(world, 2026, 6, 2)
    published(world, part("nowhere"))
    on(world, 2026, 6, 3)

    assert periods(world) == periods(world, "FAM-0") == [Q1]


def test_what_falls_due_while_the_case_is_elsewhere_opens_when_it_is_back(world: World) -> None:
    running(world, part(), above(report=QUARTERLY))
    world.clock.at = datetime(2026, 5, 1, tzinfo=UTC)
    world.answer(REF, "closing", OFFICER, "back")

    away = on(world, 2026, 10, 1)
    nothing = coming(world)
    world.answer(REF, "start", OFFICER, "go")
    on(world, 2026, 10, 1, hour=13)
    on(world, 2026, 12, 2)

    assert (away.opened, nothing) == (0, [])
    assert periods(world) == [Q1, Q2, Q3], "counted from the day on which it first came there"


def test_when_the_case_has_ended_nothing_more_opens(world: World) -> None:
    running(world, part(), above(report=QUARTERLY))
    on(world, 2026, 6, 2)
    world.answer(REF, "closing", OFFICER, "close")

    on(world, 2028, 1, 1)

    assert periods(world) == [Q1]
    assert coming(world) == []


def test_two_schedules_of_a_case_run_beside_each_other(world: World) -> None:
    yearly = {**QUARTERLY, "label": "Plan", "every": "year"}
    running(world, part(), above(report=QUARTERLY, plan=yearly))

    first = coming(world)
    on(world, 2027, 3, 2)

    assert first == [("report", "2026-06-02"), ("plan", "2027-03-02")]
    assert len(periods(world)) == 5
    assert periods(world)[-1] == ("2026-12-02", "2027-03-01")


def test_one_opens_for_each_country_and_for_one_that_joins_from_then_on(world: World) -> None:
    running(world, part(), above(report={**QUARTERLY, "for_each": "beneficiary"}))
    on(world, 2026, 6, 2)
    with world.engine.transaction() as session:
        case = session.scalars(select(LifecycleCase.id).where(LifecycleCase.ref == REF)).one()
        joins = {"case_id": case, "capacity": "beneficiary", "party_id": world.party("wsm")}
        session.execute(insert(CaseParty).values(joins))
    world.honest = False

    on(world, 2026, 9, 2)

    assert periods(world) == [Q1, Q1, Q2, Q2, Q2]


def test_one_whose_conditions_do_not_hold_is_passed_over(world: World) -> None:
    given = [{"kind": "given", "of": ["paper:ends"], "words": "it has an end"}]
    begun(world, part(), dated(report={**QUARTERLY, "when": given}))
    world.answer(REF, "start", OFFICER, "go")
    on(world, 2026, 6, 2)
    none = below(world)
    world.file(REF, "paper", OFFICER, {"ends": "2028-01-01"})

    on(world, 2026, 9, 2)

    assert none == []
    assert periods(world) == [Q2]


def test_periods_are_counted_from_a_date_of_the_facts_to_another(world: World) -> None:
    begun(world, part(), dated(report=DATED))
    world.file(REF, "paper", OFFICER, {"starts": "2026-01-01", "ends": "2026-08-15"})
    world.answer(REF, "start", OFFICER, "go")

    first = coming(world)
    on(world, 2027, 1, 1)

    assert first == [("report", "2026-04-01")]
    assert periods(world) == [
        ("2026-01-01", "2026-03-31"), ("2026-04-01", "2026-06-30"), ("2026-07-01", "2026-08-15"),
    ]  # fmt: skip
    assert coming(world) == []


def test_an_end_put_off_goes_on_and_a_date_that_is_missing_stops_it(world: World) -> None:
    begun(world, part(), dated(report=DATED))
    world.file(REF, "paper", OFFICER, {"starts": "2026-01-01", "ends": "2026-05-15"})
    world.answer(REF, "start", OFFICER, "go")
    on(world, 2026, 8, 1)
    over = coming(world)
    world.file(REF, "paper", OFFICER, {"starts": "2026-01-01", "ends": "2026-12-31"})
    later = coming(world)
    world.file(REF, "paper", OFFICER, {"starts": "2026-01-01"})
    without = coming(world)
    world.file(REF, "paper", OFFICER, {"starts": "2026-01-01", "ends": "2026-12-31"})

    on(world, 2027, 1, 1)

    assert (over, later, without) == ([], [("report", "2026-07-01")], [])
    assert periods(world) == [
        ("2026-01-01", "2026-03-31"), ("2026-04-01", "2026-05-15"),
        ("2026-05-16", "2026-06-30"), ("2026-07-01", "2026-09-30"), ("2026-10-01", "2026-12-31"),
    ]  # fmt: skip


def test_whoever_acts_meets_what_should_have_opened_by_then(world: World) -> None:
    running(world, part(), above(ALL | {"children": "report"}, report=QUARTERLY))
    world.clock.at = datetime(2026, 6, 2, tzinfo=UTC)

    with pytest.raises(RoundClosed, match=rf"{REF}\.1"):
        world.answer(REF, "closing", OFFICER, "close")
    sweep(world.engine)
    world.answer(f"{REF}.1", "task", OFFICER, "done")
    world.answer(REF, "closing", OFFICER, "close")

    assert world.state(REF) == "z"
    assert periods(world) == [Q1]


def leaving_after(days: int) -> dict[str, Any]:
    """The lifecycle above, in which the timer leaves the state of the schedule after so many days."""
    raw = above(report=QUARTERLY)
    raw["roles"]["system"] = {"label": "Timer", "what": "When time is up.", "source": ["DESIGN"]}
    verdict = {"stance": "for", "meaning": "Up.", "consequence": "It ends.", "outcome": "up"}
    raw["rules"]["lapse"] = {
        "kind": "single", "words": "Time is up.", "source": ["DESIGN"],
        "seats": [{"role": "system", "of": "office:engine"}],
        "verdicts": {"up": {"label": "Up", **verdict}},
    }  # fmt: skip
    raw["rounds"]["lapsing"] = {
        **raw["rounds"]["closing"], "label": "Lapse", "rule": "lapse", "at_due": "up",
        "within": {"amount": days, "unit": "days"}, "outcomes": {"up": "z"},
    }  # fmt: skip
    return raw


@pytest.mark.parametrize(("days", "opened"), [(91, []), (93, [Q1])])
def test_of_two_things_that_time_does_late_the_earlier_one_is_done_first(
    world: World, days: int, opened: list[tuple[str, str]]
) -> None:
    running(world, part(), leaving_after(days))

    on(world, 2027, 3, 2)

    assert world.state(REF) == "z"
    assert periods(world) == opened


def test_a_day_is_one_of_the_houses_calendar(world: World) -> None:
    with world.engine.transaction() as session:
        house = {
            "party_id": world.party("special-unit"), "since": date(2026, 1, 1), "weekend": "sunday",
            "zone": "Asia/Tokyo", "source": "x", "edition": "x", "closed": "",
        }  # fmt: skip
        session.execute(insert(PartyCalendar).values(house))
    world.honest = False
    running(world, part(), above(report=QUARTERLY))

    early = on(world, 2026, 6, 1, hour=14)
    on(world, 2026, 6, 1, hour=15)

    assert early.opened == 0
    assert periods(world) == [Q1], "the second of June begins in Tokyo at 15:00 UTC"


def of_proposer() -> dict[str, Any]:
    """The lifecycle of a case in which whoever it is of is asked first, and reminded."""
    raw = part()
    raw["roles"]["submitter"] = {"label": "Author", "what": "Writes.", "source": ["DESIGN"]}
    raw["rules"]["task"]["seats"] = [{"role": "submitter", "of": "proposer"}]
    raw["rounds"]["task"] |= {"within": {"amount": 5, "unit": "days"}, "remind": [7]}
    return raw


def test_what_is_due_by_a_day_is_owed_until_that_day_is_over(world: World) -> None:
    by = {
        **QUARTERLY, "every": "year", "by": "31 January",
        "ahead": {"amount": 1, "unit": "months"},
    }  # fmt: skip
    running(world, of_proposer(), above(report=by))
    on(world, 2026, 12, 30)
    before = below(world)
    on(world, 2026, 12, 31)

    with world.engine.reading() as session:
        rounds = select(Round.due_at, Deadline.at).join(Deadline, Deadline.round_id == Round.id)
        (due,) = session.execute(rounds).all()

    assert before == []
    assert periods(world) == [("2026-03-02", "2026-12-31")]
    assert tuple(due) == (
        datetime(2027, 2, 1, tzinfo=UTC), datetime(2027, 1, 25, tzinfo=UTC),
    )  # fmt: skip


def test_a_case_that_moves_to_another_version_has_its_schedules_from_that_day_on(
    world: World,
) -> None:
    running(world, part(), above(report=QUARTERLY))
    on(world, 2026, 6, 2)
    raw = above(plan={**QUARTERLY, "label": "Plan", "every": "month"}) | {"version": "2"}
    number = published(world, raw)
    world.clock.at = datetime(2026, 7, 10, 12, tzinfo=UTC)
    seen = CaseSeen(REF, world.version(REF))
    by = world.person("naledi.khumalo")
    migrate_all(
        world.engine,
        [seen],
        Migration(from_body(body_of(raw)), number, by, reason="Plans each month."),
    )

    on(world, 2026, 9, 11)

    assert periods(world) == [
        Q1, ("2026-07-10", "2026-08-09"), ("2026-08-10", "2026-09-09"),
    ]  # fmt: skip
    assert coming(world) == [("plan", "2026-10-10")]


HALFWAY: dict[str, Any] = {
    **{key: value for key, value in DATED.items() if key != "every"}, "at": "1/2", "label": "Half-way",
}  # fmt: skip


def test_what_opens_half_way_opens_once_where_the_end_was_moved_before_and_after(
    world: World,
) -> None:
    begun(world, part(), dated(report=HALFWAY))
    world.file(REF, "paper", OFFICER, {"starts": "2026-03-02", "ends": "2026-05-31"})
    world.answer(REF, "start", OFFICER, "go")
    first = coming(world)
    world.file(REF, "paper", OFFICER, {"starts": "2026-03-02", "ends": "2026-07-31"})
    moved = coming(world)
    on(world, 2026, 5, 18)
    world.file(REF, "paper", OFFICER, {"starts": "2026-03-02", "ends": "2027-07-31"})
    on(world, 2027, 12, 1)

    assert (first, moved) == ([("report", "2026-04-16")], [("report", "2026-05-17")])
    assert periods(world) == [("2026-03-02", "2026-05-16")]
    assert coming(world) == []
    assert verify(world.engine.database).sound


def test_what_waits_for_its_accounts_opens_so_long_after_its_period(world: World) -> None:
    later = {**DATED, "after": {"amount": 2, "unit": "months"}}
    begun(world, part(), dated(report=later))
    world.file(REF, "paper", OFFICER, {"starts": "2026-03-02", "ends": "2026-08-31"})
    world.answer(REF, "start", OFFICER, "go")

    first = coming(world)
    on(world, 2026, 8, 2)

    assert first == [("report", "2026-08-02")]
    assert periods(world) == [Q1]
