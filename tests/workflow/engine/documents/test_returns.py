"""Why a text came back: the reason, the remarks where they belong, and in which version it was."""

from sqlalchemy import select

from tests.support.world import NURSES, PROPOSAL, World
from workflow.demo import path
from workflow.engine.documents.returns import Return, changed_since, last_returns
from workflow.engine.models import LifecycleCase

KENJI = "kenji.watanabe"


def found(world: World, ref: str, kind: str) -> tuple[Return, ...]:
    with world.engine.reading() as session:
        case = session.scalars(select(LifecycleCase).where(LifecycleCase.ref == ref)).one()
        definition = world.engine.definition(case.definition_id or 0, session)
        return last_returns(session, definition, case.id, definition.documents[kind])


def test_a_remark_names_its_section_or_its_field(world: World) -> None:
    ref = world.programme("screening")
    remarks = [
        {"section": "objectives.objective", "remark": "Say how many."},
        {"section": "budget", "remark": "Who pays?"},
    ]
    world.answer(ref, "screening", "jane.okello", "return", "Not yet.", {"remarks": remarks})

    (back,) = found(world, ref, "proposal")

    assert [(each.section, each.field, each.number) for each in back.remarks] == [
        ("objectives", "objective", 1),
        ("budget", "", 2),
    ]
    assert (back.reason, back.version, back.comment) == ("Not yet.", 1, False)


def test_a_board_that_agrees_to_send_a_text_back_says_why(world: World) -> None:
    ref = world.programme("decision")
    for who in ("arjun.mehta", "carla.duarte", "sipho.dlamini"):
        world.answer(ref, "decision", who, "return", f"As {who} said.")

    said = [back.reason for back in found(world, ref, "project_document") if not back.comment]

    assert said == ["As arjun.mehta said.", "As carla.duarte said.", "As sipho.dlamini said."]


def test_advice_to_improve_first_is_before_the_agency_with_the_conclusion(world: World) -> None:
    ref = world.programme("appraisal")
    for who in (*NURSES.authorities, NURSES.agency):
        path.advise(world, ref, NURSES, who)
    world.answer(ref, "appraisal", "ravi.chand", "improve", "The risks are guesses.")
    world.answer(ref, "appraisal_conclusion", "fatou.ndiaye", "return", "As advised.")

    backs = found(world, ref, "project_document")

    assert [back.reason for back in backs if not back.comment] == ["As advised."]
    assert [back.remarks[0].words for back in backs if back.comment] == ["The risks are guesses."]


def test_what_was_changed_is_told_by_field_and_by_section(world: World) -> None:
    ref = world.programme("draft")
    world.file(ref, "proposal", "joao.lima", {**PROPOSAL, "objective": "Another."})
    with world.engine.reading() as session:
        case = session.scalars(select(LifecycleCase).where(LifecycleCase.ref == ref)).one()
        definition = world.engine.definition(case.definition_id or 0, session)

        changed = changed_since(session, case.id, definition.documents["proposal"], 1)

    assert changed == {"objectives", "objectives.objective"}
