"""What may be talked about on a case: the case as a whole, and sections of texts that were sent."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.engine.document_models import Document
from workflow.engine.permissions.case_sight import CaseSight
from workflow.lifecycles.definition import Definition
from workflow.phrase import to_say

WHOLE = ""
# What the case as a whole is called among its sections.
IN_GENERAL = to_say("In general")


@dataclass(frozen=True, slots=True)
class DiscussionTopic:
    """A section, called by its document and its title; `about` names it in addresses and on commands."""

    about: str
    document: str
    title: str


def place(about: str) -> tuple[str, str]:
    """The document and the section that a topic names; both are empty for the case as a whole."""
    document, _, section = about.partition(":")
    return document, section


def topic(definition: Definition, about: str) -> DiscussionTopic:
    """A topic in the words of the lifecycle, where it has that section still."""
    document, section = place(about)
    kind = definition.documents.get(document)
    if kind is None:
        return DiscussionTopic(about, "", about or IN_GENERAL)
    titles = {each.key: each.title for each in kind.sections}
    return DiscussionTopic(about, kind.label, titles.get(section, section))


def topics(session: Session, sight: CaseSight) -> tuple[DiscussionTopic, ...]:
    """What the person may speak about: nothing where they take no part and nothing is opened wider."""
    speaker = as_speaker(sight)
    if sight.definition is None:
        return ()
    filed: dict[str, list[int]] = {}
    rows = select(Document.kind, Document.event_seq).where(Document.case_id == sight.case_id)
    for kind, seq in session.execute(rows):
        filed.setdefault(kind, []).append(seq)
    return tuple(_topics(speaker, sight.definition, filed))


def as_speaker(sight: CaseSight) -> CaseSight:
    """The sight of somebody who wants to speak: auditors read everything and say nothing as such."""
    return replace(sight, standing=replace(sight.standing, audits=False))


def _topics(
    speaker: CaseSight, definition: Definition, filed: dict[str, list[int]]
) -> Iterator[DiscussionTopic]:
    if speaker.talk(WHOLE):
        yield topic(definition, WHOLE)
    for key, document in definition.documents.items():
        if key in filed and speaker.talk(key) and speaker.versions(key, filed[key]):
            for section in document.sections:
                yield topic(definition, f"{key}:{section.key}")
