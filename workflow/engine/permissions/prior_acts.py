"""What people did in cases before: rounds they answered, or had answered for them, and texts written."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from sqlalchemy import BindParameter, CompoundSelect, bindparam, literal, select, union_all
from sqlalchemy.orm import Session

from workflow.engine.document_models import Document
from workflow.engine.locked_rounds import CASE
from workflow.engine.models import Round, SignOff
from workflow.engine.permissions.duties import PriorActs
from workflow.people.models import Appointment
from workflow.reading import asked_once
from workflow.transactions.statements import PreparedStatement

NOTHING = PriorActs()
_CASES: BindParameter[int] = bindparam("cases", expanding=True)
_PEOPLE: BindParameter[int] = bindparam("people", expanding=True)
_SIGNED: BindParameter[str] = bindparam("signed", "signed", literal_execute=True)
_THROUGH: BindParameter[str] = bindparam("signed_through", "signed", literal_execute=True)
_WROTE: BindParameter[str] = bindparam("wrote", "wrote", literal_execute=True)
_DONE: CompoundSelect[Any] = union_all(
    select(_SIGNED.label("how"), SignOff.case_id, SignOff.person_id, Round.key.label("what"))
    .join(Round, Round.id == SignOff.round_id)
    .where(SignOff.case_id.in_(_CASES), SignOff.person_id.in_(_PEOPLE)),
    select(_THROUGH, SignOff.case_id, Appointment.person_id, Round.key)
    .join(Round, Round.id == SignOff.round_id)
    .join(Appointment, Appointment.id == SignOff.appointment_id)
    .where(
        SignOff.case_id.in_(_CASES),
        SignOff.mandate_id.is_not(None),
        Appointment.person_id.in_(_PEOPLE),
    ),
    select(_WROTE, Document.case_id, Document.person_id, Document.kind).where(
        Document.case_id.in_(_CASES), Document.person_id.in_(_PEOPLE)
    ),
)

# The same of one person in one case, as whoever decides under its lock asks.
DONE_IN_CASE = PreparedStatement(
    union_all(
        select(literal("signed").label("how"), Round.key.label("what"))
        .join(SignOff, SignOff.round_id == Round.id)
        .where(SignOff.case_id == CASE, SignOff.person_id == bindparam("person")),
        select(literal("signed"), Round.key)
        .join(SignOff, SignOff.round_id == Round.id)
        .join(Appointment, Appointment.id == SignOff.appointment_id)
        .where(SignOff.case_id == CASE, SignOff.mandate_id.is_not(None))
        .where(Appointment.person_id == bindparam("person")),
        select(literal("wrote"), Document.kind).where(
            Document.case_id == CASE, Document.person_id == bindparam("person")
        ),
    )
)


@dataclass(frozen=True, slots=True)
class Pasts:
    """What each of some people did in each of some cases, by (case, person)."""

    found: Mapping[tuple[int, int], PriorActs] = field(default_factory=lambda: MappingProxyType({}))

    def of(self, case_id: int, person: int) -> PriorActs:
        """What the person did in the case, ever."""
        return self.found.get((case_id, person), NOTHING)


def prior_acts(rows: Iterable[tuple[str, str]]) -> PriorActs:
    """What one person did in one case, as it was found."""
    done: dict[str, set[str]] = {"signed": set(), "wrote": set()}
    for how, what in rows:
        done[how].add(what)
    return PriorActs(signed=frozenset(done["signed"]), wrote=frozenset(done["wrote"]))


def pasts(session: Session, cases: Collection[int], people: Collection[int]) -> Pasts:
    """What each of `people` did in each of `cases`."""
    return _pasts(session, tuple(sorted(cases)), tuple(sorted(people)))


@asked_once
def _pasts(session: Session, cases: tuple[int, ...], people: tuple[int, ...]) -> Pasts:
    rows = session.connection().execute(_DONE, {"cases": cases, "people": people})
    found: dict[tuple[int, int], dict[str, set[str]]] = {}
    for how, case, person, what in rows:
        found.setdefault((case, person), {"signed": set(), "wrote": set()})[how].add(what)
    return Pasts(
        {
            key: PriorActs(signed=frozenset(done["signed"]), wrote=frozenset(done["wrote"]))
            for key, done in found.items()
        }
    )
