"""Lifecycles in words: published, offered again, retired, and what a second administrator decided."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from workflow.audit.events.house import (
    LifecycleAsked,
    LifecycleCasesMoved,
    LifecycleDeclined,
    LifecycleOffered,
    LifecyclePublished,
    LifecycleRetired,
    LifecyclesListed,
    LifecycleWorded,
    OfLifecycle,
    OfOffer,
)
from workflow.audit.events.payload import Payload
from workflow.history.context import HistoryContext
from workflow.history.house.entries import entered_by
from workflow.history.recorded import Recorded
from workflow.history.told import Said
from workflow.lifecycles.texts.translation import LANGUAGES
from workflow.phrase import Part, Phrase, counted, phrase

ASKED: Mapping[str, Phrase] = {
    "publish": phrase("%(who)s asked to publish version %(version)s of the lifecycle %(key)s"),
    "offer": phrase("%(who)s asked to offer version %(version)s of the lifecycle %(key)s again"),
    "migrate": phrase(
        "%(who)s asked to move cases to version %(version)s of the lifecycle %(key)s"
    ),
    "texts": phrase("%(who)s asked to enter texts of version %(version)s of the lifecycle %(key)s"),
    "retire": phrase("%(who)s asked to retire version %(version)s of the lifecycle %(key)s"),
}
ASKED_OF_ALL = phrase("%(who)s asked to retire the lifecycle %(key)s")
WAITS = phrase("It waits for a second administrator.")


def listed(_event: Recorded, what: LifecyclesListed, _context: HistoryContext) -> Said:
    """What had been published before the register told of lifecycles."""
    sentence = counted(
        "%(num)s version of a lifecycle had been published before the register told of them",
        "%(num)s versions of lifecycles had been published before the register told of them",
        len(what.digests),
    )
    return Said(sentence, under=tuple(phrase("%(digest)s", digest=each) for each in what.digests))


def asked(event: Recorded, what: LifecycleAsked, context: HistoryContext) -> Said:
    """An administrator asked for an act."""
    said = ASKED_OF_ALL if what.version is None else ASKED[what.act]
    day = (_from(what.starts_on),) if what.starts_on else ()
    sentence = replace(said, parts=_about(what) | {"who": context.who(event)})
    cases = (phrase("%(refs)s", refs=what.cases),) if what.cases else ()
    texts = _texts(what.language or "", what.texts) if what.texts else ()
    return Said(sentence, under=(*day, *cases, *texts, WAITS, *_digest(what)), reason=what.why)


def declined(event: Recorded, what: LifecycleDeclined, context: HistoryContext) -> Said:
    """A second administrator declined it."""
    sentence = phrase(
        "%(who)s declined what was asked for of the lifecycle %(key)s",
        who=context.who(event), key=what.lifecycle,
    )  # fmt: skip
    under = (_first(what.asked_by, context), *_digest(what))
    return Said(sentence, under=under, tone="objection", reason=what.reason)


def published(event: Recorded, what: LifecyclePublished, context: HistoryContext) -> Said:
    """A version was published."""
    sentence = phrase("Version %(version)s of the lifecycle %(key)s was published", **_about(what))
    return Said(sentence, under=_offer(event, what, context), tone="done", reason=what.why)


def offered(event: Recorded, what: LifecycleOffered, context: HistoryContext) -> Said:
    """A version that had been published before is offered again."""
    sentence = phrase(
        "Version %(version)s of the lifecycle %(key)s is offered again", **_about(what)
    )
    return Said(sentence, under=_offer(event, what, context), tone="done", reason=what.why)


def retired(event: Recorded, what: LifecycleRetired, context: HistoryContext) -> Said:
    """A version, or the whole lifecycle, was retired."""
    sentence = phrase("The lifecycle %(key)s was retired", **_about(what))
    if what.version is not None:
        sentence = phrase(
            "Version %(version)s of the lifecycle %(key)s was retired", **_about(what)
        )
    going_on = counted(
        "%(num)s proposal was being written on it and goes on",
        "%(num)s proposals were being written on it and go on",
        what.drafts,
    )
    under = (*_offer(event, what, context), *((going_on,) if what.drafts else ()))
    return Said(sentence, under=under, tone="late", reason=what.why)


def worded(event: Recorded, what: LifecycleWorded, context: HistoryContext) -> Said:
    """The texts of a version in a language were entered."""
    sentence = phrase(
        "Texts of version %(version)s of the lifecycle %(key)s were entered", **_about(what)
    )
    first = () if what.asked_by is None else (_first(what.asked_by, context),)
    texts = _texts(what.language, what.texts)
    under = (*texts, *first, *entered_by(event, context), *_digest(what))
    return Said(sentence, under=under, tone="done", reason=what.why)


def _texts(language: str, digest: str) -> tuple[Phrase, ...]:
    """In which language texts are, and by which digest they are known."""
    return (
        phrase("in %(language)s", language=LANGUAGES.get(language, language)),
        phrase("digest of the texts %(digest)s", digest=digest),
    )


def moved(_event: Recorded, what: LifecycleCasesMoved, context: HistoryContext) -> Said:
    """Cases were moved to a version, as two administrators decided."""
    sentence = phrase(
        "Cases were moved to version %(version)s of the lifecycle %(key)s", **_about(what)
    )
    stayed = (phrase("as they were: %(refs)s", refs=what.stayed),) if what.stayed else ()
    under = (phrase("%(refs)s", refs=what.cases), *stayed, _first(what.asked_by, context))
    return Said(sentence, under=(*under, *_digest(what)), tone="done")


def _offer(event: Recorded, what: OfOffer, context: HistoryContext) -> tuple[Phrase, ...]:
    """From when on, who asked for it and who did it, and by which bytes it is known."""
    first = () if what.asked_by is None else (_first(what.asked_by, context),)
    return (_from(what.starts_on), *first, *entered_by(event, context), *_digest(what))


def _about(what: OfLifecycle) -> dict[str, Part]:
    return {"key": what.lifecycle, "version": what.version or ""}


def _from(day: date) -> Phrase:
    return phrase("from %(day)s on", day=day)


def _digest(what: OfLifecycle) -> tuple[Phrase, ...]:
    return (phrase("digest %(digest)s", digest=what.digest),) if what.digest else ()


def _first(person: int, context: HistoryContext) -> Phrase:
    return phrase("asked for by %(who)s", who=context.names.people.get(person, ""))


TELLERS: Mapping[type[Payload], Callable[[Recorded, Any, HistoryContext], Said]] = {
    LifecyclesListed: listed,
    LifecycleAsked: asked,
    LifecycleDeclined: declined,
    LifecyclePublished: published,
    LifecycleOffered: offered,
    LifecycleRetired: retired,
    LifecycleWorded: worded,
    LifecycleCasesMoved: moved,
}
