"""A document that is owed asks for itself: its writer, until when, and what follows if nobody writes it."""

from datetime import timedelta

from tests.support.world import World
from tests.workflow.lifecycles.evaluations.evaluated import (
    AGENCY,
    ASSURER,
    EVALUATOR,
    OFFICER,
    REPORT,
    RESPONSE,
    Evaluated,
    asked_for,
)
from workflow.engine.queue import page as queue_page
from workflow.engine.queue.page import Waiting
from workflow.engine.queue.query import QueueFilters


def asked(world: World, who: str) -> dict[str, Waiting]:
    """What a person can answer now, by round."""
    with world.engine.reading() as session:
        found = queue_page.page(
            session, world.engine, world.person(who), QueueFilters(), world.engine.now()
        )
    return {row.round_key: row for row in found.ready}


def begun(world: World) -> Evaluated:
    """An evaluation of which the draft is being written."""
    evaluation = asked_for(world, world.programme("operational_closure"))
    evaluation.terms_set()
    evaluation.taken_on()
    return evaluation


def reported(world: World) -> Evaluated:
    """One of which the report is filed."""
    evaluation = begun(world)
    evaluation.reported()
    return evaluation


def responded(world: World) -> Evaluated:
    """One that is reported and responded to."""
    evaluation = reported(world)
    evaluation.responded()
    return evaluation


def test_the_evaluator_is_asked_for_the_report_and_nobody_else_for_anything(world: World) -> None:
    begun(world)

    row = asked(world, EVALUATOR)["drafting"]

    assert row.due is not None
    assert row.due > row.since + timedelta(days=85)
    assert row.form == "report"
    assert (asked(world, AGENCY), asked(world, ASSURER)) == ({}, {})


def test_the_agency_has_six_weeks_for_its_response(world: World) -> None:
    reported(world)

    row = asked(world, AGENCY)["responding"]

    assert row.due == row.since + timedelta(days=42)
    assert row.if_silent.startswith("Shows as late, and the quality assurer is told")
    assert asked(world, EVALUATOR) == {}


def test_a_quality_assurer_sends_back_what_is_not_sound(world: World) -> None:
    evaluation = responded(world)

    evaluation.answer(ASSURER, "accepting", "return_report", "No field visit.")

    assert evaluation.state == "finalising"
    assert [*asked(world, EVALUATOR)] == ["finishing"]
    assert (asked(world, AGENCY), asked(world, ASSURER)) == ({}, {})


def test_a_response_that_is_sent_back_is_owed_again(world: World) -> None:
    evaluation = responded(world)

    evaluation.answer(ASSURER, "accepting", "return_response", "Who pays?")

    assert [*asked(world, AGENCY)] == [*asked(world, OFFICER)] == ["responding"]
    assert asked(world, EVALUATOR) == {}


def test_a_draft_that_changes_before_it_is_sent_is_sent_as_it_is_by_then(world: World) -> None:
    evaluation = begun(world)

    evaluation.file(EVALUATOR, "report", REPORT)
    evaluation.file(EVALUATOR, "report", {**REPORT, "findings": "!"})

    assert [*asked(world, EVALUATOR)] == ["drafting"]
    assert asked(world, ASSURER) == {}


def test_a_response_that_changes_after_it_was_answered_is_answered_anew(world: World) -> None:
    evaluation = reported(world)
    first, *others = RESPONSE["responses"]
    evaluation.file(AGENCY, "response", RESPONSE)
    evaluation.answer(AGENCY, "responding", "respond")
    before = asked(world, AGENCY)

    evaluation.file(AGENCY, "response", {"responses": [first | {"owner": "MoH"}, *others]})

    assert before == {}
    assert [*asked(world, AGENCY)] == ["responding"]
    assert asked(world, ASSURER) == {}
