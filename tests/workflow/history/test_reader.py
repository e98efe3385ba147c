from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete

from tests.support.world import TEXTS, World
from workflow import history
from workflow.audit.models import Event, Opening
from workflow.engine.commands.settle_due import sweep
from workflow.errors import NotFound
from workflow.history import HistoryFilters, HistoryPage, Line, access_log
from workflow.history.recorded import recorded

AUDITOR, OFFICER = "marie.laurent", "jane.okello"


def page(world: World, ref: str, who: str = AUDITOR, **asked: Any) -> HistoryPage:
    with world.engine.reading() as session:
        return history.history_page(
            session, world.engine, ref, person=world.person(who), now=world.engine.now(),
            filters=HistoryFilters(**asked),
        )  # fmt: skip


def lines(world: World, ref: str, **asked: Any) -> dict[str, Line]:
    """The newest line of each kind."""
    return {line.type: line for line in reversed(page(world, ref, **asked).lines)}


def test_an_answer_says_who_as_whom_under_which_appointment_over_which_text(world: World) -> None:
    ref = world.programme("consultation")

    world.answer(ref, "consultation", "paulo.sa", "support_with_comments", "Use open licences.")

    line = page(world, ref, show="signoffs").lines[0]
    assert str(line.says) == (
        "Paulo Sá, Focal point, Brazil, answered “Supports, with comments” in "
        "“Consultation of pivotal countries”"
    )
    assert str(line.office).startswith("as Focal point, appointed 2023-01-01")
    assert [(text.kind, text.version) for text in line.texts] == [("proposal", 1)]
    assert line.rule.startswith("Passes when at least half")
    assert line.reason == "Use open licences."
    assert line.tone == "done"


def test_a_changed_answer_says_what_it_was_before(world: World) -> None:
    ref = world.programme("consultation")
    world.answer(ref, "consultation", "paulo.sa", "objection", "Not yet.")

    world.answer(ref, "consultation", "paulo.sa", "support")

    line = lines(world, ref)["signoff.changed"]
    assert "from “Objects” to “Supports”" in str(line.says)


def test_a_move_names_the_states_before_and_after_and_what_caused_it(world: World) -> None:
    ref = world.programme("consultation")

    line = lines(world, ref)["state.entered"]

    assert line.moved == ("Screening", "Consultation of pivotal countries")
    assert str(line.under[0]) == "“Screening” settled: Eligible: consult the pivotal countries"


def test_an_erased_reason_is_told_as_erased_and_the_rest_stays(world: World) -> None:
    ref = world.programme("consultation")
    world.answer(ref, "consultation", "paulo.sa", "objection", "A private word.")
    with world.engine.transaction() as session:
        session.execute(delete(Opening).where(Opening.value == "A private word."))
    world.honest = False

    line = lines(world, ref)["signoff.given"]

    assert line.reason is None
    assert "answered “Objects”" in str(line.says)


def test_what_a_deadline_did_tells_when_it_took_effect(world: World) -> None:
    ref = world.programme("consultation")
    world.clock.pass_time(days=32)

    sweep(world.engine)

    line = lines(world, ref)["round.settled"]
    assert line.late
    assert line.effective is not None
    assert line.at - line.effective > timedelta(days=1)
    assert page(world, ref).counts["late"] >= 2


def test_an_answer_after_its_due_time_is_marked_as_late(world: World) -> None:
    ref = world.programme("screening")
    world.clock.pass_time(days=60)

    world.answer(ref, "screening", OFFICER, "open_consultation")

    late = page(world, ref, show="late").lines
    assert [line.type for line in late] == ["signoff.given"]
    assert late[0].tone == "late"


def test_a_new_text_tells_which_answers_became_void(world: World) -> None:
    ref = world.programme("formulation")
    world.file(ref, "project_document", "kenji.watanabe", TEXTS["project_document"])
    world.answer(ref, "presentation", "kenji.watanabe", "present")
    world.answer(ref, "endorsement", "graca.mabunda", "endorse")
    other = TEXTS["project_document"] | {"strategy": "Another strategy."}

    world.file(ref, "project_document", "kenji.watanabe", other)

    line = lines(world, ref)["signoff.voided"]
    assert "became void, because the text was changed" in str(line.says)


def test_filters_leave_what_was_asked_for(world: World) -> None:
    ref = world.programme("consultation")
    jane = world.person(OFFICER)

    texts = page(world, ref, show="texts")
    hers = page(world, ref, person=jane)
    mozambican = page(world, ref, party="moz")
    earlier = page(world, ref, until=world.engine.now().date() - timedelta(days=400))

    assert {line.type for line in texts.lines} == {"document.filed", "attachment.filed"}
    assert {line.who for line in hers.lines} == {"Jane Okello"}
    assert mozambican.found < mozambican.total
    assert earlier.lines == ()


def test_parts_of_a_long_history_follow_each_other_without_gap_or_repetition(world: World) -> None:
    ref = world.programme("active")

    first = page(world, ref)
    second = page(world, ref, before=first.older)

    numbers = [line.seq for line in (*first.lines, *second.lines)]
    assert numbers == sorted(range(1, first.total + 1), reverse=True)
    assert second.older is None


def test_every_event_of_a_whole_life_has_words_of_its_own(world: World) -> None:
    ref = world.programme("closed")

    with world.engine.reading() as session:
        told = history.selection(
            session, world.engine, ref, person=world.person(AUDITOR), now=world.engine.now(),
            filters=HistoryFilters(),
        )  # fmt: skip

    assert [line.seq for line in told] == list(range(1, len(told) + 1))
    unspoken = [line for line in told if str(line.says).startswith(("Recorded:", "This event"))]
    assert unspoken == []


def test_the_register_is_told_to_auditors_alone(world: World) -> None:
    told = page(world, "REGISTER")

    said = [str(line.says) for line in told.lines]
    assert any("was named a pivotal country" in sentence for sentence in said)
    with pytest.raises(NotFound):
        page(world, "REGISTER", who=OFFICER)


def test_the_history_of_a_draft_is_not_there_for_others(world: World) -> None:
    ref = world.programme("draft")

    assert page(world, ref, who="joao.lima").total
    assert page(world, ref).total
    with pytest.raises(NotFound):
        page(world, ref, who=OFFICER)


def test_a_damaged_event_is_told_as_such_and_does_not_hide_the_others(world: World) -> None:
    ref = world.programme("draft")
    context = page(world, ref)
    damaged = Event(
        id=1, case_id=context.case_id, seq=1, type="case.opened", person_id=None,
        at=world.engine.now(), body=b"\xff{", hash=b"h", prev=b"p",
    )  # fmt: skip

    (read,) = recorded([damaged])

    assert not read.readable
    assert read.parties == frozenset()


def test_an_auditor_is_told_once_an_hour_and_a_copy_every_time(world: World) -> None:
    ref, marie = world.programme("draft"), world.person(AUDITOR)

    told = [access_log.record_visit(world.engine, marie, ref) for _ in range(3)]
    world.clock.pass_time(hours=2)
    again = access_log.record_visit(world.engine, marie, ref)
    access_log.record_copy(world.engine, marie, ref)
    access_log.record_copy(world.engine, marie, ref)

    assert (told, again) == ([True, False, False], True)
    readings = page(world, ref, show="readings").lines
    assert [line.type for line in readings] == ["history.exported"] * 2 + ["history.read"] * 2
    assert str(readings[-1].says) == "Marie Laurent read this history"


def test_reading_the_register_is_told_on_the_register(world: World) -> None:
    access_log.record_visit(world.engine, world.person(AUDITOR), "REGISTER")

    assert str(page(world, "REGISTER").lines[0].says) == "Marie Laurent read this history"


def test_a_reading_makes_no_page_stale(world: World) -> None:
    ref = world.programme("screening")
    before = world.version(ref)

    access_log.record_visit(world.engine, world.person(AUDITOR), ref)

    assert world.version(ref) == before
