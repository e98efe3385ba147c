"""By which words of a command somebody says what a refusal calls by the name of a field."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

from workflow.deferred import deferred

if TYPE_CHECKING:
    from workflow.reference import choices
else:
    # What only a refusal needs.
    choices = deferred("workflow.reference", "choices")

_AT_WORK = "primemover.at_work"


class Known(click.types.StringParamType):
    """The key of something on a reference list, such as `areas`; a refusal of another names them all.

    What is not on the list is left to the act to refuse.
    """

    def __init__(self, listed: str) -> None:
        self._listed = listed

    @property
    def keys(self) -> tuple[str, ...]:
        """Every key on the list, in its order."""
        return tuple(key for key, _ in choices(self._listed))


def begin_work() -> None:
    """Remember the command that is at work, so that a refusal of it speaks in its words."""
    ctx = click.get_current_context(silent=True)
    if ctx is not None:
        ctx.meta[_AT_WORK] = ctx


def at_work(ctx: click.Context) -> click.Context | None:
    """The command that is or was at work in this context or below it, with what it was given."""
    found: click.Context | None = ctx.meta.get(_AT_WORK)
    return found


def by_option(work: click.Context | None, faults: Mapping[str, str]) -> list[str]:
    """Each fault after the option or argument by which its field is said, or else after the field.

    A parameter of a command is called like the field of the act that it says.
    """
    params = {each.name: each for each in work.command.params} if work else {}
    given = work.params if work else {}
    return [
        _line(params[field], given.get(field), said) if field in params else f"{field}: {said}"
        for field, said in faults.items()
    ]


def _line(param: click.Parameter, given: object, said: str) -> str:
    name = (
        max(param.opts, key=len) if isinstance(param, click.Option) else param.human_readable_name
    )
    if isinstance(param.type, Known) and given not in param.type.keys:
        return f"{name}: one of {', '.join(param.type.keys)}"
    return f"{name}: {said}"
