"""A case with one of everything: its events, and the rows as the engine would keep them."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Engine, insert, select
from sqlalchemy.orm import Session

from tests.support.databases import Template
from workflow.audit import canonical
from workflow.audit.envelope import Fact
from workflow.audit.events.cases import (
    CaseOpened,
    PartyJoined,
    PartyLeft,
    ProgrammeImported,
    StateEntered,
)
from workflow.audit.events.documents import AttachmentFiled, AttachmentRemoved, DocumentFiled
from workflow.audit.events.histories import HistoryRead
from workflow.audit.events.payload import Payload
from workflow.audit.events.register import AppointmentMade, InterestRegistered, PivotalDesignated
from workflow.audit.events.rounds import (
    AskedSeat,
    NamedSeat,
    RoundOpened,
    RoundOvertaken,
    RoundSettled,
)
from workflow.audit.events.seats import (
    SeatRecused,
    SignoffChanged,
    SignoffGiven,
    SignoffVoided,
)
from workflow.audit.trail import Head, Written, append
from workflow.database import connect, migrate
from workflow.schema import METADATA

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
DUE = datetime(2026, 4, 2, 9, tzinfo=UTC)
CONTENT = {"documents": {"proposal": {"version": 1, "digest": "d1"}}, "files": {}}
CONTENT_DIGEST = canonical.digest(canonical.write(CONTENT))
PARTIES = ("cub", "bra", "ind")
CELLS = {"id": "I-1", "title": "Begun elsewhere"}
ANSWERS = {"lead": "cub"}
LIFECYCLE = canonical.write({"key": "programme-standard", "version": "1"})
TEXT = canonical.write({"title": "Seed banks of the dry corridor"})


@dataclass
class Scribe:
    """Tells facts about one case, a minute apart."""

    session: Session
    head: Head
    now: datetime = START

    def tell(self, what: Payload, **more: Any) -> Written:
        self.now += timedelta(minutes=1)
        more = {"person": 1, **more}
        return append(self.session, self.head, Fact(what=what, at=self.now, **more))

    def put(self, table: str, **columns: Any) -> int:
        statement = insert(METADATA.tables[table]).values(columns)
        keys = self.session.execute(statement).inserted_primary_key
        return keys[0] if keys else 0


def people(session: Session) -> None:
    """Three persons, three parties, one appointment and one definition, each with small ids."""
    scribe = Scribe(session, Head(0, "", 0, None))
    for number in (1, 2, 3):
        scribe.put("person", id=number, email=f"p{number}@example.org", name=f"Person {number}",
                   password_hash="-", language="en", purpose="", created_at=START)  # fmt: skip
    for number, key in enumerate(PARTIES, 101):
        scribe.put("party", id=number, key=key, kind="country", name=key.upper())
    appoint(session)
    scribe.put("definition_version", id=1, key="programme-standard", version="1", body=LIFECYCLE,
               digest=canonical.digest(LIFECYCLE), published_at=START)  # fmt: skip
    scribe.put("facts_document", definition_id=1, kind="proposal")


def appoint(session: Session) -> None:
    """The first person speaks for the first country, and the register says so."""
    cases = METADATA.tables["lifecycle_case"]
    number = session.scalars(select(cases.c.id).where(cases.c.ref == "REGISTER")).one()
    scribe = Scribe(session, Head(number, "REGISTER", 0, None))
    first = START.date()
    scribe.put("appointment", id=1, person_id=1, role="pivotal", party_id=101, starts_on=first)
    scribe.tell(
        AppointmentMade(
            appointment=1, holder=1, party="cub", role="pivotal", starts_on=first, ends_on=None,
            name="Person 1",
        )
    )  # fmt: skip
    scribe.put("pivotal_status", party_id=101, since=first, evidence="A list.")
    scribe.tell(PivotalDesignated(party="cub", since=first, evidence="A list."))
    scribe.put("lead_interest", party_id=101, area="health", registered_on=first, note="Nurses.")
    scribe.tell(InterestRegistered(party="cub", area="health", on=first, note="Nurses."))
    store_head(scribe)


def record_import(session: Session, ref: str) -> None:
    """Record a programme that was begun elsewhere."""
    case_id = Scribe(session, Head(0, "", 0, None)).put(
        "lifecycle_case", ref=ref, subject="programme", title=ref, definition_id=1,
        state="active", stage="implementation", version=1, entered_at=START, opened_at=START,
        footing="record", head_seq=0,
    )  # fmt: skip
    scribe = Scribe(session, Head(case_id, ref, 0, None))
    digest = canonical.digest(canonical.write(CELLS))
    scribe.tell(
        ProgrammeImported(
            external_key="I-1", state="active", stage="implementation", row=digest,
            source="report", confidence="high",
        ),
        person=None,
    )  # fmt: skip
    scribe.put("imported_programme", external_key="I-1", case_id=case_id, row=CELLS, digest=digest,
               source="report", confidence="high", imported_on=START.date())  # fmt: skip
    scribe.put("import_difference", case_id=case_id, row=CELLS, digest=digest, found_at=START,
               outcome="declined", decided_at=START, decided_by=1)  # fmt: skip
    store_head(scribe)


def record(session: Session, ref: str) -> Head:
    """Record the case called `ref` from its proposal to a second round."""
    case_id = Scribe(session, Head(0, "", 0, None)).put(
        "lifecycle_case", ref=ref, subject="programme", title=ref, definition_id=1,
        state="decision", stage="approval", version=5, entered_at=START, opened_at=START,
        head_seq=0,
    )  # fmt: skip
    scribe = Scribe(session, Head(case_id, ref, 0, None))
    propose(scribe)
    consult(scribe)
    decide(scribe)
    store_head(scribe)
    return scribe.head


def store_head(scribe: Scribe) -> None:
    cases = METADATA.tables["lifecycle_case"]
    scribe.session.execute(
        cases.update()
        .where(cases.c.id == scribe.head.case_id)
        .values(head_seq=scribe.head.seq, head_hash=scribe.head.hash, head_at=scribe.head.last_at)
    )


def propose(scribe: Scribe) -> None:
    """The case opens with a document and two files, of which one is taken off again."""
    case_id = scribe.head.case_id
    scribe.tell(
        CaseOpened(
            ref=scribe.head.ref, subject="programme", definition=canonical.digest(LIFECYCLE),
            state="draft", stage="proposal", proposer="cub", version=1, title=scribe.head.ref,
        )
    )  # fmt: skip
    scribe.put("case_party", case_id=case_id, capacity="proposer", party_id=101)
    digest = canonical.digest(TEXT)
    filed = scribe.tell(DocumentFiled(kind="proposal", version=1, digest=digest))
    scribe.put("document", case_id=case_id, kind="proposal", version=1, body=TEXT, digest=digest,
               person_id=1, filed_at=filed.at, event_seq=filed.seq)  # fmt: skip
    for name in ("kept.pdf", "removed.pdf"):
        attach(scribe, name)
    removed = scribe.tell(AttachmentRemoved(kind="annex", digest="of removed.pdf"))
    files = METADATA.tables["attachment"]
    scribe.session.execute(
        files.update()
        .where(files.c.case_id == case_id, files.c.filename == "removed.pdf")
        .values(removed_at=removed.at)
    )


def attach(scribe: Scribe, name: str) -> None:
    what = {"kind": "annex", "digest": f"of {name}", "size": 7}
    filed = scribe.tell(AttachmentFiled(**what, filename=name))
    scribe.put("attachment", case_id=scribe.head.case_id, filename=name, media_type="text/plain",
               person_id=1, filed_at=filed.at, event_seq=filed.seq, **what)  # fmt: skip


def consult(scribe: Scribe) -> None:
    """Of three countries one answers twice, one is voided and one steps back; a deadline settles."""
    tell, case_id = scribe.tell, scribe.head.case_id
    tell(
        StateEntered(
            before="draft", state="consultation", stage="consultation", round="submit",
            outcome="submitted", version=2,
        )
    )  # fmt: skip
    opened = open_round(scribe, "consultation", PARTIES, version=3)
    first = answer(scribe, "consultation", "cub", 1, "no_objection")
    second = answer(scribe, "consultation", "cub", 2, "objects")
    third = answer(scribe, "consultation", "bra", 1, "no_objection")
    voided = tell(
        SignoffVoided(
            **turn("consultation"), seat=seat("bra"), answer=1, because="text changed", version=4
        )
    )
    tell(SeatRecused(**turn("consultation"), seat=seat("ind"), reason=""))
    settled = tell(
        RoundSettled(
            **turn("consultation"), outcome="advised", version=4, explanation="Time is up."
        ),
        person=None,
        effective_at=DUE,
    )
    round_id = scribe.put(
        "round", case_id=case_id, key="consultation", turn=1, state="draft", status="settled",
        opened_at=opened.at, due_at=DUE, content_digest=CONTENT_DIGEST, content=CONTENT,
        outcome="advised", explanation="Time is up.", settled_at=settled.at, effective_at=DUE,
    )  # fmt: skip
    seats = {
        party: put_seat(scribe, (round_id, "consultation"), party, status)
        for party, status in (("cub", "answered"), ("bra", "overtaken"), ("ind", "recused"))
    }
    put_answer(scribe, round_id, seats["cub"], 1, first, "no_objection", ("changed", second.at))
    put_answer(scribe, round_id, seats["cub"], 2, second, "objects", ("", None))
    put_answer(scribe, round_id, seats["bra"], 1, third, "no_objection", ("voided", voided.at))


def decide(scribe: Scribe) -> None:
    """A second round opens with the next state and is overtaken; a party leaves, one joins."""
    tell, case_id = scribe.tell, scribe.head.case_id
    tell(PartyJoined(capacity="lead", party="bra"))
    tell(PartyJoined(capacity="lead", party="ind"))
    tell(PartyLeft(capacity="lead", party="bra"))
    scribe.put("case_party", case_id=case_id, capacity="lead", party_id=103)
    opened = open_round(scribe, "decision", ("cub",), version=4)
    overtaken = tell(RoundOvertaken(**turn("decision")))
    tell(
        StateEntered(
            before="consultation", state="decision", stage="approval", round="consultation",
            outcome="advised", version=5,
        )
    )  # fmt: skip
    tell(HistoryRead(), person=2)
    round_id = scribe.put(
        "round", case_id=case_id, key="decision", turn=1, state="draft", status="overtaken",
        opened_at=opened.at, due_at=DUE, content_digest=CONTENT_DIGEST, content=CONTENT,
        explanation="", settled_at=overtaken.at, effective_at=overtaken.at,
    )  # fmt: skip
    put_seat(scribe, (round_id, "decision"), "cub", "overtaken")


def turn(key: str) -> dict[str, Any]:
    return {"round": key, "turn": 1}


def seat(party: str) -> NamedSeat:
    return NamedSeat(role="pivotal", party=party, category="")


def open_round(scribe: Scribe, key: str, parties: tuple[str, ...], version: int) -> Written:
    seats = tuple(
        AskedSeat(role="pivotal", party=party, part="decides", category="") for party in parties
    )
    return scribe.tell(
        RoundOpened(
            **turn(key), state="draft", due=DUE, content=CONTENT_DIGEST, seats=seats, incidents=(),
            version=version, reason="",
        )
    )  # fmt: skip


def answer(scribe: Scribe, key: str, party: str, number: int, verdict: str) -> Written:
    kind = SignoffGiven if number == 1 else SignoffChanged
    given = kind(
        **turn(key), seat=seat(party), answer=number, verdict=verdict, content=CONTENT_DIGEST,
        answers=canonical.digest(canonical.write(ANSWERS)), reason=f"Because of {verdict}.",
    )  # fmt: skip
    return scribe.tell(given, role="pivotal", party=party, appointment=1)


def put_seat(scribe: Scribe, of: tuple[int, str], party: str, status: str) -> int:
    party_id = PARTIES.index(party) + 101
    return scribe.put("seat", round_id=of[0], round_key=of[1], case_id=scribe.head.case_id, role="pivotal",
                      party_id=party_id, part="decides", category="", because="", status=status,
                      opened_at=START, due_at=DUE)  # fmt: skip


def put_answer(
    scribe: Scribe, round_id: int, seat_id: int, number: int, told: Written, verdict: str,
    ended: tuple[str, datetime | None],
) -> None:  # fmt: skip
    scribe.put(
        "sign_off", case_id=scribe.head.case_id, round_id=round_id, seat_id=seat_id, turn=number,
        person_id=1, appointment_id=1, verdict=verdict, reason=f"Because of {verdict}.",
        answers=ANSWERS, content_digest=CONTENT_DIGEST, at=told.at, event_seq=told.seq,
        event_hash=told.hash, standing=not ended[0], ended_as=ended[0], ended_at=ended[1],
    )  # fmt: skip


def record_all(database: Engine, *refs: str) -> None:
    """People once, then each case, then one that was imported."""
    with Session(database) as session, session.begin():
        people(session)
        record_import(session, "IMP-1")
        for ref in refs:
            record(session, ref)


def _fill(url: str) -> None:
    migrate(url)
    engine = connect(url)
    record_all(engine, "SSC-1", "SSC-2")
    engine.dispose()


RECORDED = Template("recorded", _fill)
