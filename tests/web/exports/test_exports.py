"""Taking histories away on the page: for auditors alone, put on record once, as asked for."""

import json
import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import text
from werkzeug.test import TestResponse

from tests.support.visitors import Enter
from tests.support.world import World
from tests.workflow.exports import reading

AUDITOR = "marie.laurent"
FORMATS = ("xes", "ocel", "ocel-sqlite", "csv", "xlsx")


def take(enter: Enter, **asked: str) -> TestResponse:
    answer = enter(AUDITOR).post("/exports", {"form": "xes", **asked})
    answer.get_data()
    answer.close()
    return answer


def kept(answer: TestResponse, folder: Path) -> Path:
    target = folder / "taken"
    target.write_bytes(answer.get_data())
    return target


def told(world: World) -> list[tuple[str, dict[str, Any]]]:
    """What the trail says of copies: on which case, and of what."""
    with world.engine.database.connect() as connection:
        rows = connection.execute(text("select body from event where type = 'history.exported'"))
        bodies = [json.loads(bytes(row[0])) for row in rows]
    return [(body["case"], body["what"]) for body in bodies]


@pytest.mark.parametrize("form", FORMATS)
def test_an_auditor_takes_away_one_history_in_every_format(
    world: World, enter: Enter, form: str
) -> None:
    ref = world.programme("screening")

    answer = take(enter, ref=ref, form=form)

    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith(f"attachment; filename=history-{ref}.")
    assert len(answer.get_data()) > 1000
    assert told(world) == [(ref, {})]


def test_a_portfolio_is_narrowed_and_recorded_once_on_the_register(
    world: World, enter: Enter, tmp_path: Path
) -> None:
    one, other = world.programme("screening"), world.programme("consultation")

    everything = take(enter)
    consulted = take(enter, stage="consultation", pseudonymous="y")

    assert list(reading.xes(kept(everything, tmp_path))) == [one, other]
    assert list(reading.xes(kept(consulted, tmp_path))) == [other]
    assert told(world) == [
        ("REGISTER", {"form": "xes", "cases": 2, "pseudonymous": False}),
        ("REGISTER", {"form": "xes", "cases": 1, "pseudonymous": True}),
    ]


def test_the_register_tells_of_it_in_words(world: World, enter: Enter) -> None:
    world.programme("screening")
    take(enter, form="csv", pseudonymous="y")

    page = enter(AUDITOR).page("/histories/REGISTER")

    assert "took a copy of 1 histories (csv)" in page
    assert "People stand in it under pseudonyms." in page


def test_a_workbook_holds_no_formula_whatever_the_title(world: World, enter: Enter) -> None:
    ref = world.programme("screening")
    with world.engine.database.begin() as connection:
        connection.execute(
            text("update lifecycle_case set title = '=1+1' where ref = :r"), {"r": ref}
        )

    answer = take(enter, ref=ref, form="xlsx")

    sheet = load_workbook(BytesIO(answer.get_data())).active
    assert sheet["B2"].value == "=1+1"
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {
        "s",
        "n",
        "d",
        "inlineStr",
    }


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"ref": "NO-1"}, "There is no history of this name."),
        ({"text": "no such words at all"}, "No history matches"),
        ({"form": "parquet"}, "Not a valid choice"),
        ({"since": "2026-03-02", "until": "2026-03-01"}, "The last day comes before the first."),
    ],
)
def test_what_cannot_be_taken_is_said_beside_the_field_and_not_recorded(
    world: World, enter: Enter, asked: dict[str, str], sentence: str
) -> None:
    world.programme("screening")

    answer = take(enter, **asked)

    assert answer.status_code == 422
    assert sentence in answer.get_data(as_text=True)
    assert told(world) == []


def test_an_address_may_name_what_is_to_be_taken(enter: Enter) -> None:
    page = enter(AUDITOR).page("/exports?ref=SSC-2026-007&stage=consultation")

    assert 'value="SSC-2026-007"' in page
    assert re.search(r'<input[^>]*checked[^>]*value="xes"', page)
    assert re.search(r'<option selected value="consultation"', page)


@pytest.mark.parametrize("who", ["elena.petrova", "priya.menon", "joao.lima"])
def test_nobody_else_may(world: World, enter: Enter, who: str) -> None:
    ref = world.programme("screening")
    visitor = enter(who)

    asked = visitor.get("/exports")
    sent = visitor.post("/exports", {"form": "xes", "ref": ref}, page="/programmes")

    assert (asked.status_code, sent.status_code) == (403, 403)
    assert told(world) == []
