"""Every type of event with its payload; what stands in the bytes is read by it alone."""

from collections.abc import Iterable, Mapping
from typing import Any

from workflow.audit.events import (
    cases,
    clocks,
    codec,
    documents,
    histories,
    house,
    log,
    people,
    register,
    rounds,
    seats,
)
from workflow.audit.events.countries import groupings, meetings
from workflow.audit.events.discussions import messages
from workflow.audit.events.knowledge import lessons
from workflow.audit.events.lead_groups import groups
from workflow.audit.events.money import movements, promises
from workflow.audit.events.payload import Garbled, Payload, Unknown
from workflow.audit.events.records import mergers
from workflow.audit.events.sharing import entries
from workflow.vocabulary import EventType

# In the order of a programme's life; the page about events lists them so.
LISTED: tuple[type[Payload], ...] = (
    cases.CaseOpened,
    meetings.CaseCameOf,
    cases.ProgrammeImported,
    cases.ImportRevised,
    cases.ProgrammePlaced,
    mergers.MergerProposed,
    mergers.MergerDeclined,
    mergers.RecordMerged,
    mergers.RecordSeparated,
    mergers.RecordTakenIn,
    mergers.RecordLetGo,
    cases.SourceAccepted,
    cases.SourceDeclined,
    cases.StateEntered,
    cases.FootingChanged,
    cases.CaseMigrated,
    cases.ChildOpened,
    cases.FactsAmended,
    cases.FactsKept,
    cases.PartyJoined,
    cases.PartyLeft,
    movements.MoneyRecorded,
    movements.MoneyCertified,
    movements.MoneyDeclined,
    entries.SharingUsed,
    entries.SharingUnused,
    promises.MoneyEarmarked,
    promises.ConditionMet,
    promises.PaymentExpected,
    promises.PaymentWithdrawn,
    lessons.LessonWeighed,
    groups.ProgrammeTakenOn,
    groups.ProgrammeLetGo,
    groups.LeadGroupChanged,
    rounds.RoundOpened,
    rounds.RoundSettled,
    rounds.RoundOvertaken,
    rounds.RoundRebound,
    rounds.RoundReseated,
    rounds.RoundExtended,
    rounds.RoundEscalated,
    rounds.RoundFreed,
    rounds.RoundPaused,
    rounds.RoundResumed,
    seats.SignoffGiven,
    seats.SignoffChanged,
    seats.SignoffVoided,
    seats.SignoffLate,
    seats.SeatRecused,
    seats.SeatClaimed,
    seats.SeatReleased,
    seats.SeatReassigned,
    seats.InterestDeclared,
    seats.DutyOverridden,
    documents.DocumentFiled,
    documents.AttachmentFiled,
    documents.AttachmentRemoved,
    messages.MessageSaid,
    messages.MessageRetracted,
    histories.HistoryRead,
    histories.HistoryExported,
    histories.HistoryReviewed,
    histories.TextErased,
    log.HeadsStated,
    log.KeyIntroduced,
    clocks.ClockDoubted,
    clocks.ClockConfirmed,
    register.AppointmentMade,
    register.AppointmentEnded,
    register.AppointmentExtended,
    register.AppointmentHandedOver,
    register.AppointmentTied,
    register.AppointmentLetterFiled,
    register.AppointmentLetterWithdrawn,
    register.MandateGranted,
    register.MandateRevoked,
    register.InterestRegistered,
    register.InterestAsked,
    register.InterestDeclined,
    register.InterestEnded,
    register.PivotalDesignated,
    register.PivotalEnded,
    groupings.GroupingEntered,
    groupings.MembershipEntered,
    groupings.MembershipChanged,
    groupings.MembershipStruck,
    house.PartyDescribed,
    house.CalendarSet,
    house.ReportingAsked,
    house.ReportingSet,
    house.ReportingDeclined,
    house.LetterWorded,
    house.BodyDescribed,
    house.BodySeated,
    house.BodySeatEnded,
    house.BodyConvened,
    movements.RatesEntered,
    house.SanctionsListed,
    house.FrameworkDescribed,
    entries.SharingWorded,
    entries.SharingConfirmed,
    entries.SharingDeclined,
    entries.SharingQuestioned,
    entries.SharingKept,
    entries.SharingLapsed,
    entries.SharingWithdrawn,
    house.LifecyclesListed,
    house.LifecycleAsked,
    house.LifecycleDeclined,
    house.LifecyclePublished,
    house.LifecycleOffered,
    house.LifecycleRetired,
    house.LifecycleWorded,
    house.LifecycleCasesMoved,
    people.ActAsked,
    people.ActConfirmed,
    people.ActDeclined,
    people.PersonEntered,
    people.PersonChanged,
    people.PersonInvited,
    people.AccessEnded,
    people.AccessRestored,
    people.SessionsEnded,
    people.PasswordSet,
    people.AccountAsked,
    people.AccountConfirmed,
    people.AccountDeclined,
)


def catalogue(
    payloads: Iterable[type[Payload]], types: Iterable[EventType] = EventType
) -> Mapping[str, type[Payload]]:
    """The payloads by the types they belong to; refuses a type without one, or with two.

    Each is compiled here, so that a field that bytes cannot hold stops the start as well.
    """
    found: dict[str, type[Payload]] = {}
    for each in payloads:
        if each.event_type in found:
            raise ImportError(f"{each.event_type} has two payloads.")
        codec.keys_of(each)
        found[each.event_type] = each
    missing = [kind for kind in types if kind not in found]
    if missing:
        raise ImportError(
            f"{', '.join(missing)} has no payload: write one in workflow/audit/events."
        )
    return found


PAYLOADS = catalogue(LISTED)


def said(kind: str, what: Mapping[str, Any], commitments: Mapping[str, str]) -> Payload:
    """What an event of this type says; never raises, so that one bad event hides no other."""
    payload = PAYLOADS.get(kind)
    if payload is None:
        return Unknown()
    try:
        return codec.read(payload, what, commitments)
    except (ValueError, TypeError, LookupError, AttributeError) as fault:
        return Garbled(f"{type(fault).__name__}: {fault}")
