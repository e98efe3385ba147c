"""All that `primemover lifecycle` does, by its names."""

import click

from web.cli.lifecycles import migration
from web.cli.lifecycles.diagram import diagram
from web.cli.lifecycles.difference import diff
from web.cli.lifecycles.files import check, export
from web.cli.lifecycles.offered import list_lifecycles
from web.cli.lifecycles.publication import publish
from web.cli.lifecycles.register import confirm, decline, offer, retire, show
from web.cli.lifecycles.simulate import simulate
from web.cli.lifecycles.staffing import staffing
from web.cli.lifecycles.texts import texts


@click.group()
def lifecycle() -> None:
    """Check lifecycle files, publish them for new programmes, and show what they say."""


for command in (
    check, confirm, decline, diagram, diff, export, list_lifecycles, offer, publish, retire, show, simulate, staffing, texts,
):  # fmt: skip
    lifecycle.add_command(command)
for each in (migration.migrate, migration.rehearse_version, migration.show_plan):
    lifecycle.add_command(each)
