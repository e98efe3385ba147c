"""The verbs of the engine: each works, and refuses the stranger and the stale page in full."""

from dataclasses import replace
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from tests.support.world import NURSES, World
from workflow.audit.events.histories import HistoryRead
from workflow.audit.models import Event
from workflow.engine import commands
from workflow.engine.models import CaseParty, LifecycleCase, Round, Seat, SignOff
from workflow.engine.rounds.decision import Decision
from workflow.errors import (
    ConflictOfDuties,
    Incomplete,
    Invalid,
    KeyReused,
    NotAuthorised,
    NotFound,
    Refusal,
    RoundClosed,
    Stale,
)
from workflow.history.access_log import record_reading
from workflow.people.commands import appoint
from workflow.people.models import Party


def trail(world: World, ref: str) -> list[str]:
    """The types of the events of a case, in order."""
    with world.engine.reading() as session:
        return list(
            session.scalars(
                select(Event.type)
                .join(LifecycleCase, LifecycleCase.id == Event.case_id)
                .where(LifecycleCase.ref == ref)
                .order_by(Event.seq)
            )
        )


def rows(world: World) -> list[int]:
    """How much there is of everything that a command could write."""
    with world.engine.reading() as session:
        tables = (Event, SignOff, Round, Seat, CaseParty)
        return [session.scalar(select(func.count()).select_from(table)) or 0 for table in tables]


def decision(world: World, ref: str, round_key: str, verdict: str, **more: object) -> Decision:
    """A decision from a page opened just now, on the round's first seat."""
    with world.engine.reading() as session:
        seat = session.scalar(
            select(Seat.id)
            .join(Round, Round.id == Seat.round_id)
            .join(LifecycleCase, LifecycleCase.id == Round.case_id)
            .where(LifecycleCase.ref == ref, Round.key == round_key)
            .order_by(Seat.id)
            .limit(1)
        )
    owed = world.owed(ref, round_key, verdict)
    plain = Decision(ref, round_key, verdict, world.version(ref), uuid4().hex, seat, answers=owed)
    return replace(plain, **more)  # type: ignore[arg-type]


def test_a_sign_off_is_recorded_and_answered_with_a_receipt(world: World) -> None:
    ref = world.programme("screening")

    receipt = world.answer(ref, "screening", "jane.okello", "open_consultation")

    assert receipt.state == "consultation"
    assert receipt.outcome == "open_consultation"
    assert len(receipt.hash) == 64
    assert trail(world, ref)[-4:] == [
        "signoff.given",
        "round.settled",
        "state.entered",
        "round.opened",
    ]


def test_a_stranger_is_refused(world: World) -> None:
    ref = world.programme("screening")
    by_a_stranger = decision(world, ref, "screening", "open_consultation")

    with pytest.raises(NotAuthorised, match="you do not hold that office"):
        commands.sign(world.engine, world.person("paulo.sa"), by_a_stranger)


def test_a_stale_page_is_refused(world: World) -> None:
    ref = world.programme("screening")
    stale = decision(world, ref, "screening", "open_consultation", seen_version=1)

    with pytest.raises(Stale, match="has moved on"):
        commands.sign(world.engine, world.person("jane.okello"), stale)


@pytest.mark.parametrize(
    ("who", "change"),
    [
        ("paulo.sa", {}),
        ("jane.okello", {"seen_version": 1}),
        ("jane.okello", {"verdict": "return"}),
        ("jane.okello", {"verdict": "no_such_verdict"}),
        ("jane.okello", {"answers": {"unasked": True}}),
        ("jane.okello", {"seat": 10**6}),
        ("jane.okello", {"round": "no_such_round"}),
        ("jane.okello", {"ref": "SSC-1900-001"}),
    ],
)
def test_a_refusal_writes_nothing(world: World, who: str, change: dict[str, object]) -> None:
    ref = world.programme("screening")
    refused = replace(decision(world, ref, "screening", "open_consultation"), **change)  # type: ignore[arg-type]
    before = rows(world)

    with pytest.raises(Refusal):
        commands.sign(world.engine, world.person(who), refused)

    assert rows(world) == before
    assert world.state(ref) == "screening"


def test_sending_the_same_form_twice_records_it_once(world: World) -> None:
    ref = world.programme("screening")
    form = decision(world, ref, "screening", "open_consultation")
    jane = world.person("jane.okello")

    first = commands.sign(world.engine, jane, form)
    before = rows(world)
    second = commands.sign(world.engine, jane, form)

    assert second == first
    assert rows(world) == before


def test_a_key_with_other_content_is_refused(world: World) -> None:
    ref = world.programme("screening")
    form = decision(world, ref, "screening", "open_consultation")
    jane = world.person("jane.okello")
    commands.sign(world.engine, jane, form)

    with pytest.raises(KeyReused):
        commands.sign(world.engine, jane, replace(form, reason="something else"))


def test_nobody_screens_what_they_submitted(world: World) -> None:
    ref = world.programme("screening")
    joao = world.person("joao.lima")
    with world.engine.transaction() as session:
        now = world.engine.now()
        appoint(
            session, joao, "unit_officer", world.party("special-unit"), now.date(), by=None, now=now
        )

    with pytest.raises(ConflictOfDuties, match="wrote the text"):
        commands.sign(world.engine, joao, decision(world, ref, "screening", "open_consultation"))


def test_one_person_never_gives_both_signatures_of_a_dual_round(world: World) -> None:
    ref = world.programme("operational_closure")
    statement = NURSES.texts["final_financial_statement"]
    world.file(ref, "final_financial_statement", "tom.becker", statement)
    world.attach(ref, "asset_transfer", "tom.becker", "asset-transfer.pdf")
    world.file(ref, "waiver", "elena.petrova", {"reasons": "Its twin was evaluated."})
    elena = world.person("elena.petrova")
    with world.engine.transaction() as session:
        now = world.engine.now()
        appoint(
            session,
            elena,
            "finance_officer",
            world.party("special-unit"),
            now.date(),
            by=None,
            now=now,
        )
    world.answer(ref, "closure", "elena.petrova", "certify")

    with pytest.raises(ConflictOfDuties, match="one person, one answer"):
        world.answer(ref, "closure", "elena.petrova", "certify")

    assert world.state(ref) == "operational_closure"


def test_an_answer_may_be_changed_while_the_round_is_open(world: World) -> None:
    ref = world.programme("consultation")
    world.answer(ref, "consultation", "priya.menon", "objection", "The costs are unclear.")

    world.answer(ref, "consultation", "priya.menon", "support")

    with world.engine.reading() as session:
        answers = session.execute(
            select(SignOff.verdict, SignOff.standing, SignOff.ended_as)
            .join(Round, Round.id == SignOff.round_id)
            .where(Round.key == "consultation")
        )
        assert [tuple(a) for a in answers] == [
            ("objection", False, "changed"),
            ("support", True, ""),
        ]


def test_an_objection_keeps_the_consultation_from_passing(world: World) -> None:
    ref = world.programme("consultation")
    for who in ("somchai.chaiyasit", "aisyah.rahman", "paulo.sa"):
        world.answer(ref, "consultation", who, "lead")

    world.answer(ref, "consultation", "priya.menon", "objection", "The costs are unclear.")

    assert world.state(ref) == "consultation"
    world.answer(ref, "consultation_closing", "elena.petrova", "fails", "India's objection stands.")
    assert world.state(ref) == "returned"


def test_a_consultation_is_not_closed_before_everyone_was_heard(world: World) -> None:
    ref = world.programme("consultation")

    with pytest.raises(RoundClosed, match="This waits until"):
        world.answer(ref, "consultation_closing", "elena.petrova", "fails", "Too slow.")


def test_a_submission_names_everything_that_is_missing(world: World) -> None:
    incomplete = replace(NURSES, texts={"proposal": {"title": "Only a title"}})
    ref = world.propose("joao.lima", "moz", incomplete.texts["proposal"])

    with pytest.raises(Incomplete) as refused:
        world.answer(ref, "submission", "joao.lima", "submit")

    assert "Proposal, Budget: Budget lines" in map(str, refused.value.missing)
    assert len(refused.value.missing) > 10


def test_a_verdict_that_needs_a_reason_is_refused_without_one(world: World) -> None:
    ref = world.programme("screening")

    with pytest.raises(Invalid, match="needs a reason"):
        world.answer(ref, "screening", "jane.okello", "return", "   ")


def test_the_lead_group_is_those_who_accepted_and_the_convenor_one_of_them(world: World) -> None:
    world.programme("formulation")

    with world.engine.reading() as session:
        parts = session.execute(
            select(CaseParty.capacity, Party.key)
            .join(Party, Party.id == CaseParty.party_id)
            .where(CaseParty.capacity.in_(["lead", "convenor"]))
            .order_by(CaseParty.capacity, Party.key)
        )
        assert [tuple(part) for part in parts] == [
            ("convenor", "ind"),
            ("lead", "ind"),
            ("lead", "tha"),
        ]


def test_a_convenor_from_outside_the_lead_group_is_refused(world: World) -> None:
    ref = world.programme("lead_group")
    for who in ("priya.menon", "somchai.chaiyasit"):
        world.answer(ref, "lead_acceptance", who, "accept")

    with pytest.raises(Invalid, match="Name the convenor"):
        world.answer(
            ref, "lead_confirmation", "elena.petrova", "confirm", answers={"convenor": "chn"}
        )


def test_a_closed_programme_takes_no_answer(world: World) -> None:
    ref = world.programme("closed")

    with pytest.raises(RoundClosed):
        world.answer(ref, "withdrawal", "joao.lima", "withdraw", "Too late.")


def test_a_reading_is_recorded_and_changes_nothing_else(world: World) -> None:
    ref = world.programme("screening")
    version = world.version(ref)

    record_reading(world.engine, world.person("marie.laurent"), ref, HistoryRead())

    assert trail(world, ref)[-1] == "history.read"
    assert world.version(ref) == version


def test_the_board_defers_by_consensus_and_the_director_brings_it_back(world: World) -> None:
    ref = world.programme("decision")
    for who in ("arjun.mehta", "carla.duarte"):
        world.answer(ref, "decision", who, "defer", "Costs need another look.")
    world.answer(ref, "decision", "sipho.dlamini", "approve")
    assert world.state(ref) == "decision"

    world.answer(ref, "decision", "sipho.dlamini", "defer", "I join the others.")

    assert world.state(ref) == "deferred"
    world.answer(ref, "review_resumption", "elena.petrova", "resume")
    assert world.state(ref) == "decision"


def test_an_unknown_programme_is_not_found(world: World) -> None:
    with pytest.raises(NotFound):
        record_reading(world.engine, world.person("marie.laurent"), "SSC-1900-001", HistoryRead())


def test_the_page_of_a_document_signs_that_document_and_nothing_else(world: World) -> None:
    ref = world.programme("screening")
    form = decision(world, ref, "screening", "open_consultation", document="proposal")

    with pytest.raises(Invalid, match="not the signature under this document"):
        commands.sign(world.engine, world.person("jane.okello"), form)
