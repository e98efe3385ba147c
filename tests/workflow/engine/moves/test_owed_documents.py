"""A document that is owed asks for itself: its writer, until when, and what follows if nobody writes it."""

from datetime import timedelta

from tests.support.world import TEXTS, World
from workflow.engine.queue import page as queue_page
from workflow.engine.queue.page import Waiting
from workflow.engine.queue.query import QueueFilters

EVALUATOR, AGENCY, ASSURER, MANAGER = (
    "nadia.haddad",
    "kenji.watanabe",
    "oluwaseun.ade",
    "beatriz.costa",
)


def asked(world: World, who: str) -> dict[str, Waiting]:
    """What a person can answer now, by round."""
    with world.engine.reading() as session:
        found = queue_page.page(
            session, world.engine, world.person(who), QueueFilters(), world.engine.now()
        )
    return {row.round_key: row for row in found.ready}


def reported(world: World) -> str:
    """A programme whose evaluation report is filed."""
    ref = world.programme("evaluation")
    world.file(ref, "evaluation_report", EVALUATOR, TEXTS["evaluation_report"])
    world.answer(ref, "evaluation_filing", EVALUATOR, "file")
    return ref


def responded(world: World) -> str:
    """A programme whose evaluation is reported and responded to."""
    ref = reported(world)
    world.file(ref, "management_response", AGENCY, TEXTS["management_response"])
    world.answer(ref, "response_filing", AGENCY, "respond")
    return ref


def test_the_evaluator_is_asked_for_the_report_and_nobody_else_for_anything(world: World) -> None:
    world.programme("evaluation")

    row = asked(world, EVALUATOR)["evaluation_filing"]

    assert row.due is not None
    assert row.due > row.since + timedelta(days=115)
    assert row.form == "evaluation_report"
    assert (asked(world, AGENCY), asked(world, ASSURER)) == ({}, {})


def test_the_agency_has_six_weeks_for_its_response(world: World) -> None:
    reported(world)

    row = asked(world, AGENCY)["response_filing"]

    assert row.due == row.since + timedelta(days=42)
    assert row.if_silent.startswith("Shows as late, and the quality assurer is told")
    assert asked(world, EVALUATOR) == {}


def test_a_quality_assurer_sends_back_what_is_not_sound(world: World) -> None:
    ref = responded(world)

    world.answer(ref, "evaluation_acceptance", ASSURER, "return_report", "No field visit.")

    assert world.state(ref) == "evaluation"
    assert [*asked(world, EVALUATOR)] == ["evaluation_filing"]
    assert (asked(world, AGENCY), asked(world, ASSURER)) == ({}, {})


def test_a_response_that_is_sent_back_is_the_agencys_again(world: World) -> None:
    ref = responded(world)

    world.answer(ref, "evaluation_acceptance", ASSURER, "return_response", "Who pays?")

    assert [*asked(world, AGENCY)] == ["response_filing"]
    assert asked(world, EVALUATOR) == {}


def test_a_report_that_changes_later_is_filed_and_answered_anew(world: World) -> None:
    ref = responded(world)

    world.file(ref, "evaluation_report", EVALUATOR, TEXTS["evaluation_report"] | {"findings": "!"})

    assert [*asked(world, EVALUATOR)] == ["evaluation_filing"]
    assert (asked(world, AGENCY), asked(world, ASSURER)) == ({}, {})


def test_a_response_that_changes_later_is_filed_anew_before_it_is_accepted(world: World) -> None:
    ref = responded(world)
    (answer,) = TEXTS["management_response"]["responses"]

    world.file(ref, "management_response", AGENCY, {"responses": [answer | {"owner": "MoH"}]})

    assert [*asked(world, AGENCY)] == ["response_filing"]
    assert asked(world, ASSURER) == {}
