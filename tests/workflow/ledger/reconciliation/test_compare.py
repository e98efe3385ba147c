"""Figures of papers stand beside those of the ledger, and agreement is said only where all was compared."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from workflow.ledger.accounts import (
    Account,
    AccountKind,
    MoneyAct,
    Movement,
    entries_of,
    transfer_entries,
)
from workflow.ledger.reconciliation.compare import Kept, Reconciliation, reconciled
from workflow.ledger.reconciliation.paper import MoneyPaper, named
from workflow.lifecycles.documents import DocumentKind, Field, Section

DAY = date(2027, 6, 30)
AMOUNT = Field("amount", "Amount", "money")
BUDGET = (
    Field("total_cost", "Total", "money"),
    Field("budget", "Lines", "lines", columns=(Field("year", "Year", "number"), AMOUNT)),
)
PLAN = (
    Field("year", "Year", "number"),
    Field("activities", "Activities", "lines", columns=(AMOUNT,)),
)
PLAN_OF_PERIOD = (
    Field("period_start", "From", "date"),
    Field("period_end", "To", "date"),
    Field("budget", "Budget", "lines", columns=(AMOUNT,)),
)
REPORT = tuple(
    Field(key, key, kind)
    for key, kind in (
        ("period_start", "date"), ("period_end", "date"), ("received", "money"), ("spent", "money"),
    )
)  # fmt: skip
STATEMENT = tuple(Field(key, key, "money") for key in ("received", "spent", "balance"))


def kind(fields: tuple[Field, ...], key: str = "paper") -> DocumentKind:
    return DocumentKind(
        key, "Paper", "", "A01", (Section("s", "S", "", fields),), False, (), (), ()
    )


def paper(fields: tuple[Field, ...], content: dict[str, Any], **more: Any) -> MoneyPaper:
    about = {"ref": "A-1", "title": "Courses", "version": 1, "filed_on": DAY, **more}
    return MoneyPaper(kind=kind(fields), content=content, **about)


def moved(act: MoneyAct, amount: str, on: date = DAY, **at: Any) -> Movement:
    place = Account(AccountKind.SOURCE, at.pop("source", "ind"), **at)
    sides = entries_of(act, place, "USD", Decimal(amount))
    return Movement(1, act, on, sides, Decimal(amount))


def held(
    *papers: MoneyPaper,
    counting: tuple[Movement, ...] = (),
    waiting: tuple[Movement, ...] = (),
    budgets: tuple[MoneyPaper, ...] = (),
    approved: bool = True,
    on: date = DAY,
) -> Reconciliation:
    return reconciled(Kept(counting, waiting, on), budgets, papers, approved=approved)


def stands(of: Reconciliation) -> list[tuple[str, str, str]]:
    """Each comparison with both figures, or with why there are none."""
    return [
        (str(e.what), "", str(e.why_not)) if e.why_not else (str(e.what), str(e.said), str(e.kept))
        for e in of.comparisons
    ]


APPROVED = paper(
    BUDGET,
    {"total_cost": "300", "budget": [{"year": "2026", "amount": "100"}, {"year": "2027", "amount": "200"}]},
)  # fmt: skip
BUDGETED = (
    moved(MoneyAct.BUDGET, "100", year=2026),
    moved(MoneyAct.BUDGET, "150", year=2027),
)


def test_a_budget_is_compared_in_all_and_line_by_line() -> None:
    found = held(counting=BUDGETED, budgets=(APPROVED,))

    assert stands(found) == [
        ("Budget in all", "300", "250"),
        ("Budget of 2026", "100", "100"),
        ("Budget of 2027", "200", "150"),
    ]
    assert [each.difference for each in found.differing] == [-50, -50]
    assert str(found.verdict) == "2 figures differ from the ledger."


def test_what_was_transferred_counts_where_it_went() -> None:
    of, to = (Account(AccountKind.BUDGET, "ind", year=year) for year in (2026, 2027))
    sides = transfer_entries(of, to, "USD", Decimal(30))
    transferred = Movement(3, MoneyAct.TRANSFER, DAY, sides, Decimal(30))

    found = held(counting=(*BUDGETED, transferred), budgets=(APPROVED,))

    assert stands(found) == [
        ("Budget in all", "300", "250"),
        ("Budget of 2026", "100", "70"),
        ("Budget of 2027", "200", "180"),
    ]


def test_an_amendment_that_changed_the_total_alone_says_why_lines_are_not_compared() -> None:
    amended = paper((BUDGET[0],), {"total_cost": "400"}, ref="A-1.1", title="More schools")

    found = held(counting=BUDGETED, budgets=(APPROVED, amended))

    assert stands(found) == [
        ("Budget in all", "400", "250"),
        ("Budget line by line", "", "“More schools” changed the total, not the lines"),
    ]


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"approved": False}, "no text has been approved yet"),
        ({"budgets": (APPROVED,)}, "no budget line counts in the ledger"),
        ({"budgets": (), "counting": BUDGETED}, "no text says what it costs"),
        (
            {"budgets": (paper(BUDGET, {}, readable=False),), "counting": BUDGETED},
            "the text is not open to you",
        ),
    ],
)
def test_what_cannot_be_compared_says_why_and_never_agrees(more: dict[str, Any], why: str) -> None:
    found = held(**more)

    assert stands(found) == [("Budget in all", "", why)]
    assert str(found.verdict) == "Nothing can be compared yet."
    assert found.differing == ()


def test_a_plan_is_held_against_the_budget_of_its_year_and_what_was_spent_once_that_is_over() -> (
    None
):
    plan = paper(PLAN, {"year": "2026", "activities": [{"amount": "60"}, {"amount": "40"}]})
    running = paper(PLAN, {"year": "2027", "activities": [{"amount": "150"}]})
    spent = moved(MoneyAct.EXPENDITURE, "97", date(2026, 12, 31))
    later = moved(MoneyAct.EXPENDITURE, "5", date(2027, 1, 1))

    found = held(plan, running, counting=(*BUDGETED, spent, later), budgets=(APPROVED,))

    assert stands(found)[3:] == [
        ("Planned for 2026, beside the budget of that year", "100", "100"),
        ("Planned for 2026, beside what was spent in it", "100", "97"),
        ("Planned for 2027, beside the budget of that year", "150", "150"),
    ]


@pytest.mark.parametrize(
    ("first", "last"), [("2026-01-01", "2026-12-31"), ("2026-03-01", "2026-12-31")]
)
def test_a_plan_of_a_period_is_that_of_the_year_in_which_it_lies(first: str, last: str) -> None:
    said = {"period_start": first, "period_end": last, "budget": [{"amount": "100"}]}
    plan = paper(PLAN_OF_PERIOD, said)
    spent = moved(MoneyAct.EXPENDITURE, "97", date(2026, 12, 31))

    found = held(plan, counting=(*BUDGETED, spent), budgets=(APPROVED,))

    assert stands(found)[3:] == [
        ("Planned for 2026, beside the budget of that year", "100", "100"),
        ("Planned for 2026, beside what was spent in it", "100", "97"),
    ]


def test_a_plan_of_a_period_is_held_against_the_budget_before_that_is_over() -> None:
    said = {"period_start": "2027-01-01", "period_end": "2027-12-31", "budget": [{"amount": "150"}]}

    found = held(paper(PLAN_OF_PERIOD, said), counting=BUDGETED, budgets=(APPROVED,))

    assert stands(found)[3:] == [("Planned for 2027, beside the budget of that year", "150", "150")]


@pytest.mark.parametrize(
    "said",
    [
        *({"year": year} for year in ("0", "9999", "20270", "-2027", "²")),
        {"period_start": "2026-07-01", "period_end": "2027-06-30"},
        {"period_start": "2026-07-01"},
    ],
)
def test_a_plan_of_no_year_that_there_is_cannot_be_compared(said: dict[str, str]) -> None:
    plan = paper(PLAN if "year" in said else PLAN_OF_PERIOD, said)

    found = held(plan, counting=BUDGETED, budgets=(APPROVED,))

    assert [str(each.why_not) for each in found.uncompared] == ["the plan does not say its year"]


def test_reports_are_about_their_periods_and_a_first_day_follows_the_report_before() -> None:
    first = paper(REPORT, {"period_end": "2026-12-31", "received": "50", "spent": "30"})
    second = paper(REPORT, {"period_end": "2027-06-30", "received": "10", "spent": "9"})
    ahead = paper(REPORT, {"period_end": "2027-12-31", "received": "1", "spent": "1"})
    counting = (
        moved(MoneyAct.RECEIPT, "50", date(2026, 3, 1)),
        moved(MoneyAct.EXPENDITURE, "30", date(2026, 12, 31)),
        moved(MoneyAct.EXPENDITURE, "7", date(2027, 1, 1)),
        moved(MoneyAct.RECEIPT, "10", date(2027, 6, 30)),
    )
    waits = moved(MoneyAct.EXPENDITURE, "2", date(2027, 2, 1))

    found = held(first, second, ahead, counting=counting, waiting=(waits,))

    assert stands(found)[1:] == [
        ("Received until 2026-12-31", "50", "50"),
        ("Spent until 2026-12-31", "30", "30"),
        ("Received from 2027-01-01 to 2027-06-30", "10", "10"),
        ("Spent from 2027-01-01 to 2027-06-30", "9", "7"),
    ]
    assert [(each.difference, each.waiting) for each in found.differing] == [(-2, 2)]


def test_a_statement_is_held_against_all_that_moved_until_it_was_filed() -> None:
    said = {"received": "385000", "spent": "383500", "balance": "1500"}
    counting = (
        moved(MoneyAct.RECEIPT, "385000"),
        moved(MoneyAct.EXPENDITURE, "382000"),
        moved(MoneyAct.RETURN, "1500"),
    )

    found = held(paper(STATEMENT, said), counting=counting)

    assert [(each.said, each.kept) for each in found.comparisons[1:]] == [
        (385000, 385000), (383500, 382000), (1500, 1500),
    ]  # fmt: skip


def test_what_a_party_reports_is_held_against_what_it_was_given_and_spent() -> None:
    report = paper(STATEMENT[:2], {"received": "10", "spent": "4"}, party="moz")
    given = moved(MoneyAct.DISBURSEMENT, "10", holder="moz")
    spent = moved(MoneyAct.EXPENDITURE, "4", holder="moz")
    of_others = moved(MoneyAct.EXPENDITURE, "3", holder="ago")

    with_money = held(report, counting=(given, spent, of_others))
    without = held(report, counting=(of_others,))

    assert [each.difference for each in with_money.comparisons[1:]] == [0, 0]
    assert [str(each.why_not) for each in without.comparisons[1:]] == [
        "the ledger knows of no money that this party holds"
    ]


def test_it_agrees_only_where_everything_was_compared() -> None:
    budgeted = (moved(MoneyAct.BUDGET, "100", year=2026), moved(MoneyAct.BUDGET, "200", year=2027))
    hidden = paper(REPORT, {}, readable=False, period_to=date(2026, 12, 31))
    missing = paper(REPORT, {}, given=False, version=0, period_to=date(2026, 12, 31))

    assert str(held(counting=budgeted, budgets=(APPROVED,)).verdict) == (
        "The ledger agrees with its papers."
    )
    for each, why in (
        (hidden, "the text is not open to you"),
        (missing, "it was not given, or not accepted"),
    ):
        found = held(each, counting=budgeted, budgets=(APPROVED,))
        assert str(found.verdict) == (
            "What could be compared agrees with the ledger; not everything could be."
        )
        assert [str(e.why_not) for e in found.uncompared] == [why]


def test_a_figure_that_a_paper_leaves_out_is_told() -> None:
    (_, first, _) = held(paper(STATEMENT[:2], {"spent": "1"})).comparisons

    assert str(first.why_not) == "the paper does not say it"
    assert first.difference == 0


def test_what_nobody_has_promised_is_what_the_budget_costs_more_than_pledges_or_commitments() -> (
    None
):
    counting = (
        *BUDGETED,
        moved(MoneyAct.PLEDGE, "120"),
        moved(MoneyAct.COMMITMENT, "100"),
        moved(MoneyAct.COMMITMENT, "80", source="bra"),
        moved(MoneyAct.IN_KIND, "20", source="bra"),
    )

    found = held(counting=counting, budgets=(APPROVED,))

    assert (found.budget, found.unfunded) == (300, 80)


def test_a_paper_is_called_by_where_it_stands() -> None:
    assert str(named(APPROVED)) == "A-1: Paper, version 1"
    assert str(named(paper(REPORT, {}, given=False, version=0))) == "A-1: Courses"
