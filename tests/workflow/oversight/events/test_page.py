"""Events across histories: found by what they say, all of them and only those one may know of."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, event, func, select, update

from tests.support.world import World
from workflow.audit.models import Event
from workflow.audit.verification.verify import examine_one, verify
from workflow.database import Base, connect
from workflow.history import HistoryFilters, selection
from workflow.oversight.events.filters import EventFilters
from workflow.oversight.events.indexer import behind, catch_up, catch_up_wholly
from workflow.oversight.events.page import EventsPage, events_page, newest
from workflow.oversight.models import EventFacet

AT = datetime(2001, 1, 1, tzinfo=UTC)
AUDITOR, OFFICER = "marie.laurent", "jane.okello"


def look(world: World, who: str = AUDITOR, **asked: Any) -> EventsPage:
    catch_up_wholly(world.engine)
    with world.engine.reading() as session:
        return events_page(
            session, world.engine, world.person(who), EventFilters(**asked), world.engine.now()
        )


def told(page: EventsPage) -> list[tuple[str, int]]:
    return [(line.ref, line.line.seq) for line in page.lines]


def test_every_event_is_found_once_whatever_is_caught_up_at_a_time(world: World) -> None:
    world.programme("consultation")

    while catch_up(world.engine, most=1):
        pass

    with world.engine.reading() as session:
        events = set(session.execute(select(Event.id, Event.seq, Event.at)).all())
        facets = set(
            session.execute(select(EventFacet.event_id, EventFacet.seq, EventFacet.at)).all()
        )
        assert facets == events
        assert behind(session) == 0


@pytest.mark.parametrize("mark", ["late", "mandated", "overridden"])
def test_what_few_events_are_is_found_by_the_index_of_those(tmp_path: Path, mark: str) -> None:
    database = connect(f"sqlite:///{tmp_path}/few.sqlite")
    Base.metadata.create_all(database)
    marked: dict[str, Any] = {mark: True}
    asked = newest((), EventFilters(**marked)).limit(50)

    with database.connect() as connection:
        words = asked.compile(database, compile_kwargs={"literal_binds": True})
        plan = connection.exec_driver_sql(f"explain query plan {words}").all()

    assert f"SCAN event_facet USING INDEX ix_event_facet_{mark}" in [row[3] for row in plan]


def test_pages_hold_every_event_once_the_newest_first(world: World) -> None:
    world.programme("appraisal")
    seen, before = [], None
    while True:
        page = look(world, before=before)
        seen += told(page)
        before = page.older
        if before is None:
            break

    assert len(seen) == len(set(seen)) == page.counts.found > 75
    with world.engine.reading() as session:
        assert page.counts.found == session.scalar(select(func.count()).select_from(Event))


def test_lines_say_what_the_history_of_the_case_says(world: World) -> None:
    ref = world.programme("consultation")
    world.answer(ref, "consultation", "paulo.sa", "support_with_comments", "Open licences.")
    page = look(world, ref=ref)
    with world.engine.reading() as session:
        own = selection(
            session, world.engine, ref, person=world.person(AUDITOR), now=world.engine.now(),
            filters=HistoryFilters(),
        )  # fmt: skip

    said = {line.line.seq: (str(line.line.says), line.line.reason) for line in page.lines}

    assert said == {line.seq: (str(line.says), line.reason) for line in own}


def test_filters_narrow_by_each_thing_that_an_event_says(world: World) -> None:
    ref = world.programme("consultation")
    world.answer(ref, "consultation", "paulo.sa", "support_with_comments", "Open licences.")
    (newest,) = look(world, person=world.person("paulo.sa"), ref=ref).lines

    found = {
        name: look(world, **asked)
        for name, asked in {
            "person": {"person": world.person("paulo.sa"), "kind": "signoff.given"},
            "role": {"role": "pivotal_focal", "kind": "signoff.given"},
            "party": {"party": "bra", "kind": "signoff.given"},
            "verdict": {"verdict": "support_with_comments"},
            "stage": {"stage": "consultation", "kind": "signoff.given"},
            "framework": {"framework": "F7", "verdict": "support_with_comments"},
        }.items()
    }

    assert newest.line.type == "signoff.given"
    assert {name: told(page) for name, page in found.items()} == {
        name: [(ref, newest.line.seq)] for name in found
    }
    assert look(world, framework="F1").counts.found == 0
    assert look(world, party="nowhere").lines == ()


def test_a_period_holds_both_of_its_days(world: World) -> None:
    world.programme("consultation")
    everything = look(world, since=world.engine.now().date() - timedelta(days=400))
    day = everything.lines[0].line.at.date()

    one = look(world, since=day, until=day)

    assert one.lines
    assert {line.line.at.date() for line in one.lines} == {day}
    assert look(world, until=day - timedelta(days=4000)).counts.found == 0


def test_a_late_answer_is_found_as_late(world: World) -> None:
    ref = world.programme("screening")
    world.clock.pass_time(days=60)
    world.answer(ref, "screening", OFFICER, "open_consultation")

    page = look(world, late=True, ref=ref)

    assert [line.line.type for line in page.lines if line.line.who] == ["signoff.given"]
    assert all(line.line.late for line in page.lines)
    assert page.counts.late == page.counts.found


def test_counts_are_over_all_pages_and_by_kind(world: World) -> None:
    ref = world.programme("consultation")

    page = look(world)

    assert page.counts.found == sum(page.counts.kinds.values()) > len(page.lines)
    assert page.counts.cases == 2
    page = look(world, ref=ref)
    assert page.counts.cases == 1
    assert page.counts.kinds["case.opened"] == 1


def test_drafts_of_others_and_the_register_are_for_auditors_alone(world: World) -> None:
    draft = world.programme("draft")
    shown = world.programme("screening")

    refs = {
        who: {line.ref for line in look(world, who, kind="case.opened").lines}
        for who in (AUDITOR, OFFICER, "joao.lima")
    }
    registers = {who: look(world, who, ref="REGISTER").counts.found for who in (AUDITOR, OFFICER)}

    assert refs == {AUDITOR: {draft, shown}, OFFICER: {shown}, "joao.lima": {draft, shown}}
    assert registers[OFFICER] == 0 < registers[AUDITOR]


def test_a_page_takes_as_many_statements_for_many_histories_as_for_one(world: World) -> None:
    world.programme("consultation")
    look(world)
    one = statements(world)
    world.programme("consultation")
    world.programme("consultation")
    look(world)

    many = statements(world)

    assert many == one
    assert one <= 18


def statements(world: World) -> int:
    person, counted = world.person(AUDITOR), []

    def count(*_: object) -> None:
        counted.append(1)

    event.listen(world.engine.database, "before_cursor_execute", count)
    with world.engine.reading() as session:
        events_page(session, world.engine, person, EventFilters(), world.engine.now())
    event.remove(world.engine.database, "before_cursor_execute", count)
    return len(counted)


def test_an_event_hidden_from_the_filters_is_found_by_the_check(world: World) -> None:
    ref = world.programme("screening")
    case = look(world, ref=ref).lines[0].case_id
    world.honest = False
    other = {
        "party": "bra", "late": True, "verdict": "approve", "stage": "end", "role": "x",
        "person_id": 3, "principal_id": 3, "state": "closed", "mandated": True,
        "overridden": True, "type": "text.erased", "at": AT, "since": AT,
    }  # fmt: skip

    found = {column: difference(world, case, column, value) for column, value in other.items()}

    assert found == dict.fromkeys(other, (ref, 2))


def difference(world: World, case: int, column: str, value: object) -> tuple[str, int | None]:
    """What the check names while one column of the facets of event 2 says something else."""
    here = (EventFacet.case_id == case, EventFacet.seq == 2)
    with world.engine.transaction() as session:
        before = session.scalar(select(getattr(EventFacet, column)).where(*here))
        session.execute(update(EventFacet).where(*here).values({column: value}))
    found = examine_one(world.engine.database, case).difference
    with world.engine.transaction() as session:
        session.execute(update(EventFacet).where(*here).values({column: before}))
    assert found is not None
    assert column in found.sentence
    return found.ref, found.seq


def test_facets_missing_in_the_middle_are_found_and_missing_at_the_end_are_late(
    world: World,
) -> None:
    ref = world.programme("screening")
    case = look(world, ref=ref).lines[0].case_id

    def without(*seqs: int) -> bool:
        with world.engine.transaction() as session:
            session.execute(
                delete(EventFacet).where(EventFacet.case_id == case, EventFacet.seq.in_(seqs))
            )
        return verify(world.engine.database).sound

    assert without(9)
    assert not without(4)
    world.honest = False
