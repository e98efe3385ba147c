"""No page writes: each is opened on connections that refuse it.

That a session was seen, and that somebody looked at what is told of looks, is noted before: once a
minute and once an hour. Files to take away tell that they were taken, every time.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, event, select, text

from tests.architecture.test_routes import ROUTES
from tests.support import databases
from tests.support.demonstration import DEMONSTRATION, KINDS
from tests.support.visitors import Enter, entrance
from tests.support.world import World
from workflow.clock import utc_now
from workflow.engine.models import LifecycleCase, Round, Seat
from workflow.oversight.events.indexer import behind

# What is taken away, or is no page.
FILES = (
    ".csv", "/checkpoint", "/proof/", "/assets/", "/texts/", "/files/", "/readyz", "/livez", "/healthz", "/metrics", "/orders",
)  # fmt: skip
PEOPLE = ("marie.laurent", "jane.okello", "joao.lima", "priya.menon")
REFUSE = {"sqlite": "pragma query_only = on", "postgresql": "set transaction read only"}


@pytest.fixture(params=KINDS)
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    """The demonstration, of which nothing was derived from its events yet."""
    with databases.fresh(request.param, tmp_path, DEMONSTRATION) as url:
        world = World(url, utc_now())
        yield world
        world.close()


@pytest.fixture
def enter(world: World, tmp_path: Path) -> Enter:
    """Opens the site as somebody of the house."""
    return entrance(world, tmp_path)


def pages(world: World) -> list[str]:
    """The address of every page, of a programme whose round is open."""
    with world.engine.reading() as session:
        asked = session.execute(
            select(LifecycleCase.ref, Round.key, Round.turn, Seat.id)
            .join(Round, Round.case_id == LifecycleCase.id)
            .join(Seat, Seat.round_id == Round.id)
            .where(Round.status == "open", Round.key == "consultation")
        ).first()
    assert asked is not None
    ref, key, turn, seat = asked
    named = {
        "<ref>": ref, "<key>": key, "<int:turn>": str(turn), "<int:seat>": str(seat),
        "<kind>": "proposal", "<day>": "2026-01-31", "<int:seq>": "1", "<int:person_id>": "1",
        "<section>": "1", "<party>": "ind", "<int:number>": "1", "<token>": "made-up",
    }  # fmt: skip
    found = [rule.removeprefix("GET ") for rule in ROUTES if rule.startswith("GET ")]
    for name, value in named.items():
        found = [each.replace(name, value) for each in found]
    wanted = [each for each in found if not any(sign in each for sign in FILES)]
    return [each.replace("/frameworks/" + key, "/frameworks/F7") for each in wanted]


def refuse(connection: Connection) -> None:
    """Let nothing be written on this connection."""
    connection.execute(text(REFUSE[connection.dialect.name]))


@pytest.mark.proof(sample=2)
@pytest.mark.parametrize("who", PEOPLE)
def test_a_page_opens_where_nothing_can_be_written(world: World, enter: Enter, who: str) -> None:
    visitor, addresses = enter(who), pages(world)
    before = {each: visitor.get(each).status_code for each in addresses}

    event.listen(world.engine.database, "begin", refuse)
    after = {each: visitor.get(each).status_code for each in addresses}
    event.remove(world.engine.database, "begin", refuse)

    assert after == before
    assert set(before.values()) <= {200, 302, 303, 403, 404}
    assert sum(status == 200 for status in before.values()) > 15


def test_a_page_leaves_it_to_the_worker_to_find_events(world: World, enter: Enter) -> None:
    world.programme("screening")
    with world.engine.reading() as session:
        waiting = behind(session)

    enter("marie.laurent").page("/histories/events")

    with world.engine.reading() as session:
        assert behind(session) >= waiting > 0
