"""Exporting: one file in one format, whole or not at all, and the trail's word about it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from workflow.audit.envelope import Fact
from workflow.audit.events.histories import HistoryExported
from workflow.drafts import drafted
from workflow.engine.engine import Engine
from workflow.exports.ocel_json import write_ocel_json
from workflow.exports.ocel_sqlite import write_ocel_sqlite
from workflow.exports.pseudonyms import Naming, Plain, Pseudonymous
from workflow.exports.tables import write_csv, write_xlsx
from workflow.exports.traces import ALWAYS, Period, Trace, traces
from workflow.exports.xes import write_xes
from workflow.history import access_log
from workflow.people.register import registered
from workflow.tlog.witnesses import anchors

Write = Callable[[Path, Iterable[Trace], Naming], None]


@dataclass(frozen=True, slots=True)
class Form:
    """A format: how its file ends, what it is to a browser, whether free text goes into it.

    One that `carries` has room for the signed checkpoint of the moment.
    """

    key: str
    ending: str
    media_type: str
    write: Write
    texts: bool = False
    carries: bool = False


FORMS: Mapping[str, Form] = {
    form.key: form
    for form in (
        Form("xes", "xes", "application/xml", write_xes, carries=True),
        Form("ocel", "jsonocel", "application/json", write_ocel_json),
        Form("ocel-sqlite", "sqlite", "application/vnd.sqlite3", write_ocel_sqlite),
        Form("csv", "csv", "text/csv; charset=utf-8", write_csv, texts=True),
        Form(
            "xlsx",
            "xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            write_xlsx,
            texts=True,
            carries=True,
        ),
    )
}


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """What is to be exported, and how."""

    form: str
    period: Period = ALWAYS
    pseudonymous: bool = False
    right_to_left: bool = False


def export(
    engine: Engine,
    ids: Sequence[int],
    request: ExportRequest,
    target: Path,
    progress: Callable[[int], object] = lambda _done: None,
    *,
    note: str = "",
) -> int:
    """Write the cases to `target`, with the checkpoint `note`; return how many events they have.

    The file appears there only when it is whole. A pseudonymous one holds no free text.
    """
    with drafted(target) as draft:
        return write_export(engine, ids, request, draft, progress, note=note)


def write_export(
    engine: Engine,
    ids: Sequence[int],
    request: ExportRequest,
    draft: Path,
    progress: Callable[[int], object] = lambda _done: None,
    *,
    note: str = "",
) -> int:
    """Write the cases into a file that is there already; return how many events they have."""
    form = FORMS[request.form]
    counted = _Counted(progress)
    read = traces(engine, ids, request.period, texts=form.texts and not request.pseudonymous)
    naming = Pseudonymous() if request.pseudonymous else Plain()
    _writer(form, request, note)(draft, counted.each(read), naming)
    return counted.events


def tell(
    engine: Engine, person: int | None, refs: Sequence[str], request: ExportRequest, cases: int
) -> None:
    """Record that a copy is taken away: on the case if it is one, else once on the register.

    Where a checkpoint goes with it, who takes it away is one more anchor.
    """
    if person is not None and len(refs) == 1:
        access_log.record_copy(engine, person, refs[0])
    else:
        taken = HistoryExported(form=request.form, cases=cases, pseudonymous=request.pseudonymous)
        with engine.transaction() as session:
            registered(session, Fact(taken, person, engine.now()))


def carried(engine: Engine, person: int | None, request: ExportRequest) -> str:
    """The note of the checkpoint that goes into a file; who takes it away is one more anchor."""
    if not FORMS[request.form].carries:
        return ""
    with engine.transaction() as session:
        found = anchors.current(session)
        if found is None:
            return ""
        of, recipient = found[0].checkpoint, anchors.person(person) if person else ""
        if recipient:
            kind = anchors.AnchorKind.EXPORT
            anchors.leave(session, kind, recipient, of.size, of.root, engine.now())
        return found[1]


def _writer(form: Form, request: ExportRequest, note: str) -> Write:
    if form.key == "xlsx":
        return partial(write_xlsx, right_to_left=request.right_to_left, note=note)
    return partial(write_xes, note=note) if form.key == "xes" else form.write


class _Counted:
    """Counts what passes through."""

    def __init__(self, progress: Callable[[int], object]) -> None:
        self.events = 0
        self._progress = progress

    def each(self, read: Iterable[Trace]) -> Iterable[Trace]:
        for trace in read:
            yield trace
            self.events += len(trace.events)
            self._progress(1)
