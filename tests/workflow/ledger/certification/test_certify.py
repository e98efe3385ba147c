"""Certifying under a mandate: as far as it goes, told as such, and never what one or one's principal recorded."""

import pytest
from sqlalchemy import select

from tests.support.world import World
from tests.workflow.ledger.bookkeeping import FINANCE, HEAD, OFFICER, decided, recorded
from tests.workflow.ledger.certification.test_notices import mandate
from workflow.audit.canonical import parse
from workflow.audit.events.payload import opaque
from workflow.audit.models import Event
from workflow.audit.verification.verify import verify
from workflow.errors import ConflictOfDuties, NotAuthorised
from workflow.ledger.accounts import MoneyAct
from workflow.ledger.certification.queue import waiting_money, waiting_movements
from workflow.ledger.page import money_page
from workflow.people.queries import current_offices

DELEGATE = "ravi.chand"


def waiting(world: World, who: str) -> list[tuple[str, int]]:
    with world.engine.reading() as session:
        held = current_offices(session, world.person(who), world.engine.now().date())
        found = waiting_money(session, world.person(who), held, world.engine.now())
        counts = waiting_movements(session, world.person(who), held, world.engine.now(), 100)
        counted = 0 if counts is None else session.scalar(select(counts))
    assert counted == sum(each.movements for each in found)
    return [(each.ref, each.movements) for each in found]


def test_who_acts_for_a_finance_officer_certifies_and_it_is_told_for_whom(world: World) -> None:
    ref = world.programme("active")
    mandate(world, FINANCE, DELEGATE)
    recorded(world, ref, MoneyAct.PLEDGE, "10")
    before = waiting(world, DELEGATE)

    decided(world, ref, 1, who=DELEGATE)

    assert (before, waiting(world, DELEGATE)) == ([(ref, 1)], [])
    with world.engine.reading() as session:
        told = session.scalars(select(Event.body).where(Event.type == "money.certified")).one()
    event = parse(told)
    assert event["what"]["for"] == opaque(world.person(FINANCE))
    assert event["what"]["mandate"] == 1
    assert verify(world.engine.database).differences == []


def test_a_mandate_for_one_case_reaches_no_other(world: World) -> None:
    first, second = world.programmes("active", "active")
    mandate(world, FINANCE, DELEGATE, f"case:{first}")
    for ref in (first, second):
        recorded(world, ref, MoneyAct.PLEDGE, "10")

    with pytest.raises(NotAuthorised):
        decided(world, second, 1, who=DELEGATE)

    assert waiting(world, DELEGATE) == [(first, 1)]
    decided(world, first, 1, who=DELEGATE)


def test_a_mandate_for_a_kind_of_round_is_for_no_money(world: World) -> None:
    ref = world.programme("active")
    mandate(world, FINANCE, DELEGATE, "round:closure")
    recorded(world, ref, MoneyAct.PLEDGE, "10")

    with pytest.raises(NotAuthorised):
        decided(world, ref, 1, who=DELEGATE)

    assert waiting(world, DELEGATE) == []


def test_nobody_certifies_for_who_recorded_it_though_the_seat_is_another(world: World) -> None:
    ref = world.programme("active")
    mandate(world, FINANCE, DELEGATE)
    recorded(world, ref, MoneyAct.PLEDGE, "10", who=FINANCE)

    with pytest.raises(ConflictOfDuties, match="act for who recorded"):
        decided(world, ref, 1, who=DELEGATE)

    assert waiting(world, DELEGATE) == []


def test_of_two_mandates_the_one_of_who_did_not_record_it_serves(world: World) -> None:
    ref = world.programme("active")
    for principal in (FINANCE, HEAD):
        mandate(world, principal, DELEGATE)
    recorded(world, ref, MoneyAct.PLEDGE, "10", who=FINANCE)

    assert waiting(world, DELEGATE) == [(ref, 1)]
    decided(world, ref, 1, who=DELEGATE)


def test_an_officer_who_recorded_it_does_not_certify_it_under_a_mandate(world: World) -> None:
    ref = world.programme("active")
    mandate(world, FINANCE, OFFICER)
    recorded(world, ref, MoneyAct.PLEDGE, "10", who=OFFICER)
    recorded(world, ref, MoneyAct.PLEDGE, "20", who=HEAD)

    with pytest.raises(ConflictOfDuties, match="You recorded this"):
        decided(world, ref, 1, who=OFFICER)
    decided(world, ref, 2, who=OFFICER)


def test_the_page_offers_to_a_delegate_what_they_may_certify(world: World) -> None:
    ref = world.programme("active")
    mandate(world, FINANCE, DELEGATE)
    recorded(world, ref, MoneyAct.PLEDGE, "10", who=FINANCE)
    recorded(world, ref, MoneyAct.PLEDGE, "20", who=OFFICER)

    with world.engine.reading() as session:
        page = money_page(session, world.engine, world.person(DELEGATE), ref)

    able = [
        each.movement.number
        for each in page.waiting
        if page.duties.may_certify(world.person(DELEGATE), each.recorded_by)
    ]
    assert able == [2]
