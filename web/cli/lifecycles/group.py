"""All that `primemover lifecycle` does, by its names."""

import click

from web.cli.lifecycles.diagram import diagram
from web.cli.lifecycles.difference import diff
from web.cli.lifecycles.files import check, publish
from web.cli.lifecycles.offered import list_lifecycles
from web.cli.lifecycles.simulate import simulate
from web.cli.lifecycles.staffing import staffing


@click.group()
def lifecycle() -> None:
    """Check lifecycle files, publish them for new programmes, and show what they say."""


for command in (check, diagram, diff, list_lifecycles, publish, staffing, simulate):
    lifecycle.add_command(command)
