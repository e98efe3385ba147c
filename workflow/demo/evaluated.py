"""A demo programme that is evaluated while it runs: from its terms to what is done about each recommendation."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from workflow.demo import yearly
from workflow.demo.path import DemoStory
from workflow.demo.play import Play
from workflow.engine.documents.returns import last_returns
from workflow.engine.models import LifecycleCase
from workflow.vocabulary import HOUSE

Step = tuple[int, Callable[[], object]]
ASSURER, EVALUATOR, MANAGER = "oluwaseun.ade", "nadia.haddad", "beatriz.costa"
# On which day after it was asked for the draft is with the parties.
DRAFTED = 100
# And on which day each recommendation is answered.
RESPONDED = DRAFTED + 50


def steps(play: Play, ref: str, told: Mapping[str, Any], story: DemoStory) -> Iterator[Step]:
    """What its people do, each with the day after it was asked for; it ends with comments, or is followed up."""
    of = _Evaluation(play, ref, told, story)
    begun = (0, of.ask), (8, of.discuss), (12, of.set_terms), (15, of.take_on), (30, of.begin)
    drafted = (DRAFTED, of.draft), (DRAFTED + 6, of.comment)
    yield from (*begun, *drafted)
    if told["until"] == "followed":
        yield from (
            (DRAFTED + 22, of.finish), (RESPONDED, of.respond), (DRAFTED + 60, of.publish),
            (DRAFTED + 70, of.take_in_hand),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Evaluation:
    play: Play
    above: str
    told: Mapping[str, Any]
    story: DemoStory

    @property
    def ref(self) -> str:
        """The reference of the evaluation, of which there is one at a time."""
        (found,) = yearly.below(self.play, self.above, "evaluation")
        return found

    def ask(self) -> None:
        """The quality assurer has the programme evaluated, and writes the terms."""
        self.play.answer(
            self.above, "planning_the_evaluation", ASSURER, "evaluate", self.told["why"]
        )
        said = ("purpose", "questions", "scope", "method", "set_aside")
        report_by = self.play.clock.at.date() + timedelta(days=DRAFTED + 40)
        terms = {
            "kind": "independent",
            "occasion": "mid_term",
            **{key: self.told[key] for key in said},
            "report_by": report_by.isoformat(),
        }
        self._file("terms", ASSURER, terms)
        self._answer("writing_the_terms", ASSURER, "send")

    def discuss(self) -> None:
        """Everybody who is asked has read the terms."""
        for who in self._heard():
            self._answer("commenting_on_the_terms", who, "none")

    def set_terms(self) -> None:
        """The terms are set, and an evaluator is named."""
        self._answer("setting_the_terms", ASSURER, "set")
        number = str(self.play.person(EVALUATOR))
        self._answer("appointing", ASSURER, "name", answers={"evaluator": number})

    def take_on(self) -> None:
        """The evaluator takes it on."""
        self._answer("taking_on", EVALUATOR, "take_on")

    def begin(self) -> None:
        """The evaluator says how the questions are answered."""
        asked = [each.strip() + "?" for each in self.told["questions"].split("?") if each.strip()]
        inception = {
            "matrix": [
                {"question": each, "sources": self.told["sources"], "method": "Read, count and ask"}
                for each in asked
            ],
            "limits": self.told["limits"],
            "plan": "Two weeks in each country, then three for writing.",
        }
        self._file("inception_report", EVALUATOR, inception)
        self._answer("beginning", EVALUATOR, "file")
        self.play.clock.pass_working_time(2)
        self._answer("accepting_the_inception", ASSURER, "accept")

    def draft(self) -> None:
        """The draft is put to the parties."""
        ratings = self.told["ratings"]
        report = {
            **ratings,
            **{f"{each}_evidence": f"{self.told['evidence']}, on {each}." for each in ratings},
            "findings": self.told["findings"],
            "recommendations": [
                {"number": str(number), "recommendation": each["says"], "party": each["to"]}
                for number, each in enumerate(self.told["recommendations"], 1)
            ],
        }
        self._file("report", EVALUATOR, report)
        self._answer("drafting", EVALUATOR, "send")

    def comment(self) -> None:
        """One party has something to say of it; where it goes on, the others have read it."""
        said = self.told["commented"]
        self._answer("commenting", said["who"], "comment", said["on"])
        if self.told["until"] == "followed":
            for who in self._heard():
                if who != said["who"]:
                    self._answer("commenting", who, "none")

    def finish(self) -> None:
        """The evaluator answers the comment and files the final report."""
        said = self.told["commented"]
        answers = [
            {"remark": each, "disposition": said["disposition"], "words": said["why"]}
            for each in self._remarks("report")
        ]
        self._answer("finishing", EVALUATOR, "file", answers={"answers": answers})

    def respond(self) -> None:
        """Each recommendation is answered."""
        self._file("response", self.story.agency, {"responses": [*self._responses()]})
        self._answer("responding", self.story.agency, "respond")
        self._answer("responding", self.story.officer, "respond")

    def publish(self) -> None:
        """The quality assurer accepts and publishes it; what was promised opens."""
        self._answer("accepting", ASSURER, "accept")
        self.play.clock.pass_working_time(1)
        self._answer("publishing", ASSURER, "publish")

    def take_in_hand(self) -> None:
        """Whoever promised something takes it in hand."""
        kept = [each for each in self.told["recommendations"] if each["response"] != "rejected"]
        opened = yearly.below(self.play, self.ref, "action")
        for case, each in zip(opened, kept, strict=True):
            who = self.story.officer if each["to"] == HOUSE else self.story.agency
            self.play.answer(case, "planning", who, "plan")

    def _responses(self) -> Iterator[dict[str, str]]:
        """The response to each recommendation; days are told from the day on which the demo is loaded."""
        today = self.play.clock.at.date() + timedelta(days=self.told["ago"] - RESPONDED)
        for number, each in enumerate(self.told["recommendations"], 1):
            due = {"due": (today + timedelta(days=each["due"])).isoformat()} if each["due"] else {}
            yield {
                "number": str(number), "response": each["response"], "party": each["to"],
                "action": each["action"], "owner": each["owner"], **due,
            }  # fmt: skip

    def _remarks(self, kind: str) -> tuple[str, ...]:
        """What was said of a text, by which an answer names it."""
        with self.play.engine.reading() as session:
            found = select(LifecycleCase).where(LifecycleCase.ref == self.ref)
            case = session.scalars(found).one()
            known = self.play.engine.definition(case.definition_id or 0, session)
            returns = last_returns(session, known, case.id, known.documents[kind])
        return tuple(remark.id for back in returns for remark in back.remarks)

    def _heard(self) -> tuple[str, ...]:
        return (*self.story.authorities, self.story.agency, MANAGER, self.story.officer)

    def _file(self, kind: str, who: str, text: Mapping[str, Any]) -> None:
        self.play.file(self.ref, kind, who, text)

    def _answer(
        self, key: str, who: str, verdict: str, reason: str = "", **answers: Mapping[str, Any]
    ) -> None:
        self.play.answer(self.ref, key, who, verdict, reason, **answers)
