"""The text under decision as it reads, and what changed since somebody last decided on it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import chain
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from workflow.audit import canonical
from workflow.engine.answers.given import answers_given
from workflow.engine.document_models import Attachment
from workflow.engine.documents import bound_content, sendings
from workflow.engine.documents.bound_content import FiledVersion
from workflow.engine.documents.checked import (
    bodies,
    held_against,
    versions_beside,
)
from workflow.engine.documents.diff import SectionText, between
from workflow.engine.documents.labels import of_parties, speaker
from workflow.engine.documents.proposed import ProposedChange, proposed
from workflow.engine.pages.viewer import CaseViewer
from workflow.lifecycles.checks.results import CheckFinding
from workflow.lifecycles.definition import Definition, RoundSpec
from workflow.lifecycles.documents import DocumentKind


@dataclass(frozen=True, slots=True)
class Since:
    """The earlier version that a text is compared with: whose sign-off covered it, and when."""

    version: int
    at: datetime
    own: bool


@dataclass(frozen=True, slots=True)
class FileLine:
    """A file under decision; one that was brought in from elsewhere bears the day it is `dated`."""

    id: int
    kind: str
    filename: str
    size: int
    digest: str
    dated: date | None = None


@dataclass(frozen=True, slots=True)
class DocumentText:
    """One document under decision, section by section, with its files.

    `findings` are the checks of its lifecycle that it does not keep to, while it may be decided on;
    `content` is what the person may read of it as it is stored, `proposed` what it would change of what
    is in force of the case above.
    """

    key: str
    label: str
    version: int
    digest: str
    filed_at: datetime | None
    filed_by: str
    sections: tuple[SectionText, ...]
    files: tuple[FileLine, ...]
    since: Since | None
    findings: tuple[CheckFinding, ...] = ()
    content: Mapping[str, Any] = field(default_factory=dict)
    proposed: tuple[ProposedChange, ...] = ()

    @property
    def changed(self) -> tuple[SectionText, ...]:
        """The sections that differ from the version compared with."""
        return tuple(section for section in self.sections if section.changed)


def under_decision(
    viewer: CaseViewer, spec: RoundSpec, content: Mapping[str, Any], *, undecided: bool = False
) -> tuple[DocumentText, ...]:
    """Every document that `content` binds and the person may read, compared with what they last signed.

    Somebody who signed nothing over it sees it beside the last version that anybody signed.
    """
    session, definition, case_id = viewer.session, viewer.definition, viewer.case.id
    bound = {key: found["version"] for key, found in content["documents"].items()}
    files = _files(session, case_id, content["files"])
    kinds = [key for key in definition.documents if key in bound or key in files]
    versions = bound_content.filed_versions(session, case_id)
    kinds = [
        key for key in kinds if _readable(viewer, spec, key, versions.get(key, ()), bound.get(key))
    ]
    bound = {key: version for key, version in bound.items() if key in kinds}
    bases = _bases(viewer, bound, versions)
    bodies = _bodies(viewer, bound, bases, undecided=undecided)
    named = (of_parties(definition.documents[key], body) for (key, _), body in bodies.items())
    say = speaker(session, definition, named, bodies.values())
    found = []
    for key in kinds:
        kind, since = viewer.sight.shown(definition.documents[key]), bases.get(key)
        now = bodies.get((key, bound.get(key, 0)), {})
        before = bodies.get((key, since.version), {}) if since else now
        row = next((v for v in versions.get(key, ()) if v.version == bound.get(key)), None)
        text = DocumentText(
            key=key,
            label=kind.label,
            version=bound.get(key, 0),
            digest=row.digest if row else "",
            filed_at=row.at if row else None,
            filed_by=row.person if row else "",
            sections=between(kind, before, now, say) if row else (),
            files=files.get(key, ()),
            since=since,
        )
        found.append(_read(viewer, kind, text, now, undecided=undecided))
    return tuple(found)


def _read(
    viewer: CaseViewer,
    kind: DocumentKind,
    text: DocumentText,
    content: Mapping[str, Any],
    *,
    undecided: bool,
) -> DocumentText:
    """The text with what is found of it: what it does not keep to, and what it would change."""
    filed, case = text.filed_at, (viewer.case.id, viewer.definition)
    return replace(
        text,
        findings=_unmet(viewer, kind, content) if filed and undecided else (),
        content={each.key: content[each.key] for each in kind.fields() if each.key in content},
        proposed=proposed(viewer.session, case, kind, content, filed) if filed else (),
    )


def _unmet(
    viewer: CaseViewer, kind: DocumentKind, content: Mapping[str, Any]
) -> tuple[CheckFinding, ...]:
    """What the text does not keep to, of those fields that the person may read."""
    held = held_against(viewer.session, viewer.case.id, viewer.definition, kind, content)
    shown = {field.key for field in kind.fields()}
    return tuple(each for each in held if each.unmet and each.check.at in shown)


def _readable(
    viewer: CaseViewer,
    spec: RoundSpec,
    kind: str,
    versions: Iterable[FiledVersion],
    bound: int | None,
) -> bool:
    """Whether the person may read what is bound; only what its writers hand over may be a draft."""
    if bound is None or kind not in sendings.handed_over(viewer.definition, spec):
        return viewer.sight.text(kind)
    filed = {each.version: each.seq for each in versions}
    return filed[bound] in viewer.sight.versions(kind, filed.values())


Signed = list[tuple[str, int, int | None, datetime]]


def _signed(session: Session, definition: Definition, case_id: int) -> Signed:
    """Every answer given in the case over some text: kind, event, person and time, oldest first."""
    return [
        (kind, answer.event_seq, answer.person_id, answer.at)
        for answer in answers_given(session, case_id)
        for kind in definition.rounds[answer.key].text
    ]


def _bases(
    viewer: CaseViewer, bound: Mapping[str, int], versions: Mapping[str, Sequence[FiledVersion]]
) -> dict[str, Since | None]:
    """The earlier version that each document is compared with."""
    signed = _signed(viewer.session, viewer.definition, viewer.case.id)
    return {
        key: _base(key, bound[key], versions.get(key, ()), signed, viewer.person) for key in bound
    }


def _base(
    kind: str, bound: int, versions: Sequence[FiledVersion], signed: Signed, person: int
) -> Since | None:
    """The version that the person last signed over, or else the last one that anybody did."""
    others: Since | None = None
    own: Since | None = None
    for of_kind, seq, who, at in signed:
        version = max((v.version for v in versions if v.seq < seq), default=0)
        if of_kind != kind or not version or version > bound:
            continue
        if who == person:
            own = Since(version, at, own=True)
        if version < bound:
            others = Since(version, at, own=False)
    return own or others


def _bodies(
    viewer: CaseViewer,
    bound: Mapping[str, int],
    bases: Mapping[str, Since | None],
    *,
    undecided: bool,
) -> dict[tuple[str, int], dict[str, Any]]:
    """What these versions say; those that the checks look at beside them are read along."""
    session, definition, case_id = viewer.session, viewer.definition, viewer.case.id
    wanted = [*bound.items(), *((key, since.version) for key, since in bases.items() if since)]
    if not wanted:
        return {}
    kinds = [definition.documents[key] for key in bound if undecided]
    beside = [versions_beside(session, case_id, definition, kind) for kind in kinds if kind.checks]
    found = bodies(session, case_id, tuple(dict.fromkeys((*wanted, *chain(*beside)))))
    return {each: canonical.parse(found[each]) for each in wanted}


_FILES = (
    select(
        Attachment.id,
        Attachment.kind,
        Attachment.filename,
        Attachment.size,
        Attachment.digest,
        Attachment.dated,
    )
    .where(
        Attachment.case_id == bindparam("case_id"),
        Attachment.digest.in_(bindparam("digests", expanding=True)),
    )
    .order_by(Attachment.id)
)


def _files(
    session: Session, case_id: int, bound: Mapping[str, Sequence[str]]
) -> dict[str, tuple[FileLine, ...]]:
    digests = {digest for group in bound.values() for digest in group}
    if not digests:
        return {}
    asked = {"case_id": case_id, "digests": sorted(digests)}
    lines = [FileLine(*row) for row in session.connection().execute(_FILES, asked)]
    return {
        kind: tuple(
            {
                line.digest: line for line in lines if line.kind == kind and line.digest in group
            }.values()
        )
        for kind, group in bound.items()
    }
