"""Accounts are settled once nothing waits, is left, is to come or differs; each thing else is said with what ends it."""

from datetime import date
from decimal import Decimal

from sqlalchemy import select

from tests.support.world import World
from tests.workflow.ledger.bookkeeping import UNSETTLED, counts, recorded
from tests.workflow.ledger.reconciliation.test_compare import PLAN, STATEMENT, paper
from workflow.demo import path
from workflow.engine.models import LifecycleCase
from workflow.ledger.accounts import MoneyAct
from workflow.ledger.balances import SourceLine
from workflow.ledger.closure import KnownMoney, MoneyToClose, money_to_close, open_money
from workflow.ledger.page import HeldMoney
from workflow.ledger.reconciliation.compare import Comparison
from workflow.phrase import phrase

ZERO = Decimal(0)
NAMES = {"ind": "India", "undp": "UNDP"}


def said(known: KnownMoney) -> list[str]:
    return [str(each) for each in open_money(known)]


def closing(world: World, ref: str) -> MoneyToClose:
    with world.engine.reading() as session:
        number = session.scalar(select(LifecycleCase.id).where(LifecycleCase.ref == ref))
        return money_to_close(session, world.engine, number or 0, world.engine.now())


def test_nothing_keeps_open_what_has_nothing_open() -> None:
    line = SourceLine("ind", "USD", {}, ZERO, ZERO)

    assert said(KnownMoney(sources=[line], names=NAMES)) == []


def test_each_thing_that_is_open_is_said_with_what_ends_it() -> None:
    known = KnownMoney(
        waiting=[3, 7],
        sources=[SourceLine("ind", "JPY", {}, Decimal(5), Decimal(1000))],
        held=[
            HeldMoney("ind", "", "USD", Decimal("5.50")),
            HeldMoney("ind", "undp", "USD", Decimal(7)),
        ],
        names=NAMES,
    )

    assert said(known) == [
        "2 movements wait to be certified: 3, 7.",
        "The office still holds USD 5.50 of India: record what was spent of it, or its return.",
        "UNDP still holds USD 7.00 of India: record what was spent of it, or its return.",
        "JPY 1,000 that India committed is still to come: record it, or take back the rest of the commitment.",
    ]


def test_a_statement_that_differs_keeps_it_open_and_a_plan_does_not() -> None:
    day = date(2027, 6, 30)
    differing = [
        Comparison(phrase("Spent"), paper(fields, {}, filed_on=day), Decimal(10), Decimal(9))
        for fields in (STATEMENT, PLAN)
    ]

    assert said(KnownMoney(differing=differing)) == [
        "Spent: A-1: Paper, version 1 says USD 10.00, the ledger USD 9.00."
    ]


def test_a_programme_without_money_is_settled_and_says_that_none_was_recorded(world: World) -> None:
    ref = world.programme("active")

    found = closing(world, ref)

    assert (found.recorded, found.settled) == (False, True)


def test_of_two_programmes_each_says_what_is_open_of_its_own(world: World) -> None:
    first, second = world.programmes("active", "active")
    counts(world, first, MoneyAct.COMMITMENT, "100")
    counts(world, first, MoneyAct.RECEIPT, "60")
    recorded(world, first, MoneyAct.EXPENDITURE, "60")
    counts(world, second, MoneyAct.COMMITMENT, "50")
    counts(world, second, MoneyAct.RECEIPT, "50")
    counts(world, second, MoneyAct.EXPENDITURE, "50")

    assert [str(each) for each in closing(world, first).open] == [
        "1 movement waits to be certified: 3.",
        "The office still holds USD 60.00 of India: record what was spent of it, or its return.",
        "USD 40.00 that India committed is still to come: record it, or take back the rest of the commitment.",
    ]
    assert closing(world, second) == MoneyToClose(recorded=True, open=())


def test_the_final_statement_is_held_against_the_ledger_whoever_asks(world: World) -> None:
    ref = world.programme("active")
    counts(world, ref, MoneyAct.COMMITMENT, "385000")
    counts(world, ref, MoneyAct.RECEIPT, "385000")
    counts(world, ref, MoneyAct.EXPENDITURE, "383000")
    counts(world, ref, MoneyAct.RETURN, "2000")
    path.carry(world, ref, UNSETTLED, "closed")

    found = " ".join(str(each) for each in closing(world, ref).open)

    assert "statement, version 1 says USD 383,500.00, the ledger USD 383,000.00." in found
    assert "holds" not in found
