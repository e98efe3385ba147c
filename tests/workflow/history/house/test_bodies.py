"""Parties, bodies and frameworks as the register's history says them."""

from datetime import date
from decimal import Decimal

from tests.support.world import World
from workflow import history
from workflow.bodies.commands import (
    Charter,
    SeatGiven,
    call_session,
    end_seat,
    found_body,
    seat_party,
)
from workflow.frameworks.terms import Terms, enter_framework
from workflow.history.filters import HistoryFilters
from workflow.people.directory.arrivals import bring_countries
from workflow.people.directory.descriptions import Described, enter_party
from workflow.people.parties import known_party
from workflow.vocabulary import REGISTER

FIRST, LAST = date(2026, 5, 1), date(2026, 5, 3)


def test_each_act_is_a_sentence_with_who_entered_it(world: World) -> None:
    by, now = world.person("naledi.khumalo"), world.clock()
    with world.engine.transaction() as session:
        who = Described(kind="agency", name="WHO", executes=True, contact="The desk.")
        enter_party(session, "who", who, by=by, now=now)
        board = found_body(session, "lab", Charter(kind="board", name="Board"), by=by, now=now)
        given = SeatGiven(
            party_id=known_party(session, "egy"), place="chair", starts_on=FIRST, ends_on=None
        )
        seat = seat_party(session, board, given, by=by, now=now)
        terms = Terms(title="Fund", starts_on=FIRST, currency="USD", envelope=Decimal(5))
        enter_framework(session, "LAB", terms, by=by, now=now)
        call_session(session, board, "First", (FIRST, LAST), by=by, now=now)
        end_seat(session, seat, LAST, by=by, now=now)

    with world.engine.reading() as session:
        told = history.selection(
            session, world.engine, REGISTER, person=world.person("marie.laurent"), now=now,
            filters=HistoryFilters(),
        )[-6:]  # fmt: skip

    assert [str(line.says) for line in told] == [
        "WHO was entered as a party or changed (agency)",
        "The body Board was entered or changed",
        "Egypt was given the chair on lab, from 2026-05-01",
        "Fund (LAB) was entered or changed, in force from 2026-05-01",
        "lab was called to a session, “First”, from 2026-05-01 to 2026-05-03",
        "Egypt holds the chair on lab until 2026-05-03",
    ]
    assert {str(line.under[-1]) for line in told} == {"entered by Naledi Khumalo"}
    assert told[0].reason == "The desk."
    assert "envelope 5.00 USD" in {str(each) for each in told[3].under}


def test_a_country_that_came_in_says_with_what_and_who_brought_it_unless_a_draft_did(
    world: World,
) -> None:
    by, now = world.person("jane.okello"), world.clock()
    with world.engine.transaction() as session:
        bring_countries(session, ["fji"], came="placing", by=by, now=now)
        bring_countries(session, ["kir"], came="proposal", by=None, now=now)
        bring_countries(session, ["nru"], came="import", by=None, now=now)

    with world.engine.reading() as session:
        told = history.selection(
            session, world.engine, REGISTER, person=world.person("marie.laurent"), now=now,
            filters=HistoryFilters(),
        )[-3:]  # fmt: skip

    assert [(str(line.says), [str(each) for each in line.under]) for line in told] == [
        (
            "Fiji was entered as a party or changed (country)",
            ["It came with a record that was placed.", "entered by Jane Okello"],
        ),
        (
            "Kiribati was entered as a party or changed (country)",
            ["It came with a proposal that names it."],
        ),
        (
            "Nauru was entered as a party or changed (country)",
            ["It came with an import of programmes."],
        ),
    ]
