"""Placing a record: in which state of which lifecycle it would live on, and with which parties."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from workflow.audit.events.cases import ProgrammePlaced, TakingPart
from workflow.engine import round_state
from workflow.engine.commands.command import execute, receipt_of
from workflow.engine.commands.receipts import Receipt
from workflow.engine.engine import Engine
from workflow.engine.models import CaseParty
from workflow.engine.permissions.check import not_on
from workflow.engine.unit_of_work import UnitOfWork
from workflow.errors import Invalid, NotAuthorised, RoundClosed
from workflow.people.models import Party
from workflow.phrase import Phrase, Term, phrase
from workflow.programmes.adoption.papers import takes_up
from workflow.programmes.commands import replace_parties
from workflow.programmes.models import Programme
from workflow.programmes.search_text import searched
from workflow.reference import reference
from workflow.vocabulary import Footing

# The parts that an officer may correct before a record is confirmed.
CAPACITIES = ("executing_agency", "beneficiary", "lead", "donor")
# What is said where nobody would be left who is asked to confirm the record.
ASKED = {
    "executing_agency": phrase("Choose an agency: it confirms the record."),
    "beneficiary": phrase("Choose at least one country: each that takes part confirms the record."),
}


@dataclass(frozen=True, slots=True)
class PlaceRecord:
    """The command to place a record; `parties` holds the keys of those that have a part, by capacity.

    A capacity that is not named stays as it is. A state left empty keeps the one it stands in, and a
    lifecycle left empty the one it follows.
    """

    ref: str
    seen_version: int
    key: str
    state: str = ""
    lifecycle: str = ""
    parties: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    reason: str = ""

    def as_content(self) -> dict[str, object]:
        """Everything that makes this request what it is."""
        return {
            "places": self.ref,
            "state": self.state,
            "lifecycle": self.lifecycle,
            "parties": {capacity: list(keys) for capacity, keys in self.parties.items()},
            "seen": self.seen_version,
        }


def place(engine: Engine, person: int, command: PlaceRecord) -> Receipt:
    """Place a record on the newest version of a lifecycle; nobody has confirmed anything by that.

    Refuses whoever does not write records, a programme that is managed here, one that is being
    confirmed, a state in which no record is taken up, and a party that there is not.
    """
    return execute(
        engine, person, command, lambda work, who, what: _placed(engine, work, who, what)
    )


def _placed(engine: Engine, work: UnitOfWork, person: int, command: PlaceRecord) -> Receipt:
    if work.case.footing is not Footing.RECORD:
        raise not_on(work.case.footing, Term(work.case.subject))
    if round_state.open_rounds(work.session, work.case.id):
        raise RoundClosed(
            phrase("The record is being confirmed; it can be placed anew after that.")
        )
    _repin(engine, work, command.lifecycle or work.definition.key)
    if not takes_up(work, person):
        raise NotAuthorised(phrase("A record is placed by whoever writes it."))
    _enter(work, command.state or work.case.state)
    _take_part(work, command.parties)
    written = work.note(
        ProgrammePlaced(
            state=work.case.state,
            stage=work.case.stage,
            definition=work.definition.digest,
            parties=_taking_part(work.session, work.case.id),
            version=work.next_version(),
        )
    )
    return receipt_of(work, written, "Placed", "")


def _repin(engine: Engine, work: UnitOfWork, lifecycle: str) -> None:
    """Have the record follow the newest version of the lifecycle: nothing else happened to it yet."""
    offered = engine.offered(work.session)
    found = next((each for each in offered if each[1].key == lifecycle), None)
    if found is None:
        raise Invalid(
            phrase("No lifecycle called %(key)s is published.", key=f"{lifecycle!r:.80}"),
            {"lifecycle": phrase("Choose a lifecycle that is published.")},
        )
    work.case.definition_id, work.definition = found


def _enter(work: UnitOfWork, key: str) -> None:
    state = work.definition.states.get(key)
    if state is None or (not state.adoptable and key != work.case.state):
        raise Invalid(
            phrase("No record is taken up in that state."),
            {"state": phrase("Choose one of the states in which a record is taken up.")},
        )
    if key != work.case.state:
        work.case.entered_at = work.now
    work.case.state, work.case.stage = key, state.stage.value


def _take_part(work: UnitOfWork, parties: Mapping[str, tuple[str, ...]]) -> None:
    faults = {
        capacity: fault
        for capacity, keys in parties.items()
        if (fault := _fault(work.session, capacity, keys))
    }
    if faults:
        raise Invalid(phrase("Some of these parties cannot take part so."), faults)
    replace_parties(work, parties, came="placing", by=work.actor)
    its = update(Programme).where(Programme.case_id == work.case.id)
    if "executing_agency" in parties:
        names = select(Party.name).where(Party.key.in_(parties["executing_agency"]))
        agency = "; ".join(sorted(work.session.scalars(names)))[:200]
        work.session.execute(its.values(executing_agency=agency))
    if parties:
        text = searched(work.session, work.case.id, work.case.ref, work.case.title)
        work.session.execute(its.values(search_text=text))


def _fault(session: Session, capacity: str, keys: tuple[str, ...]) -> Phrase | None:
    """Why these parties cannot have this part: countries of the reference list, agencies that execute."""
    if capacity not in CAPACITIES:
        return phrase("No record names parties so.")
    if not keys and capacity in ASKED:
        return ASKED[capacity]
    if capacity == "donor":
        return _unknown_donors(session, keys)
    if capacity != "executing_agency":
        unknown = [key for key in keys if key.upper() not in reference().countries]
        return (
            phrase("No country is called %(keys)s.", keys=", ".join(unknown)) if unknown else None
        )
    able = select(func.count()).select_from(Party).where(Party.key.in_(keys), Party.executes)
    if session.scalar(able) != len(set(keys)):
        return phrase("Choose among the agencies that may execute a programme.")
    return None


def _unknown_donors(session: Session, keys: tuple[str, ...]) -> Phrase | None:
    """Which of these neither is a country nor was entered as a party."""
    entered = select(Party.key).where(Party.key.in_(keys), Party.kind != "office")
    known = {key.lower() for key in reference().countries} | set(session.scalars(entered))
    unknown = ", ".join(key for key in keys if key not in known)
    return phrase("No party is called %(keys)s.", keys=unknown) if unknown else None


def _taking_part(session: Session, case_id: int) -> tuple[TakingPart, ...]:
    rows = session.execute(
        select(CaseParty.capacity, Party.key)
        .join(Party, Party.id == CaseParty.party_id)
        .where(CaseParty.case_id == case_id)
        .order_by(CaseParty.capacity, Party.key)
    )
    return tuple(TakingPart(capacity=capacity, party=key) for capacity, key in rows)
