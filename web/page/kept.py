"""What is kept for one request, at hand without a detour."""

from typing import Any

from flask import g


def kept() -> Any:
    """What `g` stands for: a proxy looks for it anew at each name, some hundred times a page."""
    return g._get_current_object()  # noqa: SLF001  # what a proxy offers for this
