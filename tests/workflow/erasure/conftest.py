"""A programme on which something was said that somebody wants gone."""

import pytest

from tests.support.world import World
from tests.workflow.erasure.acts import SECRET


@pytest.fixture
def ref(world: World) -> str:
    """A programme on which one country has given a reason that somebody wants gone."""
    ref = world.programme("consultation")
    world.answer(ref, "consultation", "paulo.sa", "support_with_comments", SECRET)
    return ref
