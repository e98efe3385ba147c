"""What an accepted report says was spent is recorded once, with the report, and certified by another."""

from decimal import Decimal
from uuid import uuid4

import pytest
from sqlalchemy import select

from tests.support.world import World
from tests.workflow.ledger.bookkeeping import FINANCE, counts, decided, recorded
from tests.workflow.lifecycles.shipped.joint import AUTHORITIES, Joint
from workflow.audit.verification.verify import verify
from workflow.engine.models import LifecycleCase
from workflow.errors import Invalid, NotAuthorised
from workflow.ledger import books
from workflow.ledger.accounts import MoneyAct
from workflow.ledger.reported.offers import ReportOffer
from workflow.ledger.reported.take_over import TakeOver, offered, take_over
from workflow.programmes.visible_case import visible_case

COUNTRIES = {"ago": "Angola", "moz": "Mozambique"}


def reported(world: World) -> str:
    """A joint programme whose part in Mozambique reported 118,500 as spent; 120,000 were passed on to it."""
    joint = Joint(world)
    joint.signed()
    counts(world, joint.ref, MoneyAct.COMMITMENT, "500000", source="nor")
    counts(world, joint.ref, MoneyAct.RECEIPT, "200000", source="nor")
    counts(world, joint.ref, MoneyAct.DISBURSEMENT, "120000", source="nor", holder="moz")
    part = f"{joint.ref}.{sorted(AUTHORITIES, key=COUNTRIES.__getitem__).index('moz') + 1}"
    joint.end_part(part, "moz")
    return joint.ref


def found(world: World, ref: str, who: str = FINANCE) -> tuple[ReportOffer, ...]:
    with world.engine.reading() as session:
        case = visible_case(session, world.engine, world.person(who), ref)
        return offered(session, world.engine, case)


def taken(world: World, ref: str, of: ReportOffer, amount: str = "", *, who: str = FINANCE) -> int:
    pot = of.pots[0]
    command = TakeOver(
        ref, of.key, pot.source, amount or str(of.missing), world.version(ref), uuid4().hex,
        pot.holder, pot.earmark,
    )  # fmt: skip
    return int(take_over(world.engine, world.person(who), command).content)


def test_what_a_report_says_is_offered_recorded_once_and_certified_by_another(world: World) -> None:
    ref = reported(world)
    (offer,) = found(world, ref)

    number = taken(world, ref, offer)
    waiting = found(world, ref)
    with pytest.raises(Invalid, match="All that this report says"):
        taken(world, ref, offer)
    decided(world, ref, number, who="elena.petrova")

    assert (offer.missing, offer.pots[0].holder) == (Decimal(118500), "moz")
    assert waiting == found(world, ref) == ()
    with world.engine.reading() as session:
        case = session.scalar(select(LifecycleCase.id).where(LifecycleCase.ref == ref)) or 0
        *_, kept = books.recorded(session, case)
    assert kept.movement.paper == offer.key
    assert verify(world.engine.database).differences == []


def test_a_part_of_it_may_be_taken_and_no_more_than_is_missing(world: World) -> None:
    ref = reported(world)
    (offer,) = found(world, ref)
    recorded(world, ref, MoneyAct.EXPENDITURE, "500", source="nor", holder="moz")

    with pytest.raises(Invalid, match=r"USD 118,000\.00 is not recorded yet") as over:
        taken(world, ref, offer, "118000.01")
    taken(world, ref, offer, "100000")

    assert list(over.value.faults) == ["amount"]
    assert [each.missing for each in found(world, ref)] == [Decimal("18000.00")]


def test_what_was_declined_is_offered_again(world: World) -> None:
    ref = reported(world)
    (offer,) = found(world, ref)
    number = taken(world, ref, offer)

    decided(world, ref, number, who="elena.petrova", yes=False, why="Two of the bills lack.")

    assert [each.key for each in found(world, ref)] == [offer.key]


def test_who_records_no_money_takes_none_over(world: World) -> None:
    ref = reported(world)
    (offer,) = found(world, ref)

    with pytest.raises((NotAuthorised, Invalid)):
        taken(world, ref, offer, who="li.wei")
