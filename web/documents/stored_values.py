"""Stored values as people read them, in the language of the page."""

from datetime import date
from decimal import Decimal, InvalidOperation

from web import filters
from workflow.engine.documents.diff import Say
from workflow.lifecycles.documents import Field
from workflow.programmes.documents.choices import Offered, label_of


def sayer(offered: Offered) -> Say:
    """Puts a stored value of a field into words, with the vocabularies `offered`."""

    def say(field: Field, value: str) -> str:
        match field.kind:
            case "countries":
                return filters.country(value)
            case "money":
                return _amount(value)
            case "decimal":
                return _decimal(value)
            case "date":
                return _day(value)
            case "choice" | "choices" | "rating" | "party" | "person":
                return _chosen(field, value, offered)
        return value

    return say


def _chosen(field: Field, value: str, offered: Offered) -> str:
    label = label_of(field, value, offered)
    spoken = filters.word(label)
    return f"{value} · {spoken}" if field.kind == "rating" and label != value else spoken


def _amount(value: str) -> str:
    try:
        return filters.money(Decimal(value))
    except InvalidOperation:
        return value


def _decimal(value: str) -> str:
    try:
        return filters.number(Decimal(value))
    except InvalidOperation:
        return value


def _day(value: str) -> str:
    try:
        return filters.day(date.fromisoformat(value))
    except ValueError:
        return value
