"""The command line: `primemover`, in the words of the house."""

import click

from web.cli.backup import backup_database, restore_database
from web.cli.bench import bench
from web.cli.database import import_group, migrate_database
from web.cli.dossiers import dossier
from web.cli.erasure import erase_text, erasures_group
from web.cli.export import export_histories
from web.cli.health import clock, status
from web.cli.lifecycles import lifecycle
from web.cli.maintenance import sweep, verify_trail
from web.cli.output import Outspoken
from web.cli.people import user
from web.cli.services.log_signer import signer
from web.cli.services.serve import demo, run
from web.cli.services.worker import worker
from web.cli.witness import checkpoint, list_anchors, witness


@click.group(cls=Outspoken, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="primemover", prog_name="primemover")
def main() -> None:
    """Prime Mover: the life of a South-South cooperation programme.

    Try `primemover demo` first: it needs no settings. An installation of your own is made with
    `migrate`, `lifecycle publish`, `user add` and `run`; settings are read from the environment
    variables PRIMEMOVER_*.
    """


for command in (
    run, demo, migrate_database, user, import_group, export_histories, dossier, erase_text, erasures_group,
    backup_database, restore_database, lifecycle, signer, status, clock, sweep, verify_trail, witness, checkpoint, list_anchors, worker, bench
):  # fmt: skip
    main.add_command(command)
