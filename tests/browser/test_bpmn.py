"""The BPMN of a lifecycle, read and drawn by another program."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.support.chromium import MODULES
from tests.workflow.lifecycles.with_children import with_children
from web.lifecycles.bpmn.process import bpmn
from workflow.lifecycles.course import course
from workflow.lifecycles.loader.files import from_tables, load_file

VIEWER = MODULES / "bpmn-js" / "dist" / "bpmn-viewer.production.min.js"
SHIPPED = sorted(Path("config/lifecycles").glob("*.toml"))
DRAWN = """async (xml) => {
  const viewer = new BpmnJS({container: '#picture', width: 1200, height: 900});
  const {warnings} = await viewer.importXML(xml);
  viewer.get('canvas').zoom('fit-viewport');
  const count = (type) => viewer.get('elementRegistry')
    .filter((each) => each.type === type && each.di).length;
  return {
    warnings: warnings.map((each) => each.message),
    states: count('bpmn:AdHocSubProcess'),
    ends: count('bpmn:EndEvent'),
    rounds: count('bpmn:UserTask'),
    children: count('bpmn:CallActivity'),
  };
}"""


@pytest.mark.parametrize("file", [*SHIPPED, None], ids=lambda file: file.stem if file else "parent")
def test_another_program_draws_every_state_and_every_passage(page: Page, file: Path | None) -> None:
    definition = load_file(file) if file else from_tables(with_children(), "parent.toml")
    page.set_content('<div id="picture"></div>')
    page.add_script_tag(path=VIEWER)

    found = page.evaluate(DRAWN, bpmn(definition).decode())

    assert found == {
        "warnings": [],
        # Each has a diagram of its own, beside its place in the whole.
        "states": 2 * sum(not state.final for state in definition.states.values()),
        "ends": sum(passage.end.final for passage in course(definition).passages),
        "rounds": sum(len(definition.rounds_in(state)) for state in definition.states),
        "children": sum(len(kinds) for kinds in course(definition).children.values()),
    }
