"""A worker of an installation makes what was ordered on its pages, on both databases."""

from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.support.programs import started
from tests.support.visitors import SECRET
from tests.support.world import World
from tests.workflow.dossiers.handed import FONTS
from web.orders.kinds import KINDS
from workflow.dossiers.collect import DossierRequest
from workflow.dossiers.orders import fetch, last_order, order
from workflow.orders.kinds import OrderKind
from workflow.orders.lines import OrderLine
from workflow.orders.shelf import Shelf


@pytest.mark.proof(either=True)
@pytest.mark.processes
def test_a_worker_makes_what_was_ordered(house_url: str, tmp_path: Path) -> None:
    world, shelf = World(house_url), Shelf(tmp_path / "dossiers")
    FONTS.mkdir(exist_ok=True)
    (tmp_path / "cache").symlink_to(FONTS, target_is_directory=True)
    ref, marie = world.programme("screening"), world.person("marie.laurent")
    number = order(world.engine, marie, DossierRequest(ref, marie), "en")

    def finished() -> OrderLine | None:
        with world.engine.reading() as session:
            line = last_order(session, shelf, marie, ref, world.engine.now())
        return line if line is not None and not line.unfinished else None

    chosen = {"home": tmp_path, "database_url": house_url, "secret_key": SECRET}
    with started("worker", **chosen) as worker:
        line = worker.until(finished)

    assert line is not None
    assert (line.state, line.problem) == ("ready", "")
    with fetch(world.engine, shelf, marie, ref, number) as file, ZipFile(file) as package:
        assert "history.pdf" in package.namelist()
    world.close()


def test_every_kind_of_file_that_can_be_ordered_can_be_made() -> None:
    assert {*KINDS, OrderKind.DOSSIER} == set(OrderKind)
