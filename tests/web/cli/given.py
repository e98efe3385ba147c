"""Every command of the tree, read in whole, and words for each of its parameters by their kind."""

from collections.abc import Iterator
from pathlib import Path

import click

from workflow.tlog.formats.proof import FIRST

SOMEBODY = "a@example.org"
# A file that begins as a receipt does, which no other command minds.
TEXT = f"{FIRST}\na quiet river bends twice\n"
# What a word means that its type does not say.
BY_NAME = {
    "by": SOMEBODY,
    "country": "moz",
    "email": SOMEBODY,
    "of": "programme-standard@5",
    "party": "moz",
    "ref": "SSC-2026-001",
    "role": "auditor",
}


def commands(group: click.Group, *before: str) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command that somebody can give, with the groups that it stands in before its name."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            yield from commands(command, *before, name)
        elif command is not None:
            yield (*before, name), command


def needed(command: click.Command, folder: Path) -> list[str]:
    """Words for each parameter that a command will not do without; its files stand in `folder`."""
    words = list[str]()
    for parameter in command.params:
        if parameter.required:
            words += [*_called(parameter), given(parameter, folder)]
    return words


def given(parameter: click.Parameter, folder: Path) -> str:
    """One word that a parameter takes."""
    match parameter.type:
        case click.Choice(choices=[first, *_]):
            return str(first)
        case click.IntRange(min=int(least)):
            return str(least)
        case click.types.IntParamType():
            return "1"
        case click.DateTime():
            return "2026-03-01"
        case click.Path() as place:
            return str(_place(place, folder))
    return BY_NAME.get(parameter.name or "", "something")


def _called(parameter: click.Parameter) -> list[str]:
    """The name that stands before the word of an option; an argument has none."""
    return parameter.opts[:1] if isinstance(parameter, click.Option) else []


def _place(kind: click.Path, folder: Path) -> Path:
    """A file that is there where one has to be, or a place where none is yet."""
    if not kind.exists:
        return folder / "new"
    there = folder / "given.txt"
    there.write_text(TEXT)
    return there
