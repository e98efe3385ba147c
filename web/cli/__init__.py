"""The command line: `primemover`, in the words of the house."""

import click

from web.cli.by_name.group import ByName


@click.group(cls=ByName, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="primemover", prog_name="primemover")
def main() -> None:
    """Prime Mover: the life of a South-South cooperation programme.

    Try `primemover demo` first: it needs no settings. An installation of your own is made with
    `migrate`, `lifecycle publish`, `user add` and `run`; settings are read from the environment
    variables PRIMEMOVER_*.
    """
