"""Macros as functions of Python: called without asking first what they want to be told."""

from typing import Any

from jinja2.runtime import Macro
from jinja2.utils import missing
from markupsafe import Markup


class PageMacro(Macro):
    """A macro of a template for pages, which always gives markup."""

    def __init__(self, *made_of: Any) -> None:
        super().__init__(*made_of)
        self._simple = not (self.catch_kwargs or self.catch_varargs or self.caller)

    def __call__(self, *args: Any, **kwargs: Any) -> str:
        """What the macro writes; one that takes whatever it is given, or too much, goes the long way."""
        left = self.arguments[len(args) :]
        if not self._simple or len(args) > len(self.arguments) or not kwargs.keys() <= set(left):
            return super().__call__(*args, **kwargs)
        given = [kwargs.get(name, missing) for name in left]
        return Markup(self._func(*args, *given))  # noqa: S704  # a macro escapes what it writes
