"""Who owes a payment and who expects it are told before it is due and once it is late, each once."""

import pytest
from sqlalchemy import select, update

from tests.support.world import World
from tests.workflow.ledger.bookkeeping import FINANCE, MANAGER, counts
from tests.workflow.ledger.promise_acts.promised import expected, withdrawn
from workflow.engine.models import LifecycleCase
from workflow.ledger.accounts import MoneyAct
from workflow.ledger.promise_acts import notices
from workflow.ledger.promise_acts.notices import tell_of_payments
from workflow.notices.models import Notice
from workflow.notices.vocabulary import NoticeKind
from workflow.people.models import Appointment, Party, Person


def told(world: World, kind: NoticeKind) -> list[tuple[str, str, str]]:
    """Who was told so, of whom, and of what."""
    asked = (
        select(Person.email, Notice.label, Notice.outcome)
        .select_from(Notice)
        .join(LifecycleCase, LifecycleCase.id == Notice.case_id)
        .join(Person, Person.id == Notice.person_id)
        .where(Notice.kind == kind.value)
        .order_by(Person.email)
    )
    with world.engine.reading() as session:
        return [(mail.partition("@")[0], *rest) for mail, *rest in session.execute(asked)]


def test_who_owes_and_who_expects_are_told_two_weeks_before_and_when_it_is_late(
    world: World,
) -> None:
    ref = world.programme("active")
    expected(world, ref, "500", 20)
    due = world.clock.at.date().toordinal() + 20
    early = tell_of_payments(world.engine)
    world.clock.pass_time(days=6)
    soon = tell_of_payments(world.engine), tell_of_payments(world.another_engine())
    world.clock.pass_time(days=14)
    on_the_day = tell_of_payments(world.engine)
    world.clock.pass_time(days=1)
    late = tell_of_payments(world.engine)

    said = f"USD 500.00, {type(world.clock.at.date()).fromordinal(due)}"
    people = {who for who, _, _ in told(world, NoticeKind.PAYMENT_DUE)}
    assert (early, soon, on_the_day, late) == (0, (1, 0), 0, 1)
    assert FINANCE in people
    assert len(people) > 1
    assert {each[1:] for each in told(world, NoticeKind.PAYMENT_DUE)} == {("India", said)}
    assert {who for who, _, _ in told(world, NoticeKind.PAYMENT_LATE)} == people


def test_of_what_is_due_to_an_agency_the_agency_and_the_office_are_told(world: World) -> None:
    ref = world.programme("active")
    expected(world, ref, "500", 3, holder="undp")

    tell_of_payments(world.engine)

    people = {who for who, _, _ in told(world, NoticeKind.PAYMENT_DUE)}
    assert {FINANCE, MANAGER} <= people
    assert "priya.menon" not in people


def test_of_what_is_paid_or_withdrawn_nobody_is_told(world: World) -> None:
    ref = world.programme("active")
    counts(world, ref, MoneyAct.COMMITMENT, "500")
    expected(world, ref, "500", 3)
    expected(world, ref, "70", 4)
    withdrawn(world, ref, 2)
    counts(world, ref, MoneyAct.RECEIPT, "500")
    world.clock.pass_time(days=9)

    assert tell_of_payments(world.engine) == 0


@pytest.mark.parametrize("at_once", [1, 2, 200])
def test_what_nobody_can_be_told_of_holds_up_nothing_behind_it(
    world: World, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    ref = world.programme("active")
    for days in (3, 4):
        expected(world, ref, "500", days, source="nor")
    for days in (5, 6):
        expected(world, ref, "70", days)
    world.honest = False
    norway = select(Party.id).where(Party.key == "nor").scalar_subquery()
    silent = (Appointment.role == "finance_officer") | (Appointment.party_id == norway)
    with world.engine.transaction() as session:
        session.execute(update(Appointment).where(silent).values(ends_on=world.clock.at.date()))
    world.clock.pass_time(days=1)
    monkeypatch.setattr(notices, "AT_ONCE", at_once)

    passes = [tell_of_payments(world.engine) for _ in range(3)]

    assert sum(passes) == 2
    assert passes[0] >= min(at_once, 2)
    assert {label for _, label, _ in told(world, NoticeKind.PAYMENT_DUE)} == {"India"}
