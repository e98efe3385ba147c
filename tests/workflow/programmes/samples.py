"""Files of programmes for the tests of the import."""

import csv
import io
from pathlib import Path

from workflow.programmes.imports.rows import COLUMNS, ProgrammeRow
from workflow.programmes.imports.run import read_content

ROOT = Path(__file__).resolve().parents[3]
REAL = ROOT / "config" / "reference" / "programmes.csv"
GIVEN = ROOT.parent / "shared" / "data" / "real" / "programmes.csv"
SOUND = {
    "id": "T1",
    "title": "Rice seed",
    "fund": "IBSA Fund",
    "modality": "single-country",
    "lead_countries": "IND;BRA;ZAF",
    "beneficiary_countries": "GNB",
    "donors": "IND;BRA;ZAF",
    "executing_agency": "UNDP",
    "sector": "Agriculture",
    "dac_sector_code": "31120",
    "sdg": "2",
    "mdg": "1",
    "sdg_basis": "source",
    "start": "2011-07",
    "end": "2015-05",
    "budget_usd": "1550000",
    "status": "completed",
    "source": "Fund pages",
    "confidence": "high",
}


def a_file(*rows: dict[str, str]) -> bytes:
    """A file of sound rows, each with its own changes and the ids T1, T2, …"""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(COLUMNS), restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(SOUND | {"id": f"T{number}"} | row for number, row in enumerate(rows, 1))
    return text.getvalue().encode()


def row(**cells: str) -> ProgrammeRow:
    """A sound row with some changes."""
    (read,) = read_content("some.csv", a_file(cells))
    return read
