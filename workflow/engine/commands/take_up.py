"""What a record of elsewhere lacks before anybody is asked to confirm it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from workflow.engine import round_state
from workflow.engine.benches import OfficeKey
from workflow.engine.documents import bound_content
from workflow.engine.permissions import participants
from workflow.engine.permissions.offices import holders
from workflow.engine.rounds import decision
from workflow.engine.unit_of_work import UnitOfWork
from workflow.errors import Incomplete, RoundClosed
from workflow.lifecycles.definition import Definition, RoundSpec
from workflow.lifecycles.seat import SeatSpec
from workflow.phrase import Phrase, Term, counted, phrase
from workflow.vocabulary import Footing


@dataclass(frozen=True, slots=True)
class RecordOnFile:
    """A record as it stands in a state of its lifecycle, on a day."""

    session: Session
    definition: Definition
    case_id: int
    state: str
    today: date


def refuse_unready(work: UnitOfWork, spec: RoundSpec) -> None:
    """Refuse to put a record to anybody that is not whole, or whose seats would wait for nobody."""
    if spec.footing is Footing.MANAGED:
        return
    case = work.case
    record = RecordOnFile(work.session, work.definition, case.id, case.state, work.now.date())
    asked = put_already(record)
    if asked:
        raise RoundClosed(
            phrase(
                "The record is before those who confirm it already: “%(round)s” is open.",
                round=asked,
            )
        )
    lacks = unready(record, spec)
    if lacks:
        raise Incomplete(
            counted(
                "“%(round)s” cannot be opened yet: %(num)s thing is missing.",
                "“%(round)s” cannot be opened yet: %(num)s things are missing.",
                len(lacks),
                round=Term(spec.label),
            ),
            lacks,
        )


def unready(record: RecordOnFile, spec: RoundSpec) -> tuple[Phrase, ...]:
    """Everything that keeps the round from opening: another one, texts, papers, parties and people."""
    asked = put_already(record)
    before = phrase(
        "The record is before those who confirm it already: “%(round)s” is open.", round=asked
    )
    already = (before,) if asked else ()
    return (*already, *_texts(record, spec), *_papers(record), *_seats(record, spec))


def put_already(record: RecordOnFile) -> Term:
    """The round in which the record is before somebody by now, if any: it is put once at a time."""
    rounds = round_state.open_rounds(record.session, record.case_id)
    asked = (record.definition.rounds[each.key] for each in rounds)
    return next((Term(each.label) for each in asked if each.footing is not Footing.MANAGED), Term())


def _texts(record: RecordOnFile, spec: RoundSpec) -> Iterator[Phrase]:
    found = decision.gaps(record.session, record.case_id, record.definition, spec.text)
    return (gap.said for need in spec.text for gap in found[need])


def _papers(record: RecordOnFile) -> Iterator[Phrase]:
    """The papers that the state asks for and nobody has brought in."""
    brings = record.definition.states[record.state].brings
    filed, _ = bound_content.under_decision(record.session, record.case_id, brings)
    for kind in brings:
        if not filed["files"].get(kind):
            label = record.definition.documents[kind].label
            yield phrase("%(document)s: it is not brought in", document=Term(label))


def _seats(record: RecordOnFile, spec: RoundSpec) -> Iterator[Phrase]:
    """The seats of no party, and those that nobody holds."""
    asked = [(seat, _asked(record, seat)) for seat in spec.rule.seats]
    offices = {OfficeKey(seat.role, party) for seat, parties in asked for party in parties}
    held = holders(record.session, offices, record.today) if offices else {}
    named = participants.called(record.session, {each.party_id for each in offices})
    for seat, parties in asked:
        role = Term(record.definition.roles[seat.role].label)
        if not parties and not seat.if_any:
            yield phrase("%(role)s: the record names no party for this seat", role=role)
        for party in parties:
            if OfficeKey(seat.role, party) not in held:
                who = named[party].name
                yield phrase("%(role)s, %(party)s: nobody holds this office", role=role, party=who)


def _asked(record: RecordOnFile, seat: SeatSpec) -> list[int]:
    found = participants.parties(record.session, record.case_id, seat.of, record.today)
    return [party for party, _ in found]
