"""The checks of one row: every fault in it at once, each in the column where it stands."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import cache

from workflow import free_text
from workflow.errors import Fault
from workflow.phrase import Phrase, phrase
from workflow.programmes.imports.rows import COLUMNS, NOT_STATED, ProgrammeRow
from workflow.reference import reference

REQUIRED = ("id", "title", "dac_sector_code", "status", "source", "confidence")
DATES = ("approved", "start", "end", "end_planned", "status_as_of")
WORDS: Mapping[str, tuple[str, ...]] = {
    "confidence": ("high", "medium", "low"),
    "sdg_basis": ("source", "inferred"),
}
# A year and a hyphen in front would look like the reference of a programme proposed here.
KEY = re.compile(r"(?!\d{4}-)[A-Za-z0-9][A-Za-z0-9._-]*")
DATE = re.compile(r"(19|20)\d\d(-\d\d(-\d\d)?)?")
# The one column of several lines.
PROSE = "summary"
MONEY = re.compile(r"\d{1,14}(\.\d{1,2})?")


def as_kept(column: str, cell: str) -> str:
    """A cell in the spelling that is kept."""
    return free_text.prose(cell) if column == PROSE else free_text.line(cell)


class RowCheck:
    """Reads the cells of one row and collects what is wrong with them."""

    def __init__(self, line: Phrase, cells: Mapping[str, str]) -> None:
        self.line = line
        self.cells = cells
        self.faults: list[Fault] = []

    def row(self) -> ProgrammeRow | None:
        """The row, or nothing when it has faults."""
        self._shapes()
        self._words()
        self._dates()
        read = ProgrammeRow(
            key=self.cells["id"],
            leads=self._countries("lead_countries"),
            beneficiaries=self._countries("beneficiary_countries"),
            donors=self._donors(),
            agencies=self._agencies(),
            goals=(*self._goals("sdg"), *self._goals("mdg")),
            budget=self._budget(),
            cells=self.cells,
        )
        self._leadership(read)
        return None if self.faults else read

    def fault(self, column: str, problem: Phrase) -> None:
        """Note what is wrong in a column."""
        self.faults.append(Fault(column_of(self.line, column), problem))

    def _shapes(self) -> None:
        for column, longest in COLUMNS.items():
            value = self.cells[column]
            if not value and column in REQUIRED:
                self.fault(column, phrase("is empty, but every programme needs one."))
            if len(value) > longest:
                self.fault(
                    column,
                    phrase(
                        "has %(count)s characters; at most %(longest)s are expected.",
                        count=len(value),
                        longest=longest,
                    ),
                )
            refused = free_text.fault(value)
            if refused is not None:
                self.fault(column, refused)
        if self.cells["id"] and not KEY.fullmatch(self.cells["id"]):
            self.fault(
                "id",
                phrase(
                    "%(id)s cannot be an id; expected are letters, digits, full stops, underscores and "
                    "hyphens, and no year with a hyphen in front.",
                    id=shown(self.cells["id"]),
                ),
            )

    def _words(self) -> None:
        for column, words in WORDS.items():
            self._one_of(column, words)
        self._one_of("status", dict.fromkeys(each.status for each in reference().landings))
        code = self.cells["dac_sector_code"]
        if code and code not in reference().sectors:
            self.fault(
                "dac_sector_code",
                phrase(
                    "%(code)s is not a purpose code in force; five digits such as 31120 are expected.",
                    code=shown(code),
                ),
            )

    def _one_of(self, column: str, words: Iterable[str]) -> None:
        value, known = self.cells[column], tuple(words)
        if value and value not in known:
            self.fault(
                column,
                phrase(
                    "%(value)s is not known; expected is %(either)s.",
                    value=shown(value),
                    either=_either(known),
                ),
            )

    def _dates(self) -> None:
        readable = {column: self._readable(column) for column in DATES}
        if readable["start"]:
            for column in filter(readable.get, ("end", "end_planned")):
                self._order(column)

    def _readable(self, column: str) -> bool:
        value = self.cells[column]
        if value and not _is_date(value):
            self.fault(
                column,
                phrase(
                    "%(value)s cannot be read as a date; expected is a year, a month or a day: 2004, "
                    "2004-06 or 2004-06-07.",
                    value=shown(value),
                ),
            )
        return bool(value) and _is_date(value)

    def _order(self, column: str) -> None:
        start, end = self.cells["start"], self.cells[column]
        known = min(len(start), len(end))
        if end[:known] < start[:known]:
            self.fault(
                column,
                phrase(
                    "%(end)s lies before the start, %(start)s; a later date is expected.",
                    end=end,
                    start=start,
                ),
            )

    def _budget(self) -> Decimal | None:
        value = self.cells["budget_usd"]
        if not value:
            return None
        if MONEY.fullmatch(value) and value.isascii():
            return Decimal(value)
        self.fault(
            "budget_usd",
            phrase(
                "%(value)s is not an amount; expected are dollars, zero or more, in digits with at "
                "most two decimals: 498750 or 498750.50.",
                value=shown(value),
            ),
        )
        return None

    def _goals(self, scheme: str) -> tuple[tuple[str, int], ...]:
        known = reference().goals[scheme]
        numbers = self._list(scheme)
        for number in numbers:
            if number not in map(str, known):
                self.fault(
                    scheme,
                    phrase(
                        "%(number)s is not a goal; expected are numbers from 1 to %(count)s, separated by "
                        "semicolons.",
                        number=shown(number),
                        count=len(known),
                    ),
                )
        return tuple((scheme, int(number)) for number in numbers if number in map(str, known))

    def _countries(self, column: str) -> tuple[str, ...]:
        codes = self._list(column)
        for code in codes:
            if code not in reference().countries:
                self.fault(column, _not_a_country(code))
        return codes

    def _donors(self) -> tuple[str, ...]:
        """Countries by code and organisations by name; three letters are meant as a code."""
        names = self._list("donors")
        for name in names:
            meant = name.isascii() and name.isalpha() and len(name) == 3
            if (meant and name not in reference().countries) or name in _codes():
                self.fault("donors", _not_a_country(name))
        return names

    def _agencies(self) -> tuple[str, ...]:
        if self.cells["executing_agency"] == NOT_STATED:
            return ()
        return self._list("executing_agency")

    def _leadership(self, row: ProgrammeRow) -> None:
        """No programme is led by traditional donors alone.

        They join two or more developing countries in triangular partnerships whose programmes
        the South conceives, designs and manages (report of 2004, paragraph 4): a donor country
        may pay for a programme and even stand among its leads, but not without a country of the
        South beside it. Traditional donors are the members of the OECD DAC; a pivotal or any
        other developing country that gives money may lead alone.
        """
        if row.leads and reference().donors.issuperset(row.leads):
            self.fault(
                "lead_countries",
                phrase(
                    "%(leads)s is led by a traditional donor alone; a donor joins as a partner, so at "
                    "least one country of the South is expected to lead.",
                    leads=shown(";".join(row.leads)),
                ),
            )

    def _list(self, column: str) -> tuple[str, ...]:
        """The parts of a cell, which semicolons separate, once each."""
        value = self.cells[column]
        parts = [part.strip() for part in value.split(";")] if value else []
        if "" in parts:
            self.fault(
                column,
                phrase("%(value)s has an empty place between its semicolons.", value=shown(value)),
            )
        twice = {part for part in parts if part and parts.count(part) > 1}
        for part in sorted(twice):
            self.fault(
                column, phrase("%(part)s stands there twice; once is expected.", part=shown(part))
            )
        return tuple(dict.fromkeys(filter(None, parts)))


def line_of(name: str, line: int) -> Phrase:
    """A line of a file as the place of a fault."""
    return phrase("%(file)s, line %(line)s", file=name, line=line)


def column_of(line: Phrase, column: str) -> Phrase:
    """A column of a line as the place of a fault."""
    return phrase("%(line)s, column %(column)s", line=line, column=column)


def shown(value: str) -> str:
    """A value as a sentence quotes it: in quotation marks, cut short where it is long."""
    short = value if len(value) <= 60 else f"{value[:59]}…"
    return f'"{short}"'


def _not_a_country(code: str) -> Phrase:
    meant = _codes().get(code) or (code.upper() if code.upper() in reference().countries else "")
    expected = meant or phrase("a code of three capital letters such as BRA")
    return phrase(
        "%(code)s is not a country code; expected is %(expected)s.",
        code=shown(code),
        expected=expected,
    )


@cache
def _codes() -> dict[str, str]:
    """Country codes by the name of the country."""
    return {country.name: code for code, country in reference().countries.items()}


def _is_date(value: str) -> bool:
    if not DATE.fullmatch(value) or not value.isascii():
        return False
    try:
        date.fromisoformat(value + "-01-01"[len(value) - 4 :])
    except ValueError:
        return False
    return True


def _either(words: tuple[str, ...]) -> Phrase:
    return phrase("%(words)s or %(last)s", words=", ".join(words[:-1]), last=words[-1])
