"""Acting in the name of demo people with a clock that can be set: every act is a real command."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import Engine as Database
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflow.assembly.engine import engine_on
from workflow.clock import to_millisecond
from workflow.engine import commands, round_state
from workflow.engine.benches import appointment_at
from workflow.engine.commands import DeclareInterest, file_document
from workflow.engine.commands.file_document import Filing
from workflow.engine.commands.receipts import Receipt
from workflow.engine.document_models import Document
from workflow.engine.documents.file_store import File
from workflow.engine.documents.resubmission import CameBack, came_back
from workflow.engine.models import LifecycleCase, Seat
from workflow.engine.permissions.claims import interests
from workflow.engine.permissions.offices import offices
from workflow.engine.rounds.decision import Decision
from workflow.lifecycles.clauses.remarks import answering
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.rule import Stance
from workflow.people.models import Party, Person
from workflow.programmes import commands as programmes

MORNING, EVENING, FRIDAY = 8, 17, 4
# What somebody content answers to a question of each kind.
CONTENT: Mapping[str, Any] = {"check": True, "rating": "5"}


@dataclass
class Hand:
    """A clock whose hand is moved by hand."""

    at: datetime

    def __call__(self) -> datetime:
        """The instant the hand points to."""
        return to_millisecond(self.at)

    def pass_time(self, **span: float) -> None:
        """Let time pass: `days=3, hours=2`."""
        self.at += timedelta(**span)

    def pass_working_time(self, days: float) -> None:
        """Let some days and half an hour pass, and land in an office's hours of a working day."""
        self.pass_time(days=round(days), minutes=37)
        if self.at.hour >= EVENING:
            self.at = self.at.replace(hour=MORNING) + timedelta(days=1)
        while self.at.weekday() > FRIDAY:
            self.at += timedelta(days=1)


class Play:
    """Runs commands as people by their e-mail's first part; stops on the first refusal."""

    def __init__(self, database: Database, clock: Hand) -> None:
        self.clock = clock
        self.engine = engine_on(database, clock)

    def person(self, key: str) -> int:
        """The id of a person by the part of the address before the sign."""
        with self.engine.reading() as session:
            return session.scalars(
                select(Person.id).where(Person.email.startswith(f"{key}@"))
            ).one()

    def party(self, key: str) -> int:
        """The id of a party by its key."""
        with self.engine.reading() as session:
            return session.scalars(select(Party.id).where(Party.key == key)).one()

    def version(self, ref: str) -> int:
        """The case version that a page opened now would show."""
        with self.engine.reading() as session:
            return session.scalars(
                select(LifecycleCase.version).where(LifecycleCase.ref == ref)
            ).one()

    def state(self, ref: str) -> str:
        """The state the case stands in."""
        with self.engine.reading() as session:
            return session.scalars(
                select(LifecycleCase.state).where(LifecycleCase.ref == ref)
            ).one()

    def propose(self, who: str, party: str, content: Mapping[str, Any]) -> str:
        """Begin a proposal with its letter of request attached; returns its reference."""
        ref = programmes.propose(self.engine, self.person(who), self.party(party), content).ref
        self.attach(ref, "request_letter", who, "letter-of-request.pdf")
        return ref

    def file(self, ref: str, kind: str, who: str, content: Mapping[str, Any]) -> int:
        """File a new version of a document on top of the newest."""
        with self.engine.reading() as session:
            last = session.scalar(
                select(func.max(Document.version))
                .join(LifecycleCase, LifecycleCase.id == Document.case_id)
                .where(LifecycleCase.ref == ref, Document.kind == kind)
            )
        return programmes.save(self.engine, self.person(who), Filing(ref, kind, content, last or 0))

    def attach(self, ref: str, kind: str, who: str, filename: str) -> None:
        """Put a small file on record (its bytes belong to the loader)."""
        digest = hashlib.sha256(LETTER).hexdigest()
        file_document.attach(
            self.engine,
            self.person(who),
            ref,
            kind,
            File(filename, "application/pdf", len(LETTER), digest),
        )

    def answer(
        self,
        ref: str,
        round_key: str,
        who: str,
        verdict: str,
        reason: str = "",
        answers: Mapping[str, Any] | None = None,
    ) -> Receipt:
        """Give a verdict on the seat that this person can take in the newest such round.

        Where an interest has to be declared first, they declare to have none; where no answers are
        given along, they answer what has to be answered, and say why what came back stays as it is.
        """
        person = self.person(who)
        seat = self.seat(ref, round_key, person)
        self.declare(ref, round_key, person, seat)
        return commands.sign(
            self.engine,
            person,
            Decision(
                ref=ref,
                round=round_key,
                verdict=verdict,
                seen_version=self.version(ref),
                key=uuid4().hex,
                seat=seat,
                reason=reason or self.sentence(ref, round_key, verdict),
                answers=self.owed(ref, round_key, verdict) if answers is None else answers,
            ),
        )

    def sentence(self, ref: str, round_key: str, verdict: str) -> str:
        """Why a text is sent again as it came back, where it is; otherwise nothing has to be said."""
        back = self._back(ref, round_key, verdict)
        return "It is sent again as it is." if back and back.unchanged else ""

    def _back(self, ref: str, round_key: str, verdict: str) -> CameBack | None:
        with self.engine.reading() as session:
            case = session.scalars(select(LifecycleCase).where(LifecycleCase.ref == ref)).one()
            definition = self.engine.definition(case.definition_id or 0, session)
            spec = definition.rounds.get(round_key)
            if spec is None:
                return None
            said = spec.rule.verdicts.get(verdict)
            return came_back(session, definition, case.id, spec, said)

    def case(self, session: Session, ref: str) -> tuple[int, Definition]:
        """A case by its number, with the definition that it follows."""
        case = session.scalars(select(LifecycleCase).where(LifecycleCase.ref == ref)).one()
        return case.id, self.engine.definition(case.definition_id or 0, session)

    def asks(self, ref: str, round_key: str, of: str) -> bool:
        """Whether a round asks whoever has a part in the case, by the version that it follows."""
        with self.engine.reading() as session:
            _, definition = self.case(session, ref)
            return any(seat.of == of for seat in definition.rounds[round_key].rule.seats)

    def owed(self, ref: str, round_key: str, verdict: str) -> dict[str, Any]:
        """Answers to the questions that this verdict owes, as somebody content would give them."""
        with self.engine.reading() as session:
            case = session.scalars(select(LifecycleCase).where(LifecycleCase.ref == ref)).one()
            definition = self.engine.definition(case.definition_id or 0, session)
            spec = definition.rounds.get(round_key)
            said = spec.rule.verdicts.get(verdict) if spec else None
        if spec is None or said is None or said.stance is not Stance.FOR:
            return {}
        owed: dict[str, Any] = {
            each.key: CONTENT[each.kind]
            for each in spec.questions
            if each.required and each.kind in CONTENT
        }
        found, back = answering(spec), self._back(ref, round_key, verdict)
        if back and back.remarks and found:
            question, remark = found
            words = next(each.key for each in question.columns if each.key != remark)
            owed[question.key] = [{remark: each.remark.id, words: "Done."} for each in back.remarks]
        return owed

    def declare(self, ref: str, round_key: str, person: int, seat: int | None) -> None:
        """Declare to have no interest, where that is asked of the seat and owed."""
        with self.engine.reading() as session:
            case = session.scalars(select(LifecycleCase).where(LifecycleCase.ref == ref)).one()
            spec = self.engine.definition(case.definition_id or 0, session).rounds[round_key]
            role = session.scalar(select(Seat.role).where(Seat.id == seat))
            said = interests(session, [seat]) if seat and role in spec.declares else None
        if seat is not None and said is not None and (seat, person) not in said:
            command = DeclareInterest(ref, round_key, seat, self.version(ref), uuid4().hex)
            commands.declare(self.engine, person, command)

    def seat(self, ref: str, round_key: str, person: int) -> int | None:
        """The seat of this person's office in the newest such round, open ones first."""
        with self.engine.reading() as session:
            case = session.scalars(select(LifecycleCase.id).where(LifecycleCase.ref == ref)).one()
            round_ = round_state.latest(session, case, round_key)
            held = offices(session, person, self.engine.now().date())
        if round_ is None or round_.status != "open":
            return None
        mine = [c for c in round_.seats if appointment_at(held, c) is not None]
        mine.sort(key=lambda seat: seat.status != "open")
        return mine[0].id if mine else round_.seats[0].id if round_.seats else None


LETTER = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
    b"/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>endobj\n"
    b"4 0 obj<</Length 83>>stream\nBT /F1 14 Tf 72 770 Td "
    b"(Letter of request from the Government, demo copy) Tj ET        \nendstream endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)
