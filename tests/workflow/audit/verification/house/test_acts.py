"""An act that took two is found where it was forged, and so is one that nobody ever asked for."""

from datetime import UTC, date, datetime

from sqlalchemy import text

from tests.support.world import World
from tests.workflow.audit.verification.house.forging import said_of, unseen
from workflow.audit.chain import ToldEvent
from workflow.audit.events.people import ActAsked
from workflow.audit.verification.expected import ExpectedRows
from workflow.audit.verification.replay import hear
from workflow.people.accounts.acts import decline
from workflow.people.accounts.details import change, details_of
from workflow.people.accounts.links import ask_for_link, confirm
from workflow.people.parties import known_party
from workflow.people.terms import requests
from workflow.people.terms.requests import MAKE, Done, OfficeWish, carry_out

TABLES = ("office_act", "account_act")
CONFIRMED = "outcome = 'confirmed', decided_by = {second}, decided_at = asked_at"
WAITS = "outcome = '', decided_by = null, decided_at = null"


def asked(world: World) -> int:
    """Two acts of each kind: one that waits and one that was decided; the second administrator."""
    now, naledi, pieter = (
        world.engine.now(),
        world.person("naledi.khumalo"),
        world.person("pieter.vos"),
    )
    joao, elena, board = world.person("joao.lima"), world.person("elena.petrova"), ("board_member",)
    with world.engine.transaction() as session:
        mozambique = known_party(session, "moz")
        wish = OfficeWish(MAKE, joao, "board_member", mozambique, now.date())
        first = carry_out(session, wish, by=naledi, now=now, two_for=board).waits or 0
        requests.decline(session, first, "Not he.", by=pieter, now=now)
        carry_out(session, wish, by=naledi, now=now, two_for=board)
        link = ask_for_link(session, elena, by=naledi, now=now, mail=False).waits or 0
        confirm(session, link, by=pieter, now=now, mail=False)
        link = ask_for_link(session, elena, by=naledi, now=now, mail=False).waits or 0
        decline(session, link, "Not she.", by=pieter, now=now)
        moved = details_of(session, elena)
        change(session, elena, type(moved)(moved.name, "elena@example.org"), by=naledi, now=now)
    return pieter


def test_a_forged_confirmation_of_an_act_is_found(world: World) -> None:
    second = asked(world)
    sound = said_of(world)
    last = "id = (select max(id) from (select id from {0}) as every)"
    first = "id = (select min(id) from (select id from {0}) as every)"

    forged = []
    for table in TABLES:
        of_last = f"update {table} set {{}} where {last.format(table)}"
        of_first = f"update {table} set {{}} where {first.format(table)}"
        forged += [
            (of_last.format(CONFIRMED.format(second=second)), of_last.format(WAITS)),
            (
                of_last.format(f"person_id = {second}"),
                of_last.format(f"person_id = {whose(world, table)}"),
            ),
            (of_first.format("decided_by = null"), of_first.format(f"decided_by = {second}")),
        ]
    forged += [
        ("update account_act set email = 'x@example.org' where act = 'address'",
         "update account_act set email = 'elena@example.org' where act = 'address'"),
        ("update office_act set role = 'unit_head'", "update office_act set role = 'board_member'"),
        ("update account_act set reason = 'x' where outcome = 'declined'",
         "update account_act set reason = 'Not she.' where outcome = 'declined'"),
    ]  # fmt: skip

    assert sound == ""
    assert unseen(world, forged) == []


def whose(world: World, table: str) -> int:
    with world.engine.database.connect() as connection:
        return connection.execute(text(f"select max(person_id) from {table}")).scalar_one()


def test_the_letter_of_an_act_and_the_appointment_it_is_about_are_compared(world: World) -> None:
    ending, made = asked_about_appointments(world)
    other = f"(select min(id) from appointment where id <> {ending.appointment})"
    act = "update office_act set {{}} where id = {}"
    waiting, confirmed = act.format(ending.waits), act.format(made.waits)

    sound = said_of(world)
    missed = unseen(world, [
        (waiting.format(f"appointment_id = {other}"),
         waiting.format(f"appointment_id = {ending.appointment}")),
        (waiting.format("letter = 'ST/1'"), waiting.format("letter = 'ST/9'")),
        (confirmed.format(f"appointment_id = {other}"),
         confirmed.format(f"appointment_id = {made.appointment}")),
        (confirmed.format("letter = ''"), confirmed.format("letter = 'ST/9'")),
    ])  # fmt: skip

    assert (sound, missed) == ("", [])


def asked_about_appointments(world: World) -> tuple[Done, Done]:
    """An office that was given by two, by letter, and its end, which waits for the second."""
    now, board = world.engine.now(), ("board_member",)
    naledi, pieter = world.person("naledi.khumalo"), world.person("pieter.vos")
    with world.engine.transaction() as session:
        wish = OfficeWish(
            MAKE, world.person("joao.lima"), *board, known_party(session, "moz"), now.date(),
            letter="ST/9",
        )  # fmt: skip
        act = carry_out(session, wish, by=naledi, now=now, two_for=board).waits or 0
        appointment = requests.confirm(session, act, by=pieter, now=now)
        end = requests.wish_about(session, appointment, requests.END, now.date())
        waits = carry_out(session, end, by=naledi, now=now, two_for=board).waits
    return Done(appointment, waits), Done(appointment, act)


def test_of_an_act_from_before_letters_were_told_the_rest_is_compared() -> None:
    what = ActAsked(
        number=1, act="end", holder=3, role="board_member", party="bra",
        starts_on=date(2026, 3, 2), ends_on=None,
    )  # fmt: skip
    at, story = datetime(2026, 3, 2, 9, tzinfo=UTC), ExpectedRows()

    hear(story, ToldEvent(1, b"", what.event_type, 1, None, at, at, what, frozenset(), {}))

    told = story.things["The act 1 on an office"]
    assert told["role"] == "board_member"
    assert {"letter", "appointment_id"}.isdisjoint(told)


def test_an_act_that_nobody_asked_for_is_found(world: World) -> None:
    second = asked(world)
    with world.engine.database.begin() as connection:
        connection.execute(text(
            "insert into account_act (id, act, person_id, email, asked_by, asked_at, outcome,"
            " decided_by, decided_at, reason) select 900, 'link', person_id, '', asked_by, asked_at,"
            f" 'confirmed', {second}, asked_at, '' from account_act where id = 1"
        ))  # fmt: skip

    said = said_of(world)
    with world.engine.database.begin() as connection:
        connection.execute(text("delete from account_act where id = 900"))

    assert said == (
        "The act 900 on an account: there is a row, but nothing on the trail tells of it."
    )
