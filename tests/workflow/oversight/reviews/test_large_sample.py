"""A sample of a large population is the very sample of the stated rule, whatever a portion holds."""

import hashlib

import pytest
from sqlalchemy import select

from tests.support.world import World
from workflow.audit.models import Event
from workflow.oversight.events.filters import EventFilters
from workflow.oversight.events.indexer import catch_up_wholly
from workflow.oversight.reviews import large_sample
from workflow.oversight.reviews.large_sample import Drawn, as_drawn, draw_large
from workflow.oversight.reviews.sample import sample

AUDITOR, OFFICER = "marie.laurent", "jane.okello"


@pytest.mark.parametrize("size", [1, 7, 5_000])
@pytest.mark.parametrize("who", [AUDITOR, OFFICER])
def test_portions_draw_the_sample_that_is_drawn_at_once(
    world: World, monkeypatch: pytest.MonkeyPatch, size: int, who: str
) -> None:
    world.programme("consultation")
    world.programme("draft")
    catch_up_wholly(world.engine)
    monkeypatch.setattr(large_sample, "PORTION", size)
    person, now, told = world.person(who), world.engine.now(), list[tuple[int, int]]()

    found = draw_large(
        world.engine, person, EventFilters(), seed="2026-Q3", wanted=12, now=now,
        progress=lambda done, whole: told.append((done, whole)),
    )  # fmt: skip

    with world.engine.reading() as session:
        once = sample(
            session, world.engine, person, EventFilters(), seed="2026-Q3", wanted=12, now=now
        )
        shown = as_drawn(session, world.engine, found, EventFilters(), "2026-Q3", 12)
        every = len(session.scalars(select(Event.id)).all())
    assert shown == once
    assert told[-1] == (every, every)


def test_of_none_nothing_is_drawn(world: World) -> None:
    found = draw_large(
        world.engine, world.person(AUDITOR), EventFilters(party="nowhere"), seed="s", wanted=5,
        now=world.engine.now(),
    )  # fmt: skip

    assert found == Drawn((), 0, hashlib.sha256(b"").hexdigest())
    assert Drawn.read(found.said()) == found
