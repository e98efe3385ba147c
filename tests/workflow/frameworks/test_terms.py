"""Frameworks and funds entered by hand or taken in, and what each refuses."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflow.audit.models import Event
from workflow.bodies.commands import Charter, SeatGiven, found_body, seat_party
from workflow.errors import Invalid, NotFound
from workflow.frameworks.queries import framework_names, in_force, planned_day
from workflow.frameworks.terms import Terms, describe_framework, enter_framework, take_in
from workflow.frameworks.terms_page import every_terms, terms_of
from workflow.people.parties import known_party

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
FUND = Terms(
    title="Fund for laboratories",
    kind="fund",
    symbol="DP/2026/1",
    starts_on=date(2026, 1, 1),
    ends_on=date(2029, 12, 31),
    areas=("hiv-aids", "diseases-of-the-poor"),
    currency="USD",
    envelope=Decimal("3500000.00"),
)


def test_a_fund_is_entered_with_its_terms_and_told(session: Session) -> None:
    enter_framework(session, "LAB", FUND, by=None, now=NOW)

    assert terms_of(session, "LAB")[1] == replace(FUND, areas=tuple(sorted(FUND.areas)))
    assert session.scalars(select(Event.type)).all() == ["framework.described"]


def test_only_what_is_in_force_on_a_day_is_offered(session: Session) -> None:
    enter_framework(session, "LAB", FUND, by=None, now=NOW)
    enter_framework(
        session, "OPEN", replace(FUND, title="Open", ends_on=None, areas=()), by=None, now=NOW
    )

    offered = {
        day: [key for key, _ in in_force(session, planned_day(day))]
        for day in ("2025-12-31", "2026-01-01", "2029-12-31", "2030-01-01", "")
    }

    assert offered == {
        "2025-12-31": [],
        "2026-01-01": ["LAB", "OPEN"],
        "2029-12-31": ["LAB", "OPEN"],
        "2030-01-01": ["OPEN"],
        "": ["LAB", "OPEN"],
    }
    assert framework_names(session)["LAB"] == "Fund for laboratories, 2026–2029"


@pytest.mark.parametrize(
    ("key", "changed", "field"),
    [
        ("L", {}, "key"),
        ("LAB", {"title": ""}, "title"),
        ("LAB", {"kind": "purse"}, "kind"),
        ("LAB", {"symbol": "x" * 61}, "symbol"),
        ("LAB", {"ends_on": date(2025, 12, 31)}, "ends_on"),
        ("LAB", {"areas": ("astrology",)}, "areas"),
        ("LAB", {"currency": ""}, "currency"),
        ("LAB", {"envelope": Decimal("NaN")}, "envelope"),
        ("LAB", {"envelope": Decimal("Infinity")}, "envelope"),
        ("LAB", {"envelope": Decimal("1E+14")}, "envelope"),
        ("LAB", {"envelope": Decimal("-1E+400000")}, "envelope"),
        ("LAB", {"envelope": Decimal("0.001")}, "envelope"),
        ("LAB", {"currency": "USD, EUR"}, "currency"),
        ("LAB", {"envelope": Decimal(0)}, "envelope"),
        ("LAB", {"body": "nobody"}, "body"),
        ("LAB", {"body": "headless"}, "body"),
        ("LAB", {"appraisal": "nobody"}, "appraisal"),
        ("LAB", {"appraisal": "headless"}, "appraisal"),
        ("LAB", {"steering": "headless"}, "steering"),
    ],
)
def test_what_terms_cannot_be_is_refused_at_its_field(
    session: Session, key: str, changed: dict[str, object], field: str
) -> None:
    found_body(session, "headless", Charter(kind="board", name="Board"), by=None, now=NOW)

    with pytest.raises(Invalid) as refused:
        enter_framework(session, key, replace(FUND, **changed), by=None, now=NOW)  # type: ignore[arg-type]

    assert set(refused.value.faults) == {field}
    assert every_terms(session) == {}


def test_an_envelope_stays_in_its_currency_and_a_body_with_a_chair_decides(
    session: Session,
) -> None:
    number = enter_framework(session, "LAB", FUND, by=None, now=NOW)
    board = found_body(session, "lab-board", Charter(kind="board", name="Board"), by=None, now=NOW)
    chair = SeatGiven(party_id=known_party(session, "ind"), place="chair", starts_on=NOW.date())
    seat_party(session, board, chair, by=None, now=NOW)

    with pytest.raises(Invalid, match="a framework has one currency"):
        describe_framework(session, number, replace(FUND, currency="EUR"), by=None, now=NOW)
    describe_framework(session, number, replace(FUND, body="lab-board"), by=None, now=NOW)
    committee = Charter(kind="appraisal", name="Committee")
    appraises = found_body(session, "lab-pac", committee, by=None, now=NOW)
    seat_party(session, appraises, chair, by=None, now=NOW)
    both = replace(FUND, body="lab-board", appraisal="lab-pac")
    describe_framework(session, number, both, by=None, now=NOW)

    assert terms_of(session, "LAB")[1].body == "lab-board"
    assert terms_of(session, "LAB")[1].appraisal == "lab-pac"
    assert terms_of(session, "LAB")[1].steering == ""
    with pytest.raises(Invalid, match="entered already"):
        enter_framework(session, "LAB", FUND, by=None, now=NOW)
    with pytest.raises(NotFound):
        describe_framework(session, 999, FUND, by=None, now=NOW)
    with pytest.raises(NotFound):
        terms_of(session, "NONE")


def test_the_reference_list_is_taken_in_by_one_act_and_once(session: Session) -> None:
    first = take_in(session, by=None, now=NOW)

    second = take_in(session, by=None, now=NOW)

    assert (set(first), second) == (
        {"F1", "F2", "F3", "F4", "F5", "F6", "F7", "IBSA", "INUN", "PGTF"},
        (),
    )
    assert session.scalar(select(func.count()).select_from(Event)) == 10
    assert (terms_of(session, "IBSA")[1].kind, terms_of(session, "IBSA")[1].ends_on) == (
        "fund",
        None,
    )
    assert terms_of(session, "F3")[1].starts_on == date(2005, 1, 1)
