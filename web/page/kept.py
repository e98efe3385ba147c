"""What is kept for one request, at hand without a detour."""

from collections.abc import Callable
from typing import Any

from flask import g

# What `g` stands for: a proxy looks for it anew at each name, some hundred times a page.
kept: Callable[[], Any] = g._get_current_object  # noqa: SLF001  # what a proxy offers for this
