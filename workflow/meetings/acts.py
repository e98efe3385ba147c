"""What is done about a meeting, one act for each: called, answered, held, reported, corrected and called off."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from workflow.engine.acts.steps import CaseStep
from workflow.engine.acts.whole import ActKind, At, CaseAct, acted
from workflow.engine.commands.receipts import Receipt
from workflow.engine.documents.returns import last_returns
from workflow.engine.engine import Engine
from workflow.errors import Invalid, RoundClosed
from workflow.lifecycles.clauses.remarks import Remark
from workflow.phrase import counted, phrase
from workflow.programmes.meetings.lines import ATTENDANCE, REPORT, SUBJECT

INVITATION, REPLIES = "invitation", "replies"
PLANNED = "planned"
MEETING = ActKind(SUBJECT, phrase("meeting"))


@dataclass(frozen=True, slots=True)
class Attending:
    """A country by its three letters, or an organisation by its name, that came with so many people, if that is known."""

    named: str
    people: int | None = None

    def row(self, column: str) -> dict[str, str]:
        """It as a row of who came."""
        people = {} if self.people is None else {"people": str(self.people)}
        return {column: self.named, **people}


@dataclass(frozen=True, slots=True, kw_only=True)
class Undertaking:
    """What a party, by its key, committed to by a day: what the meeting said, what is done, and by which post."""

    meant: str
    what: str
    party: str
    owner: str
    due: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """What one country offers and another seeks in an area, each by its three letters, and by whom there."""

    topic: str
    offers: str
    seeks: str
    area: str
    offered_by: str = ""
    sought_by: str = ""


@dataclass(frozen=True, slots=True)
class Disposition:
    """What became of a correction: taken_up, partly or not, and why."""

    what: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingReport:
    """What was discussed and concluded, who committed to what, and who offers what to whom."""

    outcome: str
    discussed: str = ""
    commitments: tuple[Undertaking, ...] = ()
    matches: tuple[Match, ...] = ()

    def as_text(self) -> dict[str, Any]:
        """The report as it is filed; rows are numbered in their order, and what is not said is left out."""
        commitments = ({**asdict(each), "due": each.due.isoformat()} for each in self.commitments)
        said = {
            "discussed": self.discussed,
            "outcome": self.outcome,
            "commitments": _numbered(commitments),
            "matches": _numbered(asdict(each) for each in self.matches),
        }
        return {name: value for name, value in said.items() if value}


def call(engine: Engine, person: int, at: At, answer_by: date, words: str) -> Receipt:
    """Call the meeting: each focal point of a country that is invited is told, and says whether it comes."""
    text = {"answer_by": answer_by.isoformat(), "words": words}

    def called(act: CaseAct) -> None:
        act.file(INVITATION, text)
        act.take(CaseStep("calling", "call"))

    return _done(engine, person, at, {"calls": text}, called)


def comes(engine: Engine, person: int, at: At, *, comes: bool, words: str = "") -> Receipt:
    """Say for a country that is invited whether it comes."""
    step = CaseStep("confirming", "comes" if comes else "cannot", words)
    asked = {"answers": step.verdict, "words": words}
    return _done(engine, person, at, asked, lambda act: act.take(step))


def held(
    engine: Engine,
    person: int,
    at: At,
    countries: Sequence[Attending],
    others: Sequence[Attending] = (),
    note: str = "",
) -> Receipt:
    """Record that the meeting was held and who came; one that was never called here is recorded all the same."""
    said: dict[str, Any] = {
        "came": [each.row("country") for each in countries],
        "others_came": [each.row("name") for each in others],
        "note": note,
    }
    text = {name: value for name, value in said.items() if value}

    def recorded(act: CaseAct) -> None:
        act.file(ATTENDANCE, text)
        planned = act.case.state == PLANNED
        act.take(CaseStep("calling", "record") if planned else CaseStep("holding", "hold"))

    return _done(engine, person, at, {"held": text}, recorded)


def report(
    engine: Engine, person: int, at: At, said: MeetingReport, replies: Sequence[Disposition] = ()
) -> Receipt:
    """Send the report to those who were invited, who may correct it for two weeks; then it is final.

    `replies` say what became of the corrections, in the order in which they came; refuses to send it with one
    that has no reply.
    """
    text, told = said.as_text(), [asdict(each) for each in replies]

    def circulated(act: CaseAct) -> None:
        owed = corrections(act)
        if len(owed) != len(replies):
            unanswered = counted(
                "%(num)s correction has no answer yet; say what became of each.",
                "%(num)s corrections have no answer yet; say what became of each.",
                len(owed),
            )
            raise Invalid(unanswered, {REPLIES: unanswered})
        act.file(REPORT, text)
        rows = [
            {"remark": remark.id, "disposition": reply.what, "words": reply.why}
            for remark, reply in zip(owed, replies, strict=True)
        ]
        why = "; ".join(reply.why for reply in replies)
        answers = {REPLIES: rows} if rows else {}
        act.take(CaseStep("reporting", "circulate", why, answers))

    return _done(engine, person, at, {"reports": text, REPLIES: told}, circulated)


def corrections(act: CaseAct) -> tuple[Remark, ...]:
    """The corrections of a report that have no answer yet, in the order in which they came."""
    definition = act.engine.definition(act.case.definition_id, act.session)
    returns = last_returns(act.session, definition, act.case.id, definition.documents[REPORT])
    return tuple(remark for back in returns for remark in back.remarks)


def correct(engine: Engine, person: int, at: At, words: str) -> Receipt:
    """Correct the report for a country that was invited; the office changes it or says why not, and sends it again."""
    step = CaseStep("correcting", "correct", words)
    return _done(engine, person, at, {"corrects": words}, lambda act: act.take(step))


def call_off(engine: Engine, person: int, at: At, reason: str) -> Receipt:
    """Say that the meeting does not take place, and why; refuses one that was held."""

    def called_off(act: CaseAct) -> None:
        rounds = {PLANNED: "calling", "convened": "holding", "prepared": "holding"}
        if act.case.state not in rounds:
            raise RoundClosed(phrase("%(ref)s was held, or is called off already.", ref=act.at.ref))
        act.take(CaseStep(rounds[act.case.state], "call_off", reason))

    return _done(engine, person, at, {"calls_off": reason}, called_off)


def _done(
    engine: Engine, person: int, at: At, asked: dict[str, Any], do: Callable[[CaseAct], None]
) -> Receipt:
    return acted(engine, person, at, MEETING, asked, do)


def _numbered(rows: Any) -> list[dict[str, str]]:
    return [
        {"number": str(place), **{name: value for name, value in row.items() if value}}
        for place, row in enumerate(rows, 1)
    ]
