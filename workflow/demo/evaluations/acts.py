"""What people do in the evaluation of a demo programme: from its terms to what is done about each recommendation."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import select

from workflow.demo import yearly
from workflow.demo.play import Play
from workflow.engine.documents.returns import last_returns
from workflow.engine.models import LifecycleCase
from workflow.vocabulary import HOUSE

ASSURER, MANAGER = "oluwaseun.ade", "beatriz.costa"


class Evaluating(NamedTuple):
    """Who has a part in the evaluation of a programme: those who speak for countries, agency and officer are heard."""

    countries: tuple[str, ...]
    agency: str
    officer: str
    evaluator: str = "nadia.haddad"


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The one open evaluation of the programme `above`, as it is `told`, with the days that it takes from today."""

    play: Play
    above: str
    told: Mapping[str, Any]
    people: Evaluating
    occasion: str
    report_within: int

    @property
    def ref(self) -> str:
        """The reference of the evaluation, of which there is one at a time."""
        (found,) = yearly.below(self.play, self.above, "evaluation")
        return found

    def write_terms(self) -> None:
        """The quality assurer writes the terms, and puts them to the parties."""
        said = ("purpose", "questions", "scope", "method", "set_aside")
        report_by = self.play.clock.at.date() + timedelta(days=self.report_within)
        terms = {
            "kind": "independent",
            "occasion": self.occasion,
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
        number = str(self.play.person(self.people.evaluator))
        self._answer("appointing", ASSURER, "name", answers={"evaluator": number})

    def take_on(self) -> None:
        """The evaluator takes it on."""
        self._answer("taking_on", self.people.evaluator, "take_on")

    def say_how(self) -> None:
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
        self._file("inception_report", self.people.evaluator, inception)
        self._answer("beginning", self.people.evaluator, "file")
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
        self._file("report", self.people.evaluator, report)
        self._answer("drafting", self.people.evaluator, "send")

    def comment(self, *, everybody: bool) -> None:
        """One party may have something to say of it; with everybody, the others have read it."""
        said = self.told.get("commented", {"who": ""})
        if said["who"]:
            self._answer("commenting", said["who"], "comment", said["on"])
        for who in self._heard() if everybody else ():
            if who != said["who"]:
                self._answer("commenting", who, "none")

    def finish(self) -> None:
        """The evaluator answers the comment and files the final report."""
        said = self.told.get("commented", {})
        answers = [
            {"remark": each, "disposition": said["disposition"], "words": said["why"]}
            for each in self._remarks("report")
        ]
        self._answer("finishing", self.people.evaluator, "file", answers={"answers": answers})

    def respond(self, since: date) -> None:
        """Each recommendation is answered; what is promised is due so many days after that day."""
        rows = {"responses": [*self._responses(since)]}
        self._file("response", self.people.agency, rows)
        self._answer("responding", self.people.agency, "respond")
        if any(each["to"] == HOUSE for each in self.told["recommendations"]):
            self._answer("responding", self.people.officer, "respond")

    def publish(self) -> None:
        """The quality assurer accepts and publishes it; what was promised opens."""
        self._answer("accepting", ASSURER, "accept")
        self.play.clock.pass_working_time(1)
        self._answer("publishing", ASSURER, "publish")

    def actions(self) -> Iterator[tuple[str, str]]:
        """What was promised and is open, each with who speaks for the party that acts."""
        kept = [each for each in self.told["recommendations"] if each["response"] != "rejected"]
        opened = yearly.below(self.play, self.ref, "action")
        for case, each in zip(opened, kept, strict=True):
            yield case, self.people.officer if each["to"] == HOUSE else self.people.agency

    def take_in_hand(self) -> None:
        """Whoever promised something takes it in hand."""
        for case, who in self.actions():
            yearly.take_up(self.play, case, who)

    def end(self) -> None:
        """Every action has ended, and with them the follow-up."""
        self._answer("ending", ASSURER, "end")

    def _responses(self, since: date) -> Iterator[dict[str, str]]:
        for number, each in enumerate(self.told["recommendations"], 1):
            due = {"due": (since + timedelta(days=each["due"])).isoformat()} if each["due"] else {}
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
        return (*self.people.countries, self.people.agency, MANAGER, self.people.officer)

    def _file(self, kind: str, who: str, text: Mapping[str, Any]) -> None:
        self.play.file(self.ref, kind, who, text)

    def _answer(
        self, key: str, who: str, verdict: str, reason: str = "", **answers: Mapping[str, Any]
    ) -> None:
        self.play.answer(self.ref, key, who, verdict, reason, **answers)
