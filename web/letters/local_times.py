"""Local times as a letter writes them, in the language of the page."""

from datetime import datetime

from babel.dates import format_date

from web.filters import language


def clock_time(local: datetime) -> str:
    """An instant with the day of its week: Thursday, 12 March 2026, 23:00."""
    return f"{format_date(local.date(), 'full', language())}, {local:%H:%M}"
