"""Decimal numbers kept exactly, whatever a database makes of numbers."""

from decimal import Decimal

from sqlalchemy import Dialect, String
from sqlalchemy.types import TypeDecorator


class ExactNumber(TypeDecorator[Decimal]):
    """A decimal number kept as the digits that it is written in, whatever the database makes of numbers."""

    impl = String(40)
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:
        """The digits; a binary fraction is refused."""
        if value is not None and not isinstance(value, Decimal):
            raise TypeError("an exact number is a decimal number")
        return None if value is None else f"{value:f}"

    def process_result_value(self, value: str | None, dialect: Dialect) -> Decimal | None:
        """The number that the digits say."""
        return None if value is None else Decimal(value)
