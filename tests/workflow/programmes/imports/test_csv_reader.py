from pathlib import Path

import pytest

from tests.workflow.programmes.samples import GIVEN, REAL, a_file, row
from workflow.errors import FaultyFile
from workflow.programmes.imports.rows import COLUMNS
from workflow.programmes.imports.run import read_content, read_file

HEADER = ",".join(COLUMNS)


def faults(content: bytes) -> list[str]:
    with pytest.raises(FaultyFile) as refusal:
        read_content("some.csv", content)
    return [str(fault) for fault in refusal.value.faults]


def test_all_real_programmes_are_read_without_a_fault() -> None:
    rows = read_file(REAL)

    assert len(rows) == 109
    assert [rows[0].key, rows[-1].key] == ["P001", "P109"]
    assert rows[0].leads == ("IND", "BRA", "ZAF")
    assert len({row.digest for row in rows}) == 109


def test_the_carried_file_reads_as_the_given_one() -> None:
    if not GIVEN.exists():
        pytest.skip("The given file is not at hand here, so the carried one stands alone.")

    assert read_file(REAL) == read_file(GIVEN)


def test_a_sound_row_is_read_whole() -> None:
    (row,) = read_content("some.csv", a_file({"donors": "IND; Perez-Guerrero Trust Fund"}))

    assert row.ref == "SSC-T1"
    assert row.donors == ("IND", "Perez-Guerrero Trust Fund")
    assert row.goals == (("sdg", 2), ("mdg", 1))
    assert str(row.budget) == "1550000"
    assert row.agencies == ("UNDP",)


BAD_CELLS = [
    ("id", "", "is empty"),
    ("id", "2026-001", '"2026-001" cannot be an id'),
    ("id", "a b", '"a b" cannot be an id'),
    ("id", "x" * 37, "has 37 characters; at most 36"),
    ("title", "", "is empty"),
    ("title", "x" * 301, "has 301 characters; at most 300"),
    ("title", "null\0byte", "No text may hold U+0000, NULL, at “null”"),
    ("title", "\u200b", "is empty"),
    ("title", "turned\u202eround", "No text may hold U+202E, RIGHT-TO-LEFT OVERRIDE"),
    ("fund", "x" * 121, "at most 120"),
    ("modality", "x" * 61, "at most 60"),
    ("lead_countries", "IND;XXX", '"XXX" is not a country code; expected is a code of three'),
    ("lead_countries", "ind", '"ind" is not a country code; expected is IND'),
    ("lead_countries", "India", '"India" is not a country code; expected is IND'),
    ("lead_countries", "IND;;BRA", "has an empty place"),
    ("lead_countries", "IND;IND", '"IND" stands there twice'),
    ("lead_countries", "JPN", "led by a traditional donor alone"),
    ("lead_countries", "JPN;NOR", "led by a traditional donor alone"),
    ("beneficiary_countries", "IND,BRA", '"IND,BRA" is not a country code'),
    ("donors", "ZZZ", '"ZZZ" is not a country code'),
    ("donors", "jpn", "expected is JPN"),
    ("donors", "Japan", "expected is JPN"),
    ("executing_agency", "UNDP;UNDP", '"UNDP" stands there twice'),
    ("dac_sector_code", "", "is empty"),
    ("dac_sector_code", "31121", '"31121" is not a purpose code in force'),
    ("sdg", "0", '"0" is not a goal; expected are numbers from 1 to 17'),
    ("sdg", "3;18", '"18" is not a goal'),
    ("sdg", "three", '"three" is not a goal'),
    ("sdg", "03", '"03" is not a goal'),
    ("mdg", "9", "expected are numbers from 1 to 8"),
    ("sdg_basis", "guess", '"guess" is not known; expected is source or inferred'),
    ("approved", "soon", '"soon" cannot be read as a date'),
    ("start", "2011-13", '"2011-13" cannot be read as a date'),
    ("start", "31/12/2011", "expected is a year, a month or a day"),
    ("start", "2011-7", '"2011-7" cannot be read as a date'),
    ("end", "2015-02-29", '"2015-02-29" cannot be read as a date'),
    ("end", "٢٠١٥", "cannot be read as a date"),
    ("end", "2011-06", "2011-06 lies before the start, 2011-07"),
    ("end", "2010", "2010 lies before the start"),
    ("end_planned", "2011-06-30", "lies before the start"),
    ("status_as_of", "20140", '"20140" cannot be read as a date'),
    ("budget_usd", "-1", '"-1" is not an amount; expected are dollars, zero or more'),
    ("budget_usd", "1,000", '"1,000" is not an amount'),
    ("budget_usd", "USD 5", '"USD 5" is not an amount'),
    ("budget_usd", "1.005", '"1.005" is not an amount'),
    ("budget_usd", "1e5", '"1e5" is not an amount'),
    ("budget_usd", "NaN", '"NaN" is not an amount'),
    ("budget_usd", "999999999999999", "is not an amount"),
    ("status", "", "is empty"),
    ("status", "done", '"done" is not known; expected is proposed, '),
    ("summary", "x" * 4001, "at most 4000"),
    ("source", "", "is empty"),
    ("confidence", "", "is empty"),
    ("confidence", "sure", "expected is high, medium or low"),
]


@pytest.mark.parametrize(("column", "value", "why"), BAD_CELLS)
def test_a_bad_cell_is_named_by_line_and_column(column: str, value: str, why: str) -> None:
    found = faults(a_file({}, {column: value}, {}))

    assert len(found) == 1
    assert found[0].startswith(f"some.csv, line 3, column {column}: ")
    assert why in found[0]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("start", "2011"),
        ("start", "2011-07-01"),
        ("end", "2011"),
        ("end", "2012-02-29"),
        ("budget_usd", "0"),
        ("budget_usd", "498750.50"),
        ("lead_countries", "JPN;IND"),
        ("lead_countries", "TUR"),
        ("lead_countries", ""),
        ("donors", ""),
        ("executing_agency", "not stated"),
        ("summary", "Two lines,\none of them with “quotes”."),
        ("title", "Côte d\u2019Ivoire\u00a0: semences"),
        ("sdg", " 3 ; 10 "),
    ],
)
def test_what_is_unusual_but_sound_is_taken(column: str, value: str) -> None:
    rows = read_content("some.csv", a_file({column: value}))

    assert len(rows) == 1


def test_a_southern_donor_may_lead_alone() -> None:
    rows = read_content("some.csv", a_file({"lead_countries": "TUR", "donors": "TUR"}))

    assert rows[0].leads == ("TUR",)


def test_an_id_stands_once() -> None:
    found = faults(a_file({"id": "A"}, {"id": "B"}, {"id": "A"}))

    assert found == [
        'some.csv, line 4, column id: "A" stands already on line 2; each id once is expected.'
    ]


def test_every_fault_is_told_in_one_run() -> None:
    broken = {"title": "", "start": "later", "budget_usd": "-5"}

    found = faults(a_file(broken, {}, {"status": "done", "sdg": "99"}, {"id": "T1"}))

    places = [fault.split(":")[0].removeprefix("some.csv, ") for fault in found]
    assert places == [
        "line 2, column title",
        "line 2, column start",
        "line 2, column budget_usd",
        "line 4, column status",
        "line 4, column sdg",
        "line 5, column id",
    ]


def test_the_refusal_counts_its_faults() -> None:
    with pytest.raises(
        FaultyFile, match=r"^some\.csv has 2 faults; nothing of it was imported"
    ) as two:
        read_content("some.csv", a_file({"title": "", "source": ""}))
    with pytest.raises(FaultyFile, match=r"^some\.csv has one fault"):
        read_content("some.csv", a_file({"title": ""}))

    assert str(two.value.faults[0]) == (
        "some.csv, line 2, column title: is empty, but every programme needs one."
    )


def header(*names: str) -> bytes:
    return (",".join(names) + "\n").encode()


def test_missing_and_unknown_columns_are_both_named() -> None:
    names = [name if name != "donors" else "payers" for name in COLUMNS if name != "sdg"]

    found = faults(header(*names))

    assert found == [
        "some.csv, line 1, column donors: This column is missing.",
        "some.csv, line 1, column sdg: This column is missing.",
        'some.csv, line 1, column "payers": This column is unknown.',
    ]


def test_columns_out_of_order_are_named() -> None:
    names = list(COLUMNS)
    names[1], names[2] = names[2], names[1]

    found = faults(header(*names))

    assert found == [
        (
            "some.csv, line 1, column fund: This column is out of order: "
            "it stands at place 2, where title is expected."
        ),
        (
            "some.csv, line 1, column title: This column is out of order: "
            "it stands at place 3, where fund is expected."
        ),
    ]


def test_a_column_that_stands_twice_is_named() -> None:
    found = faults(header(*COLUMNS, "title"))

    assert found == ["some.csv, line 1, column title: This column stands there more than once."]


def test_a_header_with_semicolons_is_refused_with_every_column() -> None:
    found = faults(HEADER.replace(",", ";").encode())

    assert len(found) == len(COLUMNS) + 1


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_refused(content: bytes) -> None:
    found = faults(content)

    assert found == [
        (
            "some.csv, line 1, column id: The file is empty; "
            "a line with the names of its columns is expected."
        )
    ]


def test_a_header_alone_is_a_file_without_programmes() -> None:
    assert read_content("some.csv", header(*COLUMNS)) == ()


def test_a_byte_order_mark_is_taken() -> None:
    content = b"\xef\xbb\xbf" + a_file({})

    assert len(read_content("some.csv", content)) == 1


def test_other_line_endings_and_blank_lines_are_taken() -> None:
    content = a_file({}, {}).replace(b"\n", b"\r\n") + b"\r\n\r\n"

    assert len(read_content("some.csv", content)) == 2


def test_another_encoding_is_refused_where_it_shows() -> None:
    content = a_file({}, {"title": "Café"}).decode().encode("latin-1")

    found = faults(content)

    assert found == [
        (
            "some.csv, line 3, column title: The byte 0xE9 is not UTF-8; "
            "save the file as UTF-8 and try again."
        )
    ]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_wide_encodings_are_refused(encoding: str) -> None:
    found = faults(a_file({}).decode().encode(encoding))

    assert "not UTF-8" in found[0]


@pytest.mark.parametrize(
    ("line", "cells", "column"), [("a,b", 2, "title"), ("," * 30, 31, "confidence")]
)
def test_a_line_with_too_few_or_too_many_cells_is_refused(
    line: str, cells: int, column: str
) -> None:
    found = faults(a_file({}) + f"{line}\n".encode())

    assert found == [
        f"some.csv, line 3, column {column}: The line has {cells} cells; 25 are expected."
    ]


def test_quotation_marks_that_do_not_add_up_are_refused_where_the_row_begins() -> None:
    found = faults(a_file({"status": "done"}) + b'T2,"never closed\nmore\n')

    assert found[0].startswith("some.csv, line 2, column status")
    assert found[1].startswith("some.csv, line 3, column id: The quotation marks do not add up")


def test_a_row_after_a_cell_of_many_lines_is_found_where_it_stands() -> None:
    found = faults(a_file({"summary": "one\ntwo\nthree"}, {"title": ""}))

    assert found[0].startswith("some.csv, line 5, column title")


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FaultyFile) as refusal:
        read_file(tmp_path / "gone.csv")

    assert str(refusal.value.faults[0]) == "gone.csv: cannot be read: No such file or directory."


def test_a_file_is_named_without_its_folder(tmp_path: Path) -> None:
    file = tmp_path / "programmes.csv"
    file.write_bytes(a_file({"title": ""}))

    with pytest.raises(FaultyFile) as refusal:
        read_file(file)

    assert str(refusal.value.faults[0].place) == "programmes.csv, line 2, column title"


def test_the_digest_names_what_is_in_the_row() -> None:
    assert row().digest == row().digest
    assert row().digest == row(title=" Rice seed ").digest
    assert row().digest != row(title="Rice seeds").digest
    assert row(title="S\u00e3o").digest == row(title="Sa\u0303o").digest
