"""A framework or fund altered behind the engine is found: terms, areas, envelope and who decides."""

from datetime import date
from decimal import Decimal

from tests.support.world import World
from tests.workflow.audit.verification.house.forging import said_of, unseen
from tests.workflow.programmes.test_committees import committee
from workflow.frameworks.terms import FUND, Terms, enter_framework
from workflow.reference import reference

TERMS = (
    "update framework_terms set {} where framework_id = (select id from framework where key = 'X1')"
)
CALLED = "update framework set {} where key = '{}'"


def test_what_a_fund_is_and_who_decides_is_compared(world: World) -> None:
    area, other = list(reference().areas)[:2]
    terms = Terms(
        kind=FUND, title="A Fund", symbol="DP/1", starts_on=date(2026, 1, 1), currency="USD",
        ends_on=date(2029, 12, 31), envelope=Decimal("1000.50"), areas=(area,), body="board",
        appraisal="appraisal", steering="steering",
    )  # fmt: skip
    for kind in ("appraisal", "steering"):
        committee(world, kind, (("egy", "chair", ""),))
    with world.engine.transaction() as session:
        number = enter_framework(session, "X1", terms, by=None, now=world.engine.now())

    sound = said_of(world)
    missed = unseen(world, [
        *((TERMS.format(f"{column} = {forged}"), TERMS.format(f"{column} = {kept}"))
          for column, forged, kept in (
            ("kind", "'framework'", "'fund'"),
            ("starts_on", "'2025-01-01'", "'2026-01-01'"),
            ("ends_on", "null", "'2029-12-31'"),
            ("currency", "'EUR'", "'USD'"),
            ("envelope", "9000.50", "1000.50"),
            ("body_id", "null", "(select id from body where key = 'board')"),
            ("appraisal_id", "null", "(select id from body where key = 'appraisal')"),
            ("steering_id", "null", "(select id from body where key = 'steering')"),
        )),
        (CALLED.format("title = 'Another'", "X1"), CALLED.format("title = 'A Fund'", "X1")),
        (CALLED.format("symbol = ''", "X1"), CALLED.format("symbol = 'DP/1'", "X1")),
        (CALLED.format("key = 'Y1'", "X1"), CALLED.format("key = 'X1'", "Y1")),
        (f"insert into framework_area (framework_id, area) values ({number}, '{other}')",
         f"delete from framework_area where framework_id = {number} and area = '{other}'"),
        (f"delete from framework_area where framework_id = {number}",
         f"insert into framework_area (framework_id, area) values ({number}, '{area}')"),
    ])  # fmt: skip

    assert (sound, missed) == ("", [])
