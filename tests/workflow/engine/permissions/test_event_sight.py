"""To whom each event of a history is open, and which of its words are kept."""

from uuid import uuid4

from sqlalchemy import select

from tests.support.world import World
from workflow import history
from workflow.engine import commands, round_state
from workflow.engine.commands.declare import DeclareInterest
from workflow.engine.models import LifecycleCase
from workflow.history import HistoryFilters, HistoryPage, access_log
from workflow.oversight.reviews.mark import Mark, mark

PARTY, OFFICER, OUTSIDER, AUDITOR = "joao.lima", "jane.okello", "leilani.tau", "marie.laurent"
RAVI, WHY = "ravi.chand", "My brother runs the agency."


def page(world: World, ref: str, who: str) -> HistoryPage:
    with world.engine.reading() as session:
        return history.history_page(
            session, world.engine, ref, person=world.person(who), now=world.engine.now(),
            filters=HistoryFilters(),
        )  # fmt: skip


def types(world: World, ref: str, who: str) -> set[str]:
    """The kinds of events that somebody is told."""
    return {line.type for line in page(world, ref, who).lines}


def test_an_outsider_is_told_the_states_and_the_parties_and_a_participant_the_answers(
    world: World,
) -> None:
    ref = world.programme("consultation")
    world.answer(ref, "consultation", "aisyah.rahman", "objection", "Not before the audit.")

    outside, inside = page(world, ref, OUTSIDER), page(world, ref, OFFICER)

    assert {line.type for line in outside.lines} == {"case.opened", "state.entered"}
    assert outside.total == len(outside.lines) < inside.total
    assert outside.counts["signoffs"] == 0
    assert "Not before the audit." in {line.reason for line in inside.lines}
    assert not outside.whole


def test_the_decision_of_the_board_is_told_to_everybody(world: World) -> None:
    ref = world.programme("signature")

    told = [line for line in page(world, ref, OUTSIDER).lines if line.type == "signoff.given"]

    assert {line.role for line in told} == {"Board member"}
    assert {"document.filed", "round.settled"} <= types(world, ref, OUTSIDER)


def test_who_read_it_and_what_auditors_remarked_is_told_to_auditors_alone(world: World) -> None:
    ref = world.programme("screening")
    access_log.record_visit(world.engine, world.person(AUDITOR), ref)
    access_log.record_copy(world.engine, world.person(PARTY), ref)
    mark(world.engine, world.person(AUDITOR), Mark(ref, "event", 1, "WORKPAPER: look again"))

    looks = {
        who: {each for each in types(world, ref, who) if each.startswith("history.")}
        for who in (PARTY, OFFICER, OUTSIDER, AUDITOR)
    }

    assert looks[PARTY] == looks[OFFICER] == looks[OUTSIDER] == set()
    assert looks[AUDITOR] == {"history.read", "history.exported", "history.reviewed"}


def test_the_reason_of_an_interest_is_kept_for_auditors_and_for_who_declared_it(
    world: World,
) -> None:
    ref = world.programme("appraisal")
    with world.engine.reading() as session:
        case = session.scalars(select(LifecycleCase.id).where(LifecycleCase.ref == ref)).one()
        round_ = round_state.latest(session, case, "appraisal")
        assert round_ is not None
        seat = next(each.id for each in round_.seats if each.category == "Special Unit")
    command = DeclareInterest(
        ref, "appraisal", seat, world.version(ref), uuid4().hex, WHY, interest=True
    )
    commands.declare(world.engine, world.person(RAVI), command)

    reasons = {
        who: [
            (line.reason, [str(each) for each in line.under])
            for line in page(world, ref, who).lines
            if line.type == "interest.declared" and line.who == "Ravi Chand"
        ]
        for who in (RAVI, AUDITOR, OFFICER)
    }

    assert [reason for reason, _ in reasons[RAVI]] == [WHY]
    assert [reason for reason, _ in reasons[AUDITOR]] == [WHY]
    assert reasons[OFFICER] == [("", ["The reason is kept for auditors."])]


def test_a_draft_is_told_to_its_party_and_only_what_was_sent_to_the_others(world: World) -> None:
    ref = world.programme("draft")
    world.file(ref, "proposal", PARTY, {"title": "Distance learning", "situation": "One."})
    before = [line for line in page(world, ref, PARTY).lines if line.type == "document.filed"]

    assert len(before) >= 2
    assert types(world, ref, AUDITOR) >= {"document.filed"}
