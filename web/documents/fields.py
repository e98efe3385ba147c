"""The fields of a document's form: each reads what was typed and says what is wrong with it.

The browser's words are stored as text, lists of text, yes or no, and lines of such; a value that
has not the right shape is kept in the form, so that nobody has to write it twice.
"""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from flask_babel import gettext
from wtforms import Field as BoundField
from wtforms.form import BaseForm
from wtforms.validators import ValidationError

from web.documents import written
from web.filters import word
from workflow import free_text
from workflow.lifecycles.documents import Field
from workflow.reference import Choices

# Beyond this nobody typed it, and no field takes it; the rest is not even looked at.
LONGEST_TYPED = 200_000


class Written(BoundField):
    """One value as text; `spec` is the field in the definition, `choices` what it offers."""

    tidy: Callable[[str], str] = staticmethod(free_text.line)

    def __init__(self, spec: Field, choices: Choices = (), **options: Any) -> None:
        super().__init__(label=word(spec.label), **options)
        self.spec = spec
        self.choices = choices
        self.notes: tuple[str, ...] = ()

    @property
    def blank(self) -> bool:
        """Whether nothing is written here."""
        return self.data in {None, "", False} if not isinstance(self.data, list) else not self.data

    def process_data(self, value: Any) -> None:
        """Take the stored value."""
        self.data: Any = str(value or "")

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Take what was typed."""
        self.data = self.tidy(str(valuelist[0])[:LONGEST_TYPED]) if valuelist else ""

    def pre_validate(self, form: BaseForm) -> None:
        """Say what is wrong with the shape; nothing written is never wrong."""
        problem = "" if self.blank else self.problem() or self._too_long()
        if problem:
            raise ValidationError(problem)

    def problem(self) -> str:
        """What is wrong with the value, in a sentence."""
        return ""

    def _too_long(self) -> str:
        longest = self.spec.longest
        if not isinstance(self.data, str) or len(self.data) <= longest:
            return ""
        return gettext(
            "This is %(size)d characters; at most %(longest)d fit.",
            size=len(self.data),
            longest=longest,
        )


class Line(Written):
    """A line of text."""


class Prose(Written):
    """Text over several lines."""

    tidy = staticmethod(free_text.prose)


class Number(Written):
    """A whole number."""

    tidy = staticmethod(written.number)

    def problem(self) -> str:
        """Digits, and perhaps a minus before them."""
        if written.WHOLE.fullmatch(self.data):
            return ""
        return gettext("A whole number is expected, such as 12.")


class Amount(Written):
    """An amount of money."""

    tidy = staticmethod(written.amount)

    def problem(self) -> str:
        """A number with at most two decimals, not below zero unless the lifecycle allows it."""
        if not written.AMOUNTS[0].fullmatch(self.data):
            return gettext("An amount is expected, such as 120000 or 1250.50.")
        if self.data.startswith("-") and not self.spec.below_zero:
            return gettext("An amount below zero is not expected here.")
        return ""


class DecimalNumber(Written):
    """A number that may have decimals and be below zero."""

    tidy = staticmethod(written.amount)

    def problem(self) -> str:
        """Digits, and at most two decimals after them."""
        if written.AMOUNTS[0].fullmatch(self.data):
            return ""
        return gettext("A number is expected, such as 12 or 12.5.")


class Day(Written):
    """A day of the calendar."""

    def problem(self) -> str:
        """Year, month and day, and such a day there is."""
        try:
            known = bool(written.DAY.fullmatch(self.data)) and date.fromisoformat(self.data)
        except ValueError:
            known = False
        return "" if known else gettext("A date is expected, such as 2027-07-01.")


class OneOf(Written):
    """One of the choices offered."""

    def problem(self) -> str:
        """A value that stands among the choices."""
        known = any(self.data == value for value, _ in self.choices)
        return "" if known else gettext("Choose one of the options offered.")


class ManyOf(Written):
    """Several of the choices offered, in the order in which they are offered."""

    def process_data(self, value: Any) -> None:
        """Take the stored list."""
        self.data = [str(each) for each in value or ()]

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Take what was ticked; what is not offered stays, to be refused."""
        ticked = dict.fromkeys(str(each) for each in valuelist if each)
        known = [value for value, _ in self.choices if value in ticked]
        self.data = [*known, *(each for each in ticked if each not in set(known))]

    def problem(self) -> str:
        """Every value stands among the choices."""
        unknown = set(self.data) - {value for value, _ in self.choices}
        return gettext("Choose among the options offered.") if unknown else ""


class YesOrNo(Written):
    """A box to tick."""

    def process_data(self, value: Any) -> None:
        """Take the stored answer."""
        self.data = value is True

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """A browser sends the box only when it is ticked."""
        self.data = any(each not in {"", "false", "0"} for each in valuelist)


SIMPLE: dict[str, type[Written]] = {
    "line": Line,
    "text": Prose,
    "choice": OneOf,
    "choices": ManyOf,
    "countries": ManyOf,
    "number": Number,
    "decimal": DecimalNumber,
    "money": Amount,
    "date": Day,
    "check": YesOrNo,
    "rating": OneOf,
    "party": OneOf,
    "person": OneOf,
}
