"""What may be asked of any event, whatever its type: whom it is about, and what was answered."""

from workflow.audit.events.cases import (
    CaseMigrated,
    CaseOpened,
    ChildOpened,
    FactsAmended,
    InCapacity,
)
from workflow.audit.events.discussions.messages import MessageSaid
from workflow.audit.events.documents import DocumentFiled
from workflow.audit.events.house import (
    CalendarSet,
    LifecycleCasesMoved,
    LifecycleDeclined,
    OfOffer,
    OfReporting,
    OnABody,
    PartyDescribed,
    ReportingDeclined,
    ReportingSet,
)
from workflow.audit.events.money.movements import MoneyDecided, MoneyRecorded
from workflow.audit.events.money.promises import MoneyEarmarked, PaymentExpected
from workflow.audit.events.payload import Payload
from workflow.audit.events.people import (
    AccountConfirmed,
    AccountDeclined,
    ActConfirmed,
    ActDeclined,
    ActOnOffice,
    OfPerson,
    PasswordSet,
)
from workflow.audit.events.register import (
    Appointed,
    AppointmentHandedOver,
    InterestAsked,
    InterestDeclined,
    InterestEnded,
    InterestRegistered,
    Mandated,
    PivotalDesignated,
    PivotalEnded,
)
from workflow.audit.events.rounds import (
    NamedSeat,
    NamesSeats,
    RoundExtended,
    RoundOpened,
    RoundPaused,
)
from workflow.audit.events.seats import (
    ActedAtSeat,
    Answered,
    AtSeat,
    DutyOverridden,
    SeatReassigned,
    SignoffLate,
)
from workflow.audit.events.sharing.entries import OfSharing, SharingConfirmed, SharingDeclined


def seat_in(what: Payload) -> NamedSeat | None:
    """The one seat that the event is about."""
    return what.seat if isinstance(what, AtSeat) else None


def party_in(what: Payload) -> str:
    """The one party that the event is about, where it names it outside of a seat."""
    match what:
        case InCapacity() | Appointed() | Mandated() | PivotalDesignated() | PivotalEnded():
            return what.party
        case InterestRegistered() | InterestAsked() | InterestDeclined() | InterestEnded():
            return what.party
        case OfSharing() | OfReporting():
            return what.party
        case ChildOpened():
            return what.party or ""
        case PartyDescribed() | CalendarSet() | OnABody() | ActOnOffice():
            return what.party
    return ""


def proposer_in(what: Payload) -> str:
    """The party that the case was begun for."""
    return what.proposer if isinstance(what, CaseOpened) else ""


def parties_in(what: Payload) -> frozenset[str]:
    """Every party that the event names, but for those that it only counts."""
    seat = seat_in(what)
    named = {party_in(what), proposer_in(what), seat.party if seat else ""}
    match what:
        case CaseOpened() | FactsAmended():
            named |= {each.party for each in what.parties}
        case RoundOpened():
            named |= {each.party for each in what.seats}
        case NamesSeats():
            named |= what.seated
        case MoneyRecorded():
            named |= what.parties
        case MoneyEarmarked():
            named.add(what.source)
        case PaymentExpected():
            named |= {what.source, what.holder}
        case RoundExtended() | RoundPaused():
            named |= set(what.undelivered)
    return frozenset(named - {""})


def delegate_in(what: Payload) -> int | None:
    """The person whom it is about: given a mandate or a seat, freed from a bar, or carried on in words."""
    match what:
        case Mandated() | SeatReassigned():
            return what.delegate
        case DutyOverridden():
            return what.whom
        case AppointmentHandedOver():
            return what.successor
        case DocumentFiled():
            return what.writer
    return None


def verdict_in(what: Payload) -> str:
    """What was answered."""
    return what.verdict if isinstance(what, Answered | SignoffLate) else ""


def principal_in(what: Payload) -> int | None:
    """The person for whom somebody acted under a mandate."""
    return what.principal if isinstance(what, ActedAtSeat | MoneyDecided) else None


def concerned_in(what: Payload) -> frozenset[int]:
    """Whoever an act of administration is about and who asked for it before, and whom a message names."""
    match what:
        case ActConfirmed() | ActDeclined():
            return frozenset({what.holder, what.asked_by})
        case ActOnOffice() | AppointmentHandedOver():
            return frozenset({what.holder})
        case AccountConfirmed() | AccountDeclined():
            return frozenset({what.whom, what.asked_by})
        case PasswordSet():
            return frozenset({what.whom} if what.made_by is None else {what.whom, what.made_by})
        case OfPerson():
            return frozenset({what.whom})
    return frozenset(what.names) if isinstance(what, MessageSaid) else _asking(what)


def _asking(what: Payload) -> frozenset[int]:
    """Whoever asked for an act on a lifecycle, or for cases to be moved, before it was done or declined."""
    if isinstance(what, SharingConfirmed | SharingDeclined | ReportingDeclined):
        return frozenset({what.asked_by})
    told = ReportingSet | OfOffer | LifecycleDeclined | LifecycleCasesMoved | CaseMigrated
    if isinstance(what, told) and what.asked_by is not None:
        return frozenset({what.asked_by})
    return frozenset()
