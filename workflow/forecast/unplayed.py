"""What a forecast of a lifecycle does not play, so that nobody takes its figures for more than they are."""

from collections.abc import Iterator

from workflow.lifecycles.definition import Definition
from workflow.phrase import Phrase, phrase

CHILDREN = phrase(
    "Child cases are not played: how long they take, and what waits for them, is not in these figures."
)
FACTS = phrase(
    "The facts of a programme are not played: where its way depends on them, each way is taken as often."
)
QUESTIONS = phrase(
    "Questions that stop a clock are not played: the time for which one stands is not in these figures."
)
DAYS = phrase(
    "Rounds that are due on a day of a text are played as others are, as soon as somebody usually answers: "
    "the wait for that day is not in these figures."
)
SESSIONS = phrase(
    "Sessions of bodies are not played: the wait for the next one is not in these figures."
)


def unplayed(definition: Definition) -> Iterator[Phrase]:
    """A sentence for each thing that this lifecycle has and no run of it knows."""
    rounds = definition.rounds.values()
    if definition.children:
        yield CHILDREN
    if any(target.branches for spec in rounds for target in spec.outcomes.values()):
        yield FACTS
    if any(spec.stops for spec in rounds):
        yield QUESTIONS
    if any(spec.due_on for spec in rounds):
        yield DAYS
    if any(spec.session for spec in rounds):
        yield SESSIONS
