"""The final evaluation of a demo programme, at the pace of its story."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from workflow.demo import yearly
from workflow.demo.evaluations.acts import ASSURER, Evaluating, Evaluation
from workflow.demo.play import Play

DIRECTOR = "elena.petrova"
WANTED = "Two other countries ask what it came to before they begin the same."
SMALL = "It costs far less than what has to be evaluated; its reports answer what would be asked."


@dataclass(frozen=True, slots=True)
class Final:
    """The final evaluation as it is told; where nothing is told it is waived. What it promises is due from `since` on."""

    play: Play
    above: str
    told: Mapping[str, Any]
    people: Evaluating
    pace: float
    since: date

    def end(self, *, kept: bool) -> None:
        """The whole way: everything promised is done where it is `kept`, and else the first of it is begun."""
        if not self.told:
            self._waive()
            return
        self.respond()
        self._of.publish()
        for case, who in [*self._of.actions()] if kept else [*self._of.actions()][:1]:
            self._rest(10)
            if kept:
                yearly.act(self.play, case, who, ASSURER)
            else:
                yearly.take_up(self.play, case, who)
        if kept:
            self._of.end()

    def respond(self) -> None:
        """Up to where each recommendation is answered."""
        self.report()
        self._rest(16)
        self._of.respond(self.since)
        self._rest(3)

    def report(self) -> None:
        """Up to where the report is filed; its recommendations are to be answered."""
        self.up_to_the_draft()
        self._rest(20)
        self._of.draft()
        self._rest(5)
        self._of.comment(everybody=True)
        self._of.finish()

    def up_to_the_draft(self) -> None:
        """Up to where the evaluator is at work on the draft; what does not open by its cost is asked for."""
        self._rest(5)
        if not yearly.below(self.play, self.above, "evaluation"):
            self.play.answer(self.above, "planning_the_evaluation", ASSURER, "evaluate", WANTED)
        self._of.write_terms()
        self._rest(3)
        self._of.discuss()
        self._of.set_terms()
        self._rest(2)
        self._of.take_on()
        self._rest(5)
        self._of.say_how()

    def _waive(self) -> None:
        self._rest(10)
        self.play.file(self.above, "waiver", DIRECTOR, {"reasons": SMALL})
        self.play.answer(self.above, "waiving", DIRECTOR, "waive")

    @property
    def _of(self) -> Evaluation:
        return Evaluation(self.play, self.above, self.told, self.people, "final", 150)

    def _rest(self, days: float) -> None:
        self.play.clock.pass_working_time(days * self.pace)
