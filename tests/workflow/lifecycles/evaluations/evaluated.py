"""A triangular programme with an evaluation under it, carried by the demo's people and a second evaluator."""

from typing import Any, NamedTuple, Protocol

from sqlalchemy import select

from tests.support.world import World
from tests.workflow.lifecycles.shipped.carrying import SHIPPED, Carried
from tests.workflow.lifecycles.shipped.test_triangular import ALONE, concluded, finished, sent
from workflow.demo import yearly
from workflow.demo.cast import focal_points
from workflow.engine.commands.open_case import publish
from workflow.engine.models import CaseParty, LifecycleCase
from workflow.lifecycles.loader.files import load_file
from workflow.people.models import Party

DIRECTOR, AGENCY, MANAGER, ASSURER, EVALUATOR, OFFICER = (
    "elena.petrova", "kenji.watanabe", "beatriz.costa", "oluwaseun.ade", "nadia.haddad", "jane.okello",
)  # fmt: skip
OTHER = "tom.becker"
AUTHORITIES = ("graca.mabunda", "domingos.neto")
CRITERIA = (
    "relevance", "coherence", "effectiveness", "efficiency", "impact", "sustainability",
)  # fmt: skip
TERMS: dict[str, Any] = {
    "kind": "independent",
    "occasion": "final",
    "purpose": "Whether to do the same in the coast.",
    "questions": "Do the laboratories test the soil of small farms?",
    "scope": "Both laboratories, since the beginning.",
    "method": "Visits and interviews.",
    "set_aside": "30000",
    "report_by": "2029-12-31",
}
INCEPTION: dict[str, Any] = {
    "matrix": [
        {"question": "Do they test?", "sources": "Registers of both", "method": "Count of samples"}
    ],
    "limits": "The first year has no register.",
    "plan": "Two weeks in each country.",
}
REPORT: dict[str, Any] = {
    **dict.fromkeys(CRITERIA, "5"),
    **{f"{each}_evidence": f"Register of samples, on {each}." for each in CRITERIA},
    "findings": "Both of them test soil.",
    "recommendations": [
        {"number": "1", "recommendation": "Keep the tutors.", "party": "undp"},
        {"number": "2", "recommendation": "Share the register.", "party": "special-unit"},
        {"number": "3", "recommendation": "Charge for tests.", "party": "moz"},
    ],
}
RESPONSE: dict[str, Any] = {
    "responses": [
        {"number": "1", "response": "accepted", "party": "undp", "action": "Extend the contracts", "owner": "UNDP, Accra", "due": "2027-06-30"},
        {"number": "2", "response": "partly_accepted", "party": "special-unit", "action": "Share it in the South", "owner": "Special Unit", "due": "2027-09-30"},
        {"number": "3", "response": "rejected", "party": "moz", "action": "Small farms cannot pay"},
    ]
}  # fmt: skip


class Above(Protocol):
    """A programme that an evaluation stands under."""

    world: World
    ref: str


class Programme(NamedTuple):
    """A programme of the standard lifecycle."""

    world: World
    ref: str


class Evaluated:
    """An evaluation under a programme, by default under a triangular one that has ended."""

    def __init__(self, programme: Above, number: int = 1) -> None:
        self.programme, self.world = programme, programme.world
        self.ref = f"{programme.ref}.{number}"

    @property
    def state(self) -> str:
        """The state it stands in."""
        return self.world.state(self.ref)

    def answer(self, who: str, key: str, verdict: str, reason: str = "", **answers: Any) -> None:
        """One person gives one answer."""
        self.world.answer(self.ref, key, who, verdict, reason, answers=answers or None)

    def file(self, who: str, kind: str, content: dict[str, Any]) -> None:
        """One person files one text."""
        self.world.file(self.ref, kind, who, content)

    def named(self, who: str = EVALUATOR) -> None:
        """The quality assurer names an evaluator."""
        self.answer(ASSURER, "appointing", "name", evaluator=str(self.world.person(who)))

    def comment(self, key: str, **comments: str) -> None:
        """Everybody who is asked comments, or has nothing to say."""
        for who in (AGENCY, MANAGER, *AUTHORITIES, *self.leading(), OFFICER):
            said = comments.get(who.replace(".", "_"), "")
            self.answer(who, key, "comment" if said else "none", said)

    def leading(self) -> list[str]:
        """Who speaks for the countries that lead the programme, if any do."""
        leads = (
            select(Party.key)
            .join(CaseParty, CaseParty.party_id == Party.id)
            .join(LifecycleCase, LifecycleCase.id == CaseParty.case_id)
            .where(LifecycleCase.ref == self.ref, CaseParty.capacity == "lead")
            .order_by(CaseParty.id)
        )
        with self.world.engine.reading() as session:
            return [who for key in session.scalars(leads) for who in focal_points(key)]

    def terms_set(self, **changed: str) -> None:
        """The terms are written, read by everybody and set."""
        self.file(ASSURER, "terms", {**TERMS, **changed})
        self.answer(ASSURER, "writing_the_terms", "send")
        self.comment("commenting_on_the_terms")
        self.answer(ASSURER, "setting_the_terms", "set")

    def taken_on(self, who: str = EVALUATOR) -> None:
        """An evaluator is named, takes it on and says how the questions are answered."""
        self.named(who)
        self.answer(who, "taking_on", "take_on")
        self.file(who, "inception_report", INCEPTION)
        self.answer(who, "beginning", "file")
        self.answer(ASSURER, "accepting_the_inception", "accept")

    def reported(self, who: str = EVALUATOR) -> None:
        """The draft is written, read by everybody and finished."""
        self.file(who, "report", REPORT)
        self.answer(who, "drafting", "send")
        self.comment("commenting")
        self.answer(who, "finishing", "file")

    def responded(self, response: dict[str, Any] = RESPONSE) -> None:
        """Each recommendation is answered."""
        self.file(AGENCY, "response", response)
        self.answer(AGENCY, "responding", "respond")
        self.answer(OFFICER, "responding", "respond")

    def accepted(self, who: str = EVALUATOR) -> None:
        """The whole way to where it is accepted."""
        self.terms_set()
        self.taken_on(who)
        self.reported(who)
        self.responded()
        self.answer(ASSURER, "accepting", "accept")


def published(world: World) -> None:
    """A house that has what a triangular programme opens."""
    for name in ("amendment", "blocker", "progress-report", "follow-up", "evaluation"):
        publish(world.engine, load_file(SHIPPED / f"{name}.toml"))


def running(world: World, plan: dict[str, Any] = ALONE) -> Carried:
    """A triangular programme that is ready to be signed, in a house that has what it opens."""
    published(world)
    carried = sent(world, plan)
    concluded(carried)
    carried.board("deciding", "approve")
    return carried


def ended(world: World) -> Evaluated:
    """The final evaluation of a programme that has ended, just opened."""
    carried = running(world)
    finished(carried)
    return Evaluated(carried)


def final(world: World, ref: str) -> Evaluated:
    """The final evaluation of a standard programme whose activities have ended, just opened by its cost."""
    (evaluation,) = yearly.below(world, ref, "evaluation")
    return Evaluated(Programme(world, ref), int(evaluation.removeprefix(f"{ref}.")))


def asked_for(world: World, ref: str) -> Evaluated:
    """An evaluation that nothing prescribes, which the quality assurer asks for."""
    world.answer(ref, "planning_the_evaluation", ASSURER, "evaluate", "Others want the same.")
    return final(world, ref)
