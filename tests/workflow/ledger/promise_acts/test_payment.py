"""A payment is expected until what counts of the same money pays it, the earliest first, or it is withdrawn."""

from decimal import Decimal

import pytest

from tests.support.world import World
from tests.workflow.ledger.bookkeeping import MANAGER, counts, decided, rates, recorded, taken_back
from tests.workflow.ledger.promise_acts.promised import (
    earmarked,
    expected,
    kept_payments,
    withdrawn,
)
from workflow.audit.verification.verify import verify
from workflow.errors import Invalid, NotAuthorised, NotFound, Stale
from workflow.ledger.accounts import MoneyAct


def missing(world: World, ref: str) -> list[tuple[int, Decimal]]:
    """What each payment still lacks, by their numbers in the order of their days."""
    return [(each.number, each.missing) for each in kept_payments(world, ref)]


def test_what_counts_pays_what_is_due_first(world: World) -> None:
    ref = world.programme("active")
    counts(world, ref, MoneyAct.COMMITMENT, "500")
    counts(world, ref, MoneyAct.RECEIPT, "100")
    later, sooner = expected(world, ref, "200", 60), expected(world, ref, "150", 20)
    before = missing(world, ref)
    number = int(recorded(world, ref, MoneyAct.RECEIPT, "180").content)
    waiting = missing(world, ref)

    decided(world, ref, number)

    assert before == waiting == [(sooner, Decimal("150.00")), (later, Decimal("200.00"))]
    assert missing(world, ref) == [(sooner, Decimal(0)), (later, Decimal("170.00"))]
    assert [each.open for each in kept_payments(world, ref)] == [False, True]
    assert verify(world.engine.database).differences == []


def test_what_is_taken_back_is_expected_again(world: World) -> None:
    ref = world.programme("active")
    counts(world, ref, MoneyAct.COMMITMENT, "500")
    expected(world, ref, "150", 20)
    number = counts(world, ref, MoneyAct.RECEIPT, "150")
    paid = missing(world, ref)

    decided(world, ref, int(taken_back(world, ref, number).content))

    assert (paid, missing(world, ref)) == ([(1, Decimal(0))], [(1, Decimal("150.00"))])


def test_money_of_another_source_currency_earmark_or_holder_pays_nothing(world: World) -> None:
    ref = world.programme("active")
    rates(world)
    number = earmarked(world, ref, output="Courses")
    for more in ({}, {"currency": "JPY"}, {"source": "nor"}, {"earmark": number}):
        counts(world, ref, MoneyAct.COMMITMENT, "1000", **more)
    expected(world, ref, "100", 10)
    expected(world, ref, "100", 10, holder="undp")

    for more in ({"currency": "JPY"}, {"source": "nor"}, {"earmark": number}):
        counts(world, ref, MoneyAct.RECEIPT, "100", **more)
    none = missing(world, ref)
    counts(world, ref, MoneyAct.RECEIPT, "100")
    counts(world, ref, MoneyAct.DISBURSEMENT, "40", holder="undp")

    assert none == [(1, Decimal("100.00")), (2, Decimal("100.00"))]
    assert missing(world, ref) == [(1, Decimal(0)), (2, Decimal("60.00"))]


def test_of_two_programmes_each_has_its_own(world: World) -> None:
    first, second = world.programmes("active", "active")
    for ref in (first, second):
        counts(world, ref, MoneyAct.COMMITMENT, "100")
        expected(world, ref, "100", 10)

    counts(world, first, MoneyAct.RECEIPT, "100")

    assert (missing(world, first), missing(world, second)) == (
        [(1, Decimal(0))],
        [(1, Decimal("100.00"))],
    )


def test_what_is_withdrawn_is_expected_no_more_and_pays_what_comes_after(world: World) -> None:
    ref = world.programme("active")
    counts(world, ref, MoneyAct.COMMITMENT, "500")
    expected(world, ref, "100", 10)
    expected(world, ref, "100", 20)
    counts(world, ref, MoneyAct.RECEIPT, "30")

    with pytest.raises(Invalid, match="why it is expected no more"):
        withdrawn(world, ref, 1, why="")
    withdrawn(world, ref, 1)
    with pytest.raises(Stale):
        withdrawn(world, ref, 1)
    with pytest.raises(NotFound):
        withdrawn(world, ref, 3)

    assert missing(world, ref) == [(1, Decimal(0)), (2, Decimal("70.00"))]
    assert [each.withdrawn for each in kept_payments(world, ref)] == [True, False]
    assert verify(world.engine.database).differences == []


@pytest.mark.parametrize(
    ("wish", "field"),
    [
        ({"days": -1}, "due"),
        ({"days": 90_000}, "due"),
        ({"amount": "-5"}, "amount"),
        ({"amount": "5.5", "currency": "JPY"}, "amount"),
        ({"currency": "EURO"}, "currency"),
        ({"source": "nobody"}, "source"),
        ({"holder": "nobody"}, "holder"),
        ({"earmark": 1}, "earmark"),
    ],
)
def test_what_is_no_payment_is_refused_at_its_field_and_nothing_is_written(
    world: World, wish: dict[str, object], field: str
) -> None:
    ref = world.programme("active")
    said = {"amount": "10", "days": 5, **wish}

    with pytest.raises(Invalid) as found:
        expected(world, ref, **said)  # type: ignore[arg-type]

    assert list(found.value.faults) == [field]
    assert kept_payments(world, ref) == ()


def test_who_records_no_money_expects_none(world: World) -> None:
    ref = world.programme("active")

    with pytest.raises(NotAuthorised):
        expected(world, ref, "10", 5, who=MANAGER)
