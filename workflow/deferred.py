"""What few processes need and is heavy to read in: read in when it is first used, and only here."""

from collections.abc import Callable
from importlib import import_module
from typing import Any


def loaded(module: str, name: str) -> Any:
    """What `module` calls `name`; the module is read in if nobody has used it yet."""
    return getattr(import_module(module), name)


def deferred(module: str, name: str) -> Callable[..., Any]:
    """The function or class that `module` calls `name`, to be called; read in with the first call.

    It stands in the `else` of an `if TYPE_CHECKING` that imports the same: the type checker and the
    contracts of import direction go on seeing it.
    """

    def call(*args: Any, **kwargs: Any) -> Any:
        return loaded(module, name)(*args, **kwargs)

    return call
