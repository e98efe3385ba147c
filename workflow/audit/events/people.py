"""What the register says of accounts, and of acts on offices that take two administrators."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, ClassVar

from workflow.audit.events.payload import Committed, OfHouse, Only, PersonId, Private, Spelt
from workflow.vocabulary import EventType


@dataclass(frozen=True, slots=True, kw_only=True)
class OfPerson(OfHouse):
    """What was done about somebody's account."""

    whom: Annotated[PersonId, Spelt("of")]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonEntered(OfPerson):
    """Somebody was entered who can be appointed."""

    event_type: ClassVar = EventType.PERSON_ENTERED
    name: Annotated[Private, Committed("What whoever was entered is called.")]
    email: Annotated[Private, Committed("The address to sign in with.")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonChanged(OfPerson):
    """What is known of somebody was changed: these of name, email, language and time_zone."""

    event_type: ClassVar = EventType.PERSON_CHANGED
    changed: tuple[str, ...]
    name: Annotated[Private, Committed("What they are called from now on.")]
    email: Annotated[Private, Committed("The address to sign in with from now on.")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonInvited(OfPerson):
    """Somebody was given a link that lets them choose a password once, until then."""

    event_type: ClassVar = EventType.PERSON_INVITED
    until: datetime
    shown: Annotated[
        bool, Only("where whoever made it saw the link; otherwise a letter brought it")
    ] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordSet(OfPerson):
    """Whoever held the link that somebody had made chose the password."""

    event_type: ClassVar = EventType.PASSWORD_SET
    made_by: PersonId | None
    made_at: datetime
    shown: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessEnded(OfPerson):
    """Somebody can sign in no more; what they did stands."""

    event_type: ClassVar = EventType.ACCESS_ENDED
    reason: Annotated[Private, Committed("Why access was ended.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessRestored(OfPerson):
    """Somebody can sign in again."""

    event_type: ClassVar = EventType.ACCESS_RESTORED


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionsEnded(OfPerson):
    """Somebody was signed out in every browser."""

    event_type: ClassVar = EventType.SESSIONS_ENDED


@dataclass(frozen=True, slots=True, kw_only=True)
class ActOnOffice(OfHouse):
    """An act on an office that takes two administrators: make, end or extend."""

    number: int
    act: str
    holder: Annotated[PersonId, Spelt("of")]
    role: str
    party: str
    starts_on: date
    ends_on: date | None
    body: Annotated[
        str | None, Only("only of an office on one board or committee: on which one it counts")
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActAsked(ActOnOffice):
    """An administrator asked for an act that waits for a second one."""

    event_type: ClassVar = EventType.ACT_ASKED
    appointment: Annotated[int | None, Only("of one that is to end or to be extended")] = None
    letter: Annotated[
        Private, Committed("The letter of appointment, by its reference.", always=True)
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActConfirmed(ActOnOffice):
    """A second administrator confirmed what the first had asked for; it is done with this."""

    event_type: ClassVar = EventType.ACT_CONFIRMED
    asked_by: PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class ActDeclined(ActOnOffice):
    """A second administrator declined what the first had asked for; nothing is done."""

    event_type: ClassVar = EventType.ACT_DECLINED
    asked_by: PersonId
    reason: Annotated[Private, Committed("Why it was declined.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class ActOnAccount(OfPerson):
    """An act on the account of somebody who holds an office: a link, or another address."""

    number: int
    act: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountAsked(ActOnAccount):
    """An administrator asked for it; a second one confirms it, or the person by letter."""

    event_type: ClassVar = EventType.ACCOUNT_ASKED
    by_letter: bool
    email: Annotated[Private, Committed("The new address that was asked for.")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountConfirmed(ActOnAccount):
    """A second administrator, or the person, confirmed what was asked for; it is done with this."""

    event_type: ClassVar = EventType.ACCOUNT_CONFIRMED
    asked_by: PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountDeclined(ActOnAccount):
    """A second administrator declined what was asked for; nothing is done."""

    event_type: ClassVar = EventType.ACCOUNT_DECLINED
    asked_by: PersonId
    reason: Annotated[Private, Committed("Why it was declined.")]
