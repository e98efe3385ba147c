"""A statement is the sum of the programmes that its reader may know of, in dollars and in each currency."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pytest
from sqlalchemy import delete, select, update

from tests.support.world import World
from tests.workflow.ledger.bookkeeping import HEAD, MANAGER, counts, rates, recorded
from tests.workflow.ledger.many import keep, random_movements
from workflow.engine.models import LifecycleCase
from workflow.errors import NotFound
from workflow.frameworks.models import Framework
from workflow.ledger.accounts import WAYS, MoneyAct, Movement
from workflow.ledger.balances import ActSums, SourceLine
from workflow.ledger.models import SourceMoney
from workflow.ledger.page import money_page
from workflow.ledger.statements.by_now import totals_now
from workflow.ledger.statements.statement import MoneyStatement, statement
from workflow.ledger.statements.sums import StatementScope, case_sums
from workflow.ledger.statements.totals import totals_of
from workflow.oversight.checks.lists import astray, make_follow
from workflow.programmes.models import Programme

EVERYTHING = StatementScope()


def told(
    world: World, scope: StatementScope = EVERYTHING, who: str = "li.wei", on: date | None = None
) -> MoneyStatement:
    with world.engine.reading() as session:
        return statement(session, scope, world.person(who), world.engine.now(), on)


def figures(line: SourceLine) -> tuple[Decimal, ...]:
    return (*(line.of(act) for act in MoneyAct), line.outstanding, line.balance)


def page_total(world: World, ref: str) -> SourceLine:
    with world.engine.reading() as session:
        return money_page(session, world.engine, world.person(HEAD), ref).total


def in_framework(world: World, ref: str, key: str) -> None:
    with world.engine.transaction() as session:
        number = select(Framework.id).where(Framework.key == key).scalar_subquery()
        case = select(LifecycleCase.id).where(LifecycleCase.ref == ref).scalar_subquery()
        session.execute(
            update(Programme).where(Programme.case_id == case).values(framework_id=number)
        )


def test_random_movements_of_three_programmes_come_to_what_their_pages_say(world: World) -> None:
    chance, until = Random(20261128), world.clock.at.date()
    refs = world.programmes("active", "active", "closed")
    kept: dict[str, list[Movement]] = {ref: random_movements(chance, 120, until) for ref in refs}
    for ref, movements in kept.items():
        keep(world, ref, movements)

    found = told(world)

    assert {each.ref: figures(each.line) for each in found.programmes} == {
        ref: figures(page_total(world, ref)) for ref in refs
    }
    for act in WAYS:
        every = [each for of in kept.values() for each in of if each.act is act]
        assert found.total.of(act) == sum(each.usd for each in every)
        for currency in {each.currency for each in every}:
            alone = sum(each.amount for each in every if each.currency == currency)
            lines = [line for line in found.currencies if line.currency == currency]
            assert sum(line.of(act) for line in lines) == alone
    shares = [figures(each.line) for each in found.shares]
    assert tuple(map(sum, zip(*shares, strict=True))) == figures(found.total)


SCOPES = (EVERYTHING, StatementScope(source="nor"), StatementScope(framework="F7"))


@pytest.mark.parametrize("scope", SCOPES, ids=["everything", "a party", "a framework"])
@pytest.mark.parametrize("who", ["li.wei", "joao.lima", "marie.laurent"])
def test_what_is_kept_of_sources_says_what_the_movements_say(
    world: World, scope: StatementScope, who: str
) -> None:
    chance, until = Random(11), world.clock.at.date()
    refs = world.programmes("active", "draft", "active")
    in_framework(world, refs[0], "F7")
    for ref in refs:
        keep(world, ref, random_movements(chance, 60, until))
    reader = world.person(who)

    with world.engine.reading() as session:
        now = [totals_now(session, scope, reader, until, most) for most in (None, 1)]
        movements = case_sums(session, scope, reader, until, until)
        then = [totals_of(movements, most) for most in (None, 1)]

    for kept, summed_up in zip(now, then, strict=True):
        assert [figures(e) for e in kept.sources] == [figures(e) for e in summed_up.sources]
        assert [e.source for e in kept.currencies] == [e.source for e in summed_up.currencies]
        assert [figures(e) for e in kept.currencies] == [figures(e) for e in summed_up.currencies]
        assert kept.more == summed_up.more
        for one, other in (
            (kept.programmes, summed_up.programmes),
            (kept.shares, summed_up.shares),
        ):
            assert [(e.ref, e.title, e.line.source, figures(e.line)) for e in one] == [
                (e.ref, e.title, e.line.source, figures(e.line)) for e in other
            ]


def test_what_is_kept_is_found_where_it_differs_and_made_to_follow(world: World) -> None:
    first, second = world.programmes("active", "active")
    for ref in (first, second):
        counts(world, ref, MoneyAct.PLEDGE, "10")
    counts(world, second, MoneyAct.COMMITMENT, "7", source="nor")
    before = told(world)
    with world.engine.transaction() as session:
        session.execute(update(SourceMoney).values(pledge_usd=SourceMoney.pledge_usd + 1))
        session.execute(
            delete(SourceMoney).where(SourceMoney.currency == "USD", SourceMoney.commitment > 0)
        )

    found = astray(world.engine)
    make_follow(world.engine, found)

    assert found.totals
    assert [each.ref for each in found.differences] == ["", first, second]
    assert astray(world.engine).differences == []
    assert told(world) == before


def test_what_is_kept_is_hidden_for_as_long_as_nobody_was_sent_the_case(world: World) -> None:
    ref = world.programme("draft")
    keep(world, ref, random_movements(Random(2), 5, world.clock.at.date()))
    before = told(world)

    world.answer(ref, "submission", "joao.lima", "submit")

    assert before.programmes == before.sources == ()
    assert [each.ref for each in told(world).programmes] == [ref]
    assert told(world).sources != ()
    assert astray(world.engine).differences == []


def test_of_a_party_it_says_what_it_gave_and_what_it_holds_of_others(world: World) -> None:
    first, second = world.programmes("active", "active")
    rates(world)
    for ref, amount in ((first, "1000"), (second, "500")):
        counts(world, ref, MoneyAct.COMMITMENT, amount, source="nor")
        counts(world, ref, MoneyAct.RECEIPT, "400", source="nor")
    counts(world, first, MoneyAct.COMMITMENT, "9999", currency="JPY")
    counts(world, first, MoneyAct.DISBURSEMENT, "300", source="nor", holder="undp")
    counts(world, first, MoneyAct.EXPENDITURE, "120", source="nor", holder="undp", who=MANAGER)
    recorded(world, first, MoneyAct.EXPENDITURE, "50", source="nor", holder="undp", who=MANAGER)

    donor, agency = (
        told(world, StatementScope(source="nor")), told(world, StatementScope(source="undp")),
    )  # fmt: skip

    assert donor.title == "Norway"
    assert [(e.ref, e.line.of(MoneyAct.COMMITMENT)) for e in donor.programmes] == [
        (first, 1000), (second, 500),
    ]  # fmt: skip
    assert (donor.total.balance, donor.total.outstanding, donor.mixed) == (680, 700, False)
    assert agency.programmes == ()
    assert [(e.ref, e.source, e.disbursed, e.spent, e.left) for e in agency.held] == [
        (first, "nor", 300, 120, 180)
    ]


def test_of_a_framework_it_takes_its_programmes_and_no_others(world: World) -> None:
    inside, outside = world.programmes("active", "active")
    in_framework(world, outside, "F6")
    counts(world, inside, MoneyAct.PLEDGE, "10")
    counts(world, outside, MoneyAct.PLEDGE, "7")

    found = {key: told(world, StatementScope(framework=key)) for key in ("F6", "F7")}

    assert {key: [each.ref for each in of.programmes] for key, of in found.items()} == {
        "F6": [outside], "F7": [inside],
    }  # fmt: skip
    assert found["F7"].total.of(MoneyAct.PLEDGE) == 10


def test_what_somebody_may_not_know_of_is_not_in_it_and_nothing_says_how_many(world: World) -> None:
    ref, draft = world.programmes("active", "draft")
    counts(world, ref, MoneyAct.PLEDGE, "10")
    keep(world, draft, random_movements(Random(1), 5, world.clock.at.date()))

    stranger, proposer, auditor = (
        told(world, who=who) for who in ("li.wei", "joao.lima", "marie.laurent")
    )

    assert [each.ref for each in stranger.programmes] == [ref]
    assert [each.ref for each in proposer.programmes] == [ref, draft]
    assert [each.ref for each in auditor.programmes] == [ref, draft]
    assert str(stranger.scope_said) == "Programmes that are not open to you yet are not in it."
    assert str(auditor.scope_said) == "Every programme is in it."


def test_it_stands_as_it_stood_on_another_day_and_what_waits_counts_nothing(world: World) -> None:
    ref = world.programme("active")
    today = world.clock.at.date()
    counts(world, ref, MoneyAct.PLEDGE, "10", on=today - timedelta(3))
    counts(world, ref, MoneyAct.PLEDGE, "5")
    recorded(world, ref, MoneyAct.PLEDGE, "100")

    assert told(world).total.of(MoneyAct.PLEDGE) == 15
    assert told(world, on=today - timedelta(1)).total.of(MoneyAct.PLEDGE) == 10
    assert told(world, on=today + timedelta(99)).on == today


@pytest.mark.parametrize(
    "scope", [StatementScope(framework="F99"), StatementScope(source="atlantis")]
)
def test_of_what_is_not_there_there_is_no_statement(world: World, scope: StatementScope) -> None:
    with pytest.raises(NotFound, match="There is no"):
        told(world, scope)


def test_sums_of_one_source_in_one_currency_have_their_own_line() -> None:
    sums = ActSums("ind", "JPY")
    for act, amount in ((MoneyAct.COMMITMENT, 300), (MoneyAct.RECEIPT, 150)):
        sums.kept[act] += amount
        sums.usd[act] += amount // 150

    assert (sums.line.balance, sums.in_dollars.balance) == (150, 1)
