"""What becomes of a clock that a question stopped, where the question is overtaken by a pause of the case."""

from datetime import timedelta
from uuid import uuid4

import pytest

from tests.support.world import World
from tests.workflow.engine.lifecycles import put
from tests.workflow.engine.migration.second_version import moving, seen, version
from tests.workflow.engine.rounds.test_due_time import MANAGER, carry_out, newest
from workflow.engine import commands
from workflow.engine.commands import OpenRound
from workflow.engine.migration.migrate import migrate_each
from workflow.lifecycles.definition import Definition

END = "completion"
UNIT = {"role": "unit_officer", "of": "office:special-unit"}
ANSWER = {
    "label": "Answer the question", "stance": "for", "reason": "required",
    "meaning": "This is our answer.", "consequence": "The secretariat goes on with it.",
}  # fmt: skip


def asking(*states: str) -> Definition:
    """The standard in which the secretariat may ask the agency in these states, while the end of activities waits."""
    seats = [{"role": "programme_manager", "of": "executing_agency"}]
    return version(
        put("rounds/completion/within", {"amount": 300, "unit": "days"}),
        put(
            "rules/agency_explains",
            {
                "kind": "threshold", "words": "The agency answers a question.", "seats": seats,
                "threshold": 1, "source": ["DESIGN"], "verdicts": {"explain": ANSWER},
            },
        ),
        put(
            "rounds/asking",
            {
                "label": "Question to the agency", "asks": "answer a question",
                "states": [*states], "opens": "on initiative", "opened_by": [UNIT],
                "rule": "agency_explains", "text": ["project_document"],
                "within": {"amount": 300, "unit": "days"}, "at_due": "settle", "stops": [END],
                "if_silent": "The secretariat goes on without your answer.",
                "outcomes": {"reached": {"opens": []}, "not_reached": {"opens": []}},
                "source": ["DESIGN"],
            },
        ),
    )  # fmt: skip


def asked(world: World, *states: str) -> str:
    """A delivery in which a question stops the clock of the end of activities."""
    ref = world.programme("active")
    (moved,) = migrate_each(world.engine, seen(world, ref), moving(world, asking(*states)))
    assert moved.reasons == ()
    command = OpenRound(ref, "asking", "Which bank?", world.version(ref), uuid4().hex)
    commands.initiate(world.engine, world.person("jane.okello"), command)
    return ref


@pytest.mark.parametrize(
    ("states", "stops"), [(("active", "suspended"), False), (("active",), True)]
)
def test_a_clock_goes_on_after_a_pause_unless_the_question_is_still_open(
    world: World, states: tuple[str, ...], *, stops: bool
) -> None:
    ref = asked(world, *states)
    before = newest(world, END)

    carry_out(world, ref, "suspension")
    world.clock.at += timedelta(days=30)
    carry_out(world, ref, "resumption")

    after = newest(world, END)
    assert (before.due_at, before.paused_for) == (None, "question")
    assert (after.due_at is None, after.paused_for) == (stops, "question" if stops else "")
    if stops:
        world.answer(ref, "asking", MANAGER, "explain", "That of Maputo.")
        assert newest(world, END).due_at is not None
