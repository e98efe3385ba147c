"""What the standard lifecycle does beside its states: closure that waits, amendments, results, moves from earlier versions."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.world import NURSES, TEXTS, World
from tests.workflow.engine.migration.second_version import moving, seen
from tests.workflow.lifecycles.evaluations.evaluated import Evaluated, final
from tests.workflow.lifecycles.evaluations.test_by_rule import costing
from tests.workflow.lifecycles.shipped.carrying import SHIPPED
from tests.workflow.lifecycles.shipped.test_blocker import TOLD
from workflow.audit.verification.verify import verify
from workflow.demo import path, yearly
from workflow.engine.commands.open_case import publish
from workflow.engine.migration.migrate import migrate_each
from workflow.errors import Refusal, RoundClosed
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.loader.files import load_file
from workflow.programmes.documents.drafts import form_page
from workflow.programmes.results.page import results_page
from workflow.results.lights import Light

SECOND, THIRD = (
    load_file(SHIPPED / "earlier" / number / "programme-standard.toml") for number in ("2", "3")
)
NOW = load_file(Path(SHIPPED / "programme-standard.toml"))
AGENCY, ASSURER, MANAGER = "kenji.watanabe", "oluwaseun.ade", "beatriz.costa"
OFFICER = "jane.okello"
FINANCE, DIRECTOR = "tom.becker", "elena.petrova"
MODULES = {
    "code": "1", "output": "Courses", "indicator": "modules accredited", "unit": "modules",
    "direction": "more", "baseline": "0", "baseline_on": "2027-01-01", "target": "12",
    "means": "register of the open university",
}  # fmt: skip


def evaluated(world: World) -> tuple[str, Evaluated]:
    """A programme of which the final evaluation was published, with two of three recommendations accepted."""
    ref = world.programme("operational_closure", replace(NURSES, texts=costing(3_000_000)))
    evaluation = final(world, ref)
    evaluation.accepted()
    evaluation.answer(ASSURER, "publishing", "publish")
    statement = TEXTS["final_financial_statement"]
    world.file(ref, "final_financial_statement", FINANCE, statement)
    world.attach(ref, "asset_transfer", FINANCE, "asset-transfer.pdf")
    return ref, evaluation


def test_each_recommendation_that_was_accepted_has_its_action_and_closure_waits_for_all(
    world: World,
) -> None:
    ref, evaluation = evaluated(world)
    open_ones = yearly.below(world, evaluation.ref, "action")
    with pytest.raises(RoundClosed, match=evaluation.ref):
        world.answer(ref, "closure", FINANCE, "certify")
    for each, who in zip(open_ones, (AGENCY, OFFICER), strict=True):
        with pytest.raises(RoundClosed, match=each):
            evaluation.answer(ASSURER, "ending", "end")
        yearly.act(world, each, who, ASSURER)
    with pytest.raises(RoundClosed, match=evaluation.ref):
        world.answer(ref, "closure", FINANCE, "certify")

    assert open_ones == [f"{evaluation.ref}.1", f"{evaluation.ref}.2"]
    assert world.state(ref) == "operational_closure"


def test_with_every_action_ended_two_people_close_it(world: World) -> None:
    ref, evaluation = evaluated(world)
    actions = yearly.below(world, evaluation.ref, "action")
    for each, who in zip(actions, (AGENCY, OFFICER), strict=True):
        yearly.act(world, each, who, ASSURER)
    evaluation.answer(ASSURER, "ending", "end")
    for who in (FINANCE, DIRECTOR):
        world.answer(ref, "closure", who, "certify")

    assert world.state(ref) == "closed"
    assert verify(world.engine.database).sound


@pytest.mark.parametrize("state", ["inception", "active", "operational_closure"])
def test_the_manager_asks_for_an_amendment_beside_it_and_nobody_else(
    world: World, state: str
) -> None:
    ref = world.programme(state)
    with pytest.raises(Refusal):
        world.answer(ref, "asking_for_an_amendment", AGENCY, "ask", "The site was flooded.")
    world.answer(ref, "asking_for_an_amendment", MANAGER, "ask", "The site was flooded.")
    world.answer(ref, "asking_for_an_amendment", MANAGER, "ask", "And the tutors change.")

    assert yearly.below(world, ref, "amendment") == [f"{ref}.1", f"{ref}.2"]
    assert world.state(ref) == state


@pytest.mark.parametrize("who", [MANAGER, AGENCY, "graca.mabunda", "jane.okello"])
def test_whoever_takes_part_raises_what_blocks_it_and_is_asked_to_tell_it(
    world: World, who: str
) -> None:
    ref = world.programme("active")
    with pytest.raises(Refusal):
        world.answer(ref, "raising_a_blocker", "nadia.haddad", "raise", "I heard of it.")
    # What blocks is told in its form; whoever raises it need not say it twice.
    for reason in ("", "The clinic has no power."):
        world.answer(ref, "raising_a_blocker", who, "raise", reason)
    first, second = yearly.below(world, ref, "blocker")
    world.file(second, "blocker", who, TOLD)
    world.answer(second, "telling", who, "tell", answers={"owner": "undp"})

    assert (world.state(first), world.state(second)) == ("raised", "with_owner")
    assert world.state(ref) == "active"
    assert verify(world.engine.database).sound


def test_what_blocks_it_is_overtaken_as_it_is_closed(world: World) -> None:
    ref = world.programme("active")
    world.answer(ref, "raising_a_blocker", MANAGER, "raise", "Customs hold the reagents.")
    (blocker,) = yearly.below(world, ref, "blocker")
    path.carry(world, ref, NURSES, "closed")

    assert world.state(blocker) == "no_longer"


def test_a_work_plan_begins_with_the_year_that_it_is_asked_for(world: World) -> None:
    ref = world.programme("active")
    asked: list[yearly.OwedCase] = []
    while not asked and (at := yearly.next_act(world)) is not None:
        yearly.come(world, at)
        asked = [each for each in yearly.owed(world, ref) if each.subject == "plan"]
    plan = asked[0]

    with world.engine.reading() as session:
        manager = world.person(MANAGER)
        form = form_page(session, world.engine, manager, plan.ref, kind="plan")

    assert form.content == {"period_start": f"{plan.first}", "period_end": f"{plan.last}"}


def on(version: Definition, world: World, state: str) -> str:
    """A programme in a state of a house that had an earlier version."""
    publish(world.engine, version)
    ref = path.begin(world, NURSES)
    path.carry(world, ref, NURSES, state)
    return ref


@pytest.mark.parametrize(
    ("version", "state"),
    [
        (SECOND, "draft"), (SECOND, "decision"), (SECOND, "inception"), (THIRD, "formulation"),
        (THIRD, "active"),
    ],
    ids=lambda each: each if isinstance(each, str) else each.version,
)  # fmt: skip
def test_a_programme_moves_from_an_earlier_version(
    world: World, version: Definition, state: str
) -> None:
    ref = on(version, world, state)

    (moved,) = migrate_each(world.engine, seen(world, ref), moving(world, NOW))
    path.carry(world, ref, NURSES, "active")

    assert moved.reasons == ()
    assert verify(world.engine.database).sound


def test_one_in_delivery_goes_on_by_the_second_version_and_is_told_why(world: World) -> None:
    ref = on(SECOND, world, "active")

    (moved,) = migrate_each(world.engine, seen(world, ref), moving(world, NOW))
    world.clock.pass_time(days=200)
    report = {"period_end": "2027-03-31", "results": "Six.", "spent": "1", "lessons": "Begin."}
    world.file(ref, "progress_report", MANAGER, report)
    world.answer(ref, "yearly_report", MANAGER, "report")

    assert [str(each) for each in moved.reasons] == [
        "The round “Work plan of the next year” is gone; say which takes its place.",
        "The round “Progress report of the year” is gone; say which takes its place.",
    ]
    assert world.state(ref) == "active"


def test_its_reports_are_held_against_the_indicators_of_its_project_document(world: World) -> None:
    measured = {**TEXTS["project_document"], "indicators": [MODULES]}
    story = replace(NURSES, texts={**TEXTS, "project_document": measured})
    ref = world.programme("active", story)
    while not (owed := [each for each in yearly.owed(world, ref) if each.subject == "report"]):
        at = yearly.next_act(world)
        assert at is not None
        yearly.come(world, at)
    period = {"period_start": f"{owed[0].first}", "period_end": f"{owed[0].last}"}
    text = {
        **TEXTS["report"],
        **period,
        "actuals": [{"indicator": "1", "value": "8", "means": "register"}],
    }
    yearly.report(world, owed[0].ref, text, MANAGER, "jane.okello")

    with world.engine.reading() as session:
        (line,) = results_page(session, world.engine, world.person(MANAGER), ref).lines

    assert line.standing.actual is not None
    assert (line.indicator.code, line.standing.actual.value) == ("1", 8)
    assert line.standing.light is Light.ON_TRACK
