"""What the forms of the office have in common: how texts are taken, and what is said of an empty one."""

from flask_babel import lazy_gettext

from workflow.free_text import line, prose

NEEDED = lazy_gettext("This is needed.")


def as_prose(text: str | None) -> str:
    """A text of several lines as it is kept."""
    return prose(text or "")


def as_line(text: str | None) -> str:
    """A text of one line as it is kept."""
    return line(text or "")
