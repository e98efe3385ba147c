import csv
import io
import re
from dataclasses import replace

from sqlalchemy import delete, select, text, update

from tests.support.visitors import Enter
from tests.support.world import NURSES, World
from workflow.audit.models import Event, Opening
from workflow.engine.models import LifecycleCase, SignOff

AUDITOR = "marie.laurent"


def readings(world: World, ref: str, kind: str) -> int:
    with world.engine.reading() as session:
        case = select(LifecycleCase.id).where(LifecycleCase.ref == ref).scalar_subquery()
        found = session.scalars(select(Event.id).where(Event.case_id == case, Event.type == kind))
        return len(found.all())


def test_a_line_can_be_read_aloud_and_proves_itself(world: World, enter: Enter) -> None:
    ref = world.programme("consultation")
    world.answer(ref, "consultation", "paulo.sa", "support_with_comments", "Use open licences.")

    page = enter("jane.okello").page(f"/histories/{ref}")

    line = page[page.index('id="event-14"') : page.index('id="event-13"')]
    words = " ".join(re.sub(r"<[^>]+>", " ", line).split())
    assert "Paulo Sá , Focal point, Brazil , answered “Supports, with comments”" in words
    assert "“Use open licences.”" in words
    assert "as Focal point, appointed 1 Jan 2023, without an end · Proposal, version 1" in words
    assert "by the rule: Passes when at least half" in words
    assert "event 14" in words


def test_the_page_says_that_the_chain_holds_and_how_to_check_it(world: World, enter: Enter) -> None:
    ref = world.programme("screening")

    page = enter("jane.okello").page(f"/histories/{ref}")

    assert "Verified" in page
    assert "Chain of 9 events unbroken" in page
    assert "primemover verify" in page


def test_a_row_changed_behind_the_engine_shows_on_the_page(world: World, enter: Enter) -> None:
    ref = world.programme("consultation")
    world.answer(ref, "consultation", "paulo.sa", "objection", "No.")
    with world.engine.transaction() as session:
        session.execute(update(SignOff).where(SignOff.reason == "No.").values(verdict="support"))
    world.honest = False

    page = enter("jane.okello").page(f"/histories/{ref}")

    assert "Does not verify" in page
    assert "verdict" in page
    assert "“Objects”" in page


def test_an_altered_event_shows_on_the_page_and_the_page_still_opens(
    world: World, enter: Enter
) -> None:
    ref = world.programme("draft")
    world.honest = False
    with world.engine.transaction() as session:
        for name in triggers(session.connection()):
            session.execute(text(f"drop trigger {name}"))
        session.execute(update(Event).where(Event.seq == 2).values(body=b"\xff{"))

    page = enter("joao.lima").page(f"/histories/{ref}")

    assert "Does not verify" in page
    assert "This event cannot be read: its bytes are damaged" in page


def triggers(connection) -> list[str]:  # noqa: ANN001
    return list(connection.scalars(text("select name from sqlite_master where type = 'trigger'")))


def test_an_auditors_reading_is_told_once_an_hour(world: World, enter: Enter) -> None:
    ref = world.programme("screening")
    marie = enter(AUDITOR)

    pages = [marie.page(f"/histories/{ref}{query}") for query in ("", "?show=texts", "")]

    assert readings(world, ref, "history.read") == 1
    assert "<strong>Marie Laurent</strong> read this history" in pages[0]


def test_others_read_without_being_told(world: World, enter: Enter) -> None:
    ref = world.programme("screening")

    enter("jane.okello").page(f"/histories/{ref}")

    assert readings(world, ref, "history.read") == 0


def test_a_copy_holds_every_event_and_is_told_on_the_history(world: World, enter: Enter) -> None:
    ref = world.programme("active")

    answer = enter("marie.laurent").get(f"/histories/{ref}/history.csv")

    assert answer.data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(answer.get_data(as_text=True).removeprefix("\ufeff"))))
    assert [int(row["event"]) for row in rows] == list(range(1, len(rows) + 1))
    assert rows[-1]["sentence"] == "Marie Laurent took a copy of this history"
    assert {len(row["hash"]) for row in rows} == {64}
    assert readings(world, ref, "history.exported") == 1


def test_a_copy_holds_what_was_selected_and_no_formula(world: World, enter: Enter) -> None:
    ref = world.programme("consultation")
    world.answer(ref, "consultation", "paulo.sa", "objection", "=cmd|' /C calc'!A1")

    answer = enter("jane.okello").get(f"/histories/{ref}/history.csv?show=signoffs&party=bra")

    (row,) = csv.DictReader(io.StringIO(answer.get_data(as_text=True).removeprefix("\ufeff")))
    assert row["reason"] == "'=cmd|' /C calc'!A1"
    assert row["type"] == "Answer given"
    assert (row["role"], row["verdict"]) == ("Focal point", "Objects")


def test_an_erased_reason_is_told_as_erased(world: World, enter: Enter) -> None:
    ref = world.programme("consultation")
    world.answer(ref, "consultation", "paulo.sa", "objection", "A private word.")
    with world.engine.transaction() as session:
        session.execute(delete(Opening).where(Opening.value == "A private word."))
        session.execute(update(SignOff).where(SignOff.verdict == "objection").values(reason=""))

    page = enter("jane.okello").page(f"/histories/{ref}?show=signoffs")

    assert "The reason was erased." in page
    assert "A private word" not in page
    assert "1 private text was erased" in page


def test_the_register_and_drafts_are_hidden_from_others(world: World, enter: Enter) -> None:
    draft = world.programme("draft")
    jane, marie = enter("jane.okello"), enter(AUDITOR)

    for ref in ("REGISTER", draft, "SSC-1999-001"):
        assert jane.get(f"/histories/{ref}").status_code == 404
        assert jane.get(f"/histories/{ref}/history.csv").status_code == 404
    assert marie.get("/histories/REGISTER").status_code == 200
    assert marie.get(f"/histories/{draft}").status_code == 200
    assert readings(world, draft, "history.exported") == 0


def test_the_list_finds_by_words_and_says_what_happened_last(world: World, enter: Enter) -> None:
    ref = world.programme("screening")

    page = enter(AUDITOR).page("/histories?text=NURSES")

    assert f'<a href="/histories/{ref}">' in page
    assert "REGISTER" not in page
    assert "it asks Special Unit" in page


def test_nonsense_in_the_address_makes_no_fault(world: World, enter: Enter) -> None:
    ref = world.programme("draft")
    joao = enter("joao.lima")

    for query in (
        "before=-1", "before=9" * 3, "before=" + "9" * 400, "person=x", "person=99999999999999",
        "since=yesterday", "until=2026-13-99", "party=%F0%9F%98%80", "page=0",
    ):  # fmt: skip
        assert joao.get(f"/histories/{ref}?{query}").status_code == 200, query
        assert joao.get(f"/histories?{query}").status_code == 200, query


def test_what_somebody_wrote_is_shown_as_text_only(world: World, enter: Enter) -> None:
    proposal = {**NURSES.texts["proposal"], "title": "<i>Rice</i> 100% %(who)s"}
    ref = world.programme(
        "consultation", replace(NURSES, texts={**NURSES.texts, "proposal": proposal})
    )
    world.answer(ref, "consultation", "paulo.sa", "objection", "<b>No</b> %(who)s {{ 7 * 7 }}")

    answer = enter("jane.okello").get(f"/histories/{ref}").get_data(as_text=True)

    assert "<i>Rice" not in answer
    assert "<b>No" not in answer
    assert "&lt;b&gt;No&lt;/b&gt; %(who)s {{ 7 * 7 }}" in answer


def test_a_long_history_is_paged_by_its_numbers(world: World, enter: Enter) -> None:
    ref = world.programme("closed")
    jane = enter("jane.okello")
    seen: list[int] = []
    address: str | None = f"/histories/{ref}"

    while address:
        page = jane.page(address)
        seen += [int(number) for number in re.findall(r'id="event-(\d+)"', page)]
        onward = re.search(r'rel="next" href="([^"]+)"', page)
        address = onward[1] if onward else None

    assert seen == list(range(seen[0], 0, -1))
