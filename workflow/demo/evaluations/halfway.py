"""A demo programme that is evaluated while it runs, each step on its day."""

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from typing import Any

from workflow.demo.evaluations.acts import ASSURER, Evaluating, Evaluation
from workflow.demo.play import Play

Step = tuple[int, Callable[[], object]]
# On which day after it was asked for the draft is with the parties.
DRAFTED = 100
# And on which day each recommendation is answered.
RESPONDED = DRAFTED + 50


def steps(play: Play, ref: str, told: Mapping[str, Any], people: Evaluating) -> Iterator[Step]:
    """What its people do, each with the day after it was asked for; it ends with comments, or is followed up."""
    of = Evaluation(play, ref, told, people, "mid_term", DRAFTED + 40)
    followed = told["until"] == "followed"

    def ask() -> None:
        play.answer(ref, "planning_the_evaluation", ASSURER, "evaluate", told["why"])
        of.write_terms()

    def respond() -> None:
        # Days are told from the day on which the demo is loaded.
        of.respond(play.clock.at.date() + timedelta(days=told["ago"] - RESPONDED))

    yield from (
        (0, ask), (8, of.discuss), (12, of.set_terms), (15, of.take_on), (30, of.say_how),
        (DRAFTED, of.draft), (DRAFTED + 6, lambda: of.comment(everybody=followed)),
    )  # fmt: skip
    if followed:
        yield from (
            (DRAFTED + 22, of.finish), (RESPONDED, respond), (DRAFTED + 60, of.publish),
            (DRAFTED + 70, of.take_in_hand),
        )  # fmt: skip
