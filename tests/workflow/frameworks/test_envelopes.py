"""An envelope that was adopted by source and area is held against what is programmed, and overdrawn with a reason alone."""

from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, update

from tests.support.world import World
from tests.workflow.ledger.bookkeeping import HEAD, counts, decided, recorded
from tests.workflow.lifecycles.shipped import test_framework as shipped
from tests.workflow.lifecycles.shipped.test_framework import DIRECTOR, Framed, adopted
from workflow.engine.models import CaseArea, LifecycleCase
from workflow.errors import Incomplete, Invalid
from workflow.framework_pages.page import FrameworkSpine, spine
from workflow.frameworks.models import Framework
from workflow.ledger.accounts import MoneyAct
from workflow.programmes.models import Programme

ENVELOPE = [
    {"source": "regular", "area": "ict", "amount": "400000"},
    {"source": "pivotal", "area": "ict", "amount": "200000"},
    {"source": "pivotal", "area": "hiv-aids", "amount": "13400000"},
]


@pytest.fixture
def framed(world: World, monkeypatch: pytest.MonkeyPatch) -> Framed:
    """A framework in force whose envelope was adopted by source and area."""
    monkeypatch.setitem(shipped.FRAMEWORK, "envelope", ENVELOPE)
    world.programme("active")
    framed = Framed(world)
    adopted(framed)
    return framed


def under(framed: Framed, area: str = "ict") -> str:
    """The programme, of one area and under the framework."""
    world = framed.world
    with world.engine.reading() as session:
        begun = select(LifecycleCase.ref).where(LifecycleCase.subject == "programme")
        ref = session.scalars(begun.order_by(LifecycleCase.id)).first() or ""
    with world.engine.transaction() as session:
        key = select(Framework.id).where(Framework.key == framed.ref).scalar_subquery()
        case = session.scalars(select(LifecycleCase.id).where(LifecycleCase.ref == ref)).one()
        session.execute(update(Programme).where(Programme.case_id == case).values(framework_id=key))
        session.execute(delete(CaseArea).where(CaseArea.case_id == case))
        session.execute(insert(CaseArea), {"case_id": case, "area": area})
    return ref


def page(framed: Framed) -> FrameworkSpine:
    """Its page as the Director reads it."""
    engine = framed.world.engine
    with engine.reading() as session:
        return spine(session, engine, framed.world.person(HEAD), framed.ref, engine.now())


def figures(framed: Framed) -> dict[str, tuple[Any, ...]]:
    """What the page says of each area and source: its envelope, what is programmed and what is free."""
    money = page(framed).envelope
    return {e.key: (e.envelope, e.programmed, e.free) for e in (*money.areas, *money.sources)}


def test_the_envelope_stands_by_area_and_source_with_what_is_free(framed: Framed) -> None:
    counts(framed.world, under(framed), MoneyAct.BUDGET, "150000", source="ind")

    found = figures(framed)

    assert found["ict"] == (Decimal(600000), Decimal(150000), Decimal(450000))
    assert found["pivotal"] == (Decimal(13600000), Decimal(150000), Decimal(13450000))
    assert found["regular"] == (Decimal(400000), Decimal(0), Decimal(400000))
    assert page(framed).envelope.total.envelope == Decimal(14000000)


@pytest.mark.parametrize(
    ("source", "amount", "said"),
    [("ind", "600000.01", "600,000.00 US dollars free for"), ("special-unit", "400001", "regular")],
)
def test_a_budget_beyond_it_is_refused_at_its_amount_with_what_is_free(
    framed: Framed, source: str, amount: str, said: str
) -> None:
    ref = under(framed)

    with pytest.raises(Invalid, match="have the Director record there why") as refusal:
        recorded(framed.world, ref, MoneyAct.BUDGET, amount, source=source)

    assert "amount" in refusal.value.faults
    assert said in str(refusal.value)
    assert figures(framed)["ict"][1] == 0


def test_what_waits_together_is_refused_where_the_second_is_certified(framed: Framed) -> None:
    ref = under(framed)
    first, second = (
        int(recorded(framed.world, ref, MoneyAct.BUDGET, "400000", source="ind").content)
        for _ in range(2)
    )
    decided(framed.world, ref, first)

    with pytest.raises(Invalid, match=r"200,000\.00 US dollars free"):
        decided(framed.world, ref, second)


def test_the_director_records_why_and_the_page_says_so(framed: Framed) -> None:
    ref = under(framed)
    framed.world.answer(
        framed.ref, "overdrawing", DIRECTOR, "explain", "The network is brought forward.",
        answers={"area": "ict"},
    )  # fmt: skip

    counts(framed.world, ref, MoneyAct.BUDGET, "660000", source="ind")

    line = next(each for each in page(framed).envelope.areas if each.key == "ict")
    assert (line.overdrawn, line.why) == (Decimal(60000), "The network is brought forward.")


def test_lines_that_differ_from_the_whole_are_refused_before_the_countries_are_asked(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(shipped.FRAMEWORK, "envelope", ENVELOPE[:1])
    framed = Framed(world)

    with pytest.raises((Incomplete, Invalid)):
        framed.answer("jane.okello", "beginning", "consult")
