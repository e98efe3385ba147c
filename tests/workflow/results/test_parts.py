"""A consolidated report begins with the reports of its countries, and says where it differs from them."""

from decimal import Decimal
from typing import Any

import pytest

from tests.support.world import World
from tests.workflow.lifecycles.shipped.joint import MANAGERS, Joint
from tests.workflow.results.measured import (
    MANAGER,
    OFFICER,
    a_measured_programme,
    actual,
    owed,
    seen,
    until,
)
from workflow.programmes.documents.drafts import FormPage, form_page
from workflow.programmes.documents.versions import DocumentPage, document_page

TOLD = {
    "ago": {"received": "60000", "spent": "41000.50", "summary": "Thirty in Luanda."},
    "moz": {"received": "50000", "spent": "50000", "summary": "Forty in Maputo."},
}  # fmt: skip
LESSON = {
    "number": "1",
    "heading": "Begin with the permits",
    "context": "Two ministries.",
    "tried": "Courses began first.",
    "happened": "A year was lost.",
    "holds_for": "Whoever needs a permit.",
    "language": "en",
}
FIGURES = {"ago": actual("1.1", "30"), "moz": actual("1.1", "44")}


def told(joint: Joint, country: str, *, accept: bool = True, **said: Any) -> str:
    """What one country reports of its half-year."""
    ref = owed(joint)[country]
    tell = joint.report if accept else joint.send_report
    tell(ref, MANAGERS[country], actuals=[FIGURES[country]], **TOLD[country], **said)
    return ref


@pytest.fixture
def joint(world: World) -> Joint:
    """A programme whose first year is over, of which one country has reported."""
    joint = a_measured_programme(world)
    told(joint, "ago")
    until(joint, 2027, 1, 10)
    return joint


def form(joint: Joint) -> FormPage:
    world = joint.world
    with world.engine.reading() as session:
        return form_page(
            session, world.engine, world.person(MANAGER), owed(joint)[""], kind="report"
        )


def shown(joint: Joint, ref: str) -> DocumentPage:
    world = joint.world
    with world.engine.reading() as session:
        return document_page(
            session, world.engine, world.person(OFFICER), ref, kind="report", version=None
        )


def test_it_begins_with_the_money_and_the_words_of_the_reports_that_were_accepted(
    joint: Joint,
) -> None:
    told(joint, "moz", lessons=[LESSON])

    content = form(joint).content

    assert (content["received"], content["spent"]) == ("110000", "91000.50")
    assert "Thirty in Luanda." in content["summary"]
    assert "Mozambique, " in content["summary"]
    assert "Forty in Maputo." in content["summary"]
    assert "lessons" not in content, "each has a case of its own under the report of its country"
    assert [each["value"] for each in content["actuals"] if "value" in each] == ["74"]


def test_what_waits_or_is_owed_is_named_and_not_counted(joint: Joint) -> None:
    waiting = told(joint, "moz", accept=False)

    page = form(joint)

    assert page.content["received"] == "60000"
    assert page.parts is not None
    assert [each.ref for each in page.parts.missing] == [waiting]
    assert len(page.parts.told) == 1


def test_where_it_says_something_else_is_shown_figure_by_figure(joint: Joint) -> None:
    told(joint, "moz")
    ref = owed(joint)[""]
    joint.send_report(ref, MANAGER, received="110000", spent="99000", actuals=[actual("1.1", "80")])

    parts = shown(joint, ref).parts

    assert parts is not None
    assert {
        (each.field.key if each.field else each.statement): each.by for each in parts.figures
    } == {
        "received": None,
        "spent": Decimal("7999.50"),
        "1.1 Technicians certified": Decimal(6),
    }
    assert parts.differ == 2
    assert seen(joint, ref=ref).beside == parts


def test_a_report_of_a_part_has_no_parts_beside_it(joint: Joint) -> None:
    ref = told(joint, "moz")

    assert shown(joint, ref).parts is None


def test_a_text_for_which_there_is_no_room_is_named_by_its_report(world: World) -> None:
    joint = a_measured_programme(world)
    long = "A long account. " * 300
    for country in ("ago", "moz"):
        ref = owed(joint)[country]
        joint.report(ref, MANAGERS[country], **{**TOLD[country], "summary": long})
    until(joint, 2027, 1, 10)

    summary = form(joint).content["summary"]

    assert len(summary) <= 6000
    assert summary.count(long.strip()) == 1
    assert ref in summary
