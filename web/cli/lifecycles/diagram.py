"""The course of a lifecycle as a file that other programs show."""

import sys
from pathlib import Path

import click

from web.cli.lifecycles.named import definition_named
from web.cli.output import Said
from web.lifecycles.files import WRITERS


@click.command()
@click.argument("of", metavar="LIFECYCLE")
@click.option("--format", "kind", type=click.Choice(sorted(WRITERS)), default="svg",
              show_default=True, help="A picture, or BPMN 2.0, which says what it leaves out.")  # fmt: skip
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="File to write.")
def diagram(of: str, kind: str, output: Path | None) -> None:
    """Write the course of LIFECYCLE, a FILE, KEY or KEY@VERSION, as a picture or as BPMN.

    Without --output the file goes to standard output.
    """
    if output is not None and not output.parent.is_dir():
        raise Said(f"There is no folder {output.parent}.")
    written = WRITERS[kind](definition_named(of), str)
    if output is None:
        sys.stdout.buffer.write(written)
    else:
        output.write_bytes(written)
