"""Money is recorded by one and certified by another; what goes beyond what is there is refused at its field."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from sqlalchemy import select

from tests.support.world import World
from tests.workflow.ledger.bookkeeping import (
    FINANCE,
    HEAD,
    MANAGER,
    OFFICER,
    counts,
    decided,
    rates,
    recorded,
    taken_back,
    wished,
)
from workflow.audit.verification.verify import verify
from workflow.engine.engine import Engine
from workflow.engine.models import LifecycleCase
from workflow.errors import (
    ConflictOfDuties,
    Incomplete,
    Invalid,
    NotAuthorised,
    NotFound,
    Refusal,
    Stale,
)
from workflow.ledger import books
from workflow.ledger.accounts import MoneyAct, Movement
from workflow.ledger.balances import by_source, in_dollars
from workflow.ledger.books import BookedMovement
from workflow.ledger.record import RecordMovement, record


def kept(world: World, ref: str) -> tuple[BookedMovement, ...]:
    with world.engine.reading() as session:
        number = session.scalar(select(LifecycleCase.id).where(LifecycleCase.ref == ref))
        return books.recorded(session, number or 0)


def counting(world: World, ref: str) -> tuple[Movement, ...]:
    return books.certified(kept(world, ref))


def test_a_movement_counts_once_a_second_person_certified_it(world: World) -> None:
    ref = world.programme("active")
    number = int(recorded(world, ref, MoneyAct.COMMITMENT, "150,000").content)
    before = counting(world, ref)

    decided(world, ref, number)

    assert before == ()
    (line,) = by_source(counting(world, ref), world.clock.at.date())
    assert (line.source, line.currency, line.outstanding) == ("ind", "USD", Decimal("150000.00"))
    assert verify(world.engine.database).differences == []


def test_nobody_certifies_what_they_recorded(world: World) -> None:
    ref = world.programme("active")
    number = int(recorded(world, ref, MoneyAct.PLEDGE, "10", who=FINANCE).content)

    with pytest.raises(ConflictOfDuties, match="somebody else has to certify"):
        decided(world, ref, number, who=FINANCE)
    decided(world, ref, number, who=HEAD)

    assert len(counting(world, ref)) == 1


@pytest.mark.parametrize("who", [OFFICER, MANAGER, "joao.lima"])
def test_only_finance_and_the_head_certify(world: World, who: str) -> None:
    ref = world.programme("active")
    number = int(recorded(world, ref, MoneyAct.PLEDGE, "10", who=FINANCE).content)

    with pytest.raises(NotAuthorised):
        decided(world, ref, number, who=who)

    assert counting(world, ref) == ()


def test_a_payment_over_the_commitment_is_refused_with_what_is_to_come(world: World) -> None:
    ref = world.programme("active")
    counts(world, ref, MoneyAct.COMMITMENT, "1000")
    counts(world, ref, MoneyAct.RECEIPT, "400")

    with pytest.raises(Invalid, match=r"USD 600\.00 is still to come") as refused:
        recorded(world, ref, MoneyAct.RECEIPT, "600.01")

    assert list(refused.value.faults) == ["amount"]
    assert len(kept(world, ref)) == 2


def test_an_expenditure_over_what_was_received_is_refused(world: World) -> None:
    ref = world.programme("active")
    counts(world, ref, MoneyAct.COMMITMENT, "1000")
    counts(world, ref, MoneyAct.RECEIPT, "400")
    counts(world, ref, MoneyAct.DISBURSEMENT, "300", holder="undp")
    counts(
        world,
        ref,
        MoneyAct.EXPENDITURE,
        "250",
        holder="undp",
        who=MANAGER,
        year=2026,
        output="Courses",
    )

    with pytest.raises(
        Invalid, match=r"United Nations Development Programme holds USD 50\.00"
    ) as agency:
        recorded(world, ref, MoneyAct.EXPENDITURE, "51", holder="undp", who=MANAGER)
    with pytest.raises(Invalid, match=r"the office holds USD 100\.00") as office:
        recorded(world, ref, MoneyAct.EXPENDITURE, "101")

    assert [*agency.value.faults, *office.value.faults] == ["amount", "amount"]
    (line,) = by_source(counting(world, ref), world.clock.at.date())
    assert line.balance == Decimal(150)


def test_an_agency_records_what_it_spent_and_nothing_else(world: World) -> None:
    ref = world.programme("active")
    counts(world, ref, MoneyAct.COMMITMENT, "1000")
    counts(world, ref, MoneyAct.RECEIPT, "400")
    counts(world, ref, MoneyAct.DISBURSEMENT, "300", holder="undp")

    for act, holder in (
        (MoneyAct.RECEIPT, ""),
        (MoneyAct.EXPENDITURE, ""),
        (MoneyAct.EXPENDITURE, "fao"),
    ):
        with pytest.raises(NotAuthorised):
            recorded(world, ref, act, "10", holder=holder, who=MANAGER)

    assert (
        recorded(world, ref, MoneyAct.EXPENDITURE, "10", holder="undp", who=MANAGER).content == "4"
    )


def test_what_waits_is_not_certified_before_what_it_is_paid_from(world: World) -> None:
    ref = world.programme("active")
    recorded(world, ref, MoneyAct.COMMITMENT, "1000")
    recorded(world, ref, MoneyAct.RECEIPT, "400")

    with pytest.raises(Invalid) as refused:
        decided(world, ref, 2)
    decided(world, ref, 1)
    decided(world, ref, 2)

    assert list(refused.value.faults) == ["movement"]
    assert len(counting(world, ref)) == 2


def test_a_declined_movement_never_counts_and_says_why(world: World) -> None:
    ref = world.programme("active")
    recorded(world, ref, MoneyAct.COMMITMENT, "1000")

    with pytest.raises(Invalid):
        decided(world, ref, 1, yes=False)
    decided(world, ref, 1, yes=False, why="No agreement is on file.")
    with pytest.raises(Stale):
        decided(world, ref, 1)

    assert counting(world, ref) == ()
    assert [each.outcome for each in kept(world, ref)] == ["declined"]


def test_a_correction_is_a_counter_entry_at_the_rate_of_what_it_takes_back(world: World) -> None:
    ref = world.programme("active")
    rates(world)
    first = counts(world, ref, MoneyAct.COMMITMENT, "920", currency="EUR")

    second = int(taken_back(world, ref, first).content)
    with pytest.raises(Invalid, match="takes it back already"):
        taken_back(world, ref, first)
    decided(world, ref, second)

    told = {each.movement.number: each.movement for each in kept(world, ref)}
    assert (told[second].corrects, told[second].amount, told[second].usd) == (1, -920, -1000)
    (line,) = in_dollars(counting(world, ref), world.clock.at.date())
    assert line.of(MoneyAct.COMMITMENT) == 0
    assert verify(world.engine.database).differences == []


def test_what_has_moved_on_is_not_taken_back_before_that(world: World) -> None:
    ref = world.programme("active")
    commitment = counts(world, ref, MoneyAct.COMMITMENT, "1000")
    counts(world, ref, MoneyAct.RECEIPT, "400")

    with pytest.raises(Invalid, match=r"USD 600\.00 of India is still there"):
        taken_back(world, ref, commitment)


def test_the_rate_of_the_day_is_kept_and_another_one_refused(world: World) -> None:
    ref = world.programme("active")
    rates(world)
    today = world.clock.at.date()

    with pytest.raises(Invalid) as refused:
        recorded(world, ref, MoneyAct.PLEDGE, "920", currency="EUR", rate_on=today - timedelta(400))
    with pytest.raises(Invalid) as unknown:
        recorded(world, ref, MoneyAct.PLEDGE, "920", currency="KRW")
    recorded(world, ref, MoneyAct.PLEDGE, "150250", currency="JPY", rate_on=today.replace(day=1))

    assert [*refused.value.faults, *unknown.value.faults] == ["rate_on", "currency"]
    (only,) = kept(world, ref)
    assert (only.rate, only.rate_on, only.movement.usd) == (
        Decimal("150.25"), today.replace(day=1), Decimal("1000.00"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("field", "more"),
    [
        ("source", {"source": "atlantis"}),
        ("currency", {"currency": "EURO"}),
        ("amount", {"amount": "12.345"}),
        ("holder", {"holder": "undp"}),
        ("year", {"year": 2026}),
        ("output", {"output": "Courses"}),
    ],
)
def test_each_fault_of_a_pledge_is_told_at_its_field(
    world: World, field: str, more: dict[str, object]
) -> None:
    ref = world.programme("active")

    with pytest.raises(Invalid) as refused:
        recorded(world, ref, MoneyAct.PLEDGE, **{"amount": "10", **more})  # type: ignore[arg-type]

    assert field in refused.value.faults
    assert kept(world, ref) == ()


def test_money_of_tomorrow_and_of_nobody_is_refused(world: World) -> None:
    ref = world.programme("active")
    tomorrow = world.clock.at.date() + timedelta(1)

    with pytest.raises(Invalid) as later:
        recorded(world, ref, MoneyAct.PLEDGE, "10", on=tomorrow)
    with pytest.raises(Invalid) as nobody:
        recorded(world, ref, MoneyAct.DISBURSEMENT, "10")

    assert "on" in later.value.faults
    assert "holder" in nobody.value.faults


def test_of_two_programmes_each_has_its_own_money(world: World) -> None:
    one, other = world.programmes("active", "active")
    counts(world, one, MoneyAct.COMMITMENT, "1000")

    with pytest.raises(Invalid):
        recorded(world, other, MoneyAct.RECEIPT, "10")
    counts(world, other, MoneyAct.PLEDGE, "5", source="zaf")

    assert [len(counting(world, ref)) for ref in (one, other)] == [1, 1]


def test_a_draft_of_others_is_not_there_and_a_closed_programme_takes_no_money(world: World) -> None:
    draft, closed = world.programmes("draft", "closed")

    with pytest.raises(NotFound):
        recorded(world, draft, MoneyAct.PLEDGE, "10")
    with pytest.raises(Refusal, match="has ended"):
        recorded(world, closed, MoneyAct.PLEDGE, "10")


def test_a_refusal_leaves_no_trace(world: World) -> None:
    ref = world.programme("active")
    before = world.version(ref)

    with pytest.raises((Invalid, Incomplete)):
        recorded(world, ref, MoneyAct.RECEIPT, "10")

    assert world.version(ref) == before
    assert kept(world, ref) == ()
    assert verify(world.engine.database).differences == []


def test_of_two_payments_at_once_that_are_too_much_together_one_is_refused(world: World) -> None:
    ref = world.programme("active")
    counts(world, ref, MoneyAct.COMMITMENT, "100")
    engines = (world.engine, world.another_engine())
    person, version = world.person(OFFICER), world.version(ref)

    def pay(engine: Engine) -> str:
        wish = wished(world, MoneyAct.RECEIPT, "60")
        try:
            record(engine, person, RecordMovement(ref, wish, version, uuid4().hex))
        except Invalid as refused:
            return str(refused)
        return "recorded"

    with ThreadPoolExecutor(2) as threads:
        came_of_it = sorted(threads.map(pay, engines))

    assert came_of_it[1] == "recorded"
    assert "USD 40.00 is still to come" in came_of_it[0]
    assert len(kept(world, ref)) == 2


def test_sent_twice_it_is_recorded_once(world: World) -> None:
    ref = world.programme("active")
    wish = wished(world, MoneyAct.PLEDGE, "60")
    command = RecordMovement(ref, wish, world.version(ref), uuid4().hex)

    first = record(world.engine, world.person(OFFICER), command)
    again = record(world.engine, world.person(OFFICER), command)

    assert first == again
    assert len(kept(world, ref)) == 1
