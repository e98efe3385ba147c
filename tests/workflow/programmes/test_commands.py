"""Beginning a proposal: once for each request, and only for one's own party."""

import pytest

from tests.support.world import World
from workflow.errors import Invalid, KeyReused, NotAuthorised
from workflow.programmes.commands import propose


def test_a_proposal_needs_only_a_title_to_begin(world: World) -> None:
    begun = propose(world.engine, world.person("joao.lima"), world.party("moz"), {"title": "Seeds"})

    assert begun.ref == "SSC-2026-001"
    assert world.state(begun.ref) == "draft"


def test_the_same_request_begins_one_proposal(world: World) -> None:
    joao, mozambique = world.person("joao.lima"), world.party("moz")

    first = propose(world.engine, joao, mozambique, {"title": "Seeds"}, "a-key")
    second = propose(world.engine, joao, mozambique, {"title": "Seeds"}, "a-key")

    assert first == second


def test_a_key_with_another_title_is_refused(world: World) -> None:
    joao, mozambique = world.person("joao.lima"), world.party("moz")
    propose(world.engine, joao, mozambique, {"title": "Seeds"}, "a-key")

    with pytest.raises(KeyReused):
        propose(world.engine, joao, mozambique, {"title": "Roots"}, "a-key")


def test_a_key_that_is_none_is_refused(world: World) -> None:
    joao, mozambique = world.person("joao.lima"), world.party("moz")

    with pytest.raises(Invalid, match="This form is damaged"):
        propose(world.engine, joao, mozambique, {"title": "Seeds"}, "a\x00key")


@pytest.mark.parametrize(
    "content", [{"title": "Se\x00eds"}, {"title": "Seeds", "objective": "Grow\x00."}]
)
def test_a_text_that_hides_something_is_refused_beside_its_field(
    world: World, content: dict[str, str]
) -> None:
    joao, mozambique = world.person("joao.lima"), world.party("moz")

    with pytest.raises(Invalid) as refused:
        propose(world.engine, joao, mozambique, content)

    assert [key for key in refused.value.faults if "\x00" in content[key]] == [*content][-1:]


def test_nobody_proposes_for_another_party(world: World) -> None:
    with pytest.raises(NotAuthorised, match="Only a submitter"):
        propose(world.engine, world.person("joao.lima"), world.party("wsm"), {"title": "Seeds"})
