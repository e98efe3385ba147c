"""An imported programme stands under its fund, or under the framework of the year in which it began."""

from collections import Counter
from pathlib import Path

import pytest

from workflow.frameworks.under import UNIT, Basis, under
from workflow.programmes.imports.csv_reader import read_file

COUNTRY = "UNDP country or regional programme"
REAL = Path("config/reference/programmes.csv")


@pytest.mark.parametrize(
    ("fund", "start", "approved", "key", "basis"),
    [
        (UNIT, "2005", "", "F3", Basis.PERIOD),
        (UNIT, "2007-12-31", "", "F3", Basis.PERIOD),
        (UNIT, "2004-06", "", "F2", Basis.PERIOD),
        (UNIT, "2008", "", "", Basis.UNKNOWN),
        (UNIT, "", "", "", Basis.UNKNOWN),
        (UNIT, "", "2014-08-19", "F5", Basis.PERIOD),
        ("IBSA Fund", "2005", "", "IBSA", Basis.FUND),
        ("Perez-Guerrero Trust Fund", "", "", "PGTF", Basis.FUND),
        ("India-UN Development Partnership Fund", "2018", "", "INUN", Basis.FUND),
        ("India-UN Development Partnership Fund (Commonwealth window)", "", "", "INUN", Basis.FUND),
        (COUNTRY, "2006-01-13", "", "F3", Basis.INFERRED),
        (COUNTRY, "2012", "", "", Basis.UNKNOWN),
        ("", "1999", "", "F1", Basis.INFERRED),
    ],
)
def test_a_fund_says_it_before_the_year_does(
    fund: str, start: str, approved: str, key: str, basis: Basis
) -> None:
    found = under({"fund": fund, "start": start, "approved": approved})

    assert (found.key, found.basis) == (key, basis)


def test_what_is_known_of_the_programmes_of_the_reference_list() -> None:
    found = Counter(under(row.cells).basis for row in read_file(REAL))

    assert found[Basis.FUND] == 52
    assert sum(found.values()) == 109
    assert found[Basis.UNKNOWN] < 35
