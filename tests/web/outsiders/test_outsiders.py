"""Outsiders at every address of every case: they read what is open to everybody, and nothing else."""

import json
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event

from tests.architecture.test_routes import ROUTES
from tests.support.sizes import evenly, sized
from tests.support.visitors import Enter
from tests.support.world import World
from tests.web.outsiders.addresses import (
    OF_A_CASE,
    OF_MANY,
    OF_NONE,
    ROOMS_OF_NONE,
    addresses,
)
from tests.web.outsiders.cases import known_cases
from tests.web.outsiders.conftest import ANOTHER_BOARD
from tests.web.outsiders.walk import leaks, told_in_lists

# What the demonstration holds, with a draft that was withdrawn before it was sent.
CASES, TWELVE = 135, 12
# All twelve in a proof; each of them walks by several hundred addresses of a case.
PEOPLE, LOOKERS = sized(1, TWELVE), sized(1, 60)


def test_every_address_says_what_of_a_case_it_yields() -> None:
    opened = {rule.removeprefix("GET ") for rule in ROUTES if rule.startswith("GET ")}
    others = {rule for rule in opened if not rule.startswith(ROOMS_OF_NONE)}

    assert others == {*OF_A_CASE, *OF_MANY, *OF_NONE}


@pytest.mark.proof(sample=1)
@pytest.mark.parametrize("place", range(CASES))
def test_twelve_outsiders_read_nothing_that_is_closed(
    world: World, enter: Enter, place: int
) -> None:
    cases = known_cases(world)
    assert len(cases) == CASES
    case = cases[place]
    outside = evenly(case.outsiders, PEOPLE)

    met = [leaks(case, enter(who)) for who in outside]

    print(json.dumps({
        "case": case.ref, "state": case.state, "people": len(outside), "secrets": len(case.secrets),
        "requests": sum(tried for tried, _ in met), "leaks": sum(len(each) for _, each in met),
    }))  # fmt: skip
    assert case.secrets
    assert [
        f"{who} {each}" for who, (_, found) in zip(outside, met, strict=True) for each in found
    ] == []


def test_no_list_tells_anybody_of_a_case_that_they_are_outside_of(
    world: World, enter: Enter
) -> None:
    cases = known_cases(world)
    people = sorted({who for case in cases for who in case.outsiders})

    met = {who: told_in_lists(cases, enter(who), who) for who in evenly(people, LOOKERS)}

    print(json.dumps({
        "people": len(met), "requests": sum(tried for tried, _ in met.values()),
        "leaks": sum(len(found) for _, found in met.values()),
    }))  # fmt: skip
    assert [f"{who} {each}" for who, (_, found) in met.items() for each in found] == []


@pytest.mark.proof(apart=True)
def test_a_member_of_another_board_reads_nothing_of_what_their_country_is_asked_on_this_one(
    world: World, enter: Enter
) -> None:
    case = next(
        each
        for each in known_cases(world)
        if ANOTHER_BOARD in each.outsiders and "bra" in each.parties and each.state == "decision"
    )

    tried, met = leaks(case, enter(ANOTHER_BOARD))

    assert case.secrets
    assert tried
    assert met == []


@pytest.mark.proof(apart=True)
def test_an_auditor_on_the_same_walk_meets_what_is_closed_to_outsiders(
    world: World, enter: Enter
) -> None:
    case = next(each for each in known_cases(world) if each.state == "screening")

    _, met = leaks(case, enter("marie.laurent"))

    for part in ("/documents/", "/files/", "/rounds/", "event ", "history.csv: row "):
        assert any(part in each for each in met), part


@contextmanager
def _statements(world: World) -> Iterator[list[str]]:
    """Everything that is asked of the database until the block ends, by whoever is refused as well."""
    found: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        found.append(statement)

    event.listen(world.engine.database, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(world.engine.database, "before_cursor_execute", note)


def test_every_address_of_a_case_asks_who_looks_at_it(world: World, enter: Enter) -> None:
    case = next(each for each in known_cases(world) if each.state == "appraisal")
    visitor, silent = enter("jane.okello"), set(OF_A_CASE)
    # One leads on to a day and reads nothing.
    silent.remove("/histories/<ref>/on")

    for rule, address in addresses(case):
        if rule in silent:
            with _statements(world) as asked:
                visitor.get(address).close()
            if any("AS takes_part" in each for each in asked):
                silent.remove(rule)

    filled = {rule for rule, _ in addresses(case)}
    assert silent & filled == set()
