"""What somebody wishes to be done to a lifecycle, and why it cannot be."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflow.engine.declared_models import PrivateState
from workflow.engine.models import DefinitionVersion, LifecycleCase
from workflow.engine.offers.current import OfferAct, OfferMade, alive, planned, standing
from workflow.engine.offers.models import LifecycleOffer
from workflow.engine.offers.queries import offers
from workflow.errors import Invalid, NotFound, Stale
from workflow.free_text import LONGEST_REASON, kept_prose
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.loader.files import from_body
from workflow.phrase import Phrase, Term, phrase, together
from workflow.publication.days import begins, today
from workflow.publication.kin import parents, stranded, unfit
from workflow.publication.models import LifecycleAct, LifecycleRequest
from workflow.vocabulary import Footing

NAMED_AT_MOST = 10
# Whoever plans an act for a later day than in ten years has mistyped it.
PLANNED_AHEAD = timedelta(days=3653)


@dataclass(frozen=True, slots=True, kw_only=True)
class LifecycleWish:
    """An act on the lifecycle called `key`: on the version of this digest, or on all of it.

    `definition` is what is to be published. Without a day it begins at once. `unless_drafts` has a
    retirement refused while proposals are being written on it. `seen` is how far the acts on this
    lifecycle went on the page of whoever wishes; who saw no page says nothing.
    """

    act: OfferAct
    key: str
    digest: str | None = None
    definition: Definition | None = None
    starts_on: date | None = None
    why: str = ""
    unless_drafts: bool = False
    seen: int | None = None

    @property
    def reason(self) -> str:
        """Why it is wished, as it is kept."""
        return kept_prose(self.why, "why")


def publication(definition: Definition, *, starts_on: date | None = None, why: str = "",
                seen: int | None = None) -> LifecycleWish:  # fmt: skip
    """The wish to publish a definition."""
    return LifecycleWish(
        act=OfferAct.PUBLISH, key=definition.key, digest=definition.digest, definition=definition,
        starts_on=starts_on, why=why, seen=seen,
    )  # fmt: skip


def refuse(
    session: Session,
    wish: LifecycleWish,
    now: datetime,
    *,
    by: int | None,
    beside: Mapping[str, Definition] | None = None,
) -> None:
    """Refuse what cannot be done, with the field that is wrong; whoever claimed the register asks."""
    if wish.seen is not None and wish.seen != acts_on(session, wish.key):
        raise Stale(
            phrase(
                "Somebody else changed meanwhile what is offered of this lifecycle. Look at it again."
            )
        )
    faults = dict(_faults(session, wish, now, by, beside or {}))
    if faults:
        raise Invalid(together(faults.values()), faults)


def acts_on(session: Session, key: str) -> int:
    """How many acts on a lifecycle were done, asked for and decided on; its texts change nothing of it."""
    done = select(func.count()).where(LifecycleOffer.key == key)
    asked = select(func.count()).where(
        LifecycleRequest.key == key, LifecycleRequest.act != LifecycleAct.TEXTS.value
    )
    decided = asked.where(LifecycleRequest.outcome != "")
    return sum(session.scalar(each) or 0 for each in (done, asked, decided))


def is_published(session: Session, definition: Definition) -> bool:
    """Whether a definition is published already, word for word."""
    known = select(DefinitionVersion.id).where(DefinitionVersion.digest == definition.digest)
    return session.scalars(known).first() is not None


def version_of(session: Session, key: str, digest: str | None) -> int | None:
    """The number of a published version by its digest; refuses one that there is not."""
    if digest is None:
        return None
    found = session.scalars(
        select(DefinitionVersion.id).where(
            DefinitionVersion.key == key, DefinitionVersion.digest == digest
        )
    ).one_or_none()
    if found is None:
        raise NotFound(phrase("There is no such version of this lifecycle."))
    return found


def drafts(session: Session, key: str, version: int | None) -> tuple[str, ...]:
    """The proposals that are being written on a lifecycle, or on one version of it, by their references."""
    of = DefinitionVersion.key == key if version is None else DefinitionVersion.id == version
    found = (
        select(LifecycleCase.ref)
        .join(DefinitionVersion, DefinitionVersion.id == LifecycleCase.definition_id)
        .join(
            PrivateState,
            (PrivateState.definition_id == LifecycleCase.definition_id)
            & (PrivateState.state == LifecycleCase.state),
        )
        .where(of, LifecycleCase.footing == Footing.MANAGED)
        .order_by(LifecycleCase.ref)
    )
    return tuple(session.scalars(found))


def _faults(
    session: Session,
    wish: LifecycleWish,
    now: datetime,
    by: int | None,
    beside: Mapping[str, Definition],
) -> Iterator[tuple[str, Phrase]]:
    if by is not None and not 1 <= len(wish.reason) <= LONGEST_REASON:
        yield "why", phrase("Say why, in at most %(most)s letters.", most=LONGEST_REASON)
    if wish.starts_on is not None and wish.starts_on < today(session, now):
        yield "starts_on", phrase("Choose today or a later day.")
    elif wish.starts_on is not None and wish.starts_on > today(session, now) + PLANNED_AHEAD:
        yield "starts_on", phrase("Choose a day within ten years.")
    match wish.act:
        case OfferAct.PUBLISH:
            yield from _published(session, wish, now, beside)
        case OfferAct.OFFER:
            yield from _offered(session, wish, now)
        case OfferAct.RETIRE:
            yield from _retired(session, wish, now)


def _published(
    session: Session, wish: LifecycleWish, now: datetime, beside: Mapping[str, Definition]
) -> Iterator[tuple[str, Phrase]]:
    definition = wish.definition
    if definition is None:
        raise NotFound(phrase("There is nothing to publish."))
    known = dict(
        session.execute(
            select(DefinitionVersion.version, DefinitionVersion.digest).where(
                DefinitionVersion.key == definition.key
            )
        ).all()
    )
    if definition.digest in known.values():
        yield "text", phrase("This is published already, word for word; offer it again instead.")
    elif definition.version in known:
        yield (
            "text",
            phrase(
                "Version %(version)s of this lifecycle is published already and says something else: "
                "give this one another version.",
                version=definition.version,
            ),
        )
    elif found := _unfit(session, definition, now, beside):
        yield "text", together(found)


def _offered(session: Session, wish: LifecycleWish, now: datetime) -> Iterator[tuple[str, Phrase]]:
    version = version_of(session, wish.key, wish.digest)
    known = _acts(session, wish.key)
    stands = standing(known, now).get(wish.key)
    if stands and stands.version == version and not planned(known, now):
        yield "version", phrase("This version is offered already.")
    elif version is not None:
        body = select(DefinitionVersion.body).where(DefinitionVersion.id == version)
        if found := _unfit(session, from_body(session.scalars(body).one()), now):
            yield "version", together(found)


def _retired(session: Session, wish: LifecycleWish, now: datetime) -> Iterator[tuple[str, Phrase]]:
    version = version_of(session, wish.key, wish.digest)
    known = _acts(session, wish.key)
    if not known:
        raise NotFound(phrase("No lifecycle called %(key)s is published.", key=wish.key))
    ends = begins(session, wish.starts_on or today(session, now), now)
    by_then = [each for each in known if each.act is not OfferAct.RETIRE or each.since <= ends]
    if not [each for each in alive(by_then) if version in {None, each.version}]:
        yield "version", phrase("This is not offered any more by then.")
    elif _ends_all(known, version, ends) and (still := parents(session, wish.key, ends)):
        yield "version", _opened_still(still)
    written = drafts(session, wish.key, version) if wish.unless_drafts else ()
    if written:
        yield "unless_drafts", standing_drafts(written)


def _unfit(
    session: Session,
    definition: Definition,
    now: datetime,
    beside: Mapping[str, Definition] | None = None,
) -> tuple[Phrase, ...]:
    """What its child cases could not follow, and which child cases of others could not follow it."""
    own = unfit(session, definition, now, beside) if definition.children else ()
    others = stranded(session, definition, now)
    return (
        *(fault.said for fault in own),
        *(
            phrase(
                "“%(title)s” opens cases of it: %(fault)s", title=Term(of.title), fault=fault.said
            )
            for of, fault in others
        ),
    )


def _ends_all(known: tuple[OfferMade, ...], version: int | None, at: datetime) -> bool:
    """Whether nothing of a lifecycle is offered any more once this is retired."""
    last = max(each.number for each in known) + 1
    retired = OfferMade(last, OfferAct.RETIRE, known[0].key, version, at)
    return known[0].key not in standing((*known, retired), at)


def _opened_still(parents: tuple[Definition, ...]) -> Phrase:
    """That others open child cases of what is to be retired."""
    return phrase(
        "Child cases of it are opened by “%(titles)s”: retire that first, or offer a version of it that "
        "opens none.",
        titles=tuple(Term(each.title) for each in parents),
    )


def standing_drafts(refs: tuple[str, ...]) -> Phrase:
    """That proposals are being written on what is to be retired, with their references."""
    return phrase(
        "Proposals are being written on it (%(refs)s): have them go on, or wait until they are sent.",
        refs=tuple(refs[:NAMED_AT_MOST]) + (("…",) if len(refs) > NAMED_AT_MOST else ()),
    )


def _acts(session: Session, key: str) -> tuple[OfferMade, ...]:
    return tuple(each for each in offers(session) if each.key == key)
