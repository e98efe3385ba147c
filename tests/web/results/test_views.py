"""The results of a programme on their page: read without a colour, taken away, and linked."""

import csv
import io
import re
import zipfile
from xml.etree import ElementTree as ET

import pytest

from tests.support.visitors import Enter, told
from tests.support.world import World
from tests.workflow.lifecycles.shipped.joint import Joint
from tests.workflow.results.measured import OFFICER, a_measured_programme, actual, report

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@pytest.fixture
def joint(world: World) -> Joint:
    """Two countries have reported on one indicator, one of them on another."""
    joint = a_measured_programme(world)
    report(joint, "ago", actual("1.1", "30", of_which="12"), actual("1.2", "9.5"))
    report(
        joint, "moz", actual("1.1", "44", of_which="33", verified_by="South Africa"), accept=False
    )
    return joint


def test_each_indicator_says_its_state_in_words_and_why(joint: Joint, enter: Enter) -> None:
    page = enter(OFFICER).get(f"/programmes/{joint.ref}/results")

    said = told(page)
    assert page.status_code == 200
    assert "women 12 (40 %)" in said
    assert "not reported by: Mozambique" in said
    assert "reported, not accepted yet: 44" in said
    assert "not given" in said
    assert "nothing to draw" in said
    assert "Nothing is reported of it." in said
    assert "has not reported" in said
    assert 'role="img"' in page.text
    assert "style=" not in page.text


def test_the_programme_and_its_parts_lead_there_and_what_states_none_leads_above(
    joint: Joint, enter: Enter
) -> None:
    part = next(iter(joint.below()))
    done = next(iter(joint.below(part)))
    officer = enter(OFFICER)

    programme = officer.get(f"/programmes/{joint.ref}")
    of_part = officer.get(f"/programmes/{part}")
    of_report = officer.get(f"/programmes/{done}")
    above = officer.get(f"/programmes/{done}/results")

    assert f'href="/programmes/{joint.ref}/results"' in programme.text
    assert f'href="/programmes/{part}/results"' in of_part.text
    assert f'href="/programmes/{done}/results"' not in of_report.text
    assert f'href="/programmes/{joint.ref}/results"' in above.text


def test_the_table_and_the_workbook_say_what_the_page_says(joint: Joint, enter: Enter) -> None:
    officer, address = enter(OFFICER), f"/programmes/{joint.ref}/results"

    table = officer.get(f"{address}.csv")
    book = officer.get(f"{address}.xlsx")

    rows = list(csv.DictReader(io.StringIO(table.get_data().decode("utf-8-sig"))))
    assert [(r["number"], r["actual"], r["of_which"], r["state"]) for r in rows] == [
        ("1.1", "30", "12", rows[0]["state"]), ("1.2", "9.5", "", rows[1]["state"]), ("1.3", "", "", "not reported"),
    ]  # fmt: skip
    assert all(row["state"] in told(officer.get(address)) for row in rows)
    cells = numbers(book.get_data())
    assert [each for each in (30.0, 44.0, 9.5) if each not in cells] == []


def numbers(book: bytes) -> list[float]:
    """Every number of a workbook."""
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        sheets = [name for name in archive.namelist() if re.match(r"xl/worksheets/sheet\d", name)]
        trees = [ET.fromstring(archive.read(name)) for name in sheets]  # our own file
    found = (cell for tree in trees for cell in tree.iter(f"{SHEET}c") if cell.get("t") is None)
    return [float(value.text or 0) for cell in found for value in cell.iter(f"{SHEET}v")]


def test_it_is_shown_as_it_stood_on_another_day(joint: Joint, enter: Enter) -> None:
    page = enter(OFFICER).get(f"/programmes/{joint.ref}/results?on=2026-01-31")
    odd = enter(OFFICER).get(f"/programmes/{joint.ref}/results?on=yesterday")

    assert told(page).count("not given") == 3
    assert odd.status_code == 200


def test_a_programme_without_indicators_says_where_they_would_stand(
    world: World, enter: Enter
) -> None:
    bare = Joint(world)

    page = enter("joao.lima").get(f"/programmes/{bare.ref}/results")

    assert "No indicators are stated" in told(page)


def test_nobody_learns_of_a_draft_by_its_results(world: World, enter: Enter) -> None:
    draft = Joint(world)

    answers = [enter("li.wei").get(f"/programmes/{draft.ref}/results{end}") for end in ("", ".csv", ".xlsx")]  # fmt: skip

    assert [each.status_code for each in answers] == [404] * 3


def test_a_report_is_refused_at_its_field_on_its_page(joint: Joint, enter: Enter) -> None:
    part = list(joint.below())[1]
    ref = next(iter(joint.below(part)))
    joint.world.answer(ref, "accepting", OFFICER, "return", "Who verified it?")
    manager = enter("joao.lima")
    address = f"/programmes/{ref}/documents/report/edit/results"
    page = manager.get(address)
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page.text))
    typed = {
        "field-actuals-0-indicator": "1.1", "field-actuals-0-value": "44", "field-actuals-0-means": "",
        "field-summary": "Many passed.",
    }  # fmt: skip

    answer = manager.post(address, data={**hidden, **typed, "action": "save"})

    assert "1.1 · Technicians certified" in page.text
    assert answer.status_code == 422
    assert "say how the figure of 1.1 can be verified; it was to be by: register" in told(answer)
    assert 'value="44"' in answer.text
