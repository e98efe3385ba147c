"""A world of many random histories, and every export of it."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.support.databases import fresh_sqlite
from tests.support.sizes import sized
from tests.support.walks import bodies, walk_cases
from tests.support.world import HOUSE, World
from workflow.exports.export import FORMS, ExportRequest, export
from workflow.exports.traces import chosen

CASES = sized(40, 10_000)
Exported = Callable[..., Path]


@pytest.fixture(scope="session")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The demo's house with random histories and one that the real commands told."""
    with fresh_sqlite(tmp_path_factory.mktemp("walks"), HOUSE) as url:
        world = World(url)
        world.honest = False  # The random histories have no rows beside their events.
        walk_cases(world.engine, CASES, seed=7)
        world.programme("decision")
        yield world
        world.close()


@pytest.fixture(scope="session")
def exported(walked: World, tmp_path_factory: pytest.TempPathFactory) -> Exported:
    """Writes the export of every case in one form, once for each wish."""
    folder, done = tmp_path_factory.mktemp("exports"), dict[ExportRequest, Path]()

    def one(form: str, *, again: int = 0, **wished: Any) -> Path:
        wish = replace(ExportRequest(form), **wished)
        if again or wish not in done:
            target = folder / f"{len(done)}-{again}.{FORMS[form].ending}"
            export(walked.engine, ids(walked), wish, target)
            done[wish] = target
        return done[wish]

    return one


@pytest.fixture(scope="session")
def trail(walked: World) -> dict[str, list[dict[str, Any]]]:
    """What the trail itself says, read past the exports."""
    with walked.engine.reading() as session:
        refs = session.connection().exec_driver_sql(
            "select ref from lifecycle_case where definition_id is not null order by id"
        )
        return {ref: bodies(session, ref) for (ref,) in list(refs)}


def ids(world: World) -> list[int]:
    with world.engine.reading() as session:
        return chosen(session)
