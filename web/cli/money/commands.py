"""The commands of money under one name."""

import click

from web.cli.money import acts, promises, readings


@click.group("money", commands=[*readings.COMMANDS, *acts.COMMANDS, *promises.COMMANDS])
def money_group() -> None:
    """Keep the money of programmes: show it, record it, certify it, take it back."""
