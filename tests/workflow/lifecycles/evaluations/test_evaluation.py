"""An evaluation under a programme is carried to each of its ends."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from tests.support.world import World
from tests.workflow.lifecycles.evaluations.evaluated import (
    AGENCY,
    ASSURER,
    AUTHORITIES,
    CRITERIA,
    DIRECTOR,
    EVALUATOR,
    MANAGER,
    OFFICER,
    REPORT,
    RESPONSE,
    Evaluated,
    ended,
    running,
)
from tests.workflow.lifecycles.shipped.test_follow_up import DONE, NOT_DONE
from tests.workflow.lifecycles.shipped.test_triangular import ALONE, PLAN, finished
from workflow.audit.verification.verify import verify
from workflow.engine.models import CaseParty, LifecycleCase
from workflow.errors import Invalid, Refusal, RoundClosed
from workflow.people.models import Party


@pytest.fixture
def evaluation(world: World) -> Evaluated:
    """The final evaluation of a programme that has ended."""
    return ended(world)


def below(world: World, ref: str) -> list[tuple[str, str, str]]:
    """The cases under one, with their titles and states."""
    parent = select(LifecycleCase.id).where(LifecycleCase.ref == ref).scalar_subquery()
    wanted = select(LifecycleCase.ref, LifecycleCase.title, LifecycleCase.state)
    with world.engine.reading() as session:
        found = wanted.where(LifecycleCase.parent_id == parent).order_by(LifecycleCase.id)
        return [tuple(row) for row in session.execute(found)]


def done(evaluation: Evaluated, number: int, outcome: dict[str, Any] = DONE) -> None:
    """An action of the evaluation ends, the second one of the Special Unit, and that is accepted."""
    world, ref, who = evaluation.world, f"{evaluation.ref}.{number}", (AGENCY, OFFICER)[number - 1]
    world.answer(ref, "planning", who, "plan")
    world.file(ref, "action_end", who, outcome)
    world.answer(ref, "reporting", who, "report")
    world.answer(ref, "accepting", ASSURER, "accept")


def test_a_programme_closes_once_its_evaluation_and_every_action_of_it_have_ended(
    evaluation: Evaluated,
) -> None:
    evaluation.accepted()
    evaluation.answer(ASSURER, "publishing", "publish")
    actions = below(evaluation.world, evaluation.ref)
    with pytest.raises(RoundClosed):
        evaluation.answer(ASSURER, "ending", "end")
    done(evaluation, 1)
    with pytest.raises(RoundClosed):
        evaluation.answer(ASSURER, "ending", "end")
    done(evaluation, 2, NOT_DONE)
    with pytest.raises(RoundClosed, match=evaluation.ref):
        evaluation.programme.answer(ASSURER, "closing", "close")
    evaluation.answer(ASSURER, "ending", "end")
    for who in (ASSURER, DIRECTOR):
        evaluation.programme.answer(who, "closing", "close")

    assert [(title, state) for _, title, state in actions] == [
        ("Key action 1: Extend the contracts", "planned"),
        ("Key action 2: Share it in the South", "planned"),
    ]
    assert (evaluation.state, evaluation.programme.state) == ("followed_up", "closed")
    assert verify(evaluation.world.engine.database).sound


def test_each_action_is_of_the_party_that_the_response_names(evaluation: Evaluated) -> None:
    evaluation.accepted()
    evaluation.answer(ASSURER, "publishing", "publish")
    asked = select(Party.key).join(CaseParty, CaseParty.party_id == Party.id)
    of_actions = asked.join(LifecycleCase, LifecycleCase.id == CaseParty.case_id).where(
        CaseParty.capacity == "proposer", LifecycleCase.subject == "action"
    )
    with evaluation.world.engine.reading() as session:
        found = list(session.scalars(of_actions.order_by(LifecycleCase.id)))

    assert found == ["undp", "special-unit"]
    assert verify(evaluation.world.engine.database).sound


@pytest.mark.parametrize("criterion", CRITERIA)
def test_a_rating_without_evidence_is_refused_at_its_field(
    evaluation: Evaluated, criterion: str
) -> None:
    evaluation.terms_set()
    evaluation.taken_on()

    with pytest.raises(Invalid) as refused:
        evaluation.file(EVALUATOR, "report", {**REPORT, f"{criterion}_evidence": ""})

    assert list(refused.value.faults) == [f"{criterion}_evidence"]


def test_the_comments_of_the_parties_are_answered_one_by_one(evaluation: Evaluated) -> None:
    evaluation.terms_set()
    evaluation.taken_on()
    evaluation.file(EVALUATOR, "report", REPORT)
    evaluation.answer(EVALUATOR, "drafting", "send")
    evaluation.comment("commenting", kenji_watanabe="There are three.", domingos_neto="Agreed.")
    with pytest.raises(Invalid) as refused:
        evaluation.answer(EVALUATOR, "finishing", "file", answers=[])
    owed = evaluation.world.owed(evaluation.ref, "finishing", "file")
    remarks = [each["remark"] for each in owed["answers"]]
    evaluation.answer(
        EVALUATOR, "finishing", "file",
        answers=[
            {"remark": each, "disposition": "not", "words": "Two were seen."} for each in remarks
        ],
    )  # fmt: skip

    assert list(refused.value.faults) == ["answers"]
    assert len(remarks) == 2
    assert evaluation.state == "response"


def test_comments_are_answered_though_the_report_was_changed_for_them(
    evaluation: Evaluated,
) -> None:
    evaluation.terms_set()
    evaluation.taken_on()
    evaluation.file(EVALUATOR, "report", REPORT)
    evaluation.answer(EVALUATOR, "drafting", "send")
    evaluation.comment("commenting", kenji_watanabe="There are three.")
    evaluation.world.clock.at += timedelta(hours=1)
    evaluation.file(EVALUATOR, "report", {**REPORT, "findings": "Three were seen."})

    owed = evaluation.world.owed(evaluation.ref, "finishing", "file")

    assert len(owed["answers"]) == 1


@pytest.mark.parametrize(
    "responses",
    [
        [*RESPONSE["responses"], {**RESPONSE["responses"][0], "number": "4"}],
        [*RESPONSE["responses"], RESPONSE["responses"][0]],
        RESPONSE["responses"][:2],
    ],
)
def test_a_response_to_what_was_not_recommended_or_twice_is_refused_at_its_field(
    evaluation: Evaluated, responses: list[dict[str, str]]
) -> None:
    evaluation.terms_set()
    evaluation.taken_on()
    evaluation.reported()

    with pytest.raises(Invalid) as refused:
        evaluation.file(AGENCY, "response", {"responses": responses})

    assert list(refused.value.faults) == ["responses"]


def test_the_quality_assurer_sends_report_and_response_back(evaluation: Evaluated) -> None:
    evaluation.terms_set()
    evaluation.taken_on()
    evaluation.reported()
    evaluation.responded()
    evaluation.answer(ASSURER, "accepting", "return_response", "By when?")
    again = evaluation.state
    evaluation.file(AGENCY, "response", {"responses": [
        {**each, "due": "2028-01-31"} for each in RESPONSE["responses"]
    ]})  # fmt: skip
    evaluation.answer(AGENCY, "responding", "respond")
    evaluation.answer(OFFICER, "responding", "respond")
    evaluation.answer(ASSURER, "accepting", "return_report", "What of the first year?")

    assert again == "response"
    assert evaluation.state == "finalising"


def test_what_is_not_published_says_why_and_is_followed_up_all_the_same(
    evaluation: Evaluated,
) -> None:
    evaluation.accepted()
    with pytest.raises(Refusal, match="needs a reason"):
        evaluation.answer(ASSURER, "publishing", "keep")
    evaluation.answer(ASSURER, "publishing", "keep", "It names patients.")
    for number in (1, 2):
        done(evaluation, number)
    evaluation.answer(ASSURER, "ending_unpublished", "end")

    assert evaluation.state == "kept"


def test_a_joint_one_waits_for_every_partner_to_agree_to_its_terms(evaluation: Evaluated) -> None:
    evaluation.terms_set(kind="joint")
    before = evaluation.state
    for who in (*AUTHORITIES, AGENCY):
        evaluation.answer(who, "agreeing", "agree")

    assert (before, evaluation.state) == ("agreement", "naming")


def test_a_self_evaluation_names_nobody_has_no_ratings_and_opens_what_the_agency_changes(
    evaluation: Evaluated,
) -> None:
    evaluation.terms_set(kind="self")
    before = evaluation.state
    found = {f"{each}_evidence": "Our register." for each in CRITERIA}
    change = {"number": "1", "finding": "No register", "action": "Keep one", "owner": "UNDP", "due": "2027-06-30"}  # fmt: skip
    with pytest.raises(Invalid):
        evaluation.file(MANAGER, "self_assessment", {**found, "relevance": "6"})
    evaluation.file(MANAGER, "self_assessment", {**found, "changes": [change]})
    evaluation.answer(MANAGER, "assessing", "file")
    evaluation.answer(ASSURER, "validating", "accept")
    evaluation.answer(ASSURER, "publishing", "publish")

    assert before == "self_assessment"
    assert [title for _, title, _ in below(evaluation.world, evaluation.ref)] == [
        "Improvement 1: Keep one"
    ]


def test_what_costs_three_million_is_not_waived(world: World) -> None:
    dear = running(world, {**ALONE, "total_cost": "3000000"})
    finished(dear)

    with pytest.raises(Invalid) as refused:
        world.file(f"{dear.ref}.1", "waiver", DIRECTOR, {"reasons": "No time."})

    assert "USD 3 million or more" in str(refused.value.faults["reasons"])


def test_what_costs_less_is_waived_by_the_director_with_reasons(world: World) -> None:
    programme = running(world, {**ALONE, "total_cost": "2999999"})
    finished(programme)
    cheap = Evaluated(programme)

    cheap.file(DIRECTOR, "waiver", {"reasons": "Its twin was evaluated last year."})
    cheap.answer(DIRECTOR, "waiving", "waive")

    assert cheap.state == "waived"


@pytest.mark.parametrize(
    ("plan", "opened"),
    [
        ({**PLAN, "total_cost": "5000000"}, True),
        ({**ALONE, "total_cost": "4999999"}, False),
    ],
)
def test_a_mid_term_evaluation_opens_half_way_by_the_sum(
    world: World, plan: dict[str, Any], opened: bool
) -> None:
    carried = running(
        world, {**plan, "donors": [], "planned_start": "2026-04-01", "planned_end": "2028-03-31"}
    )
    for who in (DIRECTOR, *AUTHORITIES, AGENCY):
        carried.answer(who, "signing", "sign")
    carried.wait(days=390)
    before = [title for _, title, _ in below(world, carried.ref)]
    carried.wait(days=10)
    after = [title for _, title, _ in below(world, carried.ref)]

    assert not any("Mid-term" in each for each in before)
    assert any("Mid-term evaluation" in each for each in after) is opened
