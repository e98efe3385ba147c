"""The papers of a case that say something of money: sent ones, accepted ones, and only who may read them."""

from tests.support.world import PROPOSAL, World
from tests.workflow.ledger.bookkeeping import FINANCE, UNSETTLED, counts, recorded
from tests.workflow.lifecycles.shipped.carrying import CarriedPart
from tests.workflow.lifecycles.shipped.joint import AUTHORITIES, Joint
from tests.workflow.lifecycles.shipped.test_work_plan import (
    AGENCY,
    CONVENOR,
    MANAGER,
    OFFICER,
    PLAN,
    with_milestones,
)
from workflow.demo import path
from workflow.ledger.accounts import MoneyAct
from workflow.ledger.page import money_page
from workflow.ledger.reconciliation.compare import Kept, Reconciliation
from workflow.ledger.reconciliation.compare import reconciled as reconciled_papers
from workflow.ledger.reconciliation.paper import named
from workflow.ledger.reconciliation.papers import budget_papers, money_papers
from workflow.programmes.visible_case import visible_case

# The names by which the parts of a joint programme are in order.
COUNTRIES = {"ago": "Angola", "moz": "Mozambique"}


def reconciled(world: World, ref: str, who: str = FINANCE) -> Reconciliation:
    with world.engine.reading() as session:
        return money_page(session, world.engine, world.person(who), ref).reconciliation


def stands(found: Reconciliation) -> list[tuple[str, str, int, int]]:
    """What was compared: what, in which paper, and both figures."""
    return [
        (str(each.what), str(named(each.paper)), int(each.said or 0), int(each.kept or 0))
        for each in found.comparisons
        if each.paper and each.why_not is None
    ]


def test_what_is_written_anew_and_not_sent_is_held_against_by_its_writers_alone(
    world: World,
) -> None:
    ref = world.programme("screening")
    world.answer(ref, "screening", "jane.okello", "return", "Say who pays.")
    less = [{**line, "amount": "1000"} for line in PROPOSAL["budget"]]
    world.file(ref, "proposal", "joao.lima", {**PROPOSAL, "budget": less})

    def said(who: str) -> list[tuple[int, str]]:
        with world.engine.reading() as session:
            case = visible_case(session, world.engine, world.person(who), ref)
            papers = budget_papers(session, world.engine, case, world.clock().date())
        return [(each.version, each.content["budget"][0]["amount"]) for each in papers]

    assert said("joao.lima") == [(2, "1000")]
    assert said("jane.okello") == [(1, PROPOSAL["budget"][0]["amount"])]


def test_a_closed_programme_is_held_against_its_text_and_its_final_statement(world: World) -> None:
    ref = world.programme("active")
    counts(world, ref, MoneyAct.BUDGET, "150000", year=2027)
    counts(world, ref, MoneyAct.BUDGET, "235000", year=2028)
    counts(world, ref, MoneyAct.COMMITMENT, "385000")
    counts(world, ref, MoneyAct.RECEIPT, "385000")
    counts(world, ref, MoneyAct.EXPENDITURE, "383500")
    path.carry(world, ref, UNSETTLED, "closed")

    found = reconciled(world, ref)

    text, statement = (
        f"{ref}: Project document, version 1",
        f"{ref}: Final financial statement, version 1",
    )
    day = next(
        e.paper.filed_on
        for e in found.comparisons
        if e.paper and "statement" in str(named(e.paper))
    )
    assert day is not None
    until = f"until {day}"
    assert [each for each in stands(found) if each[1] in {text, statement}] == [
        ("Budget in all", text, 385000, 385000),
        ("Budget of 2027", text, 150000, 150000),
        ("Budget of 2028", text, 235000, 235000),
        (f"Received {until}", statement, 385000, 385000),
        (f"Spent {until}", statement, 383500, 383500),
        (f"Balance {until}", statement, 1500, 1500),
    ]


def test_of_a_joint_programme_what_is_accepted_counts_and_what_a_party_holds_is_its_own(
    world: World,
) -> None:
    joint = Joint(world)
    joint.signed()
    counts(world, joint.ref, MoneyAct.BUDGET, "500000", output="Laboratory")
    counts(world, joint.ref, MoneyAct.COMMITMENT, "500000", source="nor")
    counts(world, joint.ref, MoneyAct.RECEIPT, "200000", source="nor")
    counts(world, joint.ref, MoneyAct.DISBURSEMENT, "120000", source="nor", holder="moz")
    counts(world, joint.ref, MoneyAct.EXPENDITURE, "118000", source="nor", holder="moz")
    recorded(world, joint.ref, MoneyAct.EXPENDITURE, "500", source="nor", holder="moz")
    part = f"{joint.ref}.{sorted(AUTHORITIES, key=COUNTRIES.__getitem__).index('moz') + 1}"
    before = reconciled(world, joint.ref)

    joint.end_part(part, "moz")

    after = reconciled(world, joint.ref)
    until, report = (
        f"until {world.clock.at.date()}",
        f"{part}: Final report of the country, version 1",
    )
    text = f"{joint.ref}: Proposal, version 1"
    budget = [
        ("Budget in all", text, 500000, 500000),
        ("Budget of Laboratory", text, 500000, 500000),
    ]
    assert stands(before) == budget
    assert stands(after) == [
        *budget,
        (f"Received {until}", report, 120000, 120000),
        (f"Spent {until}", report, 118500, 118000),
    ]
    assert [each.waiting for each in after.differing] == [500]
    assert [each.waiting for each in reconciled(world, joint.ref, "li.wei").differing] == [0]


def test_before_a_text_is_approved_nothing_of_it_is_told(world: World) -> None:
    ref = world.programme("screening")

    (only,) = reconciled(world, ref, "joao.lima").comparisons

    assert (only.paper, str(only.why_not)) == (None, "no text has been approved yet")


def test_a_work_plan_as_it_is_published_is_held_against_the_ledger(world: World) -> None:
    with_milestones(world)
    plan = CarriedPart(world, "work-plan", "undp", executing_agency="undp", convenor="ind")
    world.file(plan.ref, "plan", MANAGER, PLAN)
    for who, round_, verdict in (
        (MANAGER, "planning", "send"),
        *((who, "agreeing", "agree") for who in (AGENCY, CONVENOR)),
        (OFFICER, "accepting", "accept"),
    ):
        plan.answer(who, round_, verdict)
    world.clock.at = world.clock.at.replace(year=2028)

    with world.engine.reading() as session:
        case = visible_case(session, world.engine, world.person(OFFICER), plan.ref)
        (paper,) = money_papers(session, world.engine, case, case.today)
    found = reconciled_papers(Kept((), (), world.clock.at.date()), (), (paper,), approved=True)

    assert stands(found) == [
        (
            "Planned for 2027, beside what was spent in it",
            f"{plan.ref}: Work plan, version 1",
            100000,
            0,
        )
    ]


def test_as_of_an_earlier_day_no_later_paper_is_held_against_the_ledger(world: World) -> None:
    ref = world.programme("active")
    counts(world, ref, MoneyAct.COMMITMENT, "385000")
    before = world.clock.at.date()
    world.clock.pass_time(days=1)
    path.carry(world, ref, UNSETTLED, "closed")

    with world.engine.reading() as session:
        then, now = (
            money_page(session, world.engine, world.person(FINANCE), ref, on).reconciliation
            for on in (before, None)
        )

    papers = [
        {str(named(each.paper)) for each in found.comparisons if each.paper}
        for found in (then, now)
    ]
    assert not any("statement" in each for each in papers[0])
    assert any("statement" in each for each in papers[1])
