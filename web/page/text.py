"""What a template writes out: escaped, and set apart where it could turn what stands around it."""

import re
from typing import Any

from markupsafe import Markup, escape

from web.sentences.directions import apart

_special = re.compile("[&<>\"']").search


def text(value: Any) -> str:
    """Anything as it stands in a page; ready markup as it is.

    Most of what a page says has nothing to escape and nothing to set apart, and is looked at once.
    """
    kind = type(value)
    if kind is Markup or (kind is str and value.isascii() and not _special(value)):
        return value  # type: ignore[no-any-return]
    return str(value) if kind is int else str(escape(apart(value)))
