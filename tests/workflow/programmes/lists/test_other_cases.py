"""Which cases there are that are no programmes, for whoever may know of them."""

from pathlib import Path

from tests.support.world import World
from workflow.engine.commands.open_case import publish
from workflow.lifecycles.loader.files import load_file
from workflow.programmes.alone import begin
from workflow.programmes.lists.other_cases import CaseLine, cases_about

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
