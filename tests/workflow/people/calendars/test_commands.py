"""Working calendars set from a day on, and what each refuses."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.audit.envelope import what_in
from workflow.audit.events.house import CalendarSet
from workflow.audit.models import Event
from workflow.errors import Invalid, NotFound
from workflow.people.calendars.commands import CalendarWish, set_calendar
from workflow.people.calendars.kept import WEEK, calendars_of, calendars_on
from workflow.people.calendars.page import calendar_lines, calendar_page, proposed
from workflow.people.calendars.public_holidays import edition, is_listed, listed_until, regional
from workflow.people.models import PartyCalendar
from workflow.people.parties import known_party

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TODAY = NOW.date()
TOMORROW, LATER = TODAY + timedelta(days=1), date(2026, 9, 1)
CAIRO = CalendarWish(
    since=TOMORROW, weekend=("friday", "saturday"), zone="Africa/Cairo", source="EGY"
)


def kept(session: Session, wish: CalendarWish = CAIRO, party: str = "egy") -> int:
    return set_calendar(session, known_party(session, party), wish, by=None, now=NOW)


def test_a_calendar_is_in_force_from_its_day_on_and_earlier_ones_stay(session: Session) -> None:
    egypt = known_party(session, "egy")
    first = kept(session)

    second = kept(session, replace(CAIRO, since=LATER, weekend=("sunday",)))

    on = [calendars_on(session, [egypt], each).get(egypt) for each in (TODAY, TOMORROW, LATER)]
    assert [each and each.id for each in on] == [None, first, second]
    assert [each.id for each in calendars_of(session, egypt)] == [second, first]
    assert on[1] is not None
    assert on[1].rests == ("friday", "saturday")


def test_the_days_of_rest_are_written_down_and_told(session: Session) -> None:
    feast, sunday = date(2026, 5, 1), date(2026, 7, 26)
    kept(session, replace(CAIRO, closed=frozenset({sunday}), worked=frozenset({feast})))

    (calendar,) = calendars_of(session, known_party(session, "egy"))

    told = what_in(
        session.scalars(select(Event.body).order_by(Event.seq.desc())).first(), CalendarSet
    )
    assert sunday in calendar.closed
    assert feast not in calendar.closed
    assert date(2031, 7, 24) in calendar.closed
    assert min(calendar.closed) >= TOMORROW
    assert (calendar.edition, calendar.through) == (edition(), date(2031, 12, 31))
    assert (told.party, told.since, told.closed) == ("egy", TOMORROW, calendar.closed)


def test_a_later_release_of_holidays_moves_nothing(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept(session)
    before = calendars_of(session, known_party(session, "egy"))

    monkeypatch.setattr("holidays.country_holidays", lambda *_args, **_options: {})

    assert calendars_of(session, known_party(session, "egy")) == before
    assert before[0].closed


def test_a_country_is_proposed_its_own_week_holidays_and_zone(session: Session) -> None:
    for key in ("egy", "moz"):
        known_party(session, key)
    egypt, mozambique = (calendar_page(session, key, TODAY) for key in ("egy", "moz"))

    both = proposed(egypt, TODAY), proposed(mozambique, TODAY)

    assert both[0] == CAIRO
    assert (both[1].weekend, both[1].zone) == (("saturday", "sunday"), "Africa/Maputo")


def test_the_next_calendar_begins_as_the_latest_one_and_its_days_have_names(
    session: Session,
) -> None:
    kept(session, replace(CAIRO, weekend=("sunday",), since=LATER))

    page = calendar_page(session, "egy", LATER)

    assert proposed(page, TODAY).weekend == ("sunday",)
    assert page.in_force == page.calendars[0]
    assert "Armed Forces Day" in page.names.values()
    assert [line.key for line in calendar_lines(session, LATER, limit=999) if line.calendar] == [
        "egy"
    ]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"since": TODAY}, "since"),
        ({"since": date(2040, 1, 1)}, "since"),
        ({"weekend": WEEK}, "weekend"),
        ({"weekend": ("someday",)}, "weekend"),
        ({"zone": "Atlantis/Capital"}, "zone"),
        ({"source": "XXX"}, "source"),
        ({"closed": frozenset(TODAY + timedelta(days=n) for n in range(500))}, "closed"),
        ({"closed": frozenset({LATER}), "worked": frozenset({LATER})}, "worked"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field_and_leaves_no_trace(
    session: Session, change: dict[str, object], field: str
) -> None:
    events = len(session.scalars(select(Event.id)).all())

    with pytest.raises(Invalid) as refused:
        kept(session, replace(CAIRO, **change))

    assert list(refused.value.faults) == [field]
    assert session.scalars(select(PartyCalendar)).all() == []
    assert len(session.scalars(select(Event.id)).all()) == events


def test_a_party_that_is_not_there_is_not_found(session: Session) -> None:
    with pytest.raises(NotFound, match="no such party"):
        set_calendar(session, 999_999, CAIRO, by=None, now=NOW)


def test_a_region_has_the_holidays_of_its_country_and_its_own(session: Session) -> None:
    delhi = replace(CAIRO, weekend=("sunday",), zone="Asia/Kolkata", source="IND")
    kept(session, delhi, "ind")
    kept(session, replace(delhi, source=regional("IND", "Karnataka")), "ind")

    there, everywhere = calendars_of(session, known_party(session, "ind"))

    assert there.source == "IND-KA"
    assert {*everywhere.closed} < {*there.closed}
    assert date(2026, 11, 1) in there.closed


@pytest.mark.parametrize(
    ("source", "field", "said"),
    [
        ("IND-XX", "region", "these are: AN, AP,"),
        ("EGY-C", "region", "No region of this country"),
        ("XXX-KA", "source", "The holidays of this country are not listed"),
        ("IND-", "region", "is no region"),
    ],
)
def test_a_region_that_is_not_listed_is_refused_at_its_field(
    session: Session, source: str, field: str, said: str
) -> None:
    with pytest.raises(Invalid, match=said) as refused:
        kept(session, replace(CAIRO, source=source))

    assert list(refused.value.faults) == [field]


def test_holidays_are_known_up_to_the_end_of_their_list_and_no_further() -> None:
    wish = replace(CAIRO, since=date(2098, 5, 1), source="EGY")

    assert (regional("IND", ""), regional("", "KA"), regional("IND", "ka")) == ("IND", "", "IND-KA")
    assert is_listed("IND-KA")
    assert not is_listed("IND-ka")
    assert listed_until("EGY") < date(2103, 12, 31)
    assert wish.through == listed_until("EGY")
