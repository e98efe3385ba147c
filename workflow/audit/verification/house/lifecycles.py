"""The register of lifecycles, as the tables say and as events tell: versions, offers, and what took two."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, exists, select

from workflow.audit import canonical
from workflow.audit.chain import Broken, ToldEvent
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
from workflow.audit.models import Event
from workflow.audit.verification.expected import ExpectedRows, private_columns
from workflow.audit.verification.labels import (
    UNTOLD,
    definition_name,
    lifecycle_request_name,
    offer_name,
    texts_name,
)
from workflow.audit.verification.tables import (
    DEFINITIONS,
    LIFECYCLE_REQUESTS,
    LIFECYCLE_TEXTS,
    OFFERS,
)
from workflow.vocabulary import EventType

_ACTS: Mapping[type[OfOffer], str] = {
    LifecyclePublished: "publish",
    LifecycleOffered: "offer",
    LifecycleRetired: "retire",
}
_OFFERS = select(OFFERS, DEFINITIONS.c.digest, DEFINITIONS.c.version).outerjoin(
    DEFINITIONS, DEFINITIONS.c.id == OFFERS.c.definition_id
)
_TEXTS = select(LIFECYCLE_TEXTS, DEFINITIONS.c.digest.label("definition")).join(
    DEFINITIONS, DEFINITIONS.c.id == LIFECYCLE_TEXTS.c.definition_id
)
# From the first of these on the register tells of every version.
_TOLD = (EventType.LIFECYCLES_LISTED, EventType.LIFECYCLE_PUBLISHED)
_KEPT = exists().where(Event.type.in_([str(each) for each in _TOLD]))


def lifecycles(connection: Connection) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every version, act, request and all texts; before the register tells of lifecycles no event needs tell of a version."""
    untold = None if connection.scalar(select(_KEPT)) else {"digest": None}
    columns = (DEFINITIONS.c[name] for name in ("key", "version", "digest", "published_at"))
    for row in connection.execute(select(*columns)).mappings():
        said = dict(row)
        yield (
            definition_name(row["digest"]),
            said | {UNTOLD: untold and {"digest": row["digest"]}},
        )
    for row in connection.execute(_OFFERS).mappings():
        yield offer_name(row["id"]), {**row, "starts_on": row["starts_on"].isoformat()}
    for row in connection.execute(select(LIFECYCLE_REQUESTS)).mappings():
        starts_on = row["starts_on"] and row["starts_on"].isoformat()
        body = None if row["body"] is None else canonical.digest(row["body"])
        yield lifecycle_request_name(row["id"]), {**row, "starts_on": starts_on, "body": body}
    for row in connection.execute(_TEXTS).mappings():
        yield texts_name(row["id"]), {**row, "body": canonical.digest(row["body"])}


def _listed(story: ExpectedRows, _told: ToldEvent, what: LifecyclesListed) -> None:
    for digest in what.digests:
        story.things[definition_name(digest)] = {"digest": digest}


def _asked(story: ExpectedRows, told: ToldEvent, what: LifecycleAsked) -> None:
    story.things[lifecycle_request_name(what.number)] = {
        "act": what.act,
        "key": what.lifecycle,
        "version": what.version,
        "digest": what.digest,
        "body": what.digest if what.act == "publish" else what.plan or what.texts,
        "starts_on": what.starts_on and what.starts_on.isoformat(),
        "unless_drafts": what.unless_drafts,
        "asked_by": told.person,
        "asked_at": told.at,
        "outcome": "",
        "decided_by": None,
        "decided_at": None,
        "reason": "",
        **private_columns(told, why=what.why),
    }


def _declined(story: ExpectedRows, told: ToldEvent, what: LifecycleDeclined) -> None:
    request = story.things[lifecycle_request_name(what.number)]
    del request["reason"]
    request |= {"outcome": "declined", "decided_by": told.person, "decided_at": told.at}
    request |= private_columns(told, reason=what.reason)


def _done(story: ExpectedRows, told: ToldEvent, what: OfOffer) -> None:
    if isinstance(what, LifecyclePublished) and what.digest is not None:
        story.things[definition_name(what.digest)] = {
            "key": what.lifecycle,
            "version": what.version,
            "digest": what.digest,
            "published_at": told.at,
        }
    if what.request is not None:
        _confirmed(story, told, what.request, what)
    story.things[offer_name(what.number)] = {
        "act": _ACTS[type(what)],
        "key": what.lifecycle,
        "version": what.version,
        "digest": what.digest,
        "starts_on": what.starts_on.isoformat(),
        "since": what.since,
        "at": told.at,
        "person_id": told.person,
        "asked_by": what.asked_by,
        **private_columns(told, why=what.why),
    }


def _worded(story: ExpectedRows, told: ToldEvent, what: LifecycleWorded) -> None:
    if what.request is not None:
        _confirmed(story, told, what.request, what)
    story.things[texts_name(what.number)] = {
        "definition": what.digest,
        "language": what.language,
        "digest": what.texts,
        "body": what.texts,
        "at": told.at,
        "person_id": told.person,
        "asked_by": what.asked_by,
        **private_columns(told, why=what.why),
    }


def _cases_moved(story: ExpectedRows, told: ToldEvent, what: LifecycleCasesMoved) -> None:
    _confirmed(story, told, what.number, what)


def _confirmed(story: ExpectedRows, told: ToldEvent, number: int, what: OfLifecycle) -> None:
    request = story.things[lifecycle_request_name(number)]
    otherwise = isinstance(what, LifecycleWorded) and request["body"] != what.texts
    if otherwise or (request["key"], request["digest"]) != (what.lifecycle, what.digest):
        raise Broken(
            f"Event {told.seq}: it does what nobody had asked for with the request {number}.",
            told.seq,
        )
    request |= {"outcome": "confirmed", "decided_by": told.person, "decided_at": told.at}


TELLERS: Mapping[type[Payload], Callable[[ExpectedRows, ToldEvent, Any], None]] = {
    LifecyclesListed: _listed,
    LifecycleAsked: _asked,
    LifecycleDeclined: _declined,
    LifecyclePublished: _done,
    LifecycleOffered: _done,
    LifecycleRetired: _done,
    LifecycleWorded: _worded,
    LifecycleCasesMoved: _cases_moved,
}
