"""Exports as files, made behind the pages where they are large."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from web.orders.kind import Kind, Task, Wanted
from workflow.engine.engine import Engine
from workflow.exports.export import FORMS, ExportRequest, carried, tell, write_export
from workflow.exports.population import population
from workflow.exports.traces import Period
from workflow.orders.kinds import OrderKind, Said
from workflow.programmes.lists.filters import ProgrammeFilters

NARROWED = ("text", "framework", "stage", "country", "area")


def wanted_export(request: ExportRequest, ref: str, filters: ProgrammeFilters) -> Wanted:
    """What an order says of an export."""
    period = request.period
    return {
        "form": request.form,
        "pseudonymous": request.pseudonymous,
        "right_to_left": request.right_to_left,
        "since": period.since.isoformat() if period.since else "",
        "until": period.until.isoformat() if period.until else "",
        "ref": ref,
        **{name: getattr(filters, name) for name in NARROWED},
    }


def cases_of(engine: Engine, person: int, wanted: Wanted) -> Sequence[int]:
    """The cases that it takes, of those that the person may know of."""
    filters = ProgrammeFilters(**{name: wanted[name] for name in NARROWED})
    with engine.reading() as session:
        return population(session, person, wanted["ref"], filters, engine.now())


def _request(wanted: Wanted) -> ExportRequest:
    period = Period(_day(wanted["since"]), _day(wanted["until"]))
    return ExportRequest(wanted["form"], period, wanted["pseudonymous"], wanted["right_to_left"])


def _make(task: Task) -> Said:
    """Write the histories; returns how many they are."""
    request = _request(task.wanted)
    ids = cases_of(task.engine, task.person, task.wanted)
    note = carried(task.engine, task.person, request)
    done = 0

    def heard(count: int) -> None:
        nonlocal done
        done += count
        task.progress(done, len(ids))

    write_export(task.engine, ids, request, Path(task.to.name), heard, note=note)
    return {"cases": len(ids)}


def _tell(engine: Engine, person: int, wanted: Wanted, made: Said) -> None:
    """Tell that the copy is taken away: on its history if it is one, else once on the register."""
    refs = [wanted["ref"]] if wanted["ref"] else []
    tell(engine, person, refs, _request(wanted), made["cases"])


def _name(wanted: Wanted) -> str:
    of = f"history-{wanted['ref']}" if wanted["ref"] else "histories"
    return f"{of}.{FORMS[wanted['form']].ending}"


def _day(written: str) -> date | None:
    return date.fromisoformat(written) if written else None


EXPORT = Kind(
    key=OrderKind.EXPORT,
    roles=frozenset({"auditor"}),
    name=_name,
    media_type=lambda wanted: FORMS[wanted["form"]].media_type,
    make=_make,
    told=_tell,
)
