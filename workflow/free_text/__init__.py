"""What people write in their own words: the one spelling that is kept, and what no text may hold."""

from workflow.free_text.texts import (
    LONGEST_REASON,
    fault,
    kept_line,
    kept_prose,
    line,
    prose,
    reason,
    refuse,
    searched,
    spelled,
)

__all__ = [
    "LONGEST_REASON",
    "fault",
    "kept_line",
    "kept_prose",
    "line",
    "prose",
    "reason",
    "refuse",
    "searched",
    "spelled",
]
