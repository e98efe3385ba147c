"""What evaluations came to, by party and year: counted once they are published, listed line by line, and kept in step."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import delete, insert, select, update

from tests.support.world import World
from tests.workflow.lifecycles.evaluations.evaluated import (
    AGENCY,
    ASSURER,
    CRITERIA,
    REPORT,
    RESPONSE,
    Evaluated,
    ended,
)
from tests.workflow.lifecycles.shipped.test_follow_up import DONE
from workflow.engine.declared_models import PrivateState
from workflow.engine.models import LifecycleCase
from workflow.evaluations.figures import EvaluationFigures, evaluation_figures
from workflow.evaluations.filters import EvaluationFilters, EvaluationList
from workflow.evaluations.lists import EvaluationLine, every_line
from workflow.evaluations.models import CriterionRating, KeyAction, Recommendation
from workflow.oversight.checks.lists import astray, make_follow

READER, STRANGER = "marie.laurent", "naledi.khumalo"


@pytest.fixture
def evaluation(world: World) -> Evaluated:
    """An evaluation that was accepted."""
    found = ended(world)
    found.accepted()
    return found


def figures(world: World, **asked: object) -> EvaluationFigures:
    with world.engine.reading() as session:
        return evaluation_figures(session, EvaluationFilters(**asked), world.clock().date())  # type: ignore[arg-type]


def listed(world: World, who: str = READER, **asked: object) -> list[EvaluationLine]:
    reader = world.person(who)
    with world.engine.reading() as session:
        filters = EvaluationFilters(**asked)  # type: ignore[arg-type]
        return list(every_line(session, reader, filters, world.clock().date()))


def done(evaluation: Evaluated, number: int) -> None:
    world, ref = evaluation.world, f"{evaluation.ref}.{number}"
    world.answer(ref, "planning", AGENCY, "plan")
    world.file(ref, "action_end", AGENCY, DONE)
    world.answer(ref, "reporting", AGENCY, "report")
    world.answer(ref, "accepting", ASSURER, "accept")


def test_nothing_is_counted_before_it_is_published(evaluation: Evaluated) -> None:
    world = evaluation.world
    before = figures(world).year
    evaluation.answer(ASSURER, "publishing", "publish")

    assert before is None
    assert figures(world).year == 2026
    assert astray(world.engine).differences == []


def test_what_is_not_published_is_not_counted(evaluation: Evaluated) -> None:
    evaluation.answer(ASSURER, "publishing", "keep", "It names patients.")

    assert figures(evaluation.world).year is None
    assert listed(evaluation.world) == []
    assert astray(evaluation.world.engine).differences == []


def test_recommendations_are_counted_by_party_and_answer_and_lead_to_their_list(
    evaluation: Evaluated,
) -> None:
    world = evaluation.world
    evaluation.answer(ASSURER, "publishing", "publish")
    found = figures(world)

    assert found.recommendations == {"accepted": 1, "partly_accepted": 1, "rejected": 1}
    assert {each.key: dict(each.recommendations) for each in found.parties} == {
        "undp": {"accepted": 1},
        "special-unit": {"partly_accepted": 1},
        "moz": {"rejected": 1},
    }
    (line,) = listed(world, status="rejected")
    assert (line.says, line.party, line.ref) == ("Charge for tests.", "Mozambique", evaluation.ref)
    assert [each.place for each in listed(world)] == ["1", "2", "3"]
    assert listed(world, party="nobody") == []


def test_actions_are_completed_open_or_overdue_on_the_day(evaluation: Evaluated) -> None:
    world = evaluation.world
    evaluation.answer(ASSURER, "publishing", "publish")
    done(evaluation, 1)
    now = figures(world, year=2027).actions
    world.clock.at = world.clock.at.replace(year=2027, month=10)
    later = figures(world, year=2027).actions

    assert now == {"completed": 1, "open": 1}
    assert later == {"completed": 1, "overdue": 1}
    assert [each.says for each in listed(world, of=EvaluationList.ACTIONS, status="overdue")] == [
        "Share it in the South"
    ]
    assert [each.due for each in listed(world, of=EvaluationList.ACTIONS, status="completed")] == [
        date(2027, 6, 30)
    ]


def test_an_action_that_a_person_may_not_know_of_is_counted_and_not_listed(
    evaluation: Evaluated,
) -> None:
    world = evaluation.world
    evaluation.answer(ASSURER, "publishing", "publish")
    before = len(listed(world, STRANGER, of=EvaluationList.ACTIONS))
    with world.engine.transaction() as session:
        stands = session.execute(
            select(LifecycleCase.definition_id, LifecycleCase.state).where(
                LifecycleCase.ref == f"{evaluation.ref}.1"
            )
        ).one()
        session.execute(insert(PrivateState).values(tuple(stands)))

    assert before == 2
    assert figures(world, year=2027).actions == {"open": 2}
    assert listed(world, STRANGER, of=EvaluationList.ACTIONS) == []
    assert len(listed(world, STRANGER)) == 3
    assert len(listed(world, READER, of=EvaluationList.ACTIONS)) == 2


def test_ratings_are_averaged_by_criterion(evaluation: Evaluated) -> None:
    world = evaluation.world
    evaluation.answer(ASSURER, "publishing", "publish")
    found = figures(world).criteria

    assert [each.criterion for each in found] == list(CRITERIA)
    assert {each.average for each in found} == {Decimal("5.0")}
    assert [
        each.says for each in listed(world, of=EvaluationList.RATINGS, status="impact", points=5)
    ] == ["impact"]


def test_two_evaluations_are_counted_together_and_listed_page_by_page(
    evaluation: Evaluated,
) -> None:
    world, programme = evaluation.world, evaluation.programme
    evaluation.answer(ASSURER, "publishing", "publish")
    programme.answer(ASSURER, "planning_the_evaluation", "evaluate", "The coast asks.")
    second = Evaluated(programme, 2)
    programme.appoint("tom.becker", "evaluator", "evaluation-office")
    second.accepted("tom.becker")
    second.answer(ASSURER, "publishing", "publish")

    assert figures(world).recommendations == {
        "accepted": 2, "partly_accepted": 2, "rejected": 2,
    }  # fmt: skip
    assert [each.ref for each in listed(world)] == [second.ref] * 3 + [evaluation.ref] * 3
    assert len(listed(world, after=listed(world)[3].cursor)) == 2
    assert astray(world.engine).differences == []


def test_what_was_altered_by_hand_is_told_and_put_right(evaluation: Evaluated) -> None:
    world = evaluation.world
    evaluation.answer(ASSURER, "publishing", "publish")
    before = figures(world)
    with world.engine.transaction() as session:
        session.execute(update(Recommendation).values(answer="accepted"))
        session.execute(delete(CriterionRating).where(CriterionRating.criterion == "impact"))
        session.execute(update(KeyAction).values(open=False))
    told = astray(world.engine)
    make_follow(world.engine, told)

    assert told.differences != []
    assert figures(world) == before
    assert astray(world.engine).differences == []


def test_a_report_that_is_sent_back_and_answered_anew_counts_as_it_was_accepted(
    world: World,
) -> None:
    evaluation = ended(world)
    evaluation.terms_set()
    evaluation.taken_on()
    evaluation.reported()
    evaluation.responded()
    evaluation.answer(ASSURER, "accepting", "return_response", "By when?")
    again = [{**each, "response": "rejected"} for each in RESPONSE["responses"]]
    evaluation.responded({"responses": again})
    evaluation.answer(ASSURER, "accepting", "accept")
    evaluation.answer(ASSURER, "publishing", "publish")

    assert figures(world).recommendations == {"rejected": len(REPORT["recommendations"])}
    assert figures(world).actions == {}


def test_an_action_for_a_far_day_brings_its_year_and_none_between(evaluation: Evaluated) -> None:
    world = evaluation.world
    evaluation.answer(ASSURER, "publishing", "publish")
    with world.engine.transaction() as session:
        session.execute(
            update(KeyAction)
            .where(KeyAction.party_id == world.party("undp"))
            .values(due=date(9999, 12, 31), year=9999)
        )

    assert figures(world).years == (9999, 2027, 2026)
    assert figures(world).year == 2026
    assert figures(world, year=9999).actions == {"open": 1}


def test_a_row_of_what_follows_no_lifecycle_hides_no_other(evaluation: Evaluated) -> None:
    world = evaluation.world
    of = select(LifecycleCase.id).where(LifecycleCase.definition_id.is_(None)).limit(1)
    with world.engine.transaction() as session:
        odd = session.scalars(of).one()
        said = {"criterion": "impact", "points": 6, "year": 2026, "open": True}
        session.execute(insert(CriterionRating).values(case_id=odd, **said))
        session.execute(delete(Recommendation))

    assert {number for number, _ in astray(world.engine).results} > {odd}
