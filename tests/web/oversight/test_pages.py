"""The auditor's pages: each opens, says what it must, and lets nobody else in."""

import csv
import io
import re
from typing import Any

import pytest
from sqlalchemy import func, select, text, update

from tests.support.visitors import Enter, Visitor
from tests.support.world import World
from workflow.audit.models import Event
from workflow.engine.models import LifecycleCase, SignOff
from workflow.oversight.as_of import portfolio
from workflow.oversight.checks.run import check_if_due
from workflow.oversight.models import Verification

AUDITOR, EVALUATOR, OFFICER, SUBMITTER = "marie.laurent", "nadia.haddad", "jane.okello", "joao.lima"
HERS = (
    "/oversight", "/oversight/access", "/oversight/access.csv", "/oversight/reviews",
    "/oversight/reviews/marks", "/oversight/sample", "/oversight/sample/sample.csv?seed=x",
)  # fmt: skip


def rows(visitor: Visitor, address: str) -> list[dict[str, str]]:
    answer = visitor.get(address)
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.get_data(as_text=True).removeprefix("\ufeff"))))


def count(world: World, table: Any, *conditions: Any) -> int:
    with world.engine.reading() as session:
        return session.scalar(select(func.count()).select_from(table).where(*conditions)) or 0


def in_words(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_nobody_else_sits_in_the_auditors_seat(world: World, enter: Enter) -> None:
    others = [enter(who) for who in (OFFICER, EVALUATOR, SUBMITTER)]

    answers = {each.get(address).status_code for each in others for address in HERS}

    assert answers == {403}


def test_every_page_opens_where_nothing_has_happened(world: World, enter: Enter) -> None:
    marie = enter(AUDITOR)

    pages = {
        address: marie.get(address, follow_redirects=True).status_code
        for address in (*HERS, "/histories/events", "/histories/on", "/histories/on/2020-01-01",
                        "/histories/events?party=nowhere", "/oversight/sample?party=nowhere")
    }  # fmt: skip

    assert set(pages.values()) == {200}


def test_events_of_every_history_stand_in_one_list_with_ways_to_them(
    world: World, enter: Enter
) -> None:
    ref = world.programme("consultation")
    world.answer(ref, "consultation", "paulo.sa", "support_with_comments", "Use open licences.")

    page = enter(AUDITOR).page("/histories/events?verdict=support_with_comments")

    assert "Paulo Sá , Focal point, Brazil , answered “Supports, with comments”" in in_words(page)
    assert "“Use open licences.”" in page
    assert f'href="/histories/{ref}?before=15#event-14"' in page
    assert "1 event of 1 history" in in_words(page)


def test_the_filters_stand_in_the_address_and_in_the_file(world: World, enter: Enter) -> None:
    ref = world.programme("consultation")
    marie = enter(AUDITOR)

    page = marie.page(f"/histories/events?kind=document.filed&ref={ref}")
    taken = rows(marie, f"/histories/events/events.csv?kind=document.filed&ref={ref}")

    assert f"/histories/events/events.csv?kind=document.filed&ref={ref}" in page
    assert {row["type"] for row in taken} == {"Document filed"}
    assert {len(row["hash"]) for row in taken} == {64}


def test_an_evaluator_finds_events_but_no_drafts_and_no_register(
    world: World, enter: Enter
) -> None:
    draft = world.programme("draft")
    shown = world.programme("screening")

    page = enter(EVALUATOR).page("/histories/events?kind=case.opened")

    assert shown in page
    assert draft not in page
    assert "Nothing matches" in enter(EVALUATOR).page("/histories/events?ref=REGISTER")


def test_looking_and_taking_away_are_told_on_the_register(world: World, enter: Enter) -> None:
    world.programme("screening")
    marie = enter(AUDITOR)

    for address in (
        "/histories/events",
        "/histories/events?late=yes",
        "/histories/events/events.csv",
    ):
        marie.get(address)

    told = in_words(marie.page("/oversight/access"))
    assert told.count("Marie Laurent looked through the events of all histories") == 1
    assert told.count("took a copy of 2 histories") == 1


def test_one_history_is_checked_at_once_and_the_result_kept(world: World, enter: Enter) -> None:
    ref = world.programme("screening")
    marie = enter(AUDITOR)

    answer = marie.post("/oversight/checks", {"ref": ref}, page="/oversight")

    assert answer.headers["Location"] == f"/histories/{ref}"
    assert count(world, Verification, Verification.differences == 0) == 1
    missing = marie.post("/oversight/checks", {"ref": "SSC-1"}, page="/oversight", follow=True)
    assert "There is no history called SSC-1." in missing.get_data(as_text=True)


def test_a_check_of_everything_is_asked_for_done_by_the_worker_and_shown(
    world: World, enter: Enter
) -> None:
    ref = world.programme("consultation")
    world.answer(ref, "consultation", "paulo.sa", "objection", "No.")
    marie = enter(AUDITOR)
    asked = marie.post("/oversight/checks", {"ref": ""}, page="/oversight", follow=True)
    with world.engine.transaction() as session:
        session.execute(update(SignOff).where(SignOff.reason == "No.").values(verdict="support"))
    world.honest = False

    done = check_if_due(world.engine), check_if_due(world.engine)

    page = in_words(marie.page("/oversight"))
    assert "The check of every history is asked for." in asked.get_data(as_text=True)
    assert done == (True, False)
    assert "Does not verify" in page
    assert f'href="/histories/{ref}' in marie.page("/oversight")


def test_the_worker_checks_everything_once_a_day(world: World) -> None:
    world.programme("screening")

    days = []
    for _ in range(3):
        days.append((check_if_due(world.engine), check_if_due(world.engine)))
        world.clock.pass_time(hours=25)

    assert days == [(True, False)] * 3


def test_a_day_is_chosen_and_shown_for_one_and_for_all(world: World, enter: Enter) -> None:
    ref = world.programme("consultation")
    marie = enter(AUDITOR)
    today = world.engine.now().date().isoformat()

    chosen = marie.get(f"/histories/{ref}/on?day={today}")
    page, everything = (
        in_words(marie.page(f"/histories/{ref}/on/{today}")),
        marie.page(f"/histories/on/{today}"),
    )

    assert chosen.headers["Location"] == f"/histories/{ref}/on/{today}"
    assert "Consultation" in page
    assert "Brazil" in page
    assert f"/histories/{ref}/on/{today}" in everything
    assert [row["ref"] for row in rows(marie, f"/histories/on/{today}/programmes.csv")] == [ref]


def test_a_past_day_of_very_many_is_looked_through_page_by_page(
    world: World, enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    refs = sorted(world.programme("screening") for _ in range(2))
    today, marie = world.engine.now().date(), enter(AUDITOR)
    marie.get(f"/histories/on/{today}/programmes.csv")
    monkeypatch.setattr(portfolio, "LOOKED_AT", 1)

    first = marie.page(f"/histories/on/{today}")
    last = marie.page(f"/histories/on/{today}?after={refs[0]}")
    none = marie.page(f"/histories/on/{today}?stage=evaluation")

    assert "Each page looks through 1 of them" in in_words(first)
    assert f'rel="next" href="/histories/on/{today}?after={refs[0]}"' in first
    assert refs[1] not in first
    assert refs[1] in last
    assert "From the beginning" in last
    assert 'rel="next"' not in last
    assert "Look through the next ones" in none


def test_a_past_that_does_not_verify_says_so(world: World, enter: Enter) -> None:
    ref = world.programme("screening")
    world.honest = False
    with world.engine.transaction() as session:
        for name in list(
            session.scalars(text("select name from sqlite_master where type = 'trigger'"))
        ):
            session.execute(text(f"drop trigger {name}"))
        case = select(LifecycleCase.id).where(LifecycleCase.ref == ref).scalar_subquery()
        session.execute(
            update(Event).where(Event.case_id == case, Event.seq == 5).values(body=b"\xff{")
        )

    page = enter(AUDITOR).page(f"/histories/{ref}/on/{world.engine.now().date()}")

    assert "Does not verify" in page
    assert "Event 5" in page


def test_what_is_not_there_is_not_found(world: World, enter: Enter) -> None:
    ref = world.programme("screening")
    marie = enter(AUDITOR)
    nowhere = (
        f"/histories/{ref}/on/today", f"/histories/{ref}/on/2026-13-01", "/histories/on/x",
        "/histories/SSC-1/on/2026-01-01", f"/histories/{ref}/texts/nothing",
        f"/histories/{ref}/texts/proposal?from=99", "/histories/SSC-1/texts/proposal",
        "/oversight/reviews/mark", f"/oversight/reviews/mark?ref={ref}&seq=999",
    )  # fmt: skip

    found = [address for address in nowhere if marie.get(address).status_code != 404]

    assert found == []


def test_nonsense_in_the_address_makes_no_fault(world: World, enter: Enter) -> None:
    marie = enter(AUDITOR)
    pages = (
        "/histories/events", "/oversight/access", "/oversight/sample", "/oversight/reviews",
        "/oversight/reviews/marks",
    )  # fmt: skip
    nonsense = (
        "before=x", "before=2026-01-01T00:00:00.000Z_x",
        "before=0001-01-01T00:00:00.000%2B14:00_1", "through=never", "person=" + "9" * 30,
        "since=9999-12-31&until=9999-12-31", "since=0001-01-01&until=0001-01-01", "kind=%F0%9F%98%80",
        "page=0", "party=%F0%9F%98%80", "n=-1", "n=99999", "seed=%F0%9F%98%80",
    )  # fmt: skip
    asked = [f"{pages[0]}?{query}" for query in nonsense]
    asked += [f"{page}?{'&'.join(nonsense)}" for page in pages]
    days = ("/histories/on/9999-12-31", "/histories/on/0001-01-01")

    answers = {
        address: marie.get(address, follow_redirects=True).status_code
        for address in (*asked, *days)
    }

    assert {address: status for address, status in answers.items() if status != 200} == {}


def test_drafts_of_others_stay_hidden_on_every_page(world: World, enter: Enter) -> None:
    draft, jane = world.programme("draft"), enter(OFFICER)
    today = world.engine.now().date()

    assert jane.get(f"/histories/{draft}/on/{today}").status_code == 404
    assert jane.get(f"/histories/{draft}/texts/proposal").status_code == 404
    assert draft not in jane.page(f"/histories/on/{today}")
    assert rows(jane, f"/histories/on/{today}/programmes.csv") == []
    assert enter(EVALUATOR).get(f"/histories/{draft}/on/{today}").status_code == 404
