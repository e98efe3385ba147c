"""Samples: the same for everybody who knows the seed, over the same events, whatever the database."""

import hashlib
import random
from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from tests.support.world import World
from workflow.audit.models import Event
from workflow.oversight.events.filters import EventFilters
from workflow.oversight.events.indexer import catch_up_wholly
from workflow.oversight.reviews.sample import Sample, drawn, sample

AUDITOR, OFFICER = "marie.laurent", "jane.okello"


def draw_in(world: World, seed: str, wanted: int, who: str = AUDITOR, **asked: Any) -> Sample:
    catch_up_wholly(world.engine)
    with world.engine.reading() as session:
        return sample(
            session, world.engine, world.person(who), EventFilters(**asked), seed=seed, wanted=wanted,
            now=world.engine.now(),
        )  # fmt: skip


def hashes(world: World) -> list[bytes]:
    with world.engine.reading() as session:
        return list(session.scalars(select(Event.hash)))


def some_hashes(count: int) -> Iterator[bytes]:
    return (hashlib.sha256(str(number).encode()).digest() for number in range(count))


def test_the_sample_is_what_the_stated_rule_yields(world: World) -> None:
    world.programme("consultation")

    found = draw_in(world, "2026-Q3", 12)

    by_the_rule = sorted(
        hashes(world), key=lambda each: hashlib.sha256(b"2026-Q3\0" + each).hexdigest()
    )
    assert [line.line.hash for line in found.lines] == by_the_rule[:12]
    assert found.population == len(by_the_rule)
    assert found.fingerprint == hashlib.sha256(b"".join(sorted(by_the_rule))).hexdigest()


def test_order_of_reading_changes_nothing() -> None:
    population = list(some_hashes(500))
    once = drawn("seed", population, 20)
    random.Random(7).shuffle(population)

    assert drawn("seed", population, 20) == once
    assert drawn("other", population, 20) != once


def test_a_larger_sample_holds_the_smaller_one() -> None:
    population = list(some_hashes(500))

    assert drawn("seed", population, 40)[:15] == drawn("seed", population, 15)


def test_every_event_is_as_likely_as_any_other() -> None:
    population = list(some_hashes(100))
    picked = [each for number in range(2000) for each in drawn(str(number), population, 10)]

    times = [picked.count(each) for each in population]

    # 200 times each on the average; five standard deviations are 67.
    assert all(133 < each < 267 for each in times)


def test_a_sample_is_drawn_again_after_more_has_happened(world: World) -> None:
    ref = world.programme("consultation")
    now = world.engine.now()
    first = draw_in(world, "again", 10, through=now)
    world.clock.pass_time(hours=3)
    world.answer(ref, "consultation", "paulo.sa", "support")

    second = draw_in(world, "again", 10, through=now)

    assert [line.id for line in second.lines] == [line.id for line in first.lines]
    assert second.fingerprint == first.fingerprint
    assert draw_in(world, "again", 10).fingerprint != first.fingerprint


def test_the_population_is_what_the_filters_leave_and_one_may_know_of(world: World) -> None:
    draft = world.programme("draft")
    shown = world.programme("screening")

    found = {who: draw_in(world, "s", 500, who) for who in (AUDITOR, OFFICER)}

    assert {line.ref for line in found[OFFICER].lines} == {shown}
    assert {line.ref for line in found[AUDITOR].lines} == {draft, shown, "REGISTER"}
    assert draw_in(world, "s", 5, kind="case.opened").population == 2


def test_of_few_all_are_drawn_and_of_none_nothing(world: World) -> None:
    ref = world.programme("draft")

    assert len(draw_in(world, "s", 50, ref=ref, kind="case.opened").lines) == 1
    assert draw_in(world, "s", 50, party="nowhere").lines == ()
