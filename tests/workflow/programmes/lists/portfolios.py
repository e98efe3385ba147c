"""Programmes for lists to hold: some written here, some brought in."""

from dataclasses import replace
from typing import Any

from tests.support.world import NURSES, PROPOSAL, World
from tests.workflow.programmes.samples import a_file
from workflow.people.groupings.commands import take_in_groupings
from workflow.programmes.imports.run import import_programmes, read_content

OFFICER, AUDITOR, SUBMITTER = "jane.okello", "marie.laurent", "joao.lima"


def bring_in(world: World, *rows: dict[str, str]) -> None:
    """Bring these programmes in from a file."""
    definition_id, definition = world.engine.published("programme-standard")
    states = {key: state.stage.value for key, state in definition.states.items()}
    with world.engine.transaction() as session:
        import_programmes(
            session, read_content("programmes.csv", a_file(*rows)), now=world.engine.now(),
            opener=None, definition_id=definition_id, states=states,
        )  # fmt: skip


def group(world: World) -> None:
    """Have the groupings of the reference list entered."""
    with world.engine.transaction() as session:
        take_in_groupings(session, by=None, now=world.engine.now())


def titled(world: World, title: str, state: str = "screening", **changed: Any) -> str:
    """A programme with this title, in a state; its reference."""
    story = replace(
        NURSES, texts={**NURSES.texts, "proposal": {**PROPOSAL, "title": title, **changed}}
    )
    return world.programme(state, story)
