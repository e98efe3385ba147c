"""The demo: real programmes imported, live ones brought to their states by real commands."""

from collections import Counter
from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from tests.support import databases
from tests.support.demonstration import DEMONSTRATION, KINDS, files
from workflow.assembly.engine import open_engine
from workflow.audit.models import Event
from workflow.audit.verification.verify import verify
from workflow.blockers.filters import BlockerFilters
from workflow.blockers.lines import blockers
from workflow.clock import utc_now
from workflow.demo import joint
from workflow.demo.countries import third
from workflow.demo.house import BESIDE
from workflow.demo.partners import acts as partners
from workflow.engine.children.models import ChildCase
from workflow.engine.children.schedule_models import ChildSchedule
from workflow.engine.document_models import Attachment
from workflow.engine.engine import Engine
from workflow.engine.models import DefinitionVersion, LifecycleCase, Round, SignOff
from workflow.evaluations.models import Recommendation
from workflow.frameworks.models import Framework, FrameworkCourse
from workflow.ledger.models import MoneyEntry, MoneyMovement, WaitingMovement
from workflow.ledger.promises.payments import payments
from workflow.lifecycles.texts.translation import LANGUAGES
from workflow.month.months import Month
from workflow.month.page import month_page
from workflow.oversight.checks.lists import astray
from workflow.oversight.events.indexer import catch_up_wholly
from workflow.partners.lists import PartnerFilters, partner_list
from workflow.people.models import Person
from workflow.programmes.models import ImportedProgramme
from workflow.programmes.training.page import training_page
from workflow.programmes.visible_case import visible_case
from workflow.sharing.models import SharedEntry, SharedUse


@pytest.fixture(params=KINDS)
def demo(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """The demo as it was loaded into an empty database."""
    with _copy(request.param, tmp_path) as url:
        engine = open_engine(url)
        yield engine
        engine.database.dispose()


def _copy(kind: str, folder: Path) -> AbstractContextManager[str]:
    if kind == "sqlite":
        return databases.fresh_sqlite(folder, DEMONSTRATION)
    return databases.fresh_postgresql(DEMONSTRATION)


def test_every_stage_holds_live_programmes_with_genuine_histories(demo: Engine) -> None:
    with demo.reading() as session:
        live = session.execute(
            select(LifecycleCase.stage, func.count(Event.id))
            .join(Event, Event.case_id == LifecycleCase.id)
            .outerjoin(ImportedProgramme, ImportedProgramme.case_id == LifecycleCase.id)
            .where(LifecycleCase.subject == "programme", ImportedProgramme.case_id.is_(None))
            .group_by(LifecycleCase.id, LifecycleCase.stage)
        ).all()

    stages = Counter(stage for stage, _ in live)
    assert len(live) >= 8
    assert {"proposal", "consultation", "approval", "implementation", "evaluation"} <= set(stages)
    assert max(events for _, events in live) > 80


def test_an_imported_programme_has_one_event_and_no_sign_off(demo: Engine) -> None:
    with demo.reading() as session:
        events = session.execute(
            select(func.count(Event.id))
            .join(ImportedProgramme, ImportedProgramme.case_id == Event.case_id)
            .group_by(Event.case_id)
        ).all()

    assert [tuple(count) for count in events] == [(1,)] * 109


def test_every_act_is_dated_in_the_past(demo: Engine) -> None:
    with demo.reading() as session:
        first, last = session.execute(select(func.min(Event.at), func.max(Event.at))).one()

    assert last < utc_now()
    assert last - first > timedelta(days=900)


def test_the_history_verifies(demo: Engine) -> None:
    checked = verify(demo.database)

    assert checked.differences == []
    assert checked.events > 600


def test_lists_and_searches_say_what_the_demo_says(demo: Engine) -> None:
    catch_up_wholly(demo)

    assert astray(demo).differences == []


def test_attached_letters_have_their_bytes(demo: Engine) -> None:
    store = files()
    with demo.reading() as session:
        digests = set(session.scalars(select(Attachment.digest)))

    assert all(store.path(digest).stat().st_size > 0 for digest in digests)


def test_a_joint_programme_runs_in_two_countries_with_reports_and_one_part_suspended(
    demo: Engine,
) -> None:
    with demo.reading() as session:
        rows = session.execute(
            select(LifecycleCase.subject, LifecycleCase.state, func.count())
            .join(ChildCase, ChildCase.case_id == LifecycleCase.id)
            .group_by(LifecycleCase.subject, LifecycleCase.state)
        ).all()
        above = select(LifecycleCase.state).join(
            DefinitionVersion, DefinitionVersion.id == LifecycleCase.definition_id
        )
        states = session.scalars(above.where(DefinitionVersion.key == "joint-programme")).all()
        late = session.scalar(
            select(func.count()).where(ChildSchedule.opens_at <= utc_now() - timedelta(days=1))
        )

    found = {(subject, state): count for subject, state, count in rows}
    assert states == ["running"]
    assert (found["part", "running"], found["part", "suspended"]) == (1, 1)
    assert found["report", "accepted"] >= 8
    assert late == 0


def test_the_register_tells_of_the_lifecycle_before_anything_follows_it(demo: Engine) -> None:
    with demo.reading() as session:
        told = session.scalars(
            select(Event.type).where(Event.type.like("lifecycle%")).order_by(Event.id)
        ).all()
        opened = session.scalar(select(func.min(Event.id)).where(Event.type == "case.opened"))
        first = session.scalar(
            select(func.min(Event.id)).where(Event.type == "lifecycle.published")
        )

    beside = len(BESIDE)
    assert told[: beside + 1 + len(LANGUAGES)] == [
        *["lifecycle.published"] * (beside + 1), *["lifecycle.worded"] * len(LANGUAGES),
    ]  # fmt: skip
    others = (*joint.LIFECYCLES, *partners.LIFECYCLES, *third.LIFECYCLES)
    assert told.count("lifecycle.published") == beside + 1 + len(others)
    assert first < opened


def test_countries_share_something_of_each_kind_and_one_waits_for_a_second_person(
    demo: Engine,
) -> None:
    with demo.reading() as session:
        entries = session.scalars(select(SharedEntry).order_by(SharedEntry.id)).all()
        uses = session.scalars(select(SharedUse)).all()

    assert {each.kind for each in entries} == {"solution", "institution", "expert"}
    assert [each.state for each in entries] == [*["listed"] * 4, "waiting"]
    assert len(uses) == 1


def test_five_programmes_have_money_in_three_currencies_some_of_which_waits(demo: Engine) -> None:
    with demo.reading() as session:
        kept = session.execute(
            select(MoneyMovement.case_id, MoneyEntry.currency, MoneyMovement.moved_on)
            .join(MoneyEntry, MoneyEntry.movement_id == MoneyMovement.id)
            .distinct()
        ).all()
        waiting = session.scalar(select(func.count()).select_from(WaitingMovement))

    assert len({row.case_id for row in kept}) == 5
    assert {row.currency for row in kept} == {"USD", "EUR", "JPY"}
    days = [row.moved_on for row in kept]
    assert max(days) - min(days) > timedelta(days=730)
    assert waiting == 3


def test_three_programmes_in_delivery_have_two_years_of_plans_reports_and_money(
    demo: Engine,
) -> None:
    above = aliased(LifecycleCase)
    asked = (
        select(above.title, LifecycleCase.subject, func.min(ChildCase.period_from), func.max(ChildCase.period_to))
        .join(ChildCase, ChildCase.case_id == LifecycleCase.id)
        .join(above, above.id == ChildCase.parent_id)
        .where(
            LifecycleCase.subject.in_(("plan", "report")),
            LifecycleCase.state.in_(("in_force", "accepted")),
            above.stage == "implementation",
            above.subject == "programme",
        )
        .group_by(above.title, LifecycleCase.subject)
    )  # fmt: skip
    money = (
        select(above.title, func.min(MoneyMovement.moved_on), func.max(MoneyMovement.moved_on))
        .join(above, above.id == MoneyMovement.case_id)
        .group_by(above.title)
    )
    with demo.reading() as session:
        told = session.execute(asked).all()
        moved = {title: last - first for title, first, last in session.execute(money)}

    years = {(title, subject): (last - first).days for title, subject, first, last in told}
    running = {title for title, _ in years}
    assert len(running) >= 3
    assert all(years[title, "plan"] >= 700 and years[title, "report"] >= 360 for title in running)
    assert all(moved[title] > timedelta(days=700) for title in running)


def test_one_is_suspended_one_amended_and_what_blocks_is_of_several_ages(demo: Engine) -> None:
    with demo.reading() as session:
        states = set(session.execute(select(LifecycleCase.subject, LifecycleCase.state)).all())
        lines = blockers(session, demo, None, BlockerFilters(), demo.now()).lines
        late = session.scalar(select(func.count(Event.id)).where(Event.type == "facts.amended"))

    assert {("programme", "suspended"), ("amendment", "in_effect")} <= states
    assert {("action", "in_hand"), ("action", "planned")} <= states
    assert {("evaluation", "follow_up"), ("evaluation", "comments")} <= states
    # One amendment, and two agreements that took effect.
    assert late == 1 + 2
    assert [each.state.key for each in lines] == [
        "with_director", "with_convenor", "with_owner", "with_owner",
    ]  # fmt: skip
    assert lines[0].days > 90 > lines[1].days > 30 > lines[2].days > 7 > lines[3].days
    assert [each.risk for each in lines] == [False, False, False, True]


def test_one_that_runs_was_evaluated_with_each_recommendation_answered_and_actions_open(
    demo: Engine,
) -> None:
    above, action = aliased(LifecycleCase), aliased(LifecycleCase)
    asked = (
        select(above.title, above.state, action.state)
        .join(ChildCase, ChildCase.parent_id == above.id)
        .join(LifecycleCase, LifecycleCase.id == ChildCase.case_id)
        .join(action, action.ref.startswith(LifecycleCase.ref + "."))
        .where(LifecycleCase.subject == "evaluation", action.subject == "action")
    )
    with demo.reading() as session:
        found = session.execute(asked).all()
        answered = session.execute(
            select(Recommendation.answer, func.count())
            .join(LifecycleCase, LifecycleCase.id == Recommendation.case_id)
            .where(LifecycleCase.subject == "evaluation", LifecycleCase.state == "follow_up")
            .group_by(Recommendation.answer)
        ).all()

    assert [tuple(each) for each in found if each[1] == "active"] == [
        ("Water meters that villages read themselves", "active", "in_hand")
    ] * 2
    # Those that were evaluated as they ended; of one of them an action is in hand and one waits.
    assert {state for _, above, state in found if above == "closed"} == {"done"}
    ended = [state for _, above, state in found if above == "operational_closure"]
    assert {"done", "in_hand", "planned"} == {*ended}
    assert dict(answered) == {"accepted": 2, "partly_accepted": 2, "rejected": 1}


def test_whoever_evaluated_a_programme_half_way_leaves_another_evaluator_for_its_end(
    demo: Engine,
) -> None:
    asked = (
        select(Person.email)
        .join(SignOff, SignOff.person_id == Person.id)
        .join(Round, Round.id == SignOff.round_id)
        .where(Round.key == "taking_on")
    )
    with demo.reading() as session:
        found = {each.partition("@")[0] for each in session.scalars(asked)}

    assert found == {"nadia.haddad", "farida.nazarova"}


def test_a_manager_of_the_demo_has_something_late_something_near_and_something_ahead(
    demo: Engine,
) -> None:
    with demo.reading() as session:
        manager = session.scalars(
            select(Person.id).where(Person.email.startswith("beatriz.costa@"))
        ).one()
        page = month_page(session, demo, manager, Month.of(demo.now()), demo.now())

    near = (*page.week, *page.later)
    falling = [each for month in page.ahead.months for each in month.falling]
    assert len(page.late) >= 1
    assert len(near) + len(falling) >= 2
    assert any(month.cases for month in page.ahead.months)


def test_of_two_donors_one_is_refused_at_its_vetting_and_training_tells_who_came(
    demo: Engine,
) -> None:
    with demo.reading() as session:
        listed = partner_list(session, None, PartnerFilters(), demo.now().date()).lines
        refs = dict(session.execute(select(LifecycleCase.title, LifecycleCase.ref)).all())
        by = session.scalars(select(Person.id).where(Person.email.like("joao.lima@%"))).one()
        training = training_page(session, demo, by, refs["Solar pumps that the village repairs"])
        kept = payments(session, visible_case(session, demo, by, refs["Soil laboratories for small farms"]).id)  # fmt: skip

    assert [(each.key, each.standing) for each in listed] == [
        ("jpn", "undecided"), ("meridian", "refused"), ("nor", "vetted"), ("swe", "soon"),
    ]  # fmt: skip
    assert [each.held for each in training.courses] == [True, False]
    assert (training.total.places, training.total.came) == (30, 19)
    assert [(each.source, each.currency) for each in kept] == [("nor", "NOK"), ("nor", "NOK")]


def test_the_third_framework_came_about_in_a_case_and_stands_in_force_under_its_symbol(
    demo: Engine,
) -> None:
    with demo.reading() as session:
        came = (
            select(Framework.key, Framework.symbol, LifecycleCase.state)
            .join(FrameworkCourse, FrameworkCourse.framework_id == Framework.id)
            .join(LifecycleCase, LifecycleCase.id == FrameworkCourse.case_id)
        )

        assert session.execute(came).all() == [("F3", "DP/CF/SSC/3", "in_force")]
