from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflow.audit.models import Event
from workflow.errors import Invalid, NotFound
from workflow.people.groupings.commands import (
    MembershipWish,
    change_membership,
    enter_grouping,
    enter_membership,
    strike_membership,
    take_in_groupings,
)
from workflow.people.groupings.days import days_said
from workflow.people.groupings.listed import labels
from workflow.people.groupings.memberships import groupings_of, members
from workflow.people.groupings.page import grouping_lines, grouping_page

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TODAY = NOW.date()


def wish(
    since: str = "", until: str = "", ground: str = "Its charter.", **said: str
) -> MembershipWish:
    return MembershipWish(days=days_said(since, until), ground=ground, **said)


def told(session: Session) -> list[str]:
    return list(session.scalars(select(Event.type).order_by(Event.id)))


def belong(session: Session, key: str, on: date = TODAY) -> list[str]:
    return sorted(session.scalars(members(key, on)))


def test_two_groupings_and_who_belongs_to_both_when(session: Session) -> None:
    for key in ("forum", "bank"):
        enter_grouping(session, key, f"The {key}", by=None, now=NOW)
    enter_membership(session, "forum", "fji", wish("1971", "2009"), by=None, now=NOW)
    enter_membership(session, "forum", "FJI", wish("2014-03-01"), by=None, now=NOW)
    enter_membership(session, "bank", "fji", wish(), by=None, now=NOW)

    assert belong(session, "forum", date(2009, 12, 31)) == ["FJI"]
    assert belong(session, "forum", date(2010, 1, 1)) == []
    assert belong(session, "forum", date(2014, 2, 28)) == []
    assert belong(session, "forum", date(2014, 3, 1)) == ["FJI"]
    assert belong(session, "bank", date(1900, 1, 1)) == ["FJI"]
    assert told(session) == ["grouping.entered"] * 2 + ["membership.entered"] * 3


def test_what_a_country_belongs_to_is_said_with_the_smallest_first(session: Session) -> None:
    take_in_groupings(session, by=None, now=NOW)

    found = groupings_of(session, ["BRA", "MLI"], TODAY)
    before = groupings_of(session, ["MLI"], date(2024, 1, 1))["MLI"]

    assert found["BRA"] == (
        "India, Brazil and South Africa (IBSA)", "Southern Common Market (MERCOSUR)", "Group of 77",
    )  # fmt: skip
    assert "Economic Community of West African States" not in found["MLI"]
    assert "Economic Community of West African States" in before


def test_a_membership_ends_by_being_changed_and_one_that_never_was_is_struck(
    session: Session,
) -> None:
    enter_grouping(session, "forum", "The forum", by=None, now=NOW)
    fiji = enter_membership(session, "forum", "fji", wish("1971"), by=None, now=NOW)
    samoa = enter_membership(session, "forum", "wsm", wish("1971"), by=None, now=NOW)

    change_membership(session, fiji, wish("1971", "2025", confidence="low"), by=None, now=NOW)
    strike_membership(session, samoa, "An error of typing.", by=None, now=NOW)

    page = grouping_page(session, "forum", TODAY)
    (line,) = page.lines
    assert (line.number, line.name, line.days.said_until, line.confidence, line.holds) == (
        fiji, "Fiji", "2025", "low", False,
    )  # fmt: skip
    assert told(session)[-2:] == ["membership.changed", "membership.struck"]


def test_the_reference_list_is_taken_in_once(session: Session) -> None:
    enter_grouping(session, "asean", "Our own", by=None, now=NOW)

    first = take_in_groupings(session, by=None, now=NOW)
    second = take_in_groupings(session, by=None, now=NOW)

    assert {*first} == labels().keys() - {"asean"}
    assert second == ()
    assert belong(session, "ibsa") == ["BRA", "IND", "ZAF"]
    assert {line.key: line.members for line in grouping_lines(session, TODAY)} == {
        **{key: len(belong(session, key)) for key in labels()}, "asean": 0,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("key", "label", "field"),
    [
        ("ibsa", "Twice", "key"),
        ("Big Letters", "A name", "key"),
        ("x", "A name", "key"),
        ("good", " ", "label"),
    ],
)
def test_a_grouping_that_cannot_be_is_refused_at_its_field(
    session: Session, key: str, label: str, field: str
) -> None:
    enter_grouping(session, "ibsa", "IBSA", by=None, now=NOW)

    with pytest.raises(Invalid) as refused:
        enter_grouping(session, key, label, by=None, now=NOW)

    assert refused.value.faults.keys() == {field}
    assert told(session) == ["grouping.entered"]


@pytest.mark.parametrize(
    ("country", "wanted", "field", "said"),
    [
        ("zzz", wish(), "country", "is not a country"),
        ("ind", wish("2010"), "since", "belongs to IBSA on some of these days already"),
        ("chn", wish(ground=" "), "ground", "Say where"),
        ("chn", wish(confidence="sure"), "confidence", "one of high, medium, low"),
    ],
)
def test_a_membership_that_cannot_be_is_refused_at_its_field(
    session: Session, country: str, wanted: MembershipWish, field: str, said: str
) -> None:
    enter_grouping(session, "ibsa", "IBSA", by=None, now=NOW)
    enter_membership(session, "ibsa", "ind", wish("2003-06-06"), by=None, now=NOW)
    before = told(session)

    with pytest.raises(Invalid, match=said) as refused:
        enter_membership(session, "ibsa", country, wanted, by=None, now=NOW)

    assert refused.value.faults.keys() == {field}
    assert told(session) == before


def test_two_memberships_of_a_country_cannot_be_changed_into_each_other(session: Session) -> None:
    enter_grouping(session, "sadc", "SADC", by=None, now=NOW)
    first = enter_membership(session, "sadc", "syc", wish("1997", "2004"), by=None, now=NOW)
    enter_membership(session, "sadc", "syc", wish("2008"), by=None, now=NOW)

    with pytest.raises(Invalid, match="change that instead"):
        change_membership(session, first, wish("1997"), by=None, now=NOW)
    change_membership(session, first, wish("1997", "2005"), by=None, now=NOW)

    assert belong(session, "sadc", date(2005, 5, 5)) == ["SYC"]


def test_what_is_not_there_is_not_found(session: Session) -> None:
    with pytest.raises(NotFound, match="no grouping called"):
        enter_membership(session, "nothing", "ind", wish(), by=None, now=NOW)
    with pytest.raises(NotFound, match="no such membership"):
        change_membership(session, 999, wish(), by=None, now=NOW)
    with pytest.raises(NotFound, match="no such membership"):
        strike_membership(session, 999, "Why.", by=None, now=NOW)
    with pytest.raises(NotFound, match="no grouping called"):
        grouping_page(session, "nothing", TODAY)
    assert session.scalar(select(func.count()).select_from(Event)) == 0
