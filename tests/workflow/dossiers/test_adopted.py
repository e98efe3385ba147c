"""The dossier of a programme that was begun elsewhere tells what happened here, and checks."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest

from tests.support import databases
from tests.support.world import World
from tests.workflow.dossiers.handed import Log, examined, hand, house, members
from tests.workflow.programmes.records import ADOPTABLE, CONFIRMING, RECORDS, write_record
from workflow.demo.play import LETTER
from workflow.dossiers.collect import DossierRequest
from workflow.programmes.adoption import acts
from workflow.programmes.adoption.acts import new_key
from workflow.programmes.adoption.papers import BroughtIn, bring_in
from workflow.programmes.adoption.placement import PlaceRecord, place

OFFICER = "jane.okello"


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Log]:
    """A log over what was imported into the house."""
    with databases.fresh_sqlite(tmp_path, RECORDS) as url:
        world = World(url)
        yield Log(world, tmp_path)
        world.close()


def adopted(world: World, of: Path) -> None:
    """Take a record up, its papers kept where a dossier finds them."""
    officer, version = world.person(OFFICER), world.version(ADOPTABLE)
    placed = PlaceRecord(
        ADOPTABLE, version, new_key(), "operational_closure",
        parties={"executing_agency": ("undp",)},
    )  # fmt: skip
    place(world.engine, officer, placed)
    write_record(world, ADOPTABLE, OFFICER)
    files = house(of).files
    for kind in ("project_document", "final_report"):
        file = files.keep(f"{kind}.pdf", BytesIO(LETTER))
        day = world.engine.now().date()
        bring_in(world.engine, officer, ADOPTABLE, BroughtIn(kind, file, day))
    acts.put(world.engine, officer, ADOPTABLE, "adoption", "It goes on.")
    for who in CONFIRMING:
        acts.confirm(world.engine, world.person(who), ADOPTABLE, "confirm", "")


@pytest.mark.proof(apart=True)
def test_a_dossier_of_an_adopted_programme_checks_and_tells_no_earlier_life(
    log: Log, tmp_path: Path
) -> None:
    adopted(log.world, tmp_path)
    log.state_heads()
    dossier, policy = tmp_path / "dossier.zip", tmp_path / "policy.txt"
    hand(log.world, DossierRequest(ADOPTABLE, None), dossier, house(tmp_path, log))
    policy.write_text(log.policy)

    report = examined(dossier, policy)

    assert report.faults == []
    inside = members(dossier)
    events = [body for name, body in sorted(inside.items()) if name.startswith("events/")]
    assert sum(b'"type":"programme.imported"' in body for body in events) == 1
    assert sum(b'"type":"state.entered"' in body for body in events) == 1
    assert sum(name.startswith("definitions/") for name in inside) == 1
    told = b"".join(
        body for name, body in inside.items() if name.endswith((".html", ".txt", ".csv"))
    )
    assert b"Taken into management" in told
