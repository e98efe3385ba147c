"""What the checks of forms know of a programme beside its documents: its framework's years, and some of its parties."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache, partial
from typing import Any, Protocol

from sqlalchemy import bindparam, insert, literal, select, update
from sqlalchemy.orm import Session

from workflow.engine.models import CaseParty, LifecycleCase
from workflow.engine.workdays import today
from workflow.frameworks.adopted import SUBJECT as FRAMEWORK
from workflow.frameworks.adopted import take_effect
from workflow.frameworks.models import FrameworkTerms
from workflow.lifecycles.checks.known import amount_of
from workflow.people.groupings.named import NamedGroups
from workflow.people.models import Party
from workflow.programmes import blocker_lines
from workflow.programmes.approaches import lines as approach_lines
from workflow.programmes.knowledge import lesson_lines
from workflow.programmes.models import Programme
from workflow.programmes.search_text import searched
from workflow.reading import asked_once
from workflow.reference import reference
from workflow.search.key import fold
from workflow.vocabulary import HOUSE

NOBODY = ("nobody",)
PROPOSED, OWNED, GIVES, CONVENES, TAKES_PART = SAID_OF_PARTIES = (
    "proposer", "owner", "donor", "convenor", "beneficiary"
)  # fmt: skip
_ASKED = (
    select(
        FrameworkTerms.starts_on,
        FrameworkTerms.ends_on,
        Programme.budget_usd,
        CaseParty.capacity.label("called"),
        *(Party.key, Party.iso3, Party.kind),
    )
    .select_from(Programme)
    .outerjoin(FrameworkTerms, FrameworkTerms.framework_id == Programme.framework_id)
    .outerjoin(
        CaseParty,
        (CaseParty.case_id == Programme.case_id) & CaseParty.capacity.in_(SAID_OF_PARTIES),
    )
    .outerjoin(Party, Party.id == CaseParty.party_id)
    .where(Programme.case_id == bindparam("case_id"))
    .order_by(CaseParty.capacity, Party.name)
)

_CALLED = (
    select(
        LifecycleCase.ref,
        LifecycleCase.subject,
        LifecycleCase.title,
        Programme.framework_id,
    )
    .outerjoin(Programme, Programme.case_id == LifecycleCase.id)
    .where(LifecycleCase.id == bindparam("case_id"))
)


class PartySaid(Protocol):
    """A party by what its part in a case is called, with its key, its country and its kind."""

    @property
    def called(self) -> str:
        """The capacity in which it takes part."""

    @property
    def key(self) -> str:
        """Its key."""

    @property
    def iso3(self) -> str | None:
        """The country that it is, if one."""

    @property
    def kind(self) -> str:
        """A country, an organisation or an office."""


@asked_once
def case_facts(session: Session, case_id: int) -> Mapping[str, tuple[str, ...]]:
    """By name, what is known of a programme: nothing where its framework or its parties are not."""
    rows = session.connection().execute(_ASKED, {"case_id": case_id}).all()
    if not rows:
        return {}
    said = [row for row in rows if row.called]
    return by_name(rows[0].starts_on, rows[0].ends_on, said, rows[0].budget_usd)


def by_name(
    starts_on: date | None,
    ends_on: date | None,
    parties: Iterable[PartySaid],
    cost: Decimal | None = None,
) -> Mapping[str, tuple[str, ...]]:
    """What is known of a programme by the names under which checks ask for it.

    The proposer is said as a country, the owner and the convenor by their keys, the convenor where it
    is not the owner, `countries` are those that take part by now, and `total_cost` what
    it costs by what was signed, 0 where nobody knows; `proposer_is` and `owner_is` say whether that is a country, a donor, an agency, the
    house itself or nobody.
    """
    proposing: PartySaid | None = None
    owning: PartySaid | None = None
    convening: tuple[str, ...] = ()
    giving: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    for each in parties:
        if each.called == PROPOSED:
            proposing = proposing or each
        elif each.called == OWNED:
            owning = owning or each
        elif each.called == GIVES:
            giving = (*giving, each.key)
        elif each.called == CONVENES:
            convening = (*convening, each.key)
        elif each.called == TAKES_PART and each.iso3:
            countries = (*countries, each.iso3)
    return {
        "framework_starts": _day(starts_on),
        "framework_ends": _day(ends_on),
        "proposer": (proposing.iso3,) if proposing and proposing.iso3 else (),
        "proposer_is": _sort(proposing, giving),
        "owner": (owning.key,) if owning else (),
        "owner_is": _sort(owning, giving),
        "countries": countries,
        "total_cost": (f"{cost or 0:f}",),
        "other_convenor": () if owning and owning.key in convening else convening,
    }


def _sort(party: PartySaid | None, giving: tuple[str, ...]) -> tuple[str, ...]:
    """What a party is among those who carry a programme out: a country, a donor, an agency, the house, or nobody."""
    if party is None:
        return NOBODY
    if party.key == HOUSE:
        return ("house",)
    if party.key in giving or party.iso3 in reference().donors:
        return ("donor",)
    return ("country",) if party.kind == "country" else ("agency",)


def take_facts(
    session: Session, case_id: int, content: Mapping[str, Any], by: int | None, now: datetime
) -> str | None:
    """Let a signed text say when the programme runs and what it costs; what it leaves out stays.

    What a framework says once it is adopted or extended counts among the frameworks from then on, and
    what is told of a blocker, and of a lesson, among those. Returns what the case is called now, where that changes.
    """
    told: dict[str, Any] = {
        "starts": content.get("planned_start"),
        "ends": content.get("planned_end"),
        "summary": content.get("objective"),
        "budget_usd": amount_of(str(content.get("total_cost") or "")),
    }
    if agency := content.get("executing_agency"):
        told["executing_agency"] = session.scalar(
            select(Party.name)
            .join(CaseParty, CaseParty.party_id == Party.id)
            .where(CaseParty.case_id == case_id, CaseParty.capacity == "executing_agency")
            .where(Party.key == agency)
        )
    changed = {column: value for column, value in told.items() if value}
    its = update(Programme).where(Programme.case_id == case_id)
    if changed:
        session.execute(its.values(changed))
    case = session.execute(_CALLED, {"case_id": case_id}).one()
    called = None
    if case.subject == FRAMEWORK:
        take_effect(session, (case_id, case.ref), content, by=by, now=now)
    if case.subject == approach_lines.SUBJECT:
        approach_lines.take_effect(session, case_id, content, by=by, now=now)
    if case.subject == blocker_lines.SUBJECT:
        called = blocker_lines.take_effect(session, case_id, case.framework_id, content)
    if case.subject == lesson_lines.SUBJECT:
        called = lesson_lines.take_effect(session, case_id, content, now)
    if called or "summary" in changed:
        found_by = searched(session, case_id, case.ref, called or case.title)
        session.execute(its.values(search_text=found_by))
    return called


# What a child is found by in searches is its own; all else of the programme holds for it as well.
_INHERITED = tuple(
    column
    for column in Programme.__table__.c
    if column.key not in {"case_id", "search_text", "summary"}
)


def inherit(session: Session, parent: int, child: int) -> None:
    """Give a case under a programme its framework, fund, modality and figures, as they are now.

    A search finds it by its own reference and title.
    """
    called = select(LifecycleCase.ref, LifecycleCase.title).where(LifecycleCase.id == child)
    above = select(Programme.sector, Programme.fund).where(Programme.case_id == parent)
    said = [*session.execute(called).one(), *(session.execute(above).first() or ())]
    kept = select(literal(child), literal(fold(" ".join(said))), literal(""), *_INHERITED).where(
        Programme.case_id == parent
    )
    names = ["case_id", "search_text", "summary", *(column.key for column in _INHERITED)]
    session.execute(insert(Programme).from_select(names, kept))


def _day(on: date | None) -> tuple[str, ...]:
    return (on.isoformat(),) if on else ()


def groups(session: Session) -> Mapping[str, frozenset[str]]:
    """The countries that South-South cooperation is for, those that give, and groupings as of today."""
    return NamedGroups(session, partial(today, session), _lasting())


@cache
def _lasting() -> Mapping[str, frozenset[str]]:
    known = reference()
    developing = frozenset(iso3 for iso3 in known.countries if known.is_developing(iso3))
    return {"developing": developing, "donors": frozenset(known.donors)}
