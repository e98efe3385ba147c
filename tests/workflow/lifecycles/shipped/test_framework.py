"""A cooperation framework is begun by the house and carried to each of its ends."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from tests.support.world import World
from tests.workflow.lifecycles.shipped.carrying import BOARD, SHIPPED, Carried
from tests.workflow.programmes.test_body_sessions import APRIL, JULY, called
from workflow.audit.verification.verify import verify
from workflow.engine.commands.open_case import publish
from workflow.errors import Incomplete, NotFound, Refusal
from workflow.frameworks.terms import Terms
from workflow.frameworks.terms_page import terms_of
from workflow.lifecycles.loader.files import load_file
from workflow.programmes.alone import begin

FRAMEWORK: dict[str, Any] = {
    "title": "Strategic framework 2026-2029",
    "framework": "F7",
    "planned_start": "2026-07-01",
    "planned_end": "2029-12-31",
    "areas": ["hiv-aids", "ict"],
    "objective": "Countries of the South find and use each other's solutions.",
    "strategy": "Fewer areas, each with a group of countries that leads.",
    "results": [{"outcome": "Solutions in use", "indicator": "countries", "target": "40"}],
    "total_cost": "14000000",
}
RECORD = {
    "consulted": "The pivotal countries and 21 entities, in March 2026.",
    "views": [{"whose": "Brazil", "view": "Name the languages.", "answer": "Done, in part II."}],
}
REVIEW = {"reached": "Solutions are used in 22 countries.", "changed": "Nothing."}
EXTENSION = {"planned_end": "2030-12-31", "why": "Its successor is not ready."}
EVALUATION = {
    **dict.fromkeys(
        ("relevance", "coherence", "effectiveness", "efficiency", "impact", "sustainability"), "5"
    ),
    "findings": "Countries found each other.",
    "recommendations": "Keep the groups.",
}
REPORT = {"results": "41 countries.", "money": "13.9 million.", "answer": "The groups are kept."}
DECIDED = {
    "session": "First regular session 2026, 7 to 10 April",
    "symbol": "2026/3",
    "decided_on": "2026-04-10",
}
OFFICER, DIRECTOR, EVALUATOR = "jane.okello", "elena.petrova", "nadia.haddad"
ASKED = ("priya.menon", "somchai.chaiyasit", "aisyah.rahman", "paulo.sa", "li.wei", "thandi.nkosi")


class Framed(Carried):
    """A framework that an officer of the house began."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.definition = load_file(SHIPPED / "framework.toml")
        publish(world.engine, self.definition)
        house = world.party("special-unit")
        self.ref = begin(
            world.engine, world.person(OFFICER), house, FRAMEWORK, lifecycle=self.definition.key
        ).ref

    def file(self, kind: str, content: dict[str, Any], who: str = OFFICER) -> None:
        """Somebody files a text."""
        self.world.file(self.ref, kind, who, content)


@pytest.fixture
def framed(world: World) -> Framed:
    """A framework that is being formulated."""
    return Framed(world)


def heard(framed: Framed) -> None:
    """The countries are consulted and support it."""
    framed.answer(OFFICER, "beginning", "consult")
    for who in ASKED[:5]:
        framed.answer(who, "consulting", "support")
    framed.answer(ASKED[5], "consulting", "support_with_comments", "Name the languages.")


def before_the_board(framed: Framed) -> None:
    """It is drafted and put before the Board."""
    heard(framed)
    framed.file("consultation_record", RECORD)
    framed.answer(DIRECTOR, "presenting", "present")


def adopted(framed: Framed) -> None:
    """It is in force."""
    before_the_board(framed)
    for who in BOARD:
        framed.answer(who, "deciding", "adopt")
    framed.world.answer(framed.ref, "recording", OFFICER, "record", answers=DECIDED)


def asked_to_extend(framed: Framed, verdict: str, reason: str = "") -> None:
    """The Board is asked for another year, and says this."""
    framed.file("extension_request", EXTENSION)
    framed.open(DIRECTOR, "extending", "Its successor is not ready.")
    for who in BOARD:
        framed.answer(who, "extending", verdict, reason)


def evaluated(framed: Framed) -> None:
    """It is evaluated, reported, and the Board takes note."""
    framed.answer(DIRECTOR, "evaluating", "evaluate")
    framed.file("evaluation_report", EVALUATION, EVALUATOR)
    framed.answer(EVALUATOR, "filing_the_evaluation", "file")
    framed.file("final_report", REPORT)
    framed.answer(OFFICER, "reporting", "report")
    for who in BOARD:
        framed.answer(who, "noting_the_end", "note")


def test_it_is_consulted_drafted_adopted_reviewed_evaluated_and_succeeded(framed: Framed) -> None:
    begun = framed.state
    heard(framed)
    drafting = framed.state
    framed.file("consultation_record", RECORD)
    framed.answer(DIRECTOR, "presenting", "present")
    board = framed.state
    for who in BOARD:
        framed.answer(who, "deciding", "adopt")
    adopted = framed.state
    framed.world.answer(framed.ref, "recording", OFFICER, "record", answers=DECIDED)
    force = framed.state
    framed.file("mid_term_review", REVIEW)
    framed.answer(OFFICER, "reviewing", "review")
    framed.answer("carla.duarte", "noting_the_review", "remark", "Count the languages.")
    framed.wait(days=61)
    evaluated(framed)
    framed.answer(DIRECTOR, "ending", "succeeded")

    assert (begun, drafting, board, adopted) == ("formulation", "drafting", "board", "board")
    assert (force, framed.state) == ("in_force", "succeeded")
    assert verify(framed.world.engine.database).sound


def test_it_is_extended_by_the_board_and_closed(framed: Framed) -> None:
    adopted(framed)
    asked_to_extend(framed, "extend")
    extended = framed.state
    evaluated(framed)
    framed.answer(DIRECTOR, "ending", "closed", "The fund is wound up.")

    assert (extended, framed.state) == ("extended", "closed")


def terms(framed: Framed) -> Terms:
    """What is entered of it among the frameworks."""
    with framed.world.engine.reading() as session:
        return terms_of(session, framed.ref)[1]


def test_once_adopted_programmes_are_proposed_under_it_and_an_extension_puts_off_its_end(
    framed: Framed,
) -> None:
    before_the_board(framed)
    with pytest.raises(NotFound):
        terms(framed)
    for who in BOARD:
        framed.answer(who, "deciding", "adopt")
    framed.world.answer(framed.ref, "recording", OFFICER, "record", answers=DECIDED)
    first = terms(framed)
    asked_to_extend(framed, "extend")

    assert first == Terms(
        title=FRAMEWORK["title"], starts_on=date(2026, 7, 1), ends_on=date(2029, 12, 31),
        areas=("hiv-aids", "ict"), currency="USD", envelope=Decimal("14000000.00"),
    )  # fmt: skip
    assert terms(framed) == replace(first, ends_on=date(2030, 12, 31))
    assert verify(framed.world.engine.database).sound


def test_its_end_stays_where_the_board_does_not_extend_it(framed: Framed) -> None:
    adopted(framed)
    asked_to_extend(framed, "keep", "It is ready.")

    assert framed.state == "in_force"


def test_an_extension_that_ends_no_later_is_not_put_before_the_board(framed: Framed) -> None:
    adopted(framed)
    framed.file("extension_request", {**EXTENSION, "planned_end": "2029-12-31"})
    framed.open(DIRECTOR, "extending", "Its successor is not ready.")

    with pytest.raises(Refusal):
        framed.answer(BOARD[0], "extending", "extend")

    assert framed.state == "in_force"


def test_the_board_returns_it_or_does_not_adopt_it(framed: Framed) -> None:
    before_the_board(framed)
    for who in BOARD:
        framed.answer(who, "deciding", "return", "Fewer areas.")
    back = framed.state
    framed.answer(DIRECTOR, "presenting", "present", "The areas are those that were asked for.")
    for who in BOARD:
        framed.answer(who, "deciding", "reject", "Fewer areas.")

    assert (back, framed.state) == ("drafting", "not_adopted")


def test_an_objection_of_a_country_has_it_formulated_anew(framed: Framed) -> None:
    framed.answer(OFFICER, "beginning", "consult")
    framed.answer(ASKED[0], "consulting", "objection", "Energy is missing.")
    framed.wait(days=61)

    assert framed.state == "formulation"


def test_the_director_takes_it_back(framed: Framed) -> None:
    heard(framed)
    framed.answer(DIRECTOR, "withdrawing", "withdraw", "Not this year.")

    assert framed.state == "withdrawn"


def test_the_papers_are_due_six_weeks_before_the_session(framed: Framed) -> None:
    called(framed.world, APRIL, JULY, (date(2026, 5, 26), date(2026, 5, 28)))
    heard(framed)

    assert framed.due("presenting") == datetime(2026, 4, 15, 4, tzinfo=UTC)


def test_nothing_is_put_before_the_board_without_the_record_of_the_consultation(
    framed: Framed,
) -> None:
    heard(framed)

    with pytest.raises(Incomplete):
        framed.answer(DIRECTOR, "presenting", "present")

    assert framed.state == "drafting"


def test_whoever_took_part_in_it_does_not_evaluate_it(framed: Framed) -> None:
    adopted(framed)
    framed.appoint(OFFICER, "evaluator", "evaluation-office")
    framed.answer(DIRECTOR, "evaluating", "evaluate")
    framed.file("evaluation_report", EVALUATION)

    with pytest.raises(Refusal):
        framed.answer(OFFICER, "filing_the_evaluation", "file")

    assert framed.state == "evaluation"


def test_nobody_outside_the_house_begins_one(framed: Framed) -> None:
    world = framed.world
    with pytest.raises(Refusal, match="Only somebody in office there as"):
        begin(
            world.engine, world.person("joao.lima"), world.party("moz"), FRAMEWORK,
            lifecycle=framed.definition.key,
        )  # fmt: skip
