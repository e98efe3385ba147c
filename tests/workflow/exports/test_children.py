"""Cases under a programme in exports: one by its name in every form, and none among the programmes of a portfolio."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.databases import fresh_sqlite
from tests.support.world import HOUSE, World
from tests.workflow.engine.cases.family import ALL, KIND, OFFICER, REF, above, begun, part
from workflow.exports.export import FORMS, ExportRequest, export
from workflow.exports.population import population
from workflow.programmes.lists.filters import ProgrammeFilters


@pytest.fixture
def family(tmp_path: Path) -> Iterator[World]:
    """A programme that was closed once its part had ended."""
    with fresh_sqlite(tmp_path, HOUSE) as url:
        world = World(url)
        begun(world, part(), above(ALL, part={**KIND, "for_each": "beneficiary"}))
        world.answer(REF, "start", OFFICER, "go")
        for number in (1, 2):
            world.answer(f"{REF}.{number}", "task", OFFICER, "done")
        world.answer(REF, "closing", OFFICER, "close")
        yield world
        world.close()


def named(world: World, ref: str = "") -> list[int]:
    with world.engine.reading() as session:
        person, now = world.person("marie.laurent"), world.engine.now()
        return list(population(session, person, ref, ProgrammeFilters(), now))


def test_a_portfolio_is_taken_away_without_them(family: World) -> None:
    assert named(family) == named(family, REF)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("ref", [REF, f"{REF}.1"])
def test_each_is_written_in_every_form(family: World, tmp_path: Path, form: str, ref: str) -> None:
    target = tmp_path / f"copy.{FORMS[form].ending}"

    events = export(family.engine, named(family, ref), ExportRequest(form), target)

    assert events > 2
    assert target.stat().st_size > 0


def test_an_event_names_what_was_opened_and_its_party(family: World, tmp_path: Path) -> None:
    target = tmp_path / "copy.jsonocel"

    export(family.engine, named(family, REF), ExportRequest("ocel"), target)

    told = json.loads(target.read_text(encoding="utf-8"))
    opened = [each for each in told["events"] if each["type"] == "case.child_opened"]
    said = {each["name"]: each["value"] for each in opened[0]["attributes"]}
    assert (said["ref"], said["kind"], said["party"]) == (f"{REF}.1", "part", "ago")
    assert {"objectId": "party/ago", "qualifier": "concerns"} in opened[0]["relationships"]
