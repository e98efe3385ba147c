"""What each kind of event says about the rows of its case."""

from collections.abc import Callable, Mapping
from typing import Any

from workflow.audit.chain import Broken, ToldEvent
from workflow.audit.events.cases import (
    CaseMigrated,
    CaseOpened,
    ChildOpened,
    FactsAmended,
    FactsKept,
    FootingChanged,
    FromRecord,
    ImportRevised,
    InCapacity,
    InState,
    PartyJoined,
    PartyLeft,
    ProgrammeImported,
    ProgrammePlaced,
    SourceAccepted,
    StateEntered,
)
from workflow.audit.events.documents import AttachmentFiled, AttachmentRemoved, DocumentFiled
from workflow.audit.events.histories import HistoryReviewed, TextErased
from workflow.audit.events.payload import Garbled, Payload
from workflow.audit.verification import (
    replay_bodies,
    replay_calendars,
    replay_duties,
    replay_migration,
    replay_offices,
    replay_rounds,
)
from workflow.audit.verification.expected import ExpectedRows, private_columns
from workflow.audit.verification.house import (
    acts,
    frameworks,
    groupings,
    lifecycles,
    parties,
    reporting,
    sanctions,
    sharing,
)
from workflow.audit.verification.knowledge import lessons
from workflow.audit.verification.labels import (
    CASE,
    PARTIES,
    RECORD,
    attachment_name,
    child_name,
    document_name,
    parties_name,
    review_name,
)
from workflow.audit.verification.money import movements, promises
from workflow.audit.verification.records import groups, mergers, messages
from workflow.vocabulary import BELOW, Footing, Stage


def hear(story: ExpectedRows, told: ToldEvent) -> None:
    """Take in one more event; some kinds change no row that is compared."""
    story.texts(told)
    if isinstance(told.what, Garbled):
        raise Broken(
            f"Event {told.seq} does not say what {told.type} has to say: {told.what.why}.", told.seq
        )
    tell = TELLERS.get(type(told.what))
    if tell:
        tell(story, told, told.what)


def _case_opened(story: ExpectedRows, _told: ToldEvent, what: CaseOpened) -> None:
    _stands(story, what)
    story.things[CASE] |= {
        "subject": what.subject,
        "definition": what.definition,
        "footing": Footing.MANAGED,
        "parent": what.parent,
    }
    if what.parent:
        story.things[CASE] |= {"ended_at": None, "heard_at": None}
    for part in what.parties:
        named = story.things.setdefault(parties_name(part.capacity), {"parties": set()})
        named["parties"].add(part.party)
    story.things[parties_name("proposer")] = {"parties": {what.proposer}}
    story.version_is(what.version)


def _state_entered(story: ExpectedRows, told: ToldEvent, what: StateEntered) -> None:
    _stands(story, what)
    case = story.things[CASE]
    if "ended_at" in case and what.stage == Stage.END:
        case["ended_at"] = told.at
        # Of one that changed no facts nothing tells when its end was made known above.
        case.pop("heard_at", None)
    story.version_is(what.version)


def _footing_changed(story: ExpectedRows, _told: ToldEvent, what: FootingChanged) -> None:
    story.things[CASE]["footing"] = what.footing
    # It lives on by itself, under no other programme.
    story.things[CASE]["parent"] = None
    story.version_is(what.version)


def _migrated(story: ExpectedRows, _told: ToldEvent, what: CaseMigrated) -> None:
    _stands(story, what)
    story.things[CASE]["definition"] = what.definition
    replay_migration.rename(story, what)
    story.version_is(what.version)


def _child_opened(story: ExpectedRows, _told: ToldEvent, what: ChildOpened) -> None:
    story.things[child_name(what.ref)] = {
        "ref": what.ref,
        "number": what.ref.rpartition(BELOW)[2],
        "kind": what.kind,
        "party": what.party,
        "period_from": what.since,
        "period_to": what.until,
        "due_on": what.due_on,
        "calendar_id": what.calendar,
        "row_key": what.row,
        "changes": None,
    }


def _facts_amended(story: ExpectedRows, told: ToldEvent, what: FactsAmended) -> None:
    changes = None if what.changes is None else " ".join(what.changes)
    story.things[child_name(what.ref)] |= {"heard_at": told.at, "changes": changes}
    for capacity in {part.capacity for part in what.parties}:
        taking = {part.party for part in what.parties if part.capacity == capacity}
        story.things[parties_name(capacity)] = {"parties": taking}


def _facts_kept(story: ExpectedRows, told: ToldEvent, what: FactsKept) -> None:
    story.things[child_name(what.ref)] |= {"heard_at": told.at, "changes": ""}


def _source_accepted(story: ExpectedRows, _told: ToldEvent, what: SourceAccepted) -> None:
    _source(story, what)
    story.version_is(what.version)


def _placed(story: ExpectedRows, _told: ToldEvent, what: ProgrammePlaced) -> None:
    _stands(story, what)
    story.things[CASE]["definition"] = what.definition
    story.version_is(what.version)
    for name, thing in story.things.items():
        if name.startswith(PARTIES):
            thing["parties"] = set()
    for part in what.parties:
        named = story.things.setdefault(parties_name(part.capacity), {"parties": set()})
        named["parties"].add(part.party)


def _imported(story: ExpectedRows, _told: ToldEvent, what: ProgrammeImported) -> None:
    _record(story, what)
    story.things[CASE]["footing"] = Footing.RECORD


def _revised(story: ExpectedRows, _told: ToldEvent, what: ImportRevised) -> None:
    _record(story, what)
    if what.version is not None:
        story.version_is(what.version)


def _record(story: ExpectedRows, what: FromRecord) -> None:
    _stands(story, what)
    _source(story, what)


def _source(story: ExpectedRows, what: FromRecord | SourceAccepted) -> None:
    story.things[RECORD] = {
        "external_key": what.external_key,
        "source": what.source,
        "confidence": what.confidence,
        "digest": what.row,
        "row": what.row,
    }


def _stands(story: ExpectedRows, what: InState) -> None:
    story.things[CASE] |= {"state": what.state, "stage": what.stage}


def _document_filed(story: ExpectedRows, told: ToldEvent, what: DocumentFiled) -> None:
    story.things[document_name(what.kind, what.version)] = {
        "kind": what.kind,
        "version": what.version,
        "digest": what.digest,
        "body": what.digest,
        "person_id": told.person if what.writer is None else what.writer,
        "filed_at": told.at,
        "event_seq": told.seq,
    }


def _attachment_filed(story: ExpectedRows, told: ToldEvent, what: AttachmentFiled) -> None:
    story.things[attachment_name(told.seq)] = {
        "kind": what.kind,
        "digest": what.digest,
        "size": what.size,
        "dated": what.dated,
        "person_id": told.person,
        "filed_at": told.at,
        "removed_at": None,
    } | private_columns(told, filename=what.filename)


def _attachment_removed(story: ExpectedRows, told: ToldEvent, what: AttachmentRemoved) -> None:
    here = {"kind": what.kind, "digest": what.digest, "removed_at": None}
    candidates = [thing for thing in story.things.values() if here.items() <= thing.items()]
    for thing in candidates:
        # Of several equal files the event does not say which one went.
        if len(candidates) > 1:
            del thing["removed_at"]
        else:
            thing["removed_at"] = told.at


def _reviewed(story: ExpectedRows, told: ToldEvent, what: HistoryReviewed) -> None:
    story.things[review_name(told.seq)] = {
        "person_id": told.person,
        "covers": what.covers,
        "seq": what.seq,
        "sample": what.sample,
        "at": told.at,
        "event_seq": told.seq,
    }


def _party_joined(story: ExpectedRows, _told: ToldEvent, what: PartyJoined) -> None:
    _parties(story, what).add(what.party)


def _party_left(story: ExpectedRows, _told: ToldEvent, what: PartyLeft) -> None:
    _parties(story, what).discard(what.party)


def _parties(story: ExpectedRows, what: InCapacity) -> set[str]:
    name = parties_name(what.capacity)
    parties: set[str] = story.things.setdefault(name, {"parties": set()})["parties"]
    return parties


def _erased(story: ExpectedRows, told: ToldEvent, what: TextErased) -> None:
    for name in what.names:
        if (what.event, name) in story.opened:
            raise Broken(
                f"Event {what.event}: its {name} was erased by event {told.seq}, but is here again."
                " Replay the register of erasures: primemover erasures replay.",
                what.event,
            )
        story.missing.discard((what.event, name))


TELLERS: Mapping[type[Payload], Callable[[ExpectedRows, ToldEvent, Any], None]] = {
    CaseOpened: _case_opened,
    ProgrammeImported: _imported,
    ImportRevised: _revised,
    ProgrammePlaced: _placed,
    **mergers.TELLERS,
    **messages.TELLERS,
    SourceAccepted: _source_accepted,
    StateEntered: _state_entered,
    FootingChanged: _footing_changed,
    CaseMigrated: _migrated,
    ChildOpened: _child_opened,
    FactsAmended: _facts_amended,
    FactsKept: _facts_kept,
    **groups.TELLERS,
    **replay_rounds.TELLERS,
    **replay_duties.TELLERS,
    **replay_offices.TELLERS,
    **replay_bodies.TELLERS,
    **replay_calendars.TELLERS,
    **movements.TELLERS,
    **promises.TELLERS,
    **lessons.TELLERS,
    **parties.TELLERS,
    **frameworks.TELLERS,
    **groupings.TELLERS,
    **acts.TELLERS,
    **lifecycles.TELLERS,
    **sharing.TELLERS,
    **reporting.TELLERS,
    **sanctions.TELLERS,
    DocumentFiled: _document_filed,
    AttachmentFiled: _attachment_filed,
    AttachmentRemoved: _attachment_removed,
    HistoryReviewed: _reviewed,
    PartyJoined: _party_joined,
    PartyLeft: _party_left,
    TextErased: _erased,
}
