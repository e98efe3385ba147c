"""The course of a lifecycle as a file: everything of it is in it, and what is left out is said."""

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.support.visitors import Enter
from tests.workflow.engine.lifecycles import edited, put
from tests.workflow.lifecycles.with_children import with_children
from web.lifecycles.bpmn.elements import BPMN
from web.lifecycles.bpmn.process import bpmn
from web.lifecycles.svg import svg
from workflow.lifecycles.course import course
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.loader.files import from_tables, load_file

SHIPPED = sorted(Path("config/lifecycles").glob("*.toml"))
PARENT = from_tables(with_children(), "parent.toml")
MARKED = '"Draft" <3 & co'


@pytest.fixture(params=[*SHIPPED, None], ids=lambda file: file.stem if file else "parent")
def definition(request: pytest.FixtureRequest) -> Definition:
    """Each lifecycle that is shipped, and one whose cases open others."""
    file: Path | None = request.param
    return load_file(file) if file else PARENT


def found(written: bytes, kind: str) -> list[ET.Element]:
    return list(ET.fromstring(written).iter(f"{{{BPMN}}}{kind}"))


def test_bpmn_holds_every_state_every_round_and_every_passage(definition: Definition) -> None:
    written = bpmn(definition)

    going_on = [state for state in definition.states.values() if not state.final]
    passages = course(definition).passages
    assert [node.get("name") for node in found(written, "adHocSubProcess")] == [
        state.label for state in going_on
    ]
    assert [node.get("name") for node in found(written, "userTask")] == [
        spec.label for state in going_on for spec in definition.rounds_in(state.key)
    ]
    assert len(found(written, "conditionExpression")) == len(passages)
    assert len(found(written, "endEvent")) == sum(passage.end.final for passage in passages)


def test_every_flow_of_bpmn_leads_from_something_to_something(definition: Definition) -> None:
    written = bpmn(definition)

    known = {each.get("id") for each in ET.fromstring(written).iter()}
    flows = found(written, "sequenceFlow")
    assert {flow.get(end) for flow in flows for end in ("sourceRef", "targetRef")} <= known
    ids = [each.get("id") for each in ET.fromstring(written).iter() if each.get("id")]
    assert len(ids) == len(set(ids))


def test_bpmn_names_what_it_leaves_out_of_this_lifecycle_and_nothing_else() -> None:
    standard, emergency = (
        load_file(Path("config/lifecycles") / f"{name}.toml")
        for name in ("programme-standard", "emergency")
    )

    told = [found(bpmn(each), "documentation")[0].text or "" for each in (standard, emergency)]

    assert ["clocks that stand still" in each for each in told] == [True, False]
    assert all("silence that decides" in each and "majority" in each for each in told)


def test_bpmn_calls_the_lifecycle_of_a_child_case_wherever_it_can_open() -> None:
    written = bpmn(PARENT)

    calls = {each.get("id"): each for each in found(written, "callActivity")}
    assert len(calls) == sum(len(each) for each in course(PARENT).children.values())
    report = calls["state_suspended_child_progress_report"]
    assert report.get("calledElement") == "progress-report"
    assert "every year, due by 31 January" in "".join(report.itertext())
    flows = {
        (each.get("sourceRef"), each.get("targetRef")) for each in found(written, "sequenceFlow")
    }
    assert ("state_active_round_suspension", "state_active_child_amendment") in flows
    drawn = {each.get("bpmnElement") for each in ET.fromstring(written).iter()}
    assert calls.keys() <= drawn
    assert "by which schedule or on which condition" in (
        found(written, "documentation")[0].text or ""
    )


def test_the_picture_says_which_child_cases_open_where() -> None:
    said = " ".join(ET.fromstring(svg(PARENT)).itertext())

    assert "Delivery + Progress report, Country's part, Amendment" in said
    assert "+5" in said


def test_words_are_words_in_both_files() -> None:
    marked = from_tables(edited(put("states/draft/label", MARKED)), "marked.toml")

    assert found(bpmn(marked), "adHocSubProcess")[0].get("name") == MARKED
    said = ["".join(each.itertext()) for each in ET.fromstring(svg(marked)).iter()]
    assert any(MARKED in each for each in said)


def test_the_picture_says_every_passage_in_words(definition: Definition) -> None:
    said = " ".join(ET.fromstring(svg(definition)).itertext())

    laid = course(definition)
    assert all(f"{each.start.label} → {each.end.label}: " in said for each in laid.onward)
    led = [(end, passages) for end, passages in laid.ends if passages]
    assert all(f"{end.label} ← {passages[0].start.label}" in said for end, passages in led)
    assert all(end.overtaken_by_parent for end, passages in laid.ends if not passages)


@pytest.mark.parametrize(
    ("ending", "kind"), [("svg", "image/svg+xml"), ("bpmn", "application/xml")]
)
def test_both_are_handed_out_by_the_page(enter: Enter, ending: str, kind: str) -> None:
    standard = load_file(Path("config/lifecycles/programme-standard.toml"))
    page = f"/lifecycles/{standard.key}/versions/{standard.mark}"
    visitor = enter("li.wei")

    answer = visitor.get(f"{page}/course.{ending}")

    assert f"{page}/course.{ending}" in visitor.get(page).text
    assert (answer.status_code, answer.mimetype) == (200, kind)
    assert answer.headers["Content-Disposition"] == f"attachment; filename=course.{ending}"
    assert ET.fromstring(answer.data) is not None
    assert (
        visitor.get(f"/lifecycles/{standard.key}/versions/none/course.{ending}").status_code == 404
    )
