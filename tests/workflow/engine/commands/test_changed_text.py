"""What becomes void when a signed text changes, and who is asked again."""

from typing import Any

from sqlalchemy import select

from tests.support.world import NURSES, World
from tests.workflow.engine.clauses.consulted import answered, commented
from tests.workflow.engine.commands.test_sign import trail
from tests.workflow.lifecycles.shipped.test_framework import Framed
from workflow.engine.models import Round, SignOff

PRODOC: dict[str, Any] = dict(NURSES.texts["project_document"])


def rounds(world: World, key: str) -> list[tuple[int, str]]:
    """Turn and status of every opening of a round."""
    with world.engine.reading() as session:
        found = session.execute(
            select(Round.turn, Round.status).where(Round.key == key).order_by(Round.turn)
        )
        return [(turn, status) for turn, status in found]


def answers(world: World, key: str) -> list[tuple[str, str]]:
    """Verdict and end of every sign-off in a round, in order."""
    with world.engine.reading() as session:
        found = session.execute(
            select(SignOff.verdict, SignOff.ended_as)
            .join(Round, Round.id == SignOff.round_id)
            .where(Round.key == key)
            .order_by(SignOff.id)
        )
        return [(verdict, ended) for verdict, ended in found]


def endorsing(world: World) -> str:
    """A programme whose project document Mozambique has endorsed and Angola has not."""
    ref = world.programme("formulation")
    world.file(ref, "project_document", "kenji.watanabe", PRODOC)
    world.answer(ref, "presentation", "kenji.watanabe", "present")
    world.answer(ref, "endorsement", "graca.mabunda", "endorse")
    return ref


def test_a_change_of_text_voids_the_endorsements_and_asks_the_agency_anew(world: World) -> None:
    ref = endorsing(world)

    world.file(ref, "project_document", "kenji.watanabe", {**PRODOC, "unfunded": "5000"})

    assert answers(world, "endorsement") == [("endorse", "voided")]
    assert answers(world, "presentation") == [("present", "voided")]
    assert rounds(world, "endorsement") == [(1, "overtaken")]
    assert rounds(world, "presentation") == [(1, "settled"), (2, "open")]
    assert trail(world, ref).count("signoff.voided") == 2


def test_the_countries_are_asked_again_over_the_new_text(world: World) -> None:
    ref = endorsing(world)
    world.file(ref, "project_document", "kenji.watanabe", {**PRODOC, "unfunded": "5000"})

    world.answer(ref, "presentation", "kenji.watanabe", "present")
    for who in ("graca.mabunda", "domingos.neto", "priya.menon", "somchai.chaiyasit"):
        world.answer(ref, "endorsement", who, "endorse")

    assert world.state(ref) == "appraisal"
    with world.engine.reading() as session:
        digests = session.execute(
            select(SignOff.content_digest, SignOff.standing)
            .join(Round, Round.id == SignOff.round_id)
            .where(Round.key == "endorsement")
        ).all()
    assert len({digest for digest, _ in digests}) == 2
    assert [standing for _, standing in digests] == [False, True, True, True, True]


def test_a_refused_endorsement_sends_the_document_back_to_the_agency(world: World) -> None:
    ref = endorsing(world)

    world.answer(ref, "endorsement", "domingos.neto", "decline", "Angola's share is missing.")

    assert world.state(ref) == "formulation"
    assert rounds(world, "presentation") == [(1, "settled"), (2, "open")]


def test_a_new_report_of_a_series_voids_nothing(world: World) -> None:
    ref = world.programme("active")

    world.file(
        ref,
        "annual_work_plan",
        "beatriz.costa",
        {**NURSES.texts["annual_work_plan"], "year": "2028"},
    )

    assert answers(world, "begin_delivery") == [("begin", "")]


def test_what_was_answered_in_a_lasting_round_stands_once_it_has_settled(world: World) -> None:
    framed = Framed(world)
    commented(framed)
    answered(framed)

    assert {ended for _, ended in answers(world, "consulting")} == {""}
    assert answers(world, "beginning") == [("consult", "voided")]
