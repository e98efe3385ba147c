"""What was said in the discussion of a case, as its rows have it and as its trail tells."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import BindParameter, Select, func, literal, select

from workflow.audit.chain import ToldEvent
from workflow.audit.events.discussions.messages import MessageRetracted, MessageSaid
from workflow.audit.events.payload import Payload
from workflow.audit.verification.expected import ExpectedRows, private_columns
from workflow.audit.verification.labels import message_name, retraction_name
from workflow.audit.verification.tables import MESSAGES

# Stand where a mark of an auditor says what it covers: that the row is a message, or was taken back.
_SAID, _TAKEN_BACK = "said:", "taken back"
_NONE = 0


def messages_by(case_id: BindParameter[int]) -> tuple[Select[Any], Select[Any]]:
    """What asks for the messages of a case and for those taken back, shaped as the marks of auditors are."""
    of = MESSAGES.c
    here = of.case_id == case_id
    answers = func.coalesce(of.answers_id, _NONE).label("seq")
    said = select(
        *(of.case_id, of.person_id, (literal(_SAID) + of.about).label("covers"), answers),
        *(of.text.label("sample"), of.said_at.label("at"), of.event_seq),
    ).where(here)
    taken_back = select(
        *(of.case_id, of.person_id, literal(_TAKEN_BACK).label("covers"), of.id.label("seq")),
        *(literal("").label("sample"), of.retracted_at.label("at"), of.retraction_seq),
    ).where(here, of.retraction_seq.is_not(None))
    return said, taken_back


def message_in(row: Mapping[str, Any]) -> tuple[str, dict[str, Any]] | None:
    """The message, or its being taken back, that such a row is; nothing where it is a mark."""
    told = {name: row[name] for name in ("person_id", "at", "event_seq")}
    if row["covers"] == _TAKEN_BACK:
        return retraction_name(row["event_seq"]), {**told, "message": row["seq"]}
    if not row["covers"].startswith(_SAID):
        return None
    about = row["covers"].removeprefix(_SAID)
    said = {"about": about, "answers": row["seq"], "text": row["sample"]}
    return message_name(row["event_seq"]), {**told, **said}


def _said(story: ExpectedRows, told: ToldEvent, what: MessageSaid) -> None:
    story.things[message_name(told.seq)] = {
        "about": f"{what.document}:{what.section}" if what.document else "",
        "answers": what.answers or _NONE,
        "person_id": told.person,
        "at": told.at,
        "event_seq": told.seq,
        **private_columns(told, text=what.text),
    }


def _retracted(story: ExpectedRows, told: ToldEvent, what: MessageRetracted) -> None:
    story.things[retraction_name(told.seq)] = {
        "message": what.message,
        "person_id": told.person,
        "at": told.at,
        "event_seq": told.seq,
    }


TELLERS: Mapping[type[Payload], Callable[[ExpectedRows, ToldEvent, Any], None]] = {
    MessageSaid: _said,
    MessageRetracted: _retracted,
}
