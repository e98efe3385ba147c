"""What the register says of parties, of the bodies they sit on, of frameworks, funds and lifecycles."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, ClassVar

from workflow.audit.events.payload import Committed, OfHouse, Only, PersonId, Private
from workflow.vocabulary import EventType


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyDescribed(OfHouse):
    """A party was entered, or what is known of it changed."""

    event_type: ClassVar = EventType.PARTY_DESCRIBED
    party: str
    kind: str
    name: str
    executes: bool
    gives: bool
    languages: str
    contact: Annotated[Private, Committed("Whom to turn to at the party.", always=True)]
    came: Annotated[
        str,
        Only(
            "only of a party that came with something else: `import`, `proposal`, `placing`, `amendment` or "
            "`money`"
        ),
    ] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarSet(OfHouse):
    """A party's working week and days of rest were set, in force from a day on."""

    event_type: ClassVar = EventType.CALENDAR_SET
    party: str
    calendar: int
    since: date
    weekend: tuple[str, ...]
    zone: str
    source: str
    edition: str
    through: date | None
    closed: tuple[date, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OfReporting(OfHouse):
    """A fact about the reporting calendar that is kept under this number, of this party."""

    number: int
    party: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportingAsked(OfReporting):
    """An administrator asked for a reporting calendar; it waits for a second one."""

    event_type: ClassVar = EventType.REPORTING_ASKED
    since: date
    begins_in: int
    within: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportingSet(OfReporting):
    """A party's financial year and when it reports were set, for periods that begin from a day on."""

    event_type: ClassVar = EventType.REPORTING_SET
    since: date
    begins_in: int
    within: int
    asked_by: Annotated[
        PersonId | None, Only("only where a second administrator confirmed it: who asked for it")
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportingDeclined(OfReporting):
    """A second administrator declined a reporting calendar; periods are counted as before."""

    event_type: ClassVar = EventType.REPORTING_DECLINED
    asked_by: PersonId
    reason: Annotated[Private, Committed("Why it was declined.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterWorded(OfHouse):
    """How letters of one kind are worded in one language was kept, as a version."""

    event_type: ClassVar = EventType.LETTER_WORDED
    kind: str
    language: str
    version: int
    subject: Annotated[Private, Committed("The subject of the letters.", always=True)]
    body: Annotated[Private, Committed("The words of the letters.", always=True)]


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyDescribed(OfHouse):
    """A body was entered, or what is known of it changed."""

    event_type: ClassVar = EventType.BODY_DESCRIBED
    body: str
    kind: str
    name: str
    quorum: int
    by_default: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OnABody(OfHouse):
    """A seat on a body: of a party, in a category, as chair, deputy or member."""

    body: str
    seat: int
    party: str
    place: str
    category: str
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BodySeated(OnABody):
    """A party was given a seat on a body."""

    event_type: ClassVar = EventType.BODY_SEATED


@dataclass(frozen=True, slots=True, kw_only=True)
class BodySeatEnded(OnABody):
    """A seat on a body was brought to its end."""

    event_type: ClassVar = EventType.BODY_SEAT_ENDED
    ends_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyConvened(OfHouse):
    """A session of a body was called."""

    event_type: ClassVar = EventType.BODY_CONVENED
    body: str
    session: int
    starts_on: date
    ends_on: date
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameworkDescribed(OfHouse):
    """A framework or a fund was entered, or what is known of it changed."""

    event_type: ClassVar = EventType.FRAMEWORK_DESCRIBED
    framework: str
    kind: str
    title: str
    symbol: str
    starts_on: date
    ends_on: date | None
    areas: tuple[str, ...]
    currency: str
    envelope: str
    body: str
    appraisal: Annotated[
        str | None, Only("only where it has an appraisal committee of its own")
    ] = None
    steering: Annotated[str | None, Only("only where it has a steering committee of its own")] = (
        None
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class LifecyclesListed(OfHouse):
    """Which versions had been published before the register told of them, by their digests."""

    event_type: ClassVar = EventType.LIFECYCLES_LISTED
    digests: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OfLifecycle(OfHouse):
    """An act on a version of a lifecycle, or on all of them where it names no version."""

    number: int
    lifecycle: str
    version: Annotated[str | None, Only("only where it is about one version")] = None
    digest: Annotated[str | None, Only("only where it is about one version")] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LifecycleAsked(OfLifecycle):
    """An administrator asked for an act that waits for a second one: publish, offer, retire, migrate or texts."""

    event_type: ClassVar = EventType.LIFECYCLE_ASKED
    act: str
    starts_on: date | None
    unless_drafts: Annotated[
        bool, Only("only of a retirement that is refused while drafts stand")
    ] = False
    cases: Annotated[
        tuple[str, ...], Only("only where cases are to be moved to the version: their references")
    ] = ()
    plan: Annotated[
        str | None, Only("only where cases are to be moved: the digest of what becomes of each")
    ] = None
    language: Annotated[str | None, Only("only where texts are to be entered: their language")] = (
        None
    )
    texts: Annotated[
        str | None, Only("only where texts are to be entered: the digest of what they say")
    ] = None
    why: Annotated[Private, Committed("Why it was asked for.", always=True)]


@dataclass(frozen=True, slots=True, kw_only=True)
class LifecycleDeclined(OfLifecycle):
    """A second administrator declined what the first had asked for; nothing is done."""

    event_type: ClassVar = EventType.LIFECYCLE_DECLINED
    asked_by: PersonId
    reason: Annotated[Private, Committed("Why it was declined.", always=True)]


@dataclass(frozen=True, slots=True, kw_only=True)
class LifecycleCasesMoved(OfLifecycle):
    """A second administrator confirmed that cases are moved to a version, and they were, as the request of this number asked."""

    event_type: ClassVar = EventType.LIFECYCLE_CASES_MOVED
    asked_by: PersonId
    cases: tuple[str, ...]
    stayed: Annotated[tuple[str, ...], Only("only where a case could not be moved any more")] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OfOffer(OfLifecycle):
    """What is done to the offer of a lifecycle from a day on, which begins at an instant where the house is."""

    starts_on: date
    since: datetime
    request: Annotated[
        int | None, Only("only where another administrator had asked for it: its number")
    ] = None
    asked_by: Annotated[
        PersonId | None, Only("only where another administrator had asked for it")
    ] = None
    why: Annotated[Private, Committed("Why it was done.", always=True)]


@dataclass(frozen=True, slots=True, kw_only=True)
class LifecyclePublished(OfOffer):
    """A version was published; what is proposed from its day on follows it."""

    event_type: ClassVar = EventType.LIFECYCLE_PUBLISHED


@dataclass(frozen=True, slots=True, kw_only=True)
class LifecycleOffered(OfOffer):
    """A version that had been published before is offered from a day on."""

    event_type: ClassVar = EventType.LIFECYCLE_OFFERED


@dataclass(frozen=True, slots=True, kw_only=True)
class LifecycleRetired(OfOffer):
    """Nothing can be proposed on a version, or on the whole lifecycle, from a day on; cases go on."""

    event_type: ClassVar = EventType.LIFECYCLE_RETIRED
    drafts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LifecycleWorded(OfLifecycle):
    """The texts of a version in a language were entered, which this digest names; the newest count."""

    event_type: ClassVar = EventType.LIFECYCLE_WORDED
    language: str
    texts: str
    request: Annotated[
        int | None, Only("only where another administrator had asked for it: its number")
    ] = None
    asked_by: Annotated[
        PersonId | None, Only("only where another administrator had asked for it")
    ] = None
    why: Annotated[Private, Committed("Why they were entered.", always=True)]


@dataclass(frozen=True, slots=True, kw_only=True)
class SanctionsListed(OfHouse):
    """A sanctions list was entered as it stood on a day; the digest names its entries."""

    event_type: ClassVar = EventType.SANCTIONS_LISTED
    number: int
    title: str
    dated: date
    entries: int
    digest: str
