"""What a decision needs: the text and what changed, the positions, and how a round ended."""

from uuid import uuid4

import pytest

from tests.support.world import NURSES, World
from tests.workflow.engine.pages.opened import initiative, page
from workflow.engine import commands
from workflow.engine.commands import RecuseSeat, settle_due
from workflow.engine.documents.diff import Change
from workflow.errors import NotFound

CHECKED = {"countries": True, "cooperation": True, "mandate": True, "money": True}


def returned_and_resubmitted(world: World) -> str:
    """A proposal screened twice, with another strategy the second time."""
    ref = world.programme("screening")
    world.answer(ref, "screening", "jane.okello", "return", "Say what Thailand brings.")
    text = {
        **NURSES.texts["proposal"],
        "strategy": "India shares its courses; Thailand its tutors.",
    }
    world.file(ref, "proposal", "joao.lima", text)
    world.answer(ref, "resubmission", "joao.lima", "submit")
    return ref


def test_the_text_under_decision_reads_in_words(world: World) -> None:
    ref = world.programme("screening")

    proposal, letter = page(world, ref, "screening", "jane.okello").documents

    said = {
        text.field.key: [piece.text for piece in text.pieces]
        for section in proposal.sections
        for text in section.fields
    }
    assert said["areas"] == ["HIV and AIDS"]
    assert said["executing_agency"] == ["United Nations Development Programme"]
    assert said["participating_countries"] == ["MOZ", "AGO"]
    assert [file.filename for file in letter.files] == ["letter-of-request.pdf"]


def test_a_first_text_has_nothing_to_compare_with(world: World) -> None:
    ref = world.programme("screening")

    proposal = page(world, ref, "screening", "ravi.chand").documents[0]

    assert proposal.changed == ()


def test_what_changed_is_told_since_the_persons_own_last_signature(world: World) -> None:
    ref = returned_and_resubmitted(world)

    proposal = page(world, ref, "screening", "jane.okello", turn=2).documents[0]

    assert proposal.since is not None
    assert (proposal.since.version, proposal.since.own) == (1, True)
    assert [section.key for section in proposal.changed] == ["objectives"]


def test_who_signed_nothing_sees_what_changed_since_the_last_decision(world: World) -> None:
    ref = returned_and_resubmitted(world)

    proposal = page(world, ref, "screening", "ravi.chand", turn=2).documents[0]

    assert proposal.since is not None
    assert (proposal.since.version, proposal.since.own) == (1, False)
    changed = next(t for t in proposal.changed[0].fields if t.field.key == "strategy")
    assert Change.REMOVED in {piece.change for piece in changed.pieces}


def test_a_text_unchanged_since_the_persons_signature_says_so(world: World) -> None:
    ref = world.programme("consultation")

    proposal = page(world, ref, "consultation", "jane.okello").documents[0]

    assert proposal.since is not None
    assert proposal.since.own
    assert proposal.since.version == proposal.version
    assert proposal.changed == ()


def test_positions_tell_answers_changes_and_those_who_stepped_back(world: World) -> None:
    ref = world.programme("consultation")
    world.answer(ref, "consultation", "paulo.sa", "objection", "No open licences.")
    world.answer(ref, "consultation", "paulo.sa", "support")
    somchai = world.person("somchai.chaiyasit")
    seat = world.seat(ref, "consultation", somchai)
    assert seat is not None
    away = RecuseSeat(ref, "consultation", seat, "We wrote it.", world.version(ref), uuid4().hex)
    commands.recuse(world.engine, somchai, away)

    found = {p.party: p for p in page(world, ref, "consultation", "priya.menon").positions}

    assert found["Brazil"].given is not None
    assert found["Brazil"].given.label == "Supports"
    assert [(old.label, old.ended_as) for old in found["Brazil"].earlier] == [
        ("Objects", "changed")
    ]
    assert found["Thailand"].stepped_back is not None
    assert found["Thailand"].stepped_back.reason == "We wrote it."
    assert found["India"].given is None


def test_an_answer_over_a_text_that_changed_is_shown_as_voided(world: World) -> None:
    ref = world.programme("formulation")
    text = NURSES.texts["project_document"]
    world.file(ref, "project_document", "kenji.watanabe", text)
    world.answer(ref, "presentation", "kenji.watanabe", "present")
    world.answer(ref, "endorsement", "graca.mabunda", "endorse")
    world.file(ref, "project_document", "kenji.watanabe", {**text, "unfunded": "1000"})

    found = page(world, ref, "endorsement", "domingos.neto")

    (mozambique,) = (p for p in found.positions if p.party == "Mozambique")
    assert mozambique.given is None
    assert [old.ended_as for old in mozambique.earlier] == ["voided"]


def test_what_a_deadline_answered_is_nobodys(world: World) -> None:
    ref = world.programme("screening")
    world.answer(ref, "screening", "jane.okello", "return", "Name the money.")
    world.clock.pass_time(days=61)
    settle_due.sweep(world.engine)

    (timer,) = page(world, ref, "return_lapse", "joao.lima").positions

    assert timer.given is not None
    assert (timer.given.person, timer.given.label) == ("", "Time is up")


def test_a_settled_round_tells_how_it_ended_and_offers_nothing(world: World) -> None:
    ref = world.programme("consultation")

    found = page(world, ref, "screening", "jane.okello")

    assert (found.status, found.outcome) == ("settled", "open_consultation")
    assert found.onward is not None
    assert found.onward.state == "Consultation of pivotal countries"
    assert not any(seat.allowed for seat in found.seats)


def test_the_stages_left_behind_have_their_day(world: World) -> None:
    ref = world.programme("formulation")

    found = page(world, ref, "presentation", "kenji.watanabe")

    assert set(found.passed) == {"proposal", "consultation"}


@pytest.mark.parametrize(
    ("who", "sees"),
    [("joao.lima", True), ("marie.laurent", True), ("graca.mabunda", True), ("jane.okello", False)],
)
def test_a_draft_is_known_to_its_party_and_to_auditors(world: World, who: str, sees: bool) -> None:
    ref = world.programme("draft")

    if sees:
        assert page(world, ref, "submission", who).case.ref == ref
    else:
        with pytest.raises(NotFound, match="no programme called"):
            page(world, ref, "submission", who)


def test_a_stage_that_lies_ahead_again_has_no_day(world: World) -> None:
    ref = world.programme("consultation")
    world.clock.pass_time(days=31)
    settle_due.sweep(world.engine)

    found = page(world, ref, "resubmission", "joao.lima")

    assert found.case.stage == "proposal"
    assert found.passed == {}


def test_there_is_no_page_of_a_round_that_never_opened(world: World) -> None:
    ref = world.programme("screening")

    with pytest.raises(NotFound):
        page(world, ref, "screening", "jane.okello", turn=2)
    with pytest.raises(NotFound):
        initiative(world, ref, "screening", "jane.okello")
