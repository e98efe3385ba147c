"""Whoever sends a text again that came back says a word on each remark, and on what stayed as it was."""

from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import true

from tests.support.world import NURSES, PROPOSAL, World
from tests.workflow.engine.pages.opened import page
from workflow.engine import commands
from workflow.engine.moves.entrance import entrance
from workflow.engine.pages.answers import replies
from workflow.engine.permissions.visibility import visible_case
from workflow.engine.rounds.decision import Decision
from workflow.errors import Invalid
from workflow.notices.queries import listed

JANE, JOAO, KENJI = "jane.okello", "joao.lima", "kenji.watanabe"
REMARKS = [
    {"section": "objectives.objective", "remark": "Say how many nurses."},
    {"section": "problem", "remark": "Name the districts."},
]


def returned(world: World, *remarks: dict[str, str]) -> str:
    """A proposal that came back with remarks."""
    ref = world.programme("screening")
    answers = {"remarks": [*remarks]} if remarks else {}
    world.answer(ref, "screening", JANE, "return", "Not measurable yet.", answers)
    return ref


def resubmit(world: World, ref: str, reason: str = "", **answers: Any) -> None:
    """Send the proposal again as the submitter's form would, with these answers and no others."""
    joao = world.person(JOAO)
    seat, version = world.seat(ref, "resubmission", joao), world.version(ref)
    decision = Decision(
        ref, "resubmission", "submit", version, uuid4().hex, seat, reason, answers=answers
    )
    commands.sign(world.engine, joao, decision)


def ids(world: World, ref: str) -> list[str]:
    """The remarks as the form of the submitter names them."""
    (question,) = page(world, ref, "resubmission", JOAO).questions
    return [key for key, _ in question.options["remark"]]


def rewrite(world: World, ref: str, **changed: str) -> None:
    world.file(ref, "proposal", JOAO, {**PROPOSAL, **changed})


def test_what_came_back_unchanged_is_not_sent_again_without_a_sentence(world: World) -> None:
    ref = returned(world)

    with pytest.raises(Invalid, match="Nothing was changed since it came back") as refused:
        resubmit(world, ref)

    assert "reason" in refused.value.faults
    assert world.state(ref) == "returned"


def test_a_sentence_says_why_it_is_sent_as_it_is(world: World) -> None:
    ref = returned(world)

    resubmit(world, ref, "The figure stands on page two.")

    assert world.state(ref) == "screening"


def test_a_changed_text_needs_no_sentence(world: World) -> None:
    ref = returned(world)
    rewrite(world, ref, objective="By mid 2028, 240 nurses of ten provinces hold a certificate.")

    resubmit(world, ref)

    assert world.state(ref) == "screening"


def test_each_remark_is_answered(world: World) -> None:
    ref = returned(world, *REMARKS)
    rewrite(world, ref, objective="By mid 2028, 240 nurses of ten provinces hold a certificate.")
    first, _ = ids(world, ref)

    with pytest.raises(Invalid, match="Each remark is answered") as refused:
        resubmit(world, ref, answers=[{"remark": first}])

    assert "Remark 2 is not answered yet." in str(refused.value.faults["answers"])


def test_a_remark_on_what_was_not_changed_asks_for_a_sentence(world: World) -> None:
    ref = returned(world, *REMARKS)
    rewrite(world, ref, objective="By mid 2028, 240 nurses of ten provinces hold a certificate.")
    first, second = ids(world, ref)

    with pytest.raises(Invalid) as refused:
        resubmit(world, ref, answers=[{"remark": first}, {"remark": second}])
    resubmit(
        world, ref, answers=[{"remark": first}, {"remark": second, "words": "All of them are."}]
    )

    assert "Remark 2: nothing was changed there" in str(refused.value.faults["answers"])
    assert world.state(ref) == "screening"


def test_nobody_answers_what_was_not_said_of_the_text(world: World) -> None:
    ref = returned(world, *REMARKS)
    named = ids(world, ref)
    said = named[0].partition("-")[0]

    for strange in (f"{said}-0", f"{said}-3", "9-1", "41-2", "x", "1-1-1", "²-1"):
        given = [{"remark": each, "words": "So it is."} for each in (*named, strange)]
        with pytest.raises(Invalid, match="cannot be kept") as refused:
            resubmit(world, ref, "As it was.", answers=given)
        assert "Answer what was said of this text" in str(refused.value.faults["answers"])

    assert world.state(ref) == "returned"


def test_a_comment_that_is_still_to_come_cannot_be_answered_beforehand(world: World) -> None:
    ref = returned(world)
    ahead = [{"remark": f"{seq}-0", "words": "Heard."} for seq in range(1, 200)]

    with pytest.raises(Invalid, match="cannot be kept"):
        resubmit(world, ref, "As it was.", answers=ahead)


def test_a_remark_is_answered_once(world: World) -> None:
    ref = returned(world, *REMARKS)
    first, second = ids(world, ref)
    given = [{"remark": each, "words": "So it is."} for each in (first, second, first)]

    with pytest.raises(Invalid, match="cannot be kept") as refused:
        resubmit(world, ref, "As it was.", answers=given)

    assert str(refused.value.faults["answers"]) == "Answer each remark once."


def test_who_remarked_reads_what_was_answered_beside_their_reason(world: World) -> None:
    ref = returned(world, *REMARKS)
    rewrite(world, ref, objective="By mid 2028, 240 nurses of ten provinces hold a certificate.")
    first, second = ids(world, ref)
    resubmit(
        world, ref, answers=[{"remark": first}, {"remark": second, "words": "All of them are."}]
    )

    shown = page(world, ref, "screening", JANE)

    (given,) = [place.given for place in shown.positions if place.given]
    assert [(reply.person, reply.words) for reply in shown.replies[given.seq]] == [
        ("João Lima", ""),
        ("João Lima", "All of them are."),
    ]


def test_what_was_answered_is_read_by_whoever_may_read_where_it_was_said(world: World) -> None:
    ref = returned(world, *REMARKS)
    given = [{"remark": each, "words": "So it is."} for each in ids(world, ref)]
    resubmit(world, ref, "As it was.", answers=given)

    with world.engine.reading() as session:
        case = visible_case(session, ref, world.person(JANE), world.engine.now())
        definition = world.engine.definition(case.definition_id, session)
        open_, closed = (
            replies(session, definition, case.id, reads)
            for reads in (lambda _: True, lambda key: key != "resubmission")
        )

    assert [len(each) for each in open_.values()] == [2]
    assert not closed


def test_whoever_screens_it_again_reads_each_remark_with_its_answer(world: World) -> None:
    ref = returned(world, *REMARKS)
    rewrite(world, ref, objective="By mid 2028, 240 nurses of ten provinces hold a certificate.")
    first, second = ids(world, ref)
    resubmit(
        world, ref, answers=[{"remark": first}, {"remark": second, "words": "All of them are."}]
    )

    found = page(world, ref, "screening", "ravi.chand", turn=2).answered_remarks

    assert [(each.section, each.words, each.reply.words) for each in found] == [
        ("Objectives and outputs", "Say how many nurses.", ""),
        ("Situation and beneficiaries", "Name the districts.", "All of them are."),
    ]


def test_comments_of_countries_come_to_the_agency_and_are_answered(world: World) -> None:
    ref = world.programme("formulation")
    world.file(ref, "project_document", KENJI, world_text())
    (question,) = page(world, ref, "presentation", KENJI).questions
    ((comment, words),) = question.options["remark"]

    with pytest.raises(Invalid, match="Each remark is answered"):
        world.answer(ref, "presentation", KENJI, "present", answers={})
    given = {"answers": [{"remark": comment, "words": "The licences are open."}]}
    world.answer(ref, "presentation", KENJI, "present", answers=given)

    shown = page(world, ref, "consultation", "paulo.sa")
    (mine,) = [place.given for place in shown.positions if place.given and place.party == "Brazil"]
    assert "Use the open licences" in words
    assert [reply.words for reply in shown.replies[mine.seq]] == ["The licences are open."]


def test_whoever_commented_is_told_that_it_was_answered(world: World) -> None:
    ref = world.programme("formulation")
    world.file(ref, "project_document", KENJI, world_text())

    world.answer(ref, "presentation", KENJI, "present")

    with world.engine.reading() as session:
        newest = listed(session, world.person("paulo.sa"), true())[0]
        led_to = entrance(world.engine, session, ref, newest.seat or 0, world.person("paulo.sa"))
    assert (newest.label, newest.outcome) == (
        "Presentation of the project document",
        "Present for endorsement",
    )
    assert led_to.round_key == "consultation"


def test_a_refusal_to_endorse_comes_back_to_the_agency_with_its_reason(world: World) -> None:
    ref = world.programme("formulation")
    world.file(ref, "project_document", KENJI, world_text())
    world.answer(ref, "presentation", KENJI, "present")
    world.answer(ref, "endorsement", "graca.mabunda", "decline", "The tutors are unpaid.")

    kenji = world.person(KENJI)
    seat, version = world.seat(ref, "presentation", kenji), world.version(ref)
    decision = Decision(ref, "presentation", "present", version, uuid4().hex, seat, answers={})
    with pytest.raises(Invalid, match="Nothing was changed since it came back"):
        commands.sign(world.engine, kenji, decision)


def world_text() -> dict[str, Any]:
    """The project document of the usual story."""
    return dict(NURSES.texts["project_document"])
