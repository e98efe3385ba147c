"""An import as something ordered: the file goes along, and what became of each row comes back as one."""

import base64
import zlib
from collections.abc import Iterator

from flask_babel import gettext

from web.orders.kind import Kind, Task, Wanted
from web.tables.comma_separated import write_table
from web.wording import plainly
from workflow.engine.engine import Engine
from workflow.engine.permissions.offices import offices
from workflow.errors import FaultyFile, NotAuthorised
from workflow.orders.kinds import OrderKind, Said
from workflow.phrase import phrase
from workflow.programmes.imports.run import (
    ImportReport,
    ProgrammeRow,
    import_programmes,
    read_content,
)
from workflow.programmes.outline import chosen
from workflow.vocabulary import ADMINISTRATOR, OFFICERS

IMPORTERS = (*OFFICERS, ADMINISTRATOR)
CSV = "text/csv; charset=utf-8"


def wanted_import(name: str, content: bytes, *, dry: bool) -> Wanted:
    """What an order says of an import: the file itself, packed, and whether anything is to be kept."""
    packed = base64.b85encode(zlib.compress(content, 6)).decode()
    return {"name": name, "content": packed, "dry": dry}


def _make(task: Task) -> Said:
    """Bring all of the rows in or none; writes what became of each, or every fault."""
    _refuse_others(task)
    content = zlib.decompress(base64.b85decode(task.wanted["content"]))
    try:
        rows = read_content(task.wanted["name"], content)
    except FaultyFile as refusal:
        faults = ((plainly(each.said),) for each in refusal.faults)
        write_table(task.to, (gettext("What is wrong"),), faults)
        return {"faults": len(refusal.faults)}
    report = _brought_in(task, rows, dry=task.wanted["dry"])
    header = (gettext("Reference"), gettext("What became of it"), gettext("Columns"))
    write_table(task.to, header, _lines(report))
    return {
        "created": len(report.created),
        "changed": len(report.changed),
        "unchanged": len(report.unchanged),
        "differing": len(report.differing),
        "declined": len(report.declined),
    }


def _refuse_others(task: Task) -> None:
    """Refuse whoever holds none of the offices any more since they ordered it."""
    with task.engine.reading() as session:
        held = offices(session, task.person, task.engine.now().date())
    if not any(office.role in IMPORTERS for office in held):
        raise NotAuthorised(phrase("You may not bring programmes in any more."))


def _brought_in(task: Task, rows: tuple[ProgrammeRow, ...], *, dry: bool) -> ImportReport:
    definition_id, definition = chosen(task.engine)
    done = 0

    def heard(more: int) -> None:
        nonlocal done
        done += more
        task.shown(done, len(rows))

    with task.engine.transaction() as session:
        report = import_programmes(
            session,
            rows,
            now=task.engine.now(),
            opener=task.person,
            definition_id=definition_id,
            states={key: state.stage for key, state in definition.states.items()},
            progress=heard,
        )
        if dry:
            session.rollback()
    return report


def _lines(report: ImportReport) -> Iterator[tuple[str, str, str]]:
    for ref in report.created:
        yield ref, gettext("created"), ""
    for revision in report.changed:
        yield revision.ref, gettext("changed"), ", ".join(each.column for each in revision.columns)
    for revision in report.differing:
        columns = ", ".join(each.column for each in revision.columns)
        yield revision.ref, gettext("moved on here: an officer decides"), columns
    for revision in report.declined:
        columns = ", ".join(each.column for each in revision.columns)
        yield revision.ref, gettext("stays as it is here: declined before"), columns
    for ref in report.unchanged:
        yield ref, gettext("unchanged"), ""


def _tell(_engine: Engine, _person: int, _wanted: Wanted, _made: Said) -> None:
    """Put nothing on record: what was brought in stands on each history already."""


IMPORT = Kind(
    key=OrderKind.IMPORT,
    roles=frozenset(IMPORTERS),
    name=lambda wanted: f"import-of-{wanted['name'].removesuffix('.csv')}.csv",
    media_type=lambda _wanted: CSV,
    make=_make,
    told=_tell,
)
