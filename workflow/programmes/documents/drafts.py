"""The form of a document as one person finds it: what it says, what is missing, what came back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Session

from workflow.engine.clauses.report import views_heard
from workflow.engine.documents import checked
from workflow.engine.documents.above.kept import own
from workflow.engine.documents.returns import Return, last_returns
from workflow.engine.engine import Engine
from workflow.errors import Refusal
from workflow.lifecycles import form_checks
from workflow.lifecycles.checks.results import CheckFinding
from workflow.lifecycles.clauses.remarks import Remark
from workflow.lifecycles.documents import DocumentKind, Section
from workflow.programmes.documents import source_row
from workflow.programmes.documents.attachments import AttachedFile, attached, companions
from workflow.programmes.documents.choices import Offered, offered
from workflow.programmes.documents.referred import ReferredTable, referred, rows_owed
from workflow.programmes.documents.signature import Signing, signing
from workflow.programmes.documents.versions import Saved, content_of, saved_versions, writing_barred
from workflow.programmes.visible_case import VisibleCase, visible_case
from workflow.results.new_report import begins_with
from workflow.results.parts import PartsBeside, parts_beside


class SectionProgress(StrEnum):
    """How far a section has come."""

    DONE = "done"
    GAPS = "gaps"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class SectionLine:
    """One section in the list beside the form: what it still lacks, and which checks it fails."""

    section: Section
    progress: SectionProgress
    gaps: tuple[str, ...]
    wrong: tuple[CheckFinding, ...]


@dataclass(frozen=True, slots=True)
class FormPage:
    """A document open for writing; `saved` is None before the first time.

    `barred` says why this person may not write it; then the page only explains that. `came_back_as`
    is what it said when it came back, if it did; `parts` what the parts of the programme reported of its period;
    `referred` are the tables of other texts to whose rows it refers.
    """

    case: VisibleCase
    kind: DocumentKind
    saved: Saved | None
    content: Mapping[str, Any]
    sections: tuple[SectionLine, ...]
    findings: tuple[CheckFinding, ...]
    returns: tuple[Return, ...]
    file_kinds: tuple[DocumentKind, ...]
    files: tuple[AttachedFile, ...]
    signing: Signing | None
    offered: Offered
    barred: Refusal | None
    came_back_as: Mapping[str, Any] = field(default_factory=dict)
    parts: PartsBeside | None = None
    referred: tuple[ReferredTable, ...] = ()

    def changed(self, remark: Remark) -> bool:
        """Whether what a remark is about differs from the version that came back."""
        section = self.section(remark.section)
        about = [each.key for each in section.fields] if section else []
        about = [remark.field] if remark.field else about
        return any(self.content.get(key) != self.came_back_as.get(key) for key in about)

    @property
    def version(self) -> int:
        """The version that the form was opened on."""
        return self.saved.version if self.saved else 0

    def section(self, key: str) -> Section | None:
        """The section called `key`."""
        return next((each for each in self.kind.sections if each.key == key), None)


def form_page(
    session: Session, engine: Engine, person: int, ref: str, *, kind: str, fresh: bool = False
) -> FormPage:
    """The form of a document of a programme; `fresh` begins the next report of a series empty."""
    case = visible_case(session, engine, person, ref)
    spec = case.kind(kind)
    barred = writing_barred(session, case, spec)
    every = saved_versions(session, case, kind) if barred is None else ()
    saved = next(iter(every), None)
    empty = fresh and spec.serial
    content = _content(session, case, spec, saved) if not empty else {}
    returns = last_returns(session, case.definition, case.id, spec)
    file_kinds = companions(case.definition, spec)
    files = attached(session, case, [each.key for each in file_kinds])
    held = checked.held_against(session, case.id, case.definition, spec, own(content))
    return FormPage(
        case=case,
        kind=spec,
        saved=saved,
        content=content,
        sections=section_lines(spec, content, held),
        findings=held,
        returns=returns,
        file_kinds=file_kinds,
        files=files,
        signing=signing(session, case, spec, engine.now()),
        offered=offered(session, case.definition, spec.fields(), case.id),
        barred=barred,
        came_back_as=content_of(session, case, kind, returns[0].version) if returns else {},
        parts=parts_beside(session, engine, (case.id, case.definition), spec, content),
        referred=() if barred else referred(session, case.sight, spec),
    )


def _content(
    session: Session, case: VisibleCase, kind: DocumentKind, saved: Saved | None
) -> Mapping[str, Any]:
    """What was saved last; a form that never was begins with what is known of it."""
    if saved is None:
        repeated = checked.repeated(session, case.id, case.definition, kind)
        begun = {**begins_with(session, case.definition, case.id, kind), **repeated}
        begun |= views_heard(session, case.definition, case.id, kind)
        begun |= rows_owed(session, case.sight, kind)
        return begun or source_row.begun(session, case.id, kind.key)
    return content_of(session, case, kind.key, saved.version)


def section_lines(
    kind: DocumentKind, content: Mapping[str, Any], held: tuple[CheckFinding, ...] = ()
) -> tuple[SectionLine, ...]:
    """How far each section has come with this content."""
    lacking = form_checks.missing(kind, content)
    lines = []
    for section in kind.sections:
        keys = {field.key for field in section.fields}
        gaps = tuple(label for title, label in lacking if title == section.title)
        wrong = tuple(each for each in held if each.check.at in keys and each.unmet)
        begun = any(content.get(key) for key in keys)
        lines.append(SectionLine(section, _progress(gaps, wrong, begun=begun), gaps, wrong))
    return tuple(lines)


def _progress(
    gaps: tuple[str, ...], wrong: tuple[CheckFinding, ...], *, begun: bool
) -> SectionProgress:
    if not begun:
        return SectionProgress.EMPTY
    return SectionProgress.GAPS if gaps or wrong else SectionProgress.DONE
