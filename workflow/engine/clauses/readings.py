"""What was said of a text in consultation beside what became of it, for whoever reads the changed text."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from workflow.engine.answers.given import answers_given
from workflow.engine.documents import returns
from workflow.lifecycles.clauses.remarks import Remark, answering, replies_in
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.documents import DocumentKind


@dataclass(frozen=True, slots=True)
class CommentReply:
    """What was answered to a comment: the disposition with its words, by whom and when."""

    words: str
    person: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ReadComment:
    """One comment of a party, what was answered to it, and whether its place of the text was changed since.

    `clause` is the number of the place, empty for a comment on the whole; `id` names the comment for good.
    """

    id: str
    number: int
    clause: str
    title: str
    words: str
    party: str
    party_key: str
    person: str
    at: datetime
    reply: CommentReply | None
    changed: bool
    position: str = ""


def comments_on(
    session: Session,
    definition: Definition,
    case_id: int,
    kind: DocumentKind,
    *,
    compared: bool = True,
) -> tuple[ReadComment, ...]:
    """Everything that was said in the rounds that a document hears, numbered through, with what was answered.

    Whether the text was changed since is told where it is `compared`.
    """
    said = returns.heard(session, definition, case_id, kind)
    if not said:
        return ()
    replies = _replies(session, definition, case_id)
    changed = {
        version: returns.changed_since(session, case_id, kind, version)
        if version and compared
        else frozenset()
        for version in {back.version for back in said}
    }
    each = ((back, remark) for back in said for remark in back.remarks)
    return tuple(
        ReadComment(
            remark.id, number, remark.clause, _title(kind, remark), remark.words,
            back.party, back.party_key, back.person, back.at,
            replies.get(remark.id), remark.place in changed[back.version], back.verdict,
        )
        for number, (back, remark) in enumerate(each, 1)
    )  # fmt: skip


def readings_of(
    session: Session, definition: Definition, case_id: int, kind: DocumentKind, party: str
) -> tuple[ReadComment, ...]:
    """The comments of one party alone."""
    found = comments_on(session, definition, case_id, kind)
    return tuple(each for each in found if each.party_key == party)


def _title(kind: DocumentKind, remark: Remark) -> str:
    """What the place of a remark is called in its form."""
    for section in kind.sections:
        if section.key == remark.section:
            fields = {field.key: field.label for field in section.fields}
            return fields.get(remark.field, section.title)
    return ""


def _replies(session: Session, definition: Definition, case_id: int) -> Mapping[str, CommentReply]:
    """The last answer that stands to each comment of the case."""
    keys = tuple(key for key, spec in definition.rounds.items() if answering(spec) is not None)
    return {
        remark: CommentReply(words, given.name, given.at)
        for given in answers_given(session, case_id)
        if given.standing and given.key in keys
        for remark, words in replies_in(definition.rounds[given.key], given.answers).items()
    }
