"""The dossier of a programme whose parties an amendment changed verifies, with the seats that went and came."""

from pathlib import Path

from tests.workflow.dossiers.handed import Log, examined, witnessed
from tests.workflow.engine.cases.family import OFFICER, REF, begun, part
from tests.workflow.lifecycles.amendments.amended import PLAN
from tests.workflow.lifecycles.shipped.carrying import SHIPPED
from tests.workflow.lifecycles.shipped.test_parties_change import LEAVING, agreeing, heard
from workflow.engine.commands.open_case import publish
from workflow.lifecycles.loader.files import load_file


def test_who_left_by_an_amendment_is_told_in_it(log: Log, tmp_path: Path) -> None:
    world, of_part = log.world, part()
    of_part["states"]["y"]["overtaken_by_parent"] = True
    publish(world.engine, load_file(SHIPPED / "amendment.toml"))
    begun(world, of_part, agreeing())
    world.file(REF, "paper", OFFICER, PLAN)
    world.answer(REF, "start", OFFICER, "go")
    heard(world, LEAVING)

    dossier, policy = witnessed(log, REF, tmp_path, bare=True)

    assert examined(dossier, policy).faults == []
