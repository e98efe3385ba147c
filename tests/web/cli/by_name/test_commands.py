import click
import pytest

from web.cli.by_name.commands import COMMANDS


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_bears_its_name_and_is_listed_by_its_own_sentence(name: str) -> None:
    place = COMMANDS[name]

    command = place.command()

    assert isinstance(command, click.Command)
    assert command.name == name
    assert command.get_short_help_str(500) == place.sentence
    assert command.get_short_help_str(40) == place.shown(40)
    assert not command.hidden
