"""What stands beside a triangular programme: amendments while it runs, and actions that its closure waits for."""

from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from tests.support.world import TEXTS, World
from tests.workflow.history.test_reader import page
from tests.workflow.lifecycles.shipped.amended import ENTRY, OFFICER
from tests.workflow.lifecycles.shipped.carrying import BOARD, SHIPPED, Carried
from tests.workflow.lifecycles.shipped.test_amendment import EXTENSION, MINOR
from tests.workflow.lifecycles.shipped.test_follow_up import ACTION, DONE, NOT_DONE
from tests.workflow.lifecycles.shipped.test_triangular import (
    AGENCY,
    ALONE,
    ASSURER,
    EVALUATOR,
    MANAGER,
    RESPONSE,
    concluded,
    finished,
    sent,
)
from workflow.audit.verification.verify import verify
from workflow.engine.commands.open_case import publish
from workflow.engine.models import LifecycleCase
from workflow.errors import Refusal, RoundClosed
from workflow.lifecycles.loader.files import load_file
from workflow.programmes.models import Programme


@pytest.fixture
def running(world: World) -> Carried:
    """A triangular programme that was approved, in a house that has what stands beside it."""
    for name in ("amendment", "follow-up", "blocker"):
        publish(world.engine, load_file(SHIPPED / f"{name}.toml"))
    carried = sent(world, ALONE)
    concluded(carried)
    carried.board("deciding", "approve")
    return carried


def signed(running: Carried) -> None:
    """It is signed, so that it runs."""
    for who in ("elena.petrova", "graca.mabunda", "domingos.neto", AGENCY):
        running.answer(who, "signing", "sign")


def asked(running: Carried, request: dict[str, Any]) -> str:
    """The manager asks for an amendment and sends it; its reference."""
    running.answer(MANAGER, "amending", "ask", "The site was flooded.")
    below = f"{running.ref}.1"
    running.world.file(below, "request", MANAGER, request)
    running.world.answer(below, "sending", MANAGER, "send")
    return below


def evaluated(running: Carried) -> None:
    """It is carried out, reported, evaluated, answered, and something is to be followed up."""
    finished(running)
    running.world.file(
        running.ref, "evaluation_report", EVALUATOR, TEXTS["evaluation_report"] | RECOMMENDED
    )
    running.answer(EVALUATOR, "evaluating", "file")
    running.world.file(running.ref, "management_response", AGENCY, RESPONSE)
    running.answer(AGENCY, "responding", "respond")
    running.answer(ASSURER, "accepting_the_evaluation", "follow_up")


RECOMMENDED = {"recommendations": [{"number": "1", "recommendation": "Keep the tutors"}]}


def ended(running: Carried, below: str, outcome: dict[str, Any]) -> None:
    """An action is planned, reported and its end accepted."""
    world = running.world
    world.file(below, "action", AGENCY, ACTION)
    world.answer(below, "planning", AGENCY, "plan")
    world.file(below, "action_end", AGENCY, outcome)
    world.answer(below, "reporting", AGENCY, "report")
    world.answer(below, "accepting", ASSURER, "accept")


def test_an_amendment_runs_beside_the_programme_which_goes_on(running: Carried) -> None:
    signed(running)
    below = asked(running, MINOR)
    world = running.world
    meanwhile = running.state, world.state(below)
    world.answer(below, "classing", OFFICER, "confirm")
    world.file(below, "entry", OFFICER, ENTRY)
    world.answer(below, "putting_in_effect", OFFICER, "effect")

    assert meanwhile == ("active", "classing")
    assert (running.state, world.state(below)) == ("active", "in_effect")
    assert verify(world.engine.database).sound


def figures(running: Carried) -> tuple[str, Decimal | None]:
    """When the programme ends and what it costs, as its lists say."""
    case = select(LifecycleCase.id).where(LifecycleCase.ref == running.ref).scalar_subquery()
    asked = select(Programme.ends, Programme.budget_usd).where(Programme.case_id == case)
    with running.world.engine.reading() as session:
        return tuple(session.execute(asked).one())


def test_once_it_is_in_effect_the_figures_of_the_programme_are_those_of_the_amendment(
    running: Carried,
) -> None:
    signed(running)
    before = figures(running)
    below = asked(running, EXTENSION)
    world = running.world
    world.answer(below, "classing", OFFICER, "confirm")
    for who in BOARD:
        world.answer(below, "deciding", who, "approve")
    running.wait(hours=1)
    agreed = figures(running)
    world.file(below, "entry", OFFICER, ENTRY)
    world.answer(below, "putting_in_effect", OFFICER, "effect")
    running.wait(hours=1)
    told = [str(line.says) for line in page(world, running.ref).lines]

    assert before == agreed == ("", Decimal("500000.00"))
    assert figures(running) == ("2029-06-30", Decimal("500000.00"))
    assert f"What was approved is changed by {below}: dates and money are as its text says" in told
    assert verify(world.engine.database).sound


def test_an_amendment_that_is_refused_changes_nothing(running: Carried) -> None:
    signed(running)
    below = asked(running, EXTENSION)
    running.world.answer(below, "classing", OFFICER, "refuse", "This is another programme.")
    running.wait(hours=1)

    assert running.world.state(below) == "refused"
    assert figures(running) == ("", Decimal("500000.00"))


def test_the_board_of_the_programme_and_its_countries_are_asked_about_it(running: Carried) -> None:
    signed(running)
    below = asked(running, {**EXTENSION, "class": "substantive", "changes": ["end", "outputs"]})
    world = running.world
    world.answer(below, "classing", OFFICER, "confirm")
    for who in BOARD:
        world.answer(below, "deciding", who, "approve")
    for who in ("elena.petrova", "graca.mabunda", "domingos.neto", AGENCY):
        world.answer(below, "signing", who, "sign")

    assert world.state(below) == "agreed"


def test_a_second_amendment_is_asked_for_while_the_first_is_under_way(running: Carried) -> None:
    signed(running)
    first = asked(running, MINOR)
    running.answer(MANAGER, "amending", "ask", "And the tutors change.")

    assert running.world.state(first) == "classing"
    assert running.world.state(f"{running.ref}.2") == "draft"


def test_nobody_else_asks_for_one(running: Carried) -> None:
    signed(running)

    with pytest.raises(Refusal):
        running.answer(OFFICER, "amending", "ask", "The site was flooded.")


def test_it_is_closed_once_every_action_has_ended_however_that_was(running: Carried) -> None:
    evaluated(running)
    running.answer(ASSURER, "following_up", "follow_up", "The second one as well.")
    first, second = f"{running.ref}.1", f"{running.ref}.2"
    for below, outcome in ((first, DONE), (second, NOT_DONE)):
        with pytest.raises(RoundClosed):
            running.answer(ASSURER, "closing", "close")
        ended(running, below, outcome)
    before = running.state
    running.answer(ASSURER, "closing", "close")

    assert before == "follow_up"
    assert (running.world.state(first), running.world.state(second)) == ("done", "not_done")
    assert running.state == "closed"
    assert verify(running.world.engine.database).sound


def test_where_nothing_is_to_be_followed_up_it_is_closed_with_the_evaluation(
    running: Carried,
) -> None:
    finished(running)
    world = running.world
    world.file(
        running.ref, "evaluation_report", EVALUATOR, TEXTS["evaluation_report"] | RECOMMENDED
    )
    running.answer(EVALUATOR, "evaluating", "file")
    world.file(running.ref, "management_response", AGENCY, RESPONSE)
    running.answer(AGENCY, "responding", "respond")
    running.answer(ASSURER, "accepting_the_evaluation", "return_response", "By when?")
    world.file(
        running.ref, "management_response", AGENCY,
        {"responses": [{**RESPONSE["responses"][0], "response": "rejected"}]},
    )  # fmt: skip
    running.answer(AGENCY, "responding", "respond")
    running.answer(ASSURER, "accepting_the_evaluation", "accept", "It is rejected with reasons.")

    assert running.state == "closed"


def answered(running: Carried, *responses: dict[str, Any]) -> None:
    """It is evaluated with a recommendation for each of these responses, which are accepted."""
    finished(running)
    asked = [
        {"number": each["number"], "recommendation": f"Recommendation {each['number']}"}
        for each in responses
    ]
    running.world.file(
        running.ref, "evaluation_report", EVALUATOR,
        TEXTS["evaluation_report"] | {"recommendations": asked},
    )  # fmt: skip
    running.answer(EVALUATOR, "evaluating", "file")
    running.world.file(running.ref, "management_response", AGENCY, {"responses": list(responses)})
    running.answer(AGENCY, "responding", "respond")
    running.answer(ASSURER, "accepting_the_evaluation", "follow_up")


ANSWERED = {
    "number": "1", "response": "accepted", "action": "Extend the contracts", "owner": "UNDP, Accra",
    "due": "2027-06-30",
}  # fmt: skip


def test_each_recommendation_that_was_accepted_opens_its_action_which_nobody_types_again(
    running: Carried,
) -> None:
    answered(
        running,
        ANSWERED,
        {"number": "2", "response": "rejected", "action": "None"},
        {**ANSWERED, "number": "3", "response": "partly_accepted", "action": "Train two"},
    )
    world, first, second = running.world, f"{running.ref}.1", f"{running.ref}.2"
    world.answer(first, "planning", AGENCY, "plan")

    titles = select(LifecycleCase.title).where(LifecycleCase.ref.in_([first, second]))
    with world.engine.reading() as session:
        called = list(session.scalars(titles.order_by(LifecycleCase.ref)))
    assert called == ["Key action 1: Extend the contracts", "Key action 3: Train two"]
    assert (world.state(first), world.state(second)) == ("in_hand", "planned")
    assert verify(world.engine.database).sound


def test_whoever_wrote_the_response_wrote_the_action_and_accepts_no_end_of_it(
    running: Carried,
) -> None:
    answered(running, ANSWERED)
    told = [str(line.says) for line in page(running.world, f"{running.ref}.1").lines]

    assert (
        "The Key action begins with what Kenji Watanabe filed above in management response, version 1"
    ) in told


def test_where_every_recommendation_is_rejected_it_is_closed_without_an_action(
    running: Carried,
) -> None:
    answered(running, {"number": "1", "response": "rejected", "action": "None"})
    running.answer(ASSURER, "closing", "close")

    assert running.state == "closed"
