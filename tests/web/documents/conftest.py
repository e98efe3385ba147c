"""A draft, and the browser of who writes it."""

import pytest

from tests.support.visitors import Enter, Visitor
from tests.support.world import World


@pytest.fixture
def draft(world: World) -> str:
    return world.programme("draft")


@pytest.fixture
def submitter(enter: Enter) -> Visitor:
    return enter("joao.lima")
