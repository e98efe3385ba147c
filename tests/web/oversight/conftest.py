"""Auditors who look once the worker has found everything that was recorded before."""

from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.support.visitors import Enter, Visitor, entrance
from tests.support.world import World
from workflow.oversight.events.indexer import catch_up_wholly


class Patient(Visitor):
    """A browser of somebody who lets the worker find every event before they look."""

    def __init__(self, visitor: Visitor, world: World) -> None:
        super().__init__(visitor.flask)
        self._world = world

    def get(self, address: str, **options: Any) -> TestResponse:
        """Open an address once everything recorded before can be found."""
        catch_up_wholly(self._world.engine)
        return super().get(address, **options)


@pytest.fixture
def enter(world: World, tmp_path: Path) -> Enter:
    """Opens the site as somebody of the house."""
    opened = entrance(world, tmp_path)
    return lambda key: Patient(opened(key), world)
