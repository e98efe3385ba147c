"""Taking histories away as files that spreadsheets and process miners read."""

import shutil
import sys
import tempfile
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import click
from rich.progress import Progress

from web.cli.output import Said, console, opened
from web.cli.people import somebody
from workflow.engine.engine import Engine
from workflow.exports.export import FORMS, ExportRequest, carried, export, tell
from workflow.exports.traces import Period, chosen

KINDS = ("xes", "ocel", "csv", "xlsx")
DAY = click.DateTime(["%Y-%m-%d"])
NOT_TEXT = ("xlsx", "ocel-sqlite")


# Each option of the command line is an argument here.
@click.command("export")
@click.argument("kind", type=click.Choice(KINDS))
@click.argument("refs", metavar="[REF]…", nargs=-1)
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="File to write.")
@click.option("--format", "encoding", type=click.Choice(["json", "sqlite"]), default="json",
              show_default=True, help="Only for ocel.")  # fmt: skip
@click.option("--pseudonymous", is_flag=True,
              help="Call people by names made for this file alone, and leave free text out.")  # fmt: skip
@click.option("--since", type=DAY, metavar="DAY", help="First day of the events, as 2026-03-01.")
@click.option("--until", type=DAY, metavar="DAY", help="Last day of the events, included.")
@click.option("--right-to-left", is_flag=True, help="Only for xlsx: columns from the right.")
@click.option("--by", metavar="EMAIL", help="Who takes the copy away; recorded on the trail.")
def export_histories(  # noqa: PLR0913
    *,
    kind: str,
    refs: tuple[str, ...],
    output: Path | None,
    encoding: str,
    pseudonymous: bool,
    since: datetime | None,
    until: datetime | None,
    right_to_left: bool,
    by: str | None,
) -> None:
    """Write the histories of the cases REF, or of all of them, as one file.

    xes is the event log of IEEE 1849, ocel that of OCEL 2.0; csv and xlsx hold a row for each
    event. Without --output the file goes to standard output. That a copy was taken is recorded.
    """
    form = "ocel-sqlite" if (kind, encoding) == ("ocel", "sqlite") else kind
    if output is None and form in NOT_TEXT:
        raise Said("Name a file with --output: this format is no text.", 2)
    if output is not None and not output.parent.is_dir():
        raise Said(f"There is no folder {output.parent}.")
    engine = opened()
    request = ExportRequest(form, Period(_day(since), _day(until)), pseudonymous, right_to_left)
    person = somebody(engine, by) if by else None
    with engine.reading() as session:
        ids = chosen(session, refs)
    tell(engine, person, refs, request, len(ids))
    note = carried(engine, person, request)
    if output is not None:
        events = _write(engine, ids, request, output, note)
        cases = f"{len(ids)} {'history' if len(ids) == 1 else 'histories'}"
        click.echo(f"{cases} with {events} events: {output}", err=True)
        return
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / f"export.{FORMS[form].ending}"
        _write(engine, ids, request, whole, note)
        with whole.open("rb") as file:
            shutil.copyfileobj(file, sys.stdout.buffer)


def _write(
    engine: Engine, ids: Sequence[int], request: ExportRequest, target: Path, note: str
) -> int:
    shown = console.is_terminal and sys.stdout.isatty()
    with Progress(console=console, transient=True, disable=not shown) as bar:
        task = bar.add_task("Writing", total=len(ids))
        return export(engine, ids, request, target, lambda done: bar.advance(task, done), note=note)


def _day(given: datetime | None) -> date | None:
    return given.date() if given else None
