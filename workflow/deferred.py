"""What few processes need and is heavy to read in: read in when it is first used, and only here.

What is deferred stands in the `else` of an `if TYPE_CHECKING` that imports the same, so that the type
checker and the contracts of import direction go on seeing it.
"""

from collections.abc import Callable
from importlib import import_module
from typing import Any


def loaded(module: str, name: str) -> Any:
    """What `module` calls `name`; the module is read in if nobody has used it yet."""
    return getattr(import_module(module), name)


def deferred(module: str, name: str) -> Callable[..., Any]:
    """The function or class that `module` calls `name`, to be called; read in with the first call."""

    def call(*args: Any, **kwargs: Any) -> Any:
        return loaded(module, name)(*args, **kwargs)

    return call


class Library:
    """A module that is read in when something of it is first asked for."""

    def __init__(self, module: str) -> None:
        self._module = module

    def __getattr__(self, name: str) -> Any:
        found = loaded(self._module, name)
        setattr(self, name, found)
        return found
