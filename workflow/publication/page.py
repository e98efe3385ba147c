"""What the register of lifecycles shows of one: its versions, what was done, and what waits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from workflow.engine.engine import Engine
from workflow.engine.models import DefinitionVersion
from workflow.engine.offers.current import OfferAct, OfferMade, planned, retired, standing
from workflow.engine.offers.models import LifecycleOffer
from workflow.engine.offers.queries import offers
from workflow.errors import NotFound
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.loader.files import from_body
from workflow.lifecycles.texts.spoken import spoken_in
from workflow.lifecycles.texts.translation import LANGUAGES, Translation
from workflow.lifecycles.texts.translation import from_body as translation_of
from workflow.people.four_eyes.second import administrators_today
from workflow.people.models import Person
from workflow.phrase import Phrase, phrase
from workflow.publication.models import LifecycleAct, LifecycleRequest
from workflow.publication.wishes import acts_on

SAID: Mapping[OfferAct, Phrase] = {
    OfferAct.PUBLISH: phrase("published"),
    OfferAct.OFFER: phrase("offered again"),
    OfferAct.RETIRE: phrase("retired"),
}
WISHED: Mapping[LifecycleAct, Phrase] = {
    LifecycleAct.PUBLISH: phrase("to be published"),
    LifecycleAct.OFFER: phrase("to be offered again"),
    LifecycleAct.RETIRE: phrase("to be retired"),
}


@dataclass(frozen=True, slots=True)
class VersionStanding:
    """How a version stands: `offered`, `planned`, `retired` or `past`, and since or from when."""

    kind: str
    since: datetime | None

    @property
    def said(self) -> Phrase:
        """The same in words."""
        match self.kind:
            case "offered":
                return phrase("offered")
            case "planned":
                return phrase("offered from a later day on")
            case "retired":
                return phrase("retired")
        return phrase("followed by another one")


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A version of a lifecycle, and how it stands."""

    key: str
    version: str
    digest: str
    published_at: datetime
    standing: VersionStanding

    @property
    def mark(self) -> str:
        """What an address calls it."""
        return self.digest[:12]


@dataclass(frozen=True, slots=True)
class ActLine:
    """One act: on a version, or on all of them where it names none; nobody is named at the command line."""

    act: OfferAct
    version: str
    starts_on: date
    at: datetime
    who: str
    asked_by: str
    why: str

    @property
    def said(self) -> Phrase:
        """The act in words."""
        who = self.who or phrase("the command line")
        if not self.version:
            return phrase(
                "The lifecycle was retired by %(who)s, from %(day)s on", who=who, day=self.starts_on
            )
        return phrase(
            "Version %(version)s was %(act)s by %(who)s, from %(day)s on",
            version=self.version, act=SAID[self.act], who=who, day=self.starts_on,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """An act that waits for a second administrator; `mine` is one that the reader asked for.

    `texts` are those that would be entered. It has `lapsed` where whoever asked for it is no administrator with access any more.
    """

    number: int
    key: str
    act: LifecycleAct
    version: str
    digest: str
    starts_on: date | None
    why: str
    asked_by: str
    asked_at: datetime
    mine: bool
    lapsed: bool
    texts: Translation | None = None

    @property
    def said(self) -> Phrase:
        """The act in words."""
        if not self.version:
            return phrase("The lifecycle is to be retired, asked for by %(who)s", who=self.asked_by)
        if self.act is LifecycleAct.MIGRATE:
            return phrase(
                "Programmes are to be moved to version %(version)s, asked for by %(who)s",
                version=self.version, who=self.asked_by,
            )  # fmt: skip
        if self.texts is not None:
            return phrase(
                "Texts of version %(version)s are to be entered in %(language)s, asked for by %(who)s",
                version=self.version, language=LANGUAGES[self.texts.language], who=self.asked_by,
            )  # fmt: skip
        return phrase(
            "Version %(version)s is %(act)s, asked for by %(who)s",
            version=self.version, act=WISHED[self.act], who=self.asked_by,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class RegisterPage:
    """The register of one lifecycle; `seen` is how far its acts go, `open` whether anything is offered."""

    key: str
    versions: tuple[VersionLine, ...]
    acts: tuple[ActLine, ...]
    waiting: tuple[WaitingLine, ...]
    seen: int
    open: bool


def register_page(session: Session, engine: Engine, key: str, person: int) -> RegisterPage:
    """The register of the lifecycle called `key`, the newest version and act first, as somebody reads it.

    Refuses one that there is not; one that waits to be published for the first time is none yet.
    """
    now = engine.now()
    known = tuple(each for each in offers(session) if each.key == key)
    versions = tuple(_versions(session, key, known, now))
    if not versions:
        raise NotFound(phrase("No lifecycle called %(key)s is published.", key=key))
    return RegisterPage(
        key=key,
        versions=versions,
        acts=tuple(_acts(session, key)),
        waiting=waiting(session, person, now, key),
        seen=acts_on(session, key),
        open=any(each.standing.kind in {"offered", "planned"} for each in versions),
    )


def waiting(session: Session, person: int, now: datetime, key: str = "") -> tuple[WaitingLine, ...]:
    """The acts that wait for a second administrator, on one lifecycle or on any, the oldest first."""
    asked = (
        select(LifecycleRequest, Person.name)
        .join(Person, Person.id == LifecycleRequest.asked_by)
        .where(LifecycleRequest.outcome == "")
        .order_by(LifecycleRequest.id)
    )
    found = asked.where(LifecycleRequest.key == key) if key else asked
    able = administrators_today(session, now.date())
    return tuple(
        WaitingLine(
            number=each.id,
            key=each.key,
            act=LifecycleAct(each.act),
            version=each.version or "",
            digest=each.digest or "",
            starts_on=each.starts_on,
            why=each.why,
            asked_by=name,
            asked_at=each.asked_at,
            mine=each.asked_by == person,
            lapsed=each.asked_by not in able,
            texts=_texts(each),
        )
        for each, name in session.execute(found)
    )


def _texts(asked: LifecycleRequest) -> Translation | None:
    texts = asked.act == LifecycleAct.TEXTS
    return translation_of(asked.body or b"") if texts else None


def what_waits(session: Session, number: int) -> Definition | None:
    """The version that an act would have offered, retired, followed or said in other words; none where it is about all of one."""
    asked = session.get(LifecycleRequest, number)
    if asked is None:
        raise NotFound(phrase("There is no such act."))
    if asked.digest is None:
        return None
    kept = select(DefinitionVersion.body).where(DefinitionVersion.digest == asked.digest)
    published = asked.body if asked.act == LifecycleAct.PUBLISH else None
    found, texts = from_body(published or session.scalars(kept).one()), _texts(asked)
    return found if texts is None else spoken_in(found, texts)


def _versions(
    session: Session, key: str, known: Sequence[OfferMade], now: datetime
) -> list[VersionLine]:
    rows = session.execute(
        select(
            DefinitionVersion.id, DefinitionVersion.version, DefinitionVersion.digest,
            DefinitionVersion.published_at,
        )
        .where(DefinitionVersion.key == key)
        .order_by(DefinitionVersion.id.desc())
    )  # fmt: skip
    return [
        VersionLine(key, version, digest, at, version_standing(known, number, now))
        for number, version, digest, at in rows
    ]


def version_standing(known: Sequence[OfferMade], version: int, now: datetime) -> VersionStanding:
    """How a version stands by what was done to its lifecycle."""
    stands = [each for each in standing(known, now).values() if each.version == version]
    if stands:
        return VersionStanding("offered", stands[0].since)
    later = [
        each
        for each in planned(known, now)
        if each.version == version and each.act is not OfferAct.RETIRE
    ]
    if later:
        return VersionStanding("planned", later[0].since)
    end = retired(known, version, now)
    return VersionStanding("retired", end.since) if end else VersionStanding("past", None)


def _acts(session: Session, key: str) -> list[ActLine]:
    return [
        ActLine(OfferAct(act), version or "", starts_on, at, who or "", asked_by or "", why)
        for act, version, starts_on, at, who, asked_by, why in session.execute(_told(key))
    ]


def _told(key: str) -> Select[str, str | None, date, datetime, str | None, str | None, str]:
    who, asked = Person.__table__.alias("who"), Person.__table__.alias("asked")
    return (
        select(
            LifecycleOffer.act, DefinitionVersion.version, LifecycleOffer.starts_on,
            LifecycleOffer.at, who.c.name, asked.c.name.label("asked_by"), LifecycleOffer.why,
        )
        .outerjoin(DefinitionVersion, DefinitionVersion.id == LifecycleOffer.definition_id)
        .outerjoin(who, who.c.id == LifecycleOffer.person_id)
        .outerjoin(asked, asked.c.id == LifecycleOffer.asked_by)
        .where(LifecycleOffer.key == key)
        .order_by(LifecycleOffer.id.desc())
    )  # fmt: skip
