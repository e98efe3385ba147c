"""Money moves from one budget line to another by two people, and no further than the line and the definition let it."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from tests.support.world import World
from tests.workflow.engine.cases.family import REF
from tests.workflow.ledger.bookkeeping import (
    FINANCE,
    HEAD,
    MANAGER,
    OFFICER,
    counts,
    decided,
    rates,
    taken_back,
)
from tests.workflow.lifecycles.amendments.amended import Amendment, programme
from workflow.audit.verification.verify import verify
from workflow.engine.commands.receipts import Receipt
from workflow.engine.models import LifecycleCase
from workflow.errors import ConflictOfDuties, Invalid, NotAuthorised, Refusal
from workflow.ledger import books
from workflow.ledger.accounts import MoneyAct, Movement
from workflow.ledger.budget_lines import budget_lines, source_budgets
from workflow.ledger.transfers.transfer import TransferMoney, TransferWish, transfer

COURSES, TUTORS = "Courses in Portuguese", "Tutors"


def moved(
    world: World, ref: str, of: int, amount: str, *, who: str = OFFICER, why: str = "As agreed.",
    **more: Any,
) -> Receipt:  # fmt: skip
    """A transfer recorded as of today unless said."""
    wish = TransferWish(of=of, amount=amount, **{"on": world.clock.at.date(), **more})
    command = TransferMoney(ref, wish, world.version(ref), uuid4().hex, why)
    return transfer(world.engine, world.person(who), command)


def counting(world: World, ref: str) -> tuple[Movement, ...]:
    with world.engine.reading() as session:
        number = session.scalar(select(LifecycleCase.id).where(LifecycleCase.ref == ref))
        return books.certified(books.recorded(session, number or 0))


def lines(world: World, ref: str) -> list[tuple[str, int, str, Decimal]]:
    """Each line of the budget by what it is for, with what is left of it in dollars."""
    found = budget_lines(counting(world, ref), world.clock.at.date())
    return [(each.output, each.year, each.country, each.left) for each in found]


def a_budget(world: World) -> str:
    """A programme with two lines of one source, one in another currency and one of another source."""
    ref = world.programme("active")
    rates(world)
    counts(world, ref, MoneyAct.BUDGET, "1000", output="Kits", year=2027)
    counts(world, ref, MoneyAct.BUDGET, "500", output="Courses")
    counts(world, ref, MoneyAct.BUDGET, "150250", output="Kits", currency="JPY")
    counts(world, ref, MoneyAct.BUDGET, "70", output="Kits", source="nor")
    return ref


def faults(world: World, ref: str, of: int, amount: str, **more: Any) -> Mapping[str, str]:
    with pytest.raises(Invalid) as refused:
        moved(world, ref, of, amount, **more)
    return {field: str(said) for field, said in refused.value.faults.items()}


def test_a_transfer_counts_once_a_second_person_certified_it(world: World) -> None:
    ref = a_budget(world)

    number = int(moved(world, ref, 1, "250.50", to=2).content)
    before = lines(world, ref)
    decided(world, ref, number)

    assert before[:2] == [("Courses", 0, "", Decimal(500)), ("Kits", 0, "", Decimal(1070))]
    assert ("Courses", 0, "", Decimal("750.50")) in lines(world, ref)
    assert ("Kits", 2027, "", Decimal("749.50")) in lines(world, ref)
    assert verify(world.engine.database).differences == []


def test_nobody_certifies_a_transfer_that_they_recorded(world: World) -> None:
    ref = a_budget(world)
    number = int(moved(world, ref, 1, "1", to=2, who=FINANCE).content)

    with pytest.raises(ConflictOfDuties):
        decided(world, ref, number, who=FINANCE)
    decided(world, ref, number, who=HEAD)

    assert ("Kits", 2027, "", Decimal(999)) in lines(world, ref)


def test_a_line_that_is_not_there_yet_comes_by_what_it_is_for(world: World) -> None:
    ref = a_budget(world)

    number = int(moved(world, ref, 1, "40", output="Travel", year=2028, country="MOZ").content)
    decided(world, ref, number)
    more = int(moved(world, ref, number, "10", to=1).content)
    decided(world, ref, more)

    assert ("Travel", 2028, "moz", Decimal(30)) in lines(world, ref)
    assert [each.number for each in source_budgets(counting(world, ref), world.clock.at.date())] == [
        1, 2, 3, 4, number,
    ]  # fmt: skip


def test_more_than_the_line_or_what_is_used_under_it_is_refused_at_the_amount(world: World) -> None:
    ref = a_budget(world)
    counts(world, ref, MoneyAct.COMMITMENT, "900")
    counts(world, ref, MoneyAct.RECEIPT, "900")
    counts(world, ref, MoneyAct.EXPENDITURE, "400", output="Kits", year=2027)

    over = faults(world, ref, 1, "600.01", to=2)
    moved(world, ref, 1, "600", to=2)
    again = faults(world, ref, 1, "0.01", to=2)

    assert over == {
        "amount": "Of this budget line of India, USD 600.00 is neither used nor moved on "
        f"{world.clock.at.date()} and later: move at most that."
    }
    assert again.keys() == {"amount"}


def test_what_waits_is_not_moved_on_before_it_counts(world: World) -> None:
    ref = a_budget(world)
    first = int(moved(world, ref, 1, "900", to=2).content)
    second = int(moved(world, ref, 2, "1400", to=1).content)

    with pytest.raises(Invalid, match=r"USD 500\.00 is neither used nor moved"):
        decided(world, ref, second)
    decided(world, ref, first)
    decided(world, ref, second)

    assert ("Courses", 0, "", Decimal(0)) not in lines(world, ref)
    assert ("Kits", 2027, "", Decimal(1500)) in lines(world, ref)


def test_lines_of_another_currency_source_or_programme_are_refused_at_their_field(
    world: World,
) -> None:
    ref = a_budget(world)

    other = faults(world, ref, 1, "10", to=3)
    whose = faults(world, ref, 1, "10", to=4)
    nowhere = faults(world, ref, 9, "10", to=12)
    same = faults(world, ref, 1, "10", to=1)
    as_it_is = faults(world, ref, 1, "10", output="Kits", year=2027)

    assert other == {"to": "Line 1 is in USD and line 3 in JPY: choose lines of one currency."}
    assert whose == {
        "to": "Line 1 is of the money of India and line 4 of that of Norway: choose lines of one source."
    }
    assert nowhere.keys() == {"of", "to"}
    assert "within one programme: its lines are 1, 2, 3, 4." in nowhere["to"]
    assert same == as_it_is == {"to": "This is the line from which it is moved: choose another."}


def test_each_fault_is_told_at_its_field_and_leaves_no_trace(world: World) -> None:
    ref = a_budget(world)
    before = world.version(ref)

    found = faults(
        world, ref, 3, "1.5", why="", year=17, country="xyz", on=world.clock.at.date().replace(year=2099)
    )  # fmt: skip

    assert found.keys() == {"amount", "reason", "year", "country", "on"}
    assert found["amount"] == "JPY has no digits after the point."
    assert world.version(ref) == before


def test_a_yen_line_that_is_moved_whole_leaves_nothing_in_dollars(world: World) -> None:
    ref = a_budget(world)

    decided(world, ref, int(moved(world, ref, 3, "50000", output="Courses").content))
    decided(world, ref, int(moved(world, ref, 3, "100250", output="Courses").content))

    yen = [e for e in source_budgets(counting(world, ref), world.clock.at.date()) if e.currency == "JPY"]  # fmt: skip
    assert [(e.number, e.budget, e.usd) for e in yen] == [(3, 0, 0), (5, 150250, 1000)]


def test_a_transfer_is_taken_back_unless_it_is_used_by_then(world: World) -> None:
    ref = a_budget(world)
    decided(world, ref, int(moved(world, ref, 1, "600", to=2).content))
    decided(world, ref, int(moved(world, ref, 2, "1100", output="Travel").content))

    with pytest.raises(Invalid, match="take back first what was made of the rest"):
        taken_back(world, ref, 5)
    taken_back(world, ref, 6)
    decided(world, ref, 7)
    taken_back(world, ref, 5)
    decided(world, ref, 8)

    assert ("Kits", 2027, "", Decimal(1000)) in lines(world, ref)
    assert verify(world.engine.database).differences == []


@pytest.mark.parametrize("who", [MANAGER, "li.wei"])
def test_who_records_no_budget_moves_none(world: World, who: str) -> None:
    ref = a_budget(world)

    with pytest.raises(NotAuthorised):
        moved(world, ref, 1, "1", to=2, who=who)


def budgeted(world: World, courses: str = "150000") -> World:
    """The programme that amendments change, with the budget of its outputs in the ledger."""
    programme(world)
    counts(world, REF, MoneyAct.BUDGET, courses, output=COURSES)
    counts(world, REF, MoneyAct.BUDGET, "235000", output=TUTORS)
    return world


def test_a_tenth_of_an_output_is_moved_without_an_amendment_and_the_class_of_more_is_named(
    world: World,
) -> None:
    budgeted(world)

    decided(world, REF, int(moved(world, REF, 1, "10000", to=2).content))
    over = faults(world, REF, 1, "5000.01", to=2)
    moved(world, REF, 1, "5000", to=2)
    moved(world, REF, 1, "90000", output=COURSES, year=2027)

    assert over == {
        "amount": "Of “Courses in Portuguese”, for which USD 150,000 is approved, USD 15,000.01 would "
        "be moved without an amendment, which is too much: move less, or ask for an amendment first. "
        "Its class is “Substantive: objective, outputs, money or agency”."
    }


def test_what_stands_against_every_amendment_of_a_programme_bars_no_transfer(world: World) -> None:
    programme(world, participating_countries=["MOZ", "NOR"])
    counts(world, REF, MoneyAct.BUDGET, "150000", output=COURSES)
    counts(world, REF, MoneyAct.BUDGET, "235000", output=TUTORS)

    over = faults(world, REF, 1, "15000.01", to=2)
    moved(world, REF, 1, "15000", to=2)

    assert "Its class is “Substantive" in over["amount"]


def test_what_was_brought_back_may_be_moved_again(world: World) -> None:
    budgeted(world)
    decided(world, REF, int(moved(world, REF, 1, "15000", to=2).content))
    decided(world, REF, int(moved(world, REF, 2, "6000", to=1).content))

    over = faults(world, REF, 1, "6000.01", to=2)

    assert over.keys() == {"amount"}
    assert moved(world, REF, 1, "6000", to=2)


MINOR: dict[str, Any] = {
    "class": "minor", "changes": ["lines"], "what": "Fewer courses.", "why": "One is held online.",
    "effect": "None.", "effective": "2026-05-01",
    "lines": [{"output": COURSES, "approved": "150000", "moved": "12000", "to_output": TUTORS}],
}  # fmt: skip


def test_what_an_amendment_moved_is_moved_in_the_ledger_and_counts_with_the_rest(
    world: World,
) -> None:
    budgeted(world)
    amendment = Amendment(world)
    amendment.agreed(MINOR)
    amendment.in_effect()

    decided(world, REF, int(moved(world, REF, 1, "12000", to=2).content))
    over = faults(world, REF, 1, "3000.01", to=2)
    moved(world, REF, 1, "3000", to=2)

    assert over.keys() == {"amount"}
    assert "for which USD 138,000 is approved, USD 3,000.01 would be moved" in over["amount"]


def test_lines_that_were_budgeted_after_the_amendment_follow_it_already(world: World) -> None:
    programme(world)
    amendment = Amendment(world)
    amendment.agreed(MINOR)
    amendment.in_effect()
    counts(world, REF, MoneyAct.BUDGET, "138000", output=COURSES)
    counts(world, REF, MoneyAct.BUDGET, "247000", output=TUTORS)

    assert faults(world, REF, 1, "12000", to=2).keys() == {"amount"}


def test_a_refusal_writes_nothing(world: World) -> None:
    budgeted(world)
    before = world.version(REF)

    with pytest.raises(Refusal):
        moved(world, REF, 1, "90000", to=2)

    assert world.version(REF) == before
