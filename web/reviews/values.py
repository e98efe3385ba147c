"""Values under decision as a page writes them, in its own language."""

from datetime import date
from decimal import Decimal, InvalidOperation

from flask_babel import gettext

from web import filters
from workflow.lifecycles.documents import Field


def spell(field: Field, text: str) -> str:
    """A piece of a field: countries, days and amounts the way of the page, prose as it stands."""
    match field.kind:
        case "countries":
            return filters.country(text)
        case "money":
            return _amount(text)
        case "date":
            return _day(text)
        case "check":
            return gettext("Yes") if text == "yes" else gettext("No")
        case "choice" | "choices" | "rating":
            return filters.word(text)
    return text


def _amount(text: str) -> str:
    try:
        return filters.money(Decimal(text))
    except InvalidOperation:
        return text


def _day(text: str) -> str:
    try:
        return filters.day(date.fromisoformat(text))
    except ValueError:
        return text
