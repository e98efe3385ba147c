"""Cases under others: opened as their lifecycle says, told on both trails, and taken for no programme."""

from datetime import date

import pytest
from sqlalchemy import select

from tests.support.world import World
from tests.workflow.engine.cases.family import (
    BY_OUTCOME,
    HEAD,
    KIND,
    OFFICER,
    REF,
    above,
    begun,
    below,
    events,
    part,
    published,
)
from workflow.audit.events.cases import CaseOpened, ChildOpened
from workflow.audit.verification.verify import verify
from workflow.engine.cases.beginnings import open_children
from workflow.engine.children.models import ChildCase
from workflow.engine.models import CaseParty, LifecycleCase, Round
from workflow.engine.unit_of_work import UnitOfWork, lock_case
from workflow.errors import NotFound
from workflow.lifecycles.children.schedule import Occurrence
from workflow.people.models import Party
from workflow.programmes.lists.filters import ProgrammeFilters
from workflow.programmes.lists.portfolio import portfolio
from workflow.programmes.models import Programme

QUARTER = Occurrence(date(2026, 4, 1), date(2026, 1, 1), date(2026, 3, 31), date(2026, 4, 30))


def test_one_opens_as_its_state_is_entered(world: World) -> None:
    begun(world, part(), above(part=KIND))

    world.answer(REF, "start", OFFICER, "go")

    assert below(world) == [f"{REF}.1"]
    assert world.state(f"{REF}.1") == "a"
    assert titles(world) == ["Part: A family"]
    assert open_rounds(world, f"{REF}.1") == ["task"]


def test_one_opens_for_each_country_that_speaks_for_it(world: World) -> None:
    begun(world, part(), above(part={**KIND, "for_each": "beneficiary"}))

    world.answer(REF, "start", OFFICER, "go")

    assert below(world) == [f"{REF}.1", f"{REF}.2"]
    assert titles(world) == ["Part, Angola: A family", "Part, Mozambique: A family"]
    assert [parties(world, ref, "proposer") for ref in below(world)] == [["ago"], ["moz"]]


def test_another_party_speaks_where_the_kind_says_so(world: World) -> None:
    each = {**KIND, "for_each": "beneficiary", "speaks": "executing_agency"}
    begun(world, part(), above(part=each))

    world.answer(REF, "start", OFFICER, "go")

    assert [parties(world, ref, "proposer") for ref in below(world)] == [["undp"], ["undp"]]
    assert parties(world, f"{REF}.1", "beneficiary") == ["ago", "moz"]


def test_an_outcome_opens_as_many_as_are_asked_for(world: World) -> None:
    begun(world, part(), above(amendment=BY_OUTCOME))
    world.answer(REF, "start", OFFICER, "go")

    world.answer(REF, "ask", OFFICER, "asked")
    world.answer(REF, "ask", OFFICER, "asked")

    assert below(world) == [f"{REF}.1", f"{REF}.2"]
    assert titles(world) == ["Amendment: A family"] * 2


def test_one_that_is_open_goes_on_where_the_state_is_entered_again(world: World) -> None:
    begun(world, part(), above(part=KIND))
    world.answer(REF, "start", OFFICER, "go")
    world.answer(REF, "closing", OFFICER, "back")

    world.answer(REF, "start", OFFICER, "go")

    assert below(world) == [f"{REF}.1"]


def test_one_that_ended_is_opened_anew(world: World) -> None:
    begun(world, part(), above(part=KIND))
    world.answer(REF, "start", OFFICER, "go")
    world.answer(f"{REF}.1", "task", OFFICER, "done")
    world.answer(REF, "closing", OFFICER, "back")

    world.answer(REF, "start", OFFICER, "go")

    assert below(world) == [f"{REF}.1", f"{REF}.2"]


def test_both_trails_tell_of_it(world: World) -> None:
    begun(world, part(), above(part={**KIND, "for_each": "beneficiary"}))

    world.answer(REF, "start", OFFICER, "go")

    first, _ = (each.what for each in events(world, REF) if isinstance(each.what, ChildOpened))
    own = events(world, f"{REF}.1")[0]
    assert isinstance(own.what, CaseOpened)
    assert (first.ref, first.kind, first.party) == (f"{REF}.1", "part", "ago")
    assert first.lifecycle == own.what.definition
    assert own.what.parent == REF
    assert own.person is None
    assert {(each.capacity, each.party) for each in own.what.parties} == {
        ("beneficiary", "ago"), ("beneficiary", "moz"), ("executing_agency", "undp"),
        ("proposer", "ago"),
    }  # fmt: skip


def test_cases_under_cases_open_with_them(world: World) -> None:
    leaf = part("leaf")
    inner = part() | {"children": {"leaf": {**KIND, "lifecycle": "leaf", "states": ["a"]}}}
    begun(world, leaf, inner, above(part=KIND))

    world.answer(REF, "start", OFFICER, "go")

    assert below(world) == [f"{REF}.1"]
    assert below(world, f"{REF}.1") == [f"{REF}.1.1"]
    assert verify(world.engine.database).sound


def test_a_period_is_opened_once(world: World) -> None:
    kind = {**KIND, "opens": "by schedule", "every": "quarter", "for_each": "beneficiary"}
    begun(world, part(), above(part=kind))
    world.answer(REF, "start", OFFICER, "go")

    first, second = occur(world, QUARTER), occur(world, QUARTER)

    assert (first, second) == ((f"{REF}.1", f"{REF}.2"), ())
    assert titles(world)[0] == "Part, Angola, 1 January 2026 to 31 March 2026: A family"
    assert verify(world.engine.database).sound
    with world.engine.reading() as session:
        row = session.scalars(select(ChildCase).order_by(ChildCase.number)).first()
    assert row is not None
    assert (row.period_from, row.period_to, row.due_on) == (
        date(2026, 1, 1), date(2026, 3, 31), date(2026, 4, 30),
    )  # fmt: skip


def test_nothing_opens_where_a_condition_does_not_hold(world: World) -> None:
    when = [
        {"kind": "at least", "of": ["proposal:total_cost"], "amount": 1, "words": "It is large"}
    ]
    raw = above(part=KIND)
    raw["documents"]["proposal"] = {
        "label": "Proposal", "content": "Words.", "iati": "A01", "attach": False,
        "written_by": [{"role": "unit_officer", "of": "office:special-unit"}], "written_in": ["a"],
        "sections": [{"key": "money", "title": "Money", "fields": [
            {"key": "total_cost", "label": "Cost", "kind": "money", "required": False},
        ]}],
        "source": ["DESIGN"],
    }  # fmt: skip
    raw["children"]["part"] = {**KIND, "when": when}
    begun(world, part(), raw)

    world.answer(REF, "start", OFFICER, "go")

    assert below(world) == []


def test_a_lifecycle_that_is_not_there_opens_nothing_and_keeps_the_case(world: World) -> None:
    begun(world, above(part=KIND))

    with pytest.raises(NotFound, match="No lifecycle called part is published"):
        world.answer(REF, "start", OFFICER, "go")

    assert (world.state(REF), below(world)) == ("a", [])


def test_lists_and_counts_are_of_programmes_alone(world: World) -> None:
    ref = world.programme("active")
    before = seen(world)
    begun(world, part(), above(part=KIND), ref="SSC-2026-900")

    world.answer("SSC-2026-900", "start", OFFICER, "go")

    after, listed = seen(world), f"{ref}.1"
    assert (after[0], after[1]) == (before[0] + 1, before[1] | {"SSC-2026-900"})
    assert listed not in after[1]
    with world.engine.reading() as session:
        child = session.scalars(
            select(Programme)
            .join(LifecycleCase, LifecycleCase.id == Programme.case_id)
            .where(LifecycleCase.ref == "SSC-2026-900.1")
        ).one()
    assert child.modality == "standard"


def test_references_of_programmes_are_counted_without_their_parts(world: World) -> None:
    begun(world, part(), above(part=KIND), ref="SSC-2026-041")
    world.answer("SSC-2026-041", "start", OFFICER, "go")

    ref = world.programme("draft")

    assert ref == "SSC-2026-042"


def test_the_version_that_is_newest_is_followed(world: World) -> None:
    begun(world, part(), above(part=KIND))
    published(world, part(version="2", title="Small, once more"))

    world.answer(REF, "start", OFFICER, "go")

    with world.engine.reading() as session:
        case = session.scalars(select(LifecycleCase).where(LifecycleCase.ref == f"{REF}.1")).one()
        assert world.engine.definition(case.definition_id or 0, session).version == "2"


def occur(world: World, occurrence: Occurrence) -> tuple[str, ...]:
    """What a schedule opens for a period."""
    with world.engine.transaction() as session:
        case = lock_case(session, REF)
        definition = world.engine.definition(case.definition_id, session)
        work = UnitOfWork(session, case, definition, None, world.engine.now())
        found = open_children(work, definition.children["part"], occurrence)
        work.close()
        return found


def titles(world: World) -> list[str]:
    with world.engine.reading() as session:
        named = select(LifecycleCase.title).join(ChildCase, ChildCase.case_id == LifecycleCase.id)
        return list(session.scalars(named.order_by(ChildCase.case_id)))


def parties(world: World, ref: str, capacity: str) -> list[str]:
    with world.engine.reading() as session:
        named = (
            select(Party.key)
            .join(CaseParty, CaseParty.party_id == Party.id)
            .join(LifecycleCase, LifecycleCase.id == CaseParty.case_id)
            .where(LifecycleCase.ref == ref, CaseParty.capacity == capacity)
        )
        return list(session.scalars(named.order_by(Party.key)))


def open_rounds(world: World, ref: str) -> list[str]:
    with world.engine.reading() as session:
        keys = (
            select(Round.key)
            .join(LifecycleCase, LifecycleCase.id == Round.case_id)
            .where(LifecycleCase.ref == ref, Round.status == "open")
        )
        return list(session.scalars(keys))


def seen(world: World) -> tuple[int, set[str]]:
    """How many programmes the portfolio counts for an officer, and which they are."""
    with world.engine.reading() as session:
        page = portfolio(
            session, world.engine, world.person(HEAD), ProgrammeFilters(), world.engine.now()
        )
    return page.counts.total, {line.ref for line in page.lines}
