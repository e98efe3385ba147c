"""The field that repeats: a table whose lines are filled, added and taken out without a script."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext
from wtforms.form import BaseForm

from web.documents.fields import SIMPLE, Written
from workflow.lifecycles.documents import Field
from workflow.programmes.documents.choices import Offered, name_of

MOST_LINES = 200


class Lines(Written):
    """Lines of columns; `rows` are the forms of the single lines, blank ones at the end."""

    def __init__(self, spec: Field, offered: Offered, **options: Any) -> None:
        super().__init__(spec, **options)
        self.offered = offered
        self.rows: list[Row] = []
        self.too_many = False

    def process(
        self, formdata: Any, data: Any = None, extra_filters: Sequence[Any] | None = None
    ) -> None:
        """Take the lines that were typed, or else those that are stored."""
        self.process_errors: list[str] = []
        stored = data if isinstance(data, list) else []
        if formdata is None:
            self.rows = [self._row(at, None, line) for at, line in enumerate(stored)]
        else:
            numbers = sorted(self._numbers(formdata))
            self.too_many = len(numbers) > MOST_LINES
            typed = (self._row(at, formdata, None) for at in numbers[:MOST_LINES])
            self.rows = [row for row in typed if not row.blank]
        self.pad(max(1, self.spec.least))

    @property
    def data(self) -> list[dict[str, Any]]:
        """The lines on which something is written."""
        return [row.content() for row in self.rows if not row.blank]

    @data.setter
    def data(self, _value: Any) -> None:
        """The lines are kept in `rows` alone."""

    @property
    def blank(self) -> bool:
        """Whether nothing is written on any line."""
        return not self.data

    def validate(self, form: BaseForm, extra_validators: Sequence[Any] = ()) -> bool:
        """Whether every line has the right shape; `errors` says which has not."""
        self.errors: list[str] = [
            error for place, row in enumerate(self.rows, 1) for error in row.problems(place)
        ]
        if self.too_many:
            self.errors.append(gettext("At most %(most)d lines fit.", most=MOST_LINES))
        return not self.errors

    def pad(self, least: int) -> None:
        """Have at least `least` lines, the last of them blank."""
        while len(self.rows) < least or not self.rows[-1].blank:
            if len(self.rows) >= MOST_LINES:
                return
            self.add()

    def add(self) -> None:
        """Have one more blank line at the end."""
        self.rows.append(self._row(self._next(), None, None))

    def remove(self, number: int) -> None:
        """Take out the line with this number."""
        self.rows = [row for row in self.rows if row.number != number]
        self.pad(1)

    def _next(self) -> int:
        return max((row.number for row in self.rows), default=-1) + 1

    def _row(self, number: int, formdata: Any, line: Mapping[str, Any] | None) -> "Row":
        row = Row(self.spec.columns, self.offered, f"{self.name}-{number}", number)
        row.process(formdata, data=dict(line or {}))
        return row

    def _numbers(self, formdata: Any) -> set[int]:
        """The numbers of the lines that were sent."""
        place = re.compile(re.escape(self.name) + r"-([0-9]{1,4})-")
        found = (place.match(name) for name in formdata)
        return {int(each[1]) for each in found if each}


class Row(BaseForm):
    """One line of the table: its columns as fields."""

    def __init__(
        self, columns: Sequence[Field], offered: Offered, prefix: str, number: int
    ) -> None:
        super().__init__(made(columns, offered), prefix=prefix)
        self.number = number

    @property
    def blank(self) -> bool:
        """Whether nothing is written on this line."""
        return all(cell.blank for cell in self)

    def content(self) -> dict[str, Any]:
        """What is written, column by column."""
        return {cell.spec.key: cell.data for cell in self if not cell.blank}

    def problems(self, place: int) -> list[str]:
        """A sentence for each cell that has the wrong shape; `place` counts lines from 1."""
        self.validate()
        return [
            gettext(
                "Line %(line)d, %(column)s: %(problem)s",
                line=place,
                column=cell.label.text,
                problem=problem,
            )
            for cell in self
            for problem in cell.errors
        ]


def made(specs: Sequence[Field], offered: Offered) -> dict[str, Any]:
    """A field for each of `specs`, with the choices it offers."""
    return {spec.key: _field(spec, offered) for spec in specs}


def _field(spec: Field, offered: Offered) -> Any:
    if spec.kind == "lines":
        return Lines(spec, offered)
    return SIMPLE[spec.kind](spec, spec.options or offered.get(name_of(spec), ()))
