"""The record of what was set up: acts of administration alone, a page at a time."""

from tests.support.world import World
from workflow.audit.events import house, people, register
from workflow.history.access_log import record_visit
from workflow.offices.record import A_PAGE, NEWS, SHOWN, RecordNews, record_news, record_page
from workflow.people.accounts.access import sign_out_everywhere
from workflow.vocabulary import REGISTER, EventType


def test_the_newest_act_stands_first_with_who_did_it(world: World) -> None:
    naledi, jane = world.person("naledi.khumalo"), world.person("jane.okello")
    with world.engine.transaction() as session:
        sign_out_everywhere(session, jane, by=naledi, now=world.engine.now())

    with world.engine.reading() as session:
        page = record_page(session, world.engine)

    assert str(page.lines[0].says) == "Naledi Khumalo signed Jane Okello out everywhere"
    assert {each.type.partition(".")[0] for each in page.lines} <= {
        "appointment", "pivotal", "sessions", "interest", "party", "body", "framework",
    }  # fmt: skip


def test_older_acts_are_on_the_next_page(world: World) -> None:
    with world.engine.transaction() as session:
        for _ in range(A_PAGE):
            sign_out_everywhere(
                session,
                world.person("jane.okello"),
                by=world.person("naledi.khumalo"),
                now=world.engine.now(),
            )

    with world.engine.reading() as session:
        first = record_page(session, world.engine)
        second = record_page(session, world.engine, first.older)

    assert first.older is not None
    assert second.lines[0].seq < first.older
    assert second.lines[0].type != "sessions.ended"


def test_an_auditor_is_told_what_was_done_since_they_last_read_the_register(world: World) -> None:
    marie, jane = world.person("marie.laurent"), world.person("jane.okello")

    def news(person: int) -> RecordNews:
        with world.engine.reading() as session:
            return record_news(session, world.engine, person)

    before = news(marie)
    record_visit(world.engine, marie, REGISTER)
    read = news(marie)
    with world.engine.transaction() as session:
        sign_out_everywhere(
            session, jane, by=world.person("naledi.khumalo"), now=world.engine.now()
        )
    after = news(marie)

    assert before.number > NEWS == len(before.lines)
    assert (read.number, read.lines) == (0, ())
    assert [str(each.says) for each in after.lines] == [
        "Naledi Khumalo signed Jane Okello out everywhere"
    ]
    assert news(jane).number == before.number + 1


def test_every_act_of_administration_is_on_the_record_and_nothing_else() -> None:
    elsewhere = {
        EventType.HISTORY_READ, EventType.MANDATE_GRANTED, EventType.MANDATE_REVOKED,
        EventType.CASE_OPENED, EventType.INTEREST_DECLARED, EventType.KEY_INTRODUCED,
    }  # fmt: skip
    acts = {
        house.CalendarSet, house.FrameworkDescribed, people.PasswordSet, people.ActDeclined,
        people.AccountAsked, register.AppointmentHandedOver, register.PivotalEnded,
    }  # fmt: skip

    shown = {*SHOWN}

    assert {each.event_type.value for each in acts} <= shown
    assert not {each.value for each in elsewhere} & shown
