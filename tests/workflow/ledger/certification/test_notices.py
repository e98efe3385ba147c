"""Who certifies is told once of what waits for them in a case, again when it waits long, and nobody of their own."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from tests.support.world import World
from tests.workflow.ledger.bookkeeping import FINANCE, HEAD, OFFICER, decided, recorded
from workflow.engine.models import LifecycleCase
from workflow.ledger.accounts import MoneyAct
from workflow.ledger.certification import notices
from workflow.ledger.certification.notices import owe_reminders
from workflow.notices.models import Delivery, Notice
from workflow.notices.queries import listed
from workflow.notices.vocabulary import NoticeKind
from workflow.people.mandates import ALL, Grant, grant
from workflow.people.models import Appointment, Person

DELEGATE = "ravi.chand"


def told(world: World, kind: NoticeKind) -> list[tuple[str, str, str]]:
    """Who was told so of the money of which case, and of what."""
    asked = (
        select(LifecycleCase.ref, Person.email, Notice.outcome)
        .select_from(Notice)
        .join(LifecycleCase, LifecycleCase.id == Notice.case_id)
        .join(Person, Person.id == Notice.person_id)
        .where(Notice.kind == kind.value)
        .order_by(Notice.id)
    )
    with world.engine.reading() as session:
        return [(ref, mail.partition("@")[0], said) for ref, mail, said in session.execute(asked)]


def mandate(world: World, of: str, to: str, scope: str = ALL) -> None:
    """Let somebody act for the office of another for a week."""
    now = world.engine.now()
    with world.engine.transaction() as session:
        held = select(Appointment.id).where(
            Appointment.person_id == world.person(of),
            Appointment.role.in_(("finance_officer", "unit_head")),
        )
        until = (now + timedelta(days=7)).date()
        wish = Grant(
            session.scalars(held).one(), world.person(to), now.date(), until, "Away.", scope
        )
        grant(session, world.person(of), wish, now=now)


def test_whoever_may_certify_is_told_once_of_what_waits_for_them_in_a_case(world: World) -> None:
    first, second = world.programmes("active", "active")
    recorded(world, first, MoneyAct.PLEDGE, "1200.5", who=FINANCE)
    recorded(world, first, MoneyAct.PLEDGE, "20", who=OFFICER)
    recorded(world, first, MoneyAct.PLEDGE, "30", who=OFFICER)
    recorded(world, second, MoneyAct.PLEDGE, "40", who=OFFICER)

    assert sorted(told(world, NoticeKind.MONEY_WAITS)) == sorted([
        (first, HEAD, "USD 1,200.50"), (first, FINANCE, "USD 20.00"),
        (second, FINANCE, "USD 40.00"), (second, HEAD, "USD 40.00"),
    ])  # fmt: skip


def test_once_all_is_decided_on_what_comes_next_is_told_again(world: World) -> None:
    ref = world.programme("active")
    recorded(world, ref, MoneyAct.PLEDGE, "10")
    decided(world, ref, 1, who=HEAD)
    recorded(world, ref, MoneyAct.PLEDGE, "20")

    said = [(who, amount) for _, who, amount in told(world, NoticeKind.MONEY_WAITS)]

    assert sorted(said) == [
        *((HEAD, f"USD {each}.00") for each in ("10", "20")),
        *((FINANCE, f"USD {each}.00") for each in ("10", "20")),
    ]


def test_it_leads_to_the_money_and_a_mail_is_owed(world: World) -> None:
    ref = world.programme("active")
    world.engine.owe_mail()
    recorded(world, ref, MoneyAct.PLEDGE, "10")

    with world.engine.reading() as session:
        known: Any = Notice.kind == NoticeKind.MONEY_WAITS.value
        (line,) = listed(session, world.person(FINANCE), known)
        owed = select(Delivery.way).join(Notice, Notice.id == Delivery.notice_id).where(known)
        mails = session.scalars(owed).all()

    assert (line.path, line.role) == (f"/programmes/{ref}/money", "Finance officer")
    assert mails == ["at_once", "at_once"]


def test_who_acts_for_a_certifier_is_told_as_far_as_the_mandate_goes_but_not_of_the_principals_own(
    world: World,
) -> None:
    first, second = world.programmes("active", "active")
    mandate(world, FINANCE, DELEGATE, f"case:{second}")
    recorded(world, first, MoneyAct.PLEDGE, "10")
    recorded(world, second, MoneyAct.PLEDGE, "20")
    decided(world, second, 1)
    recorded(world, second, MoneyAct.PLEDGE, "30", who=FINANCE)

    of_delegate = [each for each in told(world, NoticeKind.MONEY_WAITS) if each[1] == DELEGATE]

    assert of_delegate == [(second, DELEGATE, "USD 20.00")]


def test_what_waits_long_is_told_again_once_and_later_to_the_head(world: World) -> None:
    ref = world.programme("active")
    recorded(world, ref, MoneyAct.PLEDGE, "10")
    since = world.clock.at.date().isoformat()
    early = owe_reminders(world.engine)
    world.clock.pass_time(days=7)
    recorded(world, ref, MoneyAct.PLEDGE, "20")
    reminded = owe_reminders(world.engine), owe_reminders(world.another_engine())
    world.clock.pass_time(days=14)
    late = owe_reminders(world.engine)

    assert (early, reminded, late) == (0, (1, 0), 1)
    assert sorted(told(world, NoticeKind.MONEY_REMINDER)) == [
        (ref, HEAD, since), (ref, FINANCE, since),
    ]  # fmt: skip
    assert told(world, NoticeKind.MONEY_LATE) == [(ref, HEAD, since)]


@pytest.mark.parametrize("yes", [True, False])
def test_of_what_is_decided_on_nobody_is_reminded_and_only_a_declining_is_told(
    world: World, *, yes: bool
) -> None:
    ref = world.programme("active")
    recorded(world, ref, MoneyAct.PLEDGE, "10")
    decided(world, ref, 1, yes=yes, why="" if yes else "No letter.")
    world.clock.pass_time(days=30)

    assert owe_reminders(world.engine) == 0
    expected = [] if yes else [(ref, OFFICER, "USD 10.00")]
    assert told(world, NoticeKind.MONEY_DECLINED) == expected


@pytest.mark.parametrize("at_once", [1, 200])
def test_what_nobody_else_can_certify_holds_up_nothing_behind_it(
    world: World, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    first, second = world.programmes("active", "active")
    recorded(world, first, MoneyAct.PLEDGE, "10", who=FINANCE)
    world.clock.pass_time(days=1)
    recorded(world, second, MoneyAct.PLEDGE, "20")
    world.honest = False
    heads = Appointment.person_id == world.person(HEAD)
    with world.engine.transaction() as session:
        session.execute(update(Appointment).where(heads).values(ends_on=world.clock.at.date()))
    world.clock.pass_time(days=8)
    monkeypatch.setattr(notices, "AT_ONCE", at_once)

    passes = [owe_reminders(world.engine) for _ in range(2)]

    assert passes == [1, 0]
    assert [ref for ref, _, _ in told(world, NoticeKind.MONEY_REMINDER)] == [second]
