"""A programme is consulted by clause, read twice, reported and put before the Board with what still stands."""

from datetime import timedelta
from typing import Any

import pytest

from tests.support.world import NURSES, PROPOSAL, World
from tests.workflow.engine.pages.opened import page
from workflow.engine.commands.settle_due import sweep
from workflow.errors import Invalid
from workflow.programmes.documents.drafts import form_page

SUBMITTER, OFFICER = "joao.lima", "jane.okello"
INDIA, THAILAND, MALAYSIA, BRAZIL = NURSES.positions
# Fourteen comments of three countries, each on a clause of the proposal.
SAID: dict[str, tuple[tuple[str, str], ...]] = {
    INDIA: (
        ("objectives.objective", "Say how many women."), ("objectives.strategy", "Name the tutors."),
        ("objectives.outputs.1", "Twelve modules are too few."), ("budget.budget.2", "Tutors cost more."),
        ("period.planned_end", "A year longer."),
    ),
    MALAYSIA: (
        ("countries.title", "Name the countries."), ("problem.situation", "Date the figures."),
        ("problem.beneficiaries", "Name the districts."), ("areas", "Add ICT."),
    ),
    BRAZIL: (
        ("objectives.outputs.1", "Courses have to be open."), ("partners.knowhow", "Twenty years of Brazil as well."),
        ("budget.budget.1", "The fund gives too little."), ("budget.total_cost", "Say it in two currencies."),
        ("partners", "Name the universities."),
    ),
}  # fmt: skip
STANDS, WORDS = "Courses have to be open.", "Brazil shares its courses only where they stay open."


def commented(world: World) -> str:
    """A programme on which fourteen comments were made, all countries being for it."""
    ref = world.programme("consultation")
    for who, (verdict, reason) in NURSES.positions.items():
        rows = [{"clause": clause, "words": said} for clause, said in SAID.get(who, ())]
        world.answer(ref, "consultation", who, verdict, reason, {"comments": rows} if rows else {})
    return ref


@pytest.fixture
def ref(world: World) -> str:
    """A programme of which the submitter has to answer fourteen comments and one on the whole."""
    return commented(world)


def answers(world: World, ref: str) -> list[dict[str, Any]]:
    """An answer to each comment that is before the submitter."""
    (question,) = page(world, ref, "answering", SUBMITTER).questions
    return [
        {"remark": key, "disposition": "partly", "words": "As far as the money goes."}
        for key, _ in question.options["remark"]
    ]


def answered(world: World, ref: str) -> None:
    """The submitter changes the strategy a day later, and answers each comment."""
    world.clock.at += timedelta(days=1)
    world.file(ref, "proposal", SUBMITTER, {**PROPOSAL, "strategy": "The tutors are named."})
    world.answer(ref, "answering", SUBMITTER, "answer", "", {"answers": answers(world, ref)})


def read_twice(world: World, ref: str) -> None:
    """Brazil stands by one of its comments; India and Malaysia withdraw theirs."""
    answered(world, ref)
    (question,) = page(world, ref, "second_reading", BRAZIL).questions
    stands = [{"comment": each.id} for each in question.readings if each.words == STANDS]
    for who in (INDIA, MALAYSIA):
        world.answer(ref, "second_reading", who, "content", "", {})
    world.answer(ref, "second_reading", BRAZIL, "reservation", WORDS, {"standing": stands})


def report(world: World, ref: str) -> dict[str, Any]:
    """The report as its form begins."""
    with world.engine.reading() as session:
        found = form_page(
            session, world.engine, world.person(OFFICER), ref, kind="consultation_report"
        )
    return {"views": found.content["views"]}


def reported(world: World, ref: str) -> None:
    """The officer files what the form begins with, and signs it."""
    read_twice(world, ref)
    world.file(ref, "consultation_report", OFFICER, report(world, ref))
    world.answer(ref, "reporting_the_consultation", OFFICER, "report")


def test_it_does_not_go_on_while_a_comment_has_no_answer(world: World, ref: str) -> None:
    said = answers(world, ref)

    with pytest.raises(Invalid) as refused:
        world.answer(ref, "answering", SUBMITTER, "answer", "", {"answers": said[:-1]})

    assert len(said) == 15
    assert str(refused.value.faults["answers"]) == "Remark 15 is not answered yet."
    assert world.state(ref) == "answering"


def test_those_who_offered_to_lead_are_asked_to_though_the_text_was_changed(
    world: World, ref: str
) -> None:
    reported(world, ref)

    positions = page(world, ref, "lead_acceptance", INDIA).positions

    assert world.state(ref) == "lead_group"
    assert {each.party for each in positions} == {"India", "Thailand", "Malaysia", "Brazil"}


def test_the_report_says_what_was_said_and_what_stands(world: World, ref: str) -> None:
    read_twice(world, ref)

    views = report(world, ref)["views"]

    assert len(views) == 16
    assert [each["whose"] for each in views if each.get("stands")] == ["Brazil"]
    assert {each["whose"]: each["position"] for each in views} == {
        "India": "Offers to lead", "Thailand": "Offers to lead", "Malaysia": "Supports",
        "Brazil": "Supports, with comments",
    }  # fmt: skip


def test_who_comments_on_nothing_holds_nothing_up(world: World) -> None:
    ref = world.programme("lead_group")

    assert world.state(ref) == "lead_group"


def test_an_objection_and_its_clauses_are_answered_before_the_proposal_is_sent_again(
    world: World,
) -> None:
    ref = world.programme("consultation")
    rows = {"comments": [{"clause": "budget", "words": "Half of it is for travel."}]}
    world.answer(ref, "consultation", INDIA, "objection", "Too much travel.", rows)
    for who in (THAILAND, MALAYSIA, BRAZIL):
        world.answer(ref, "consultation", who, "support", "", {})
    world.clock.at += timedelta(days=31)
    sweep(world.engine)
    world.file(ref, "proposal", SUBMITTER, {**PROPOSAL, "strategy": "Less travel."})

    with pytest.raises(Invalid) as refused:
        world.answer(ref, "resubmission", SUBMITTER, "submit", "", {"answers": []})
    world.answer(ref, "resubmission", SUBMITTER, "submit")

    told = str(refused.value.faults["answers"])
    assert ("Remark 1 is not answered" in told, "Remark 2 is not answered" in told) == (True, True)
    assert world.state(ref) == "screening"
