"""Large files on their pages: offered, ordered, awaited and taken away, without a script."""

import csv
import io
import re
from pathlib import Path

import pytest
from sqlalchemy import select, text, update
from werkzeug.test import TestResponse

from tests.support.visitors import Enter, Visitor, made, words
from tests.support.world import World
from web.exports import views as exports
from web.orders import offers
from web.oversight import samples
from workflow.audit.envelope import read_event
from workflow.audit.models import Event
from workflow.engine.models import LifecycleCase
from workflow.orders.models import FileOrder
from workflow.oversight.events.indexer import catch_up_wholly
from workflow.people.commands import end_appointment
from workflow.people.models import Appointment

AUDITOR = "marie.laurent"


@pytest.fixture(autouse=True)
def little_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Five events are many already."""
    for module in (exports, offers, samples):
        monkeypatch.setattr(module, "AT_ONCE", 5)


def ordered(visitor: Visitor, address: str) -> TestResponse:
    """Ask for a large file and order it with the button of the page that offers it."""
    offered = visitor.get(address)
    assert offered.status_code == 303
    page = offered.headers["Location"]
    return visitor.post(page, page=page)


def taken(visitor: Visitor) -> TestResponse:
    """Take the file away with the button of the page of orders."""
    (button,) = re.findall(r'action="(/orders/\d+)"', visitor.page("/orders"))
    return visitor.post(button, page="/orders")


def rows(answer: TestResponse) -> list[dict[str, str]]:
    text = answer.get_data(as_text=True).removeprefix("\ufeff")
    return list(csv.DictReader(io.StringIO(text)))


def told(world: World) -> list[object]:
    with world.engine.reading() as session:
        bodies = session.scalars(select(Event.body).where(Event.type == "history.exported"))
        return [read_event(body).what for body in bodies]


def lose_offices(world: World, who: str) -> None:
    now = world.engine.now()
    with world.engine.transaction() as session:
        held = select(Appointment).where(Appointment.person_id == world.person(who))
        for term in session.scalars(held):
            end_appointment(session, term.id, now.date(), by=None, now=now)
    world.clock.pass_time(hours=20)


def test_a_large_table_of_events_is_offered_ordered_and_taken_away(
    world: World, enter: Enter, tmp_path: Path
) -> None:
    ref = world.programme("consultation")
    marie = enter(AUDITOR)
    placed = ordered(marie, f"/histories/events/events.csv?ref={ref}")
    waiting = marie.page("/orders")
    world.clock.pass_time(minutes=1)
    world.answer(ref, "consultation", "paulo.sa", "support")
    before = told(world)
    made(world, tmp_path)

    answer = taken(marie)

    found = rows(answer)
    assert placed.headers["Location"] == "/orders"
    assert 'data-awaited="yes"' in waiting
    assert 'href="/orders">Look again</a>' in waiting
    assert (answer.status_code, answer.mimetype) == (200, "text/csv")
    assert "events.csv" in answer.headers["Content-Disposition"]
    seqs = [int(row["event"]) for row in found]
    assert seqs == list(range(max(seqs), 0, -1))
    assert len(found) > 5
    assert not any(row["who"] == "Paulo Sá" for row in found)
    assert before == []
    assert len(told(world)) == 1


def test_what_is_small_is_still_made_at_once(world: World, enter: Enter) -> None:
    ref = world.programme("consultation")
    catch_up_wholly(world.engine)

    answer = enter(AUDITOR).get(f"/histories/events/events.csv?ref={ref}&kind=case.opened")

    assert len(rows(answer)) == 1
    assert len(told(world)) == 1


def test_a_large_table_of_one_kind_of_event_can_be_ordered(
    world: World, enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(offers, "AT_ONCE", 0)
    world.programme("consultation")
    marie = enter(AUDITOR)

    placed = ordered(marie, "/histories/events/events.csv?kind=round.opened")

    assert placed.headers["Location"] == "/orders"


def test_a_table_is_ordered_where_many_events_cannot_be_found_yet(
    world: World, enter: Enter, tmp_path: Path
) -> None:
    ref = world.programme("consultation")
    marie = enter(AUDITOR)
    placed = ordered(marie, f"/histories/events/events.csv?ref={ref}&kind=round.opened")
    made(world, tmp_path)

    answer = taken(marie)

    assert placed.headers["Location"] == "/orders"
    assert {row["type"] for row in rows(answer)} == {"Round opened"}


def test_a_large_export_is_ordered_and_carries_the_rights_of_an_auditor(
    world: World, enter: Enter, tmp_path: Path
) -> None:
    refs = [world.programme("screening"), world.programme("draft")]
    marie = enter(AUDITOR)
    placed = marie.post("/exports", {"form": "csv"})
    made(world, tmp_path)

    answer = taken(marie)

    assert placed.headers["Location"] == "/orders"
    assert "histories.csv" in answer.headers["Content-Disposition"]
    assert {row["case"] for row in rows(answer)} == set(refs)
    assert len(told(world)) == 1


def test_a_second_order_is_not_begun_while_one_is_made(world: World, enter: Enter) -> None:
    world.programme("consultation")
    marie = enter(AUDITOR)
    ordered(marie, "/histories/events/events.csv")

    refused = marie.post("/exports", {"form": "csv"})

    assert refused.status_code == 409
    assert "Order the next one when it is ready." in words(refused)


def test_a_large_sample_is_drawn_on_order_and_shown_on_its_page(
    world: World, enter: Enter, tmp_path: Path
) -> None:
    world.programme("consultation")
    catch_up_wholly(world.engine)
    world.clock.pass_time(minutes=1)
    marie = enter(AUDITOR)
    address = marie.get("/oversight/sample?n=5&seed=s").headers["Location"]
    offered = marie.page(address)
    placed = marie.post(address, page=address)
    made(world, tmp_path)

    shown = marie.page(address)
    file = rows(marie.get(address.replace("/sample?", "/sample/sample.csv?")))
    kept = rows(taken(marie))

    assert "is drawn behind the pages" in offered
    assert placed.status_code == 303
    assert len(re.findall(r'<li id="event-(\d+)"', shown)) == 5
    assert [row["place"] for row in file] == ["1", "2", "3", "4", "5"]
    assert [row["hash"] for row in kept] == [row["hash"] for row in file]
    assert shown.count("SHA-256 over the hashes") == 1


def test_every_programme_as_it_stood_is_ordered_too(
    world: World, enter: Enter, tmp_path: Path
) -> None:
    refs = [world.programme("screening") for _ in range(6)]
    today, jane = world.engine.now().date(), enter("jane.okello")
    ordered(jane, f"/histories/on/{today}/programmes.csv")
    made(world, tmp_path)

    answer = taken(jane)

    assert f"programmes-{today}.csv" in answer.headers["Content-Disposition"]
    assert [row["ref"] for row in rows(answer)] == sorted(refs)


def test_a_check_of_everything_is_ordered_and_taken_away_history_by_history(
    world: World, enter: Enter, tmp_path: Path
) -> None:
    ref, marie = world.programme("screening"), enter(AUDITOR)
    address = "/orders/new/verification"
    door, offered = marie.page("/oversight"), words(marie.get(address))
    placed = marie.post(address, page=address)
    made(world, tmp_path)

    answer = taken(marie)

    found = {row["history"]: row for row in rows(answer)}
    assert f'href="{address}"' in door
    assert "The file has a line for each history" in offered
    assert "more than" not in offered
    assert placed.status_code == 303
    assert "verification.csv" in answer.headers["Content-Disposition"]
    assert (found[ref]["verifies"], found[ref]["difference"]) == ("yes", "")
    assert int(found[ref]["events"]) > 5
    assert "REGISTER" in found
    assert {type(each).__name__ for each in told(world)} == {"HistoryExported"}
    assert "Everything was as it had been recorded" in words(marie.get("/oversight"))
    assert enter("jane.okello").get(address).status_code == 403


def test_what_does_not_verify_stands_in_the_file_with_its_place(
    world: World, enter: Enter, tmp_path: Path
) -> None:
    world.programme("screening")
    world.honest = False
    with world.engine.transaction() as session:
        session.execute(update(LifecycleCase).values(version=77))
        session.execute(text("UPDATE listed_programme SET title_key = 'another'"))
    marie = enter(AUDITOR)
    marie.post("/orders/new/verification", page="/orders/new/verification")
    made(world, tmp_path)

    differing = [row for row in rows(taken(marie)) if row["verifies"] == "no"]

    assert len(differing) >= 2
    assert all(row["difference"] for row in differing)
    assert "The list does not say of this programme" in differing[-1]["difference"]
    assert "Does not verify" in words(marie.get("/oversight"))


def test_whoever_lost_the_office_takes_nothing_away(
    world: World, enter: Enter, tmp_path: Path
) -> None:
    for _ in range(6):
        world.programme("draft")
    today, marie = world.engine.now().date(), enter(AUDITOR)
    ordered(marie, f"/histories/on/{today}/programmes.csv")
    made(world, tmp_path)
    (button,) = re.findall(r'action="(/orders/\d+)"', marie.page("/orders"))
    lose_offices(world, AUDITOR)

    refused = enter(AUDITOR).post(button, page="/orders")

    assert refused.status_code == 404
    assert "Order it again" in words(refused)


def test_an_order_is_nobody_elses(world: World, enter: Enter, tmp_path: Path) -> None:
    world.programme("consultation")
    marie, jane = enter(AUDITOR), enter("jane.okello")
    ordered(marie, "/histories/events/events.csv")
    made(world, tmp_path)
    (button,) = re.findall(r'action="(/orders/\d+)"', marie.page("/orders"))

    refused = jane.post(button, page="/orders")

    assert refused.status_code == 404
    assert "Nothing is ordered" in jane.page("/orders")


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/orders/new/events", 403), ("/orders/new/access", 403), ("/orders/new/export", 404),
        ("/orders/new/past", 404), ("/orders/new/past?day=2026-01-01", 200),
    ],
)  # fmt: skip
def test_what_is_offered_is_offered_to_those_who_may_have_it(
    enter: Enter, address: str, status: int
) -> None:
    jane = enter("jane.okello")

    assert jane.get(address).status_code == status
    assert jane.post(address, page="/orders/new/past?day=2026-01-01").status_code in {status, 303}


def test_a_file_that_could_not_be_made_says_so_and_can_be_ordered_again(
    world: World, enter: Enter
) -> None:
    world.programme("consultation")
    marie = enter(AUDITOR)
    ordered(marie, "/histories/events/events.csv")
    with world.engine.transaction() as session:
        ended = {"state": "failed", "ended_at": world.engine.now(), "problem": "It is too large."}
        session.execute(update(FileOrder).values(ended))

    page = marie.page("/orders")
    again = ordered(marie, "/histories/events/events.csv")

    assert "It could not be made." in page
    assert "It is too large." in page
    assert again.headers["Location"] == "/orders"
