"""The words a form offers to choose from: reference data, parties, and sections of a document."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.engine.documents.above.kept import called_then
from workflow.engine.documents.above.said import offered_above
from workflow.engine.documents.labels import parties_of
from workflow.frameworks.queries import in_force, planned_day
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.documents import Field
from workflow.partners.looked_for import matched
from workflow.people.models import Party
from workflow.people.parties import COUNTRY
from workflow.programmes.models import Programme
from workflow.reference import Choices, choices, reference
from workflow.results.forms import CHOSEN as OUTPUTS
from workflow.results.forms import VOCABULARY as INDICATORS
from workflow.results.kept import indicator_choices, output_choices
from workflow.search.key import fold

Offered = Mapping[str, Choices]
SANCTIONS = "sanctions"


def name_of(field: Field) -> str:
    """The vocabulary that a field takes its choices from; empty when it lists them itself."""
    implied = {"countries": "countries", "rating": "ratings"}
    return field.vocabulary or implied.get(field.kind, "")


def offered(
    session: Session, definition: Definition, fields: Iterable[Field], case_id: int | None = None
) -> Offered:
    """Every vocabulary that `fields` and their columns choose from, as (value, label) pairs."""
    listed = [each for field in fields for each in (field, *field.columns)]
    above = {each.vocabulary: each for each in listed if each.offers_above is not None}
    names = {name_of(field) for field in listed} - {"", *above}
    return {
        **{name: _choices(session, definition, name, case_id) for name in sorted(names)},
        **{
            name: offered_above(session, case_id or 0, field).options
            for name, field in sorted(above.items())
        },
    }


def as_called_then(known: Offered, contents: Iterable[Mapping[str, Any]]) -> Offered:
    """The same, with what filed versions chose in a case above called as it was when they were filed."""
    then = called_then(contents)
    return {
        name: tuple({**dict(pairs), **then.get(name, {})}.items()) for name, pairs in known.items()
    }


def label_of(field: Field, value: str, known: Offered) -> str:
    """A stored value in the words of its vocabulary; one that is no longer offered stays as is.

    A framework that is not in force on the planned start is offered no longer, and called by its name.
    """
    name = name_of(field)
    listed = choices(name) if name == "frameworks" else ()
    pairs = field.options or (*known.get(name, ()), *listed)
    return next((label for key, label in pairs if key == value), value)


def _choices(session: Session, definition: Definition, name: str, case_id: int | None) -> Choices:
    room, _, rest = name.partition(":")
    if room == "sections":
        return tuple((each.key, each.title) for each in definition.documents[rest].sections)
    if room == "parties":
        return parties_of(session, case_id, rest)
    of_results = {INDICATORS: indicator_choices, OUTPUTS: output_choices}.get(name)
    if of_results is not None:
        return of_results(session, case_id)
    if name == SANCTIONS:
        return tuple((each.called, each.called) for each in matched(session, case_id or 0))
    kept = {"agencies": _agencies, "donors": _donors, "countries": _developing}.get(name)
    if kept is not None:
        return kept(session)
    return _frameworks(session, case_id) if name == "frameworks" else choices(name)


def _agencies(session: Session) -> Choices:
    """The parties that may execute programmes."""
    named = select(Party.key, Party.name).where(Party.executes).order_by(Party.name)
    return tuple((key, name) for key, name in session.execute(named))


def _developing(_session: Session) -> Choices:
    """The countries that South-South cooperation is for; donors and empty lands are not offered."""
    return tuple(
        (iso3, name) for iso3, name in choices("countries") if reference().is_developing(iso3)
    )


def _frameworks(session: Session, case_id: int | None) -> Choices:
    """The frameworks and funds that are in force on the planned start, as far as one is said."""
    starts = session.scalar(select(Programme.starts).where(Programme.case_id == case_id))
    return in_force(session, planned_day(starts or ""))


def _donors(session: Session) -> Choices:
    """Donor countries, other countries that are entered, and parties that give, by name.

    A country of the South gives as well, so each that the house knows may be chosen. A country's party
    has its code as key.
    """
    donors = reference().donors
    named = {iso3.lower(): name for iso3, name in choices("countries") if iso3 in donors}
    giving = select(Party.key, Party.name).where(Party.gives | (Party.kind == COUNTRY))
    named = dict(session.execute(giving).all()) | named
    return tuple(sorted(named.items(), key=lambda pair: fold(pair[1])))
