"""A framework that was adopted here is entered as its text says, with the bodies of the one before."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from tests.support.world import World
from workflow.audit.verification.verify import verify
from workflow.errors import Invalid, NotFound
from workflow.frameworks.adopted import take_effect
from workflow.frameworks.envelopes import EnvelopePart, parts_of
from workflow.frameworks.terms import Terms, describe_framework
from workflow.frameworks.terms_page import terms_of

CASE = (1, "SSC-2026-001")
SAID = {
    "title": "Framework of the South",
    "framework": "F7",
    "planned_start": "2026-07-01",
    "planned_end": "2029-12-31",
    "areas": ["ict"],
}


def entered(session: Session, world: World, **said: object) -> Terms:
    by, now = world.person("elena.petrova"), world.clock()
    take_effect(session, CASE, {**SAID, **said}, by=by, now=now)
    return terms_of(session, "SSC-2026-001")[1]


def test_it_is_decided_on_by_the_board_of_the_one_that_it_follows(world: World) -> None:
    with world.engine.transaction() as session:
        number, terms = terms_of(session, "F7")
        board = Terms(
            title=terms.title, starts_on=terms.starts_on, areas=terms.areas, symbol=terms.symbol,
            body="board",
        )  # fmt: skip
        describe_framework(session, number, board, by=None, now=world.clock())
        found = entered(session, world)
        alone = entered(session, world, framework="")

    assert (found.body, found.envelope, found.currency) == ("board", None, "")
    assert alone.body == "board", "what is entered stays"


def test_what_a_later_text_leaves_out_stays(world: World) -> None:
    with world.engine.transaction() as session:
        first = entered(session, world)
        by, now = world.person("elena.petrova"), world.clock()
        take_effect(session, CASE, {"planned_end": "2030-12-31"}, by=by, now=now)
        longer = terms_of(session, "SSC-2026-001")[1]
        take_effect(session, CASE, {}, by=by, now=now)
        as_it_was = terms_of(session, "SSC-2026-001")[1]

    assert (first.ends_on, longer.ends_on) == (date(2029, 12, 31), date(2030, 12, 31))
    assert as_it_was == longer


def test_what_cannot_be_entered_by_hand_is_refused(world: World) -> None:
    with world.engine.transaction() as session, pytest.raises(Invalid, match="end before"):
        entered(session, world, planned_end="2026-06-30")


@pytest.mark.parametrize(
    ("ended", "starts", "ends"),
    [
        (None, "2026-07-01", date(2026, 6, 30)),
        (date(2027, 12, 31), "2026-07-01", date(2027, 12, 31)),
        (None, "2020-01-01", None),
    ],
)
def test_the_one_that_it_follows_ends_the_day_before_where_its_end_was_open(
    world: World, ended: date | None, starts: str, ends: date | None
) -> None:
    with world.engine.transaction() as session:
        number, terms = terms_of(session, "F7")
        before = Terms(title=terms.title, starts_on=date(2022, 1, 1), ends_on=ended)
        describe_framework(session, number, before, by=None, now=world.clock())
        entered(session, world, planned_start=starts)
        after = terms_of(session, "F7")[1]

    assert after == replace(before, ends_on=ends)
    assert verify(world.engine.database).sound


def test_one_that_is_entered_already_is_adopted_there_with_its_envelope(world: World) -> None:
    world.programme("draft")
    said = {"entered_as": "F3", "symbol": "DP/CF/SSC/3", "planned_start": "2005-01-01"}
    part = {"source": "regular", "area": "ict", "amount": "10500000"}
    with world.engine.transaction() as session:
        entered_already = {**SAID, **said, "planned_end": "2007-12-31", "envelope": [part]}
        take_effect(session, CASE, entered_already, by=None, now=world.clock())
        take_effect(session, CASE, {"planned_end": "2008-12-31"}, by=None, now=world.clock())
        number, third = terms_of(session, "F3")
        parts = parts_of(session, number)
        with pytest.raises(NotFound):
            terms_of(session, CASE[1])

    assert (third.title, third.ends_on) == ("Framework of the South", date(2008, 12, 31))
    assert parts == (EnvelopePart("ict", "regular", Decimal(10500000)),)
    assert verify(world.engine.database).sound
