"""A programme is an IATI activity that the schema takes, with each movement that counts as a transaction."""

import os
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from lxml import etree

from tests.support.world import World
from tests.workflow.ledger.bookkeeping import (
    FINANCE,
    MANAGER,
    OFFICER,
    counts,
    decided,
    rates,
    recorded,
    taken_back,
)
from tests.workflow.lifecycles.shipped.joint import Joint
from workflow.errors import Invalid, NotFound
from workflow.exports.iati.activity import dated, document, reporter
from workflow.exports.iati.facts import ActivityFacts, activity_facts, house_name
from workflow.ledger.accounts import MoneyAct
from workflow.ledger.transfers.transfer import TransferMoney, TransferWish, transfer
from workflow.people.directory.descriptions import Described, enter_party

# The standard's own files are not kept here: a variable says where they lie, or they lie beside the product.
BESIDE = Path(__file__).parents[5] / "shared" / "data" / "iati-2.03"
SCHEMA = Path(os.environ.get("IATI_SCHEMAS", BESIDE)) / "iati-activities-schema.xsd"
NOW = datetime(2026, 11, 28, tzinfo=UTC)


def facts(world: World, ref: str, who: str = FINANCE) -> ActivityFacts:
    with world.engine.reading() as session:
        return activity_facts(session, world.engine, world.person(who), ref)


def activities(world: World, *refs: str, source: str = "") -> Any:
    """The file of these programmes, read again."""
    with world.engine.reading() as session:
        by = reporter("XM-DAC-41114", house_name(session))
    return etree.fromstring(document([facts(world, ref) for ref in refs], by, NOW, source))


def refuses(tree: Any) -> list[str]:
    """What the schema of the standard says against a file."""
    if not SCHEMA.exists():
        pytest.skip("the schema of IATI 2.03 is not on this machine")
    schema = etree.XMLSchema(etree.parse(SCHEMA))
    schema.validate(tree)
    return [str(each) for each in schema.error_log]


def money(world: World, ref: str) -> None:
    """Money of two sources in two currencies, promised, come, passed on, spent, returned and taken back."""
    rates(world)
    counts(world, ref, MoneyAct.BUDGET, "150000", year=2027)
    counts(world, ref, MoneyAct.PLEDGE, "200")
    counts(world, ref, MoneyAct.COMMITMENT, "180")
    counts(world, ref, MoneyAct.RECEIPT, "120.50")
    counts(world, ref, MoneyAct.IN_KIND, "9")
    counts(world, ref, MoneyAct.COMMITMENT, "15025", source="nor", currency="JPY")
    counts(world, ref, MoneyAct.DISBURSEMENT, "100", holder="undp")
    counts(world, ref, MoneyAct.EXPENDITURE, "97.25", holder="undp", who=MANAGER)
    counts(world, ref, MoneyAct.RETURN, "20.50")
    recorded(world, ref, MoneyAct.PLEDGE, "777", source="zaf")


def told(transaction: Any) -> tuple[str, str, str, str, str]:
    """What a transaction is: its type, amount and currency, who provides and who receives."""
    value = transaction.find("value")
    provider, receiver = (
        transaction.findtext(f"{side}-org/narrative") or "" for side in ("provider", "receiver")
    )
    kind = transaction.find("transaction-type").get("code")
    return kind, value.text, value.get("currency"), provider, receiver


def test_each_movement_that_counts_is_a_transaction(world: World) -> None:
    ref = world.programme("active")
    money(world, ref)

    (activity,) = activities(world, ref)

    agency = activity.findtext("transaction[transaction-type]/receiver-org/narrative")
    assert [told(each) for each in activity.iter("transaction")] == [
        ("13", "200.00", "USD", "India", ""),
        ("11", "180.00", "USD", "India", ""),
        ("1", "120.50", "USD", "India", ""),
        ("11", "15025", "JPY", "Norway", ""),
        ("3", "100.00", "USD", "", agency),
        ("4", "97.25", "USD", agency, ""),
        ("1", "-20.50", "USD", "India", ""),
    ]
    jpy = activity.find("transaction/value[@currency='JPY']")
    assert jpy.get("value-date") == world.clock.at.date().replace(day=1).isoformat()
    budget = activity.find("budget")
    assert (budget.find("period-start").get("iso-date"), budget.findtext("value")) == (
        "2027-01-01", "150000.00",
    )  # fmt: skip


def test_what_is_transferred_is_no_flow_and_revises_the_budgets_of_its_years(world: World) -> None:
    ref = world.programme("active")
    for year, amount in ((2027, "150"), (2028, "70"), (2029, "10")):
        counts(world, ref, MoneyAct.BUDGET, amount, year=year)
    wish = TransferWish(of=1, to=2, amount="30", on=world.clock.at.date())
    command = TransferMoney(ref, wish, world.version(ref), uuid4().hex, "Later.")
    transfer(world.engine, world.person(OFFICER), command)
    decided(world, ref, 4)

    (activity,) = activities(world, ref)

    found = [(each.get("type"), each.findtext("value")) for each in activity.iter("budget")]
    assert found == [("2", "120.00"), ("2", "100.00"), ("1", "10.00")]
    assert [*activity.iter("transaction")] == []


def test_what_is_taken_back_stands_below_zero_beside_it(world: World) -> None:
    ref = world.programme("active")
    counts(world, ref, MoneyAct.COMMITMENT, "180")
    taken_back(world, ref, 1)
    decided(world, ref, 2)

    (activity,) = activities(world, ref)

    assert [told(each)[:2] for each in activity.iter("transaction")] == [
        ("11", "180.00"), ("11", "-180.00"),
    ]  # fmt: skip


def test_the_schema_takes_programmes_with_money_and_without(world: World) -> None:
    ref, plain = world.programmes("active", "screening")
    money(world, ref)

    tree = activities(world, ref, plain)

    assert [each.findtext("iati-identifier") for each in tree] == [
        f"XM-DAC-41114-{ref}", f"XM-DAC-41114-{plain}",
    ]  # fmt: skip
    assert refuses(tree) == []


def test_countries_share_a_hundred_and_a_joint_programme_names_its_parts(world: World) -> None:
    joint = Joint(world)
    joint.signed()

    above, below = activities(world, joint.ref, f"{joint.ref}.1")

    shares = [Decimal(each.get("percentage")) for each in above.iter("recipient-country")]
    assert sum(shares) == 100
    related = [(each.get("type"), each.get("ref")) for each in above.iter("related-activity")]
    assert related[:2] == [("2", f"XM-DAC-41114-{joint.ref}.{n}") for n in (1, 2)]
    assert [(e.get("type"), e.get("ref")) for e in below.iter("related-activity")][:1] == [
        ("1", f"XM-DAC-41114-{joint.ref}")
    ]
    assert refuses(activities(world, joint.ref, f"{joint.ref}.1")) == []


def test_of_a_party_only_its_money_is_in_it(world: World) -> None:
    ref = world.programme("active")
    money(world, ref)

    (activity,) = activities(world, ref, source="nor")

    assert [told(each)[3] for each in activity.iter("transaction")] == ["Norway"]
    assert activity.find("budget") is None


def test_nobody_publishes_under_no_identifier_or_what_they_may_not_know_of(world: World) -> None:
    ref = world.programme("draft")

    with pytest.raises(Invalid, match="PRIMEMOVER_IATI_ORGANISATION"):
        reporter("", "The house")
    with pytest.raises(NotFound):
        facts(world, ref, "li.wei")


def test_what_has_no_planned_day_is_left_out_and_strange_letters_are_replaced(world: World) -> None:
    ref = world.programme("active")
    found = facts(world, ref)
    strange, undated = (
        replace(found, title="A \x0b <b>", summary=""), replace(found, starts=None, ends=None),
    )  # fmt: skip

    tree = etree.fromstring(document([strange, undated], reporter("XM-1", "House"), NOW))

    assert len(tree) == 1 == len(dated([strange, undated]))
    assert tree[0].findtext("title/narrative") == "A \ufffd <b>"
    assert date.fromisoformat(tree[0].find("activity-date").get("iso-date")) == found.starts


def test_parties_are_of_their_sort_and_what_is_not_published_is_not_related(world: World) -> None:
    ref = world.programme("active")
    with world.engine.transaction() as session:
        about = Described(kind="foundation", name="Sea Foundation", gives=True)
        enter_party(session, "sea", about, by=world.person(FINANCE), now=world.engine.now())
    counts(world, ref, MoneyAct.PLEDGE, "10", source="sea")
    joint = Joint(world)
    joint.signed()

    found = activities(world, ref, joint.ref)

    types = {
        each.findtext("narrative"): each.get("type") for each in found.iter("participating-org")
    }
    assert types["Sea Foundation"] == "60"
    related = [each.get("ref") for each in found.iter("related-activity")]
    published = {f"XM-DAC-41114-{joint.ref}.{number}" for number in (1, 2)}
    assert related
    assert all(facts(world, each.removeprefix("XM-DAC-41114-")).starts for each in related)
    assert published <= {*related}
    assert refuses(found) == []
