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
from workflow.oversight.reviews.sample import Sample, sample

AUDITOR, OFFICER = "marie.laurent", "jane.okello"


def test_portions_draw_the_sample_that_is_drawn_at_once(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.programmes("draft", "consultation")
    catch_up_wholly(world.engine)

    for who, sizes in ((AUDITOR, (1, 5_000)), (OFFICER, (7, 5_000))):
        once, every = at_once(world, who)
        for size in sizes:
            monkeypatch.setattr(large_sample, "PORTION", size)
            shown, told = in_portions(world, who)
            assert shown == once, f"{who}, {size} events a portion"
            assert told[-1] == (every, every)


def at_once(world: World, who: str) -> tuple[Sample, int]:
    """The sample that `who` draws at once, and how many events there are."""
    with world.engine.reading() as session:
        once = sample(
            session, world.engine, world.person(who), EventFilters(), seed="2026-Q3", wanted=12,
            now=world.engine.now(),
        )  # fmt: skip
        return once, len(session.scalars(select(Event.id)).all())


def in_portions(world: World, who: str) -> tuple[Sample, list[tuple[int, int]]]:
    """The sample that `who` draws portion by portion, and how far it was after each."""
    told: list[tuple[int, int]] = []
    found = draw_large(
        world.engine, world.person(who), EventFilters(), seed="2026-Q3", wanted=12,
        now=world.engine.now(), progress=lambda done, whole: told.append((done, whole)),
    )  # fmt: skip
    with world.engine.reading() as session:
        return as_drawn(session, world.engine, found, EventFilters(), "2026-Q3", 12), told


def test_of_none_nothing_is_drawn(world: World) -> None:
    found = draw_large(
        world.engine, world.person(AUDITOR), EventFilters(party="nowhere"), seed="s", wanted=5,
        now=world.engine.now(),
    )  # fmt: skip

    assert found == Drawn((), 0, hashlib.sha256(b"").hexdigest())
    assert Drawn.read(found.said()) == found
