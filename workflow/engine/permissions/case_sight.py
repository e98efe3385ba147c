"""What one person may read of one case: each thing asked of the one rule, by what its lifecycle declares."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from workflow.engine.benches import OfficeKey
from workflow.engine.documents import sendings
from workflow.engine.permissions import participants
from workflow.engine.permissions.disclosure import Matter, Onlooker, Standing, may_read
from workflow.engine.permissions.mandates import received
from workflow.engine.permissions.offices import offices
from workflow.engine.permissions.personal.apart import takes_part_as, unread_text
from workflow.engine.permissions.visibility import CaseRow, standing_in
from workflow.errors import NotAuthorised
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.documents import DocumentKind, Field
from workflow.lifecycles.openness import Openness
from workflow.people.appointments import APART
from workflow.phrase import phrase


@dataclass(frozen=True, slots=True)
class CaseSight:
    """A person before a case; `definition` is None for the register, which auditors read."""

    session: Session
    definition: Definition | None
    case_id: int
    ref: str
    person: int
    now: datetime
    standing: Standing

    @classmethod
    def of_row(
        cls, session: Session, definition: Definition, case: CaseRow, person: int, now: datetime
    ) -> "CaseSight":
        """The sight of a case whose row says who looks at it."""
        return cls(session, definition, case.id, case.ref, person, now, case.standing)

    @classmethod
    def of_case(
        cls,
        session: Session,
        definition: Definition | None,
        case: tuple[int, str],
        person: int,
        now: datetime,
    ) -> "CaseSight":
        """The sight of a case by its number and reference."""
        number, ref = case
        standing = standing_in(session, number, person, now.date())
        return cls(session, definition, number, ref, person, now, standing)

    @property
    def whole(self) -> bool:
        """Whether the person reads what participants do."""
        return self.standing.audits or self.standing.takes_part

    def reads(self, openness: Openness) -> bool:
        """Whether something of this openness, once it was sent, may be read."""
        return self._may(Matter(openness))

    def answers(self, round_key: str) -> bool:
        """Whether it may be read what was answered in a round."""
        spec = self.definition.rounds.get(round_key) if self.definition else None
        if spec is None:
            return self.reads(Openness.PARTICIPANTS)
        return self._reads_kept(spec.open_to, frozenset(spec.unread_by), spec.key)

    def text(self, kind: str) -> bool:
        """Whether the sent versions and files of a kind of document may be read."""
        document = self._kind(kind)
        return self._reads_text(document) if document else self.reads(Openness.PARTICIPANTS)

    def talk(self, kind: str) -> bool:
        """Whether what is said in the discussion about a document may be read, or about the case where none is named."""
        document = self._kind(kind)
        if document is None:
            return self.reads(Openness.PARTICIPANTS)
        return self._reads_text(document) and self.reads(document.discussed_by)

    def field(self, field: Field) -> bool:
        """Whether a field of a text that may be read may be read as well."""
        return not field.confidential or self.reads(Openness.PARTICIPANTS)

    def shown(self, document: DocumentKind) -> DocumentKind:
        """The document without the fields that the person may not read."""
        if all(map(self.field, document.fields())):
            return document
        return replace(
            document,
            sections=tuple(
                replace(section, fields=tuple(filter(self.field, section.fields)))
                for section in document.sections
            ),
        )

    def versions(self, kind: str, filed: Collection[int]) -> frozenset[int]:
        """Which versions of a document, by the events that filed them, may be read."""
        document = self._kind(kind)
        if document is None or self.standing.audits:
            return frozenset(filed) if self.standing.audits else frozenset()
        gone = sendings.replaced(document, tuple(filed))
        return frozenset(seq for seq in filed if self.paper(kind, seq, gone[seq]))

    def paper(self, kind: str, seq: int, gone: int | None) -> bool:
        """Whether what event `seq` filed, and event `gone` replaced or took off, may be read."""
        document = self._kind(kind)
        if document is None or self.standing.audits:
            return self.standing.audits
        stretches = sendings.of_case(self.session, self.definition_known, self.case_id)
        if not sendings.is_draft(stretches, kind, seq, gone):
            return self._reads_text(document)
        draft = Matter(document.open_to, self.writers(document))
        return self._may(draft, self._parties(document))

    def writers(self, document: DocumentKind) -> frozenset[int]:
        """The parties whose the document is to write."""
        return frozenset(
            party
            for writer in document.written_by
            for party, _ in participants.parties(
                self.session, self.case_id, writer.of, self.now.date()
            )
        )

    def writes(self, document: DocumentKind) -> bool:
        """Whether the person speaks for a party whose the document is to write."""
        return bool(self.writers(document) & self._parties(document))

    def refuse_answers(self, round_key: str) -> None:
        """Refuse whoever may not read what was answered in a round."""
        if not self.answers(round_key):
            raise NotAuthorised(
                phrase("What is said in this round is open to those who take part in it.")
            )

    def refuse_letters(self) -> None:
        """Refuse whoever takes no part: letters are between those who do."""
        if not self.reads(Openness.PARTICIPANTS):
            raise NotAuthorised(phrase("Letters are open to those who take part."))

    def refuse_text(self, kind: str) -> None:
        """Refuse whoever may not read a kind of document."""
        if not self.text(kind):
            raise NotAuthorised(phrase("This text is open to those who take part."))

    @property
    def definition_known(self) -> Definition:
        """The lifecycle of a case that has one."""
        if self.definition is None:
            raise NotAuthorised(phrase("This is open to auditors alone."))
        return self.definition

    def _reads_text(self, document: DocumentKind) -> bool:
        return self._reads_kept(
            document.open_to, unread_text(self.definition_known, document.key), ""
        )

    def _reads_kept(self, openness: Openness, unread_by: frozenset[str], round_key: str) -> bool:
        """Whether the person may read what is kept from parties in some capacities until the decision."""
        settled = self.standing.decided or self.standing.audits
        if settled or not self.standing.takes_one_of(unread_by):
            return self.reads(openness)
        held = frozenset(self._offices())
        apart = takes_part_as(self.session, self.case_id, held, round_key, unread_by)
        inside = self.standing.takes_part and not apart
        return may_read(Matter(openness), Onlooker(takes_part=inside), decided=False)

    def _kind(self, key: str) -> DocumentKind | None:
        return self.definition.documents.get(key) if self.definition else None

    def _may(self, matter: Matter, parties: frozenset[int] = frozenset()) -> bool:
        onlooker = Onlooker(self.standing.audits, self.standing.takes_part, parties)
        return may_read(matter, onlooker, decided=self.standing.decided)

    def _parties(self, document: DocumentKind) -> frozenset[int]:
        """The parties for which the person speaks where a document is written.

        An office that counts on one body alone speaks where the document is that body's to write.
        """
        asked = (self._bench(writer.of) for writer in document.written_by)
        counting = {None, *asked}
        return frozenset(each.party_id for each in self._offices() if each.bench in counting)

    def _bench(self, of: str) -> int | None:
        on = participants.bench_of(self.session, self.case_id, of, self.now.date())
        return on.id if on else None

    def _offices(self) -> Iterator[OfficeKey]:
        """The offices that the person holds, and those they act for as far as the case is reached."""
        today = self.now.date()
        yield from (
            office
            for office in offices(self.session, self.person, today)
            if office.role not in APART
        )
        yield from (
            mandate.office
            for mandate in received(self.session, self.person, today)
            if mandate.reaches(self.ref)
        )
