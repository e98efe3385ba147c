"""The words a form offers to choose from: reference data, parties, and sections of a document."""

from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.engine.models import CaseParty
from workflow.lifecycles.definition import Definition, Field
from workflow.people.models import Party
from workflow.reference import Choices, choices, reference

Offered = Mapping[str, Choices]


def name_of(field: Field) -> str:
    """The vocabulary that a field takes its choices from; empty when it lists them itself."""
    implied = {"countries": "countries", "rating": "ratings"}
    return field.vocabulary or implied.get(field.kind, "")


def offered(
    session: Session, definition: Definition, fields: Iterable[Field], case_id: int | None = None
) -> Offered:
    """Every vocabulary that `fields` and their columns choose from, as (value, label) pairs."""
    listed = list(fields)
    columns = [column for field in listed for column in field.columns]
    names = {name_of(field) for field in (*listed, *columns)} - {""}
    return {name: _choices(session, definition, name, case_id) for name in sorted(names)}


def label_of(field: Field, value: str, known: Offered) -> str:
    """A stored value in the words of its vocabulary; one that is no longer offered stays as is."""
    pairs = field.options or known.get(name_of(field), ())
    return next((label for key, label in pairs if key == value), value)


def _choices(session: Session, definition: Definition, name: str, case_id: int | None) -> Choices:
    room, _, rest = name.partition(":")
    if room == "sections":
        return tuple((each.key, each.title) for each in definition.documents[rest].sections)
    if room == "parties":
        return _parties_of(session, case_id, rest)
    if name == "agencies":
        return _organisations(session)
    if name == "donors":
        return _donors()
    return choices(name)


def _organisations(session: Session) -> Choices:
    rows = session.execute(
        select(Party.key, Party.name).where(Party.kind == "organisation").order_by(Party.name)
    )
    return tuple((key, name) for key, name in rows)


def _parties_of(session: Session, case_id: int | None, capacity: str) -> Choices:
    rows = session.execute(
        select(Party.key, Party.name)
        .join(CaseParty, CaseParty.party_id == Party.id)
        .where(CaseParty.case_id == case_id, CaseParty.capacity == capacity)
        .order_by(Party.name)
    )
    return tuple((key, name) for key, name in rows)


def _donors() -> Choices:
    """Donor countries by name; a country's party is called by its code in small letters."""
    donors = reference().donors
    return tuple((iso3.lower(), name) for iso3, name in choices("countries") if iso3 in donors)
