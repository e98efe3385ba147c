"""Which cases there are that are no programmes, for whoever may know of them."""

from pathlib import Path

from tests.support.world import World
from workflow.engine.commands.open_case import publish
from workflow.lifecycles.loader.files import load_file
from workflow.programmes.alone import begin
from workflow.programmes.lists.other_cases import CaseLine, cases_about, open_cases
from workflow.vocabulary import Stage

FRAMEWORK = load_file(Path("config/lifecycles/framework.toml"))


def listed(world: World, who: str) -> tuple[CaseLine, ...]:
    with world.engine.reading() as session:
        person = world.person(who)
        return cases_about(session, world.engine, person, "framework", world.clock())


def test_the_newest_stands_first_and_a_draft_is_the_house_s(world: World) -> None:
    publish(world.engine, FRAMEWORK)
    programme = world.programme("screening")
    house, officer = world.party("special-unit"), world.person("jane.okello")
    first, second = (
        begin(world.engine, officer, house, {"title": title}, lifecycle=FRAMEWORK.key).ref
        for title in ("First", "Second")
    )

    mine, others = listed(world, "jane.okello"), listed(world, "joao.lima")

    assert [(each.ref, each.title, each.state) for each in mine] == [
        (second, "Second", "Formulation"), (first, "First", "Formulation"),
    ]  # fmt: skip
    assert others == ()
    assert programme not in {each.ref for each in mine}
    assert (mine[0].lifecycle, mine[0].ended) == ("Cooperation framework", False)


def test_what_is_open_and_no_programme_stands_there_with_whose_move_it_is(world: World) -> None:
    publish(world.engine, FRAMEWORK)
    world.programme("screening")
    officer, house = world.person("jane.okello"), world.party("special-unit")
    first, ended = (
        begin(world.engine, officer, house, {"title": title}, lifecycle=FRAMEWORK.key).ref
        for title in ("First", "Second")
    )
    world.answer(ended, "withdrawing", "elena.petrova", "withdraw", "Not this year.")

    def found(who: str, stage: Stage | None = None) -> list[tuple[str, list[str]]]:
        with world.engine.reading() as session:
            cases = open_cases(session, world.engine, world.person(who), stage, world.clock())
        return [(each.line.ref, [move.round_key for move in each.moves]) for each in cases]

    assert found("jane.okello") == [(first, ["beginning"])]
    assert found("jane.okello", Stage.APPROVAL) == []
    assert found("ravi.chand") == [(first, ["beginning"])]
    assert found("joao.lima") == [], "it is the house's alone"
