"""Where a private text stands once more beside its opening, and how it is taken from there."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.orm import Session

from workflow.audit import canonical
from workflow.audit.models import Event
from workflow.engine.models import Attachment, CommandKey, Round, SignOff
from workflow.errors import Incomplete, Invalid
from workflow.people.models import LeadInterest, Mandate, Party, Person, PivotalStatus
from workflow.vocabulary import EventType

What = Mapping[str, Any]
Take = Callable[[Session, Event, What], None]
NAME, ADDRESS, FILE = "Name erased", "erased-{}@erased.invalid", "erased"


def refuse_lasting(event: Event, field: str) -> None:
    """Refuse a text that stays where nothing can be erased: a title stands in filed documents."""
    if field == "title":
        raise Invalid(
            "A title cannot be erased: it stands in the filed texts as well, and these are kept"
            f" as they were filed. File a new version under another title ({event.type})."
        )


def take(session: Session, event: Event, what: What, field: str) -> None:
    """Take the text from every row that repeats it, and from what was kept to answer a repeat.

    The digest of a request covers the reason without a salt, so that it could be guessed from it.
    """
    session.execute(delete(CommandKey).where(CommandKey.at == event.at))
    also = PLACES.get((event.type, field))
    if also:
        also(session, event, what)


def _reason(session: Session, event: Event, _what: What) -> None:
    here = (SignOff.case_id == event.case_id, SignOff.event_seq == event.seq)
    session.execute(update(SignOff).where(*here).values(reason=""))


def _explanation(session: Session, event: Event, what: What) -> None:
    here = (
        Round.case_id == event.case_id, Round.key == what["round"], Round.turn == what["turn"]
    )  # fmt: skip
    session.execute(update(Round).where(*here).values(explanation=""))


def _filename(session: Session, event: Event, _what: What) -> None:
    here = (Attachment.case_id == event.case_id, Attachment.event_seq == event.seq)
    session.execute(update(Attachment).where(*here).values(filename=FILE))


def _mandate(session: Session, _event: Event, what: What) -> None:
    session.execute(update(Mandate).where(Mandate.id == what["mandate"]).values(reason=""))


def _evidence(session: Session, _event: Event, what: What) -> None:
    since = date.fromisoformat(what["since"])
    here = (PivotalStatus.party_id.in_(_party(what)), PivotalStatus.since == since)
    session.execute(update(PivotalStatus).where(*here).values(evidence=""))


def _note(session: Session, event: Event, what: What) -> None:
    """The row repeats the last answer alone, whatever was answered before."""
    if _answered_again(session, event, what):
        return
    here = (LeadInterest.party_id.in_(_party(what)), LeadInterest.area == what["area"])
    session.execute(update(LeadInterest).where(*here).values(note=""))


def _answered_again(session: Session, event: Event, what: What) -> bool:
    later = select(Event.body).where(
        Event.case_id == event.case_id, Event.seq > event.seq, Event.type == event.type
    )
    told = (canonical.parse(body)["what"] for body in session.scalars(later))
    return any((each["party"], each["area"]) == (what["party"], what["area"]) for each in told)


def _name(session: Session, _event: Event, what: What) -> None:
    """A person is called by the name everywhere, so whoever still signs in keeps it."""
    person = session.get_one(Person, int(str(what["of"]).removeprefix("p")), with_for_update=True)
    if person.disabled_at is None:
        raise Incomplete(f"{person.name} still has access: end it first, then erase the name.")
    person.name, person.purpose = NAME, ""
    person.email = ADDRESS.format(person.id)
    session.flush()


def _party(what: What) -> Any:
    is_named: ColumnElement[bool] = Party.key == what["party"]
    return select(Party.id).where(is_named)


PLACES: Mapping[tuple[str, str], Take] = {
    (EventType.SIGNOFF_GIVEN, "reason"): _reason,
    (EventType.SIGNOFF_CHANGED, "reason"): _reason,
    (EventType.ROUND_SETTLED, "explanation"): _explanation,
    (EventType.ATTACHMENT_FILED, "filename"): _filename,
    (EventType.MANDATE_GRANTED, "reason"): _mandate,
    (EventType.PIVOTAL_DESIGNATED, "evidence"): _evidence,
    (EventType.INTEREST_REGISTERED, "note"): _note,
    (EventType.APPOINTMENT_MADE, "name"): _name,
}
