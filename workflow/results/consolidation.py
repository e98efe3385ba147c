"""What several parts reported as one: figures of indicators and of money, texts and lines, and who has not reported: pure."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from workflow.lifecycles.checks.known import amount_of
from workflow.lifecycles.documents import DocumentKind, Field
from workflow.results.forms import ACTUALS
from workflow.results.indicators import Actual, Indicator, Together, rounded

NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Consolidated:
    """One figure for all parts that reported, what each of them said, and which said nothing."""

    actual: Actual | None
    parts: Mapping[str, Actual]
    missing: tuple[str, ...]


def consolidated(indicator: Indicator, parts: Mapping[str, Actual | None]) -> Consolidated:
    """What the parts, by their names, come to in the way that the indicator says."""
    told = {name: actual for name, actual in parts.items() if actual is not None}
    missing = tuple(name for name in parts if name not in told)
    return Consolidated(_together(indicator, tuple(told.values())), told, missing)


def _together(indicator: Indicator, told: tuple[Actual, ...]) -> Actual | None:
    if not told:
        return None
    # Of several for the same day the last one, by the names of the parts.
    newest = max(reversed(told), key=lambda each: each.period_to)
    if indicator.together is Together.LATEST:
        return newest
    value = sum((Fraction(each.value) for each in told), Fraction())
    apart = [each.of_which for each in told if each.of_which is not None]
    # Of a sum of which some did not count anybody apart nobody knows how many these are.
    together = sum(apart, Decimal(0)) if len(apart) == len(told) else None
    if indicator.together is Together.AVERAGE:
        # A mean of whole numbers needs a decimal to be told from the next one.
        return Actual(
            indicator.code, min(each.period_from for each in told), newest.period_to,
            rounded(value / len(told), indicator.decimals + 1),
        )  # fmt: skip
    decimals = max(max(0, -int(each.value.as_tuple().exponent)) for each in told)
    return Actual(
        indicator.code, min(each.period_from for each in told), newest.period_to,
        rounded(value, decimals), together,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class PartText:
    """What one part said in an accepted report of a period."""

    ref: str
    part: str
    period: tuple[date, date]
    content: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ComparedFigure:
    """A figure of a report of the whole beside what its parts reported; `here` is nothing where it gives none.

    It is a sum of money of a field, or an indicator by its `statement`.
    """

    field: Field | None
    statement: str
    parts: tuple[tuple[str, Decimal], ...]
    together: Decimal
    here: Decimal | None

    @property
    def by(self) -> Decimal | None:
        """By how much the whole says more than its parts; nothing where it says the same, or nothing."""
        return (
            None if self.here is None or self.here == self.together else self.here - self.together
        )


def content_together(
    kind: DocumentKind, texts: Sequence[PartText], opened: Container[str] = ()
) -> dict[str, Any]:
    """What the parts said, as the form of the whole asks it: money is added up, texts and lines follow one another.

    Lines in fields that are `opened` are left out: each of a part has its own case already.
    """
    found: dict[str, Any] = {}
    for field in kind.fields():
        if field.confidential or field.key == ACTUALS or field.key in opened:
            continue
        match field.kind:
            case "money":
                found[field.key] = _sum(money_of_parts(field, texts))
            case "text":
                found[field.key] = _one_after_the_other(field, texts)
            case "lines":
                found[field.key] = _rows(field, texts)
    return {key: value for key, value in found.items() if value}


def money_of_parts(field: Field, texts: Sequence[PartText]) -> dict[str, Decimal]:
    """What each part said in a field of money, all its reports together."""
    found: dict[str, Decimal] = {}
    for each in texts:
        amount = amount_of(str(each.content.get(field.key) or ""))
        if amount is not None:
            found[each.part] = found.get(each.part, Decimal(0)) + amount
    return found


def _sum(parts: Mapping[str, Decimal]) -> str:
    return format(sum(parts.values(), Decimal(0)), "f") if parts else ""


def _one_after_the_other(field: Field, texts: Sequence[PartText]) -> str:
    """The texts, each under the part that said it; one for which there is no room is named by its report."""
    found = ""
    for each in texts:
        said = each.content.get(field.key)
        if not isinstance(said, str) or not said:
            continue
        head = f"{each.part}, {each.period[0]} – {each.period[1]}: "
        for words in (said, each.ref):
            longer = f"{found}\n\n{head}{words}" if found else f"{head}{words}"
            if not field.longest or len(longer) <= field.longest:
                found = longer
                break
    return found


def _rows(field: Field, texts: Sequence[PartText]) -> list[dict[str, Any]]:
    """The lines of all parts, those that are numbered by numbers of their own."""
    numbered = any(each.key == NUMBER and each.kind == "number" for each in field.columns)
    columns = {each.key for each in field.columns}
    rows = [
        {key: value for key, value in row.items() if key in columns}
        for each in texts
        for row in each.content.get(field.key) or ()
        if isinstance(row, Mapping)
    ]
    return [{**row, **({NUMBER: str(at)} if numbered else {})} for at, row in enumerate(rows, 1)]
