"""Values under decision as a page writes them, in its own language."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from flask_babel import gettext

from web import filters
from workflow.lifecycles.documents import Field


def spell(field: Field, text: str) -> str:
    """A piece of a field: countries, days and amounts the way of the page, prose as it stands."""
    spelled = _SPELLED.get(field.kind)
    return spelled(text) if spelled else text


def _yes_or_no(text: str) -> str:
    return gettext("Yes") if text == "yes" else gettext("No")


def _amount(text: str) -> str:
    try:
        return filters.money(Decimal(text))
    except InvalidOperation:
        return text


def _decimal(text: str) -> str:
    try:
        return filters.number(Decimal(text))
    except InvalidOperation:
        return text


def _day(text: str) -> str:
    try:
        return filters.day(date.fromisoformat(text))
    except ValueError:
        return text


_SPELLED: Mapping[str, Callable[[str], str]] = {
    "countries": filters.country,
    "money": _amount,
    "decimal": _decimal,
    "date": _day,
    "check": _yes_or_no,
    **dict.fromkeys(("choice", "choices", "rating"), filters.word),
}
