"""Where a private text stands once more beside its opening, and how it is taken from there."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from workflow.audit.envelope import what_in
from workflow.audit.events.discussions.messages import MessageSaid
from workflow.audit.events.documents import AttachmentFiled
from workflow.audit.events.house import (
    LifecycleAsked,
    LifecycleDeclined,
    LifecycleOffered,
    LifecyclePublished,
    LifecycleRetired,
    LifecycleWorded,
    OfOffer,
    PartyDescribed,
    ReportingDeclined,
)
from workflow.audit.events.payload import Payload
from workflow.audit.events.people import (
    AccountAsked,
    AccountDeclined,
    ActAsked,
    ActDeclined,
    PersonChanged,
    PersonEntered,
)
from workflow.audit.events.register import (
    AppointmentLetterFiled,
    AppointmentMade,
    InterestDeclined,
    InterestRegistered,
    MandateGranted,
    PivotalDesignated,
    PivotalEnded,
)
from workflow.audit.events.rounds import RoundSettled
from workflow.audit.events.seats import Answered, SignoffChanged, SignoffGiven
from workflow.audit.events.sharing.entries import OfWording, SharingDeclined, SharingWorded
from workflow.audit.models import Event
from workflow.discussions.say import take_message
from workflow.engine.document_models import Attachment
from workflow.engine.models import CommandKey, Round, SignOff
from workflow.engine.offers.models import LifecycleOffer
from workflow.engine.texts.models import LifecycleTexts
from workflow.errors import Incomplete, Invalid
from workflow.people.models import (
    AccountAct,
    Appointment,
    LeadInterest,
    Mandate,
    OfficeAct,
    Party,
    Person,
    PivotalStatus,
)
from workflow.people.reporting.models import ReportingCalendar
from workflow.phrase import phrase
from workflow.publication.models import LifecycleRequest
from workflow.sharing.entries import list_anew
from workflow.sharing.models import SharedEntry, SharedWording
from workflow.sharing.search import forget_signs

Named = AppointmentMade | PersonEntered | PersonChanged | AccountAsked
Take = Callable[[Session, Event, Any], None]
NAME, ADDRESS, FILE = "Name erased", "erased-{}@erased.invalid", "erased"


def refuse_lasting(event: Event, field: str) -> None:
    """Refuse a text that stays where nothing can be erased: a title stands in filed documents."""
    if field == "title":
        raise Invalid(
            phrase(
                "A title cannot be erased: it stands in the filed texts as well, and these are "
                "kept as they were filed. File a new version under another title (%(type)s).",
                type=event.type,
            )
        )


def take(session: Session, event: Event, what: Payload, field: str) -> None:
    """Take the text from every row that repeats it, and from what was kept to answer a repeat.

    The digest of a request covers the reason without a salt, so that it could be guessed from it.
    """
    session.execute(delete(CommandKey).where(CommandKey.at == event.at))
    also = PLACES.get((type(what), field))
    if also:
        also(session, event, what)


def _reason(session: Session, event: Event, _what: Answered) -> None:
    here = (SignOff.case_id == event.case_id, SignOff.event_seq == event.seq)
    session.execute(update(SignOff).where(*here).values(reason=""))


def _explanation(session: Session, event: Event, what: RoundSettled) -> None:
    here = (
        Round.case_id == event.case_id, Round.key == what.round, Round.turn == what.turn
    )  # fmt: skip
    session.execute(update(Round).where(*here).values(explanation=""))


def _filename(
    session: Session, event: Event, _what: AttachmentFiled | AppointmentLetterFiled
) -> None:
    here = (Attachment.case_id == event.case_id, Attachment.event_seq == event.seq)
    session.execute(update(Attachment).where(*here).values(filename=FILE))


def _mandate(session: Session, _event: Event, what: MandateGranted) -> None:
    session.execute(update(Mandate).where(Mandate.id == what.mandate).values(reason=""))


def _evidence(session: Session, _event: Event, what: PivotalDesignated) -> None:
    here = (PivotalStatus.party_id.in_(_party(what.party)), PivotalStatus.since == what.since)
    session.execute(update(PivotalStatus).where(*here).values(evidence=""))


def _ground(session: Session, _event: Event, what: PivotalEnded) -> None:
    here = (PivotalStatus.party_id.in_(_party(what.party)), PivotalStatus.since == what.since)
    session.execute(update(PivotalStatus).where(*here).values(ended_for=""))


def _note(session: Session, event: Event, what: InterestRegistered | InterestDeclined) -> None:
    """The row repeats the last answer alone, whatever was answered before."""
    if _answered_again(session, event, what):
        return
    here = (LeadInterest.party_id.in_(_party(what.party)), LeadInterest.area == what.area)
    session.execute(update(LeadInterest).where(*here).values(note=""))


def _answered_again(
    session: Session, event: Event, what: InterestRegistered | InterestDeclined
) -> bool:
    kinds: Mapping[str, type[InterestRegistered | InterestDeclined]] = {
        each.event_type: each for each in (InterestRegistered, InterestDeclined)
    }
    later = select(Event.type, Event.body).where(
        Event.case_id == event.case_id, Event.seq > event.seq, Event.type.in_(kinds)
    )
    told = (what_in(body, kinds[kind]) for kind, body in session.execute(later))
    return any((each.party, each.area) == (what.party, what.area) for each in told)


def _name(session: Session, _event: Event, what: Named) -> None:
    """A person is called by the name everywhere, so whoever still signs in keeps it."""
    person = _told_of(session, what)
    if person.disabled_at is None:
        raise Incomplete(
            phrase(
                "%(person)s still has access: end it first, then erase the name.",
                person=person.name,
            )
        )
    person.name, person.purpose = NAME, ""
    person.email = ADDRESS.format(person.id)
    session.flush()


def _address(session: Session, _event: Event, what: Named) -> None:
    """Whoever still signs in does so with the address, and keeps it."""
    person = _told_of(session, what)
    if person.disabled_at is None:
        raise Incomplete(
            phrase(
                "%(person)s still has access: end it first, then erase the address.",
                person=person.name,
            )
        )
    person.email = ADDRESS.format(person.id)
    session.flush()


def _told_of(session: Session, what: Named) -> Person:
    told = what.holder if isinstance(what, AppointmentMade) else what.whom
    return session.get_one(Person, told, with_for_update=True)


def _wish_for_address(session: Session, event: Event, what: AccountAsked) -> None:
    """The wish repeats the address, and the person's row does once it was granted."""
    act = session.get_one(AccountAct, what.number, with_for_update=True)
    if act.outcome == "confirmed":
        _address(session, event, what)
    act.email = ADDRESS.format(what.whom)
    session.flush()


def _letter(session: Session, _event: Event, what: AppointmentMade) -> None:
    its = update(Appointment).where(Appointment.id == what.appointment)
    session.execute(its.values(letter=""))


def _wished_letter(session: Session, _event: Event, what: ActAsked) -> None:
    session.execute(update(OfficeAct).where(OfficeAct.id == what.number).values(letter=""))


def _declined(session: Session, _event: Event, what: ActDeclined | AccountDeclined) -> None:
    acts = OfficeAct if isinstance(what, ActDeclined) else AccountAct
    session.execute(update(acts).where(acts.id == what.number).values(reason=""))


def _declined_reporting(session: Session, _event: Event, what: ReportingDeclined) -> None:
    its = update(ReportingCalendar).where(ReportingCalendar.id == what.number)
    session.execute(its.values(reason=""))


def _lifecycle_asked(session: Session, _event: Event, what: LifecycleAsked) -> None:
    """Whoever confirms repeats why the first asked for it, and that is told by an event of its own."""
    its = update(LifecycleRequest).where(LifecycleRequest.id == what.number)
    session.execute(its.values(why=""))


def _lifecycle_declined(session: Session, _event: Event, what: LifecycleDeclined) -> None:
    its = update(LifecycleRequest).where(LifecycleRequest.id == what.number)
    session.execute(its.values(reason=""))


def _lifecycle_done(session: Session, _event: Event, what: OfOffer) -> None:
    its = update(LifecycleOffer).where(LifecycleOffer.id == what.number)
    session.execute(its.values(why=""))


def _lifecycle_worded(session: Session, _event: Event, what: LifecycleWorded) -> None:
    its = update(LifecycleTexts).where(LifecycleTexts.id == what.number)
    session.execute(its.values(why=""))


def _contact(session: Session, event: Event, what: PartyDescribed) -> None:
    """The row repeats what was said last alone."""
    later = select(Event.body).where(
        Event.case_id == event.case_id, Event.seq > event.seq, Event.type == event.type
    )
    told = (what_in(body, PartyDescribed) for body in session.scalars(later))
    if not any(each.party == what.party for each in told):
        session.execute(update(Party).where(Party.key == what.party).values(contact=""))


def _wording(what: OfWording) -> Any:
    here = (SharedWording.entry_id == what.entry, SharedWording.number == what.wording)
    return update(SharedWording).where(*here)


def _shared(session: Session, _event: Event, what: SharingWorded) -> None:
    """What is listed repeats the wording that was confirmed last, and so does what it is found by."""
    session.execute(_wording(what).values(content=""))
    entry = session.get_one(SharedEntry, what.entry, with_for_update=True)
    if entry.wording in (what.wording, None):
        list_anew(session, entry, None)
        forget_signs(session)


def _consent(session: Session, _event: Event, what: SharingWorded) -> None:
    session.execute(_wording(what).values(consent=""))


def _declined_wording(session: Session, _event: Event, what: SharingDeclined) -> None:
    session.execute(_wording(what).values(reason=""))


def _party(key: str) -> Any:
    return select(Party.id).where(Party.key == key)


PLACES: Mapping[tuple[type[Payload], str], Take] = {
    (SignoffGiven, "reason"): _reason,
    (SignoffChanged, "reason"): _reason,
    (RoundSettled, "explanation"): _explanation,
    (MessageSaid, "text"): take_message,
    (AttachmentFiled, "filename"): _filename,
    (AppointmentLetterFiled, "filename"): _filename,
    (MandateGranted, "reason"): _mandate,
    (PivotalDesignated, "evidence"): _evidence,
    (PivotalEnded, "ground"): _ground,
    (InterestRegistered, "note"): _note,
    (InterestDeclined, "note"): _note,
    (PartyDescribed, "contact"): _contact,
    **{(kind, "name"): _name for kind in (AppointmentMade, PersonEntered, PersonChanged)},
    **{(kind, "email"): _address for kind in (AppointmentMade, PersonEntered, PersonChanged)},
    (AccountAsked, "email"): _wish_for_address,
    (AppointmentMade, "letter"): _letter,
    (ActAsked, "letter"): _wished_letter,
    (ActDeclined, "reason"): _declined,
    (ReportingDeclined, "reason"): _declined_reporting,
    (AccountDeclined, "reason"): _declined,
    (LifecycleAsked, "why"): _lifecycle_asked,
    (LifecycleDeclined, "reason"): _lifecycle_declined,
    (LifecycleWorded, "why"): _lifecycle_worded,
    (SharingWorded, "content"): _shared,
    (SharingWorded, "consent"): _consent,
    (SharingDeclined, "reason"): _declined_wording,
    **{
        (kind, "why"): _lifecycle_done
        for kind in (LifecyclePublished, LifecycleOffered, LifecycleRetired)
    },
}
