"""The engine's clock, handed in as an argument so that time can be chosen in tests and demos."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]
OFFSET = "+00:00"


def utc_now() -> datetime:
    """The present instant in UTC, to the millisecond the trail keeps."""
    return to_millisecond(datetime.now(UTC))


def to_millisecond(instant: datetime) -> datetime:
    """`instant` cut to whole milliseconds, so that stored and signed times are equal."""
    beyond = instant.microsecond % 1000
    return instant.replace(microsecond=instant.microsecond - beyond) if beyond else instant


def written(instant: datetime) -> str:
    """`instant` as the trail writes it: UTC, milliseconds, a trailing Z."""
    return instant.astimezone(UTC).isoformat(timespec="milliseconds").removesuffix(OFFSET) + "Z"


def read(text: str) -> datetime:
    """The instant that `written` put into `text`."""
    return datetime.fromisoformat(text)
