"""A group of commands that reads in only the one that is called, and speaks in sentences."""

import select
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import click

from web.cli.by_name.commands import COMMANDS
from web.cli.by_name.options import at_work
from workflow.deferred import deferred

if TYPE_CHECKING:
    from web.cli.output import said_of
else:
    # What tells a refusal from a bug knows the database and the engine.
    said_of = deferred("web.cli.output", "said_of")


class ByName(click.Group):
    """Commands found by their names; their refusals end in a sentence and not in a traceback."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every name, in order."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command called so, read in now."""
        place = COMMANDS.get(cmd_name)
        return place.command() if place else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is called; one that is not there is answered by those most like it."""
        try:
            return super().resolve_command(ctx, args)
        except click.NoSuchCommand as unknown:
            raise click.NoSuchCommand(
                unknown.command_name, possibilities=COMMANDS, ctx=ctx
            ) from unknown

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List every command by its sentence, as far as the line goes."""
        room = formatter.width - 6 - max(map(len, COMMANDS))
        listed = [(name, place.shown(room)) for name, place in sorted(COMMANDS.items())]
        with formatter.section("Commands"):
            formatter.write_dl(listed)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a bug still shows itself whole."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as fault:
            if isinstance(fault, BrokenPipeError) and _nobody_reads():
                # Whoever read has read enough: click ends quietly.
                raise
            said = said_of(fault, at_work(ctx))
            if said is None:
                raise
            raise said from fault


def _nobody_reads() -> bool:
    """Whether what is written to standard output arrives nowhere any more, as behind `| head`."""
    ends = select.poll()
    with suppress(OSError):
        # That the other end is gone is told of whatever is watched.
        ends.register(sys.stdout.fileno(), 0)
    return any(told & select.POLLERR for _, told in ends.poll(0))
