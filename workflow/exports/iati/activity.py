"""One IATI activity, and a file of them, in the order that the schema of version 2.03 takes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import ROUND_DOWN, Decimal
from typing import TYPE_CHECKING, Any

from workflow.deferred import Library
from workflow.errors import Invalid
from workflow.exports.iati.elements import element, on, text, told
from workflow.exports.iati.facts import ActivityFacts
from workflow.exports.iati.results import results_of
from workflow.exports.iati.transactions import NamedParty, budgets_of, transactions_of
from workflow.phrase import phrase
from workflow.reference import reference

if TYPE_CHECKING:
    from lxml import etree
else:
    etree = Library("lxml.etree")

VERSION = "2.03"
# Code lists OrganisationRole, ActivityDateType, ActivityScope and RelatedActivityType.
FUNDING, ACCOUNTABLE, IMPLEMENTING = "1", "2", "4"
PLANNED_START, PLANNED_END = "1", "3"
MULTI_NATIONAL, NATIONAL = "3", "4"
PARENT, CHILD = "1", "2"
ROLES = {"donor": FUNDING, "executing_agency": IMPLEMENTING}
BENEFICIARY = "beneficiary"
# A sector of the purpose codes, and the goals of the tags.
DAC, GOALS = "1", "2"
MULTILATERAL = "40"
WHOLE, HUNDREDTH = Decimal(100), Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Reporter:
    """Who publishes: the identifier of the organisation, and what it is called."""

    ref: str
    name: str


def reporter(ref: str, name: str) -> Reporter:
    """Who publishes under this identifier; refuses to publish under none."""
    if not ref:
        raise Invalid(
            phrase(
                "Who publishes is not set: PRIMEMOVER_IATI_ORGANISATION says the identifier of the "
                "organisation, like XM-DAC-41114."
            )
        )
    return Reporter(ref, name)


def document(
    activities: Sequence[ActivityFacts], by: Reporter, now: datetime, source: str = ""
) -> bytes:
    """A file of activities; of the money of one source alone where it is named.

    One without a planned start or end has no date to be published with, and is left out.
    """
    root = element(
        "iati-activities",
        *(_activity(each, by, now, source) for each in dated(activities)),
        version=VERSION,
        generated_datetime=_instant(now),
    )
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return written


def dated(activities: Sequence[ActivityFacts]) -> tuple[ActivityFacts, ...]:
    """Those that have a date to be published with."""
    return tuple(each for each in activities if each.starts or each.ends)


def _activity(of: ActivityFacts, by: Reporter, now: datetime, source: str) -> Any:
    return element(
        "iati-activity",
        text("iati-identifier", _called(by, of.ref)),
        told("reporting-org", by.name, ref=by.ref, type=MULTILATERAL),
        told("title", of.title),
        told("description", of.summary or of.title),
        *_participating(of, by),
        element("activity-status", code=of.status),
        *_dates(of),
        *_where(of),
        *([element("sector", vocabulary=DAC, code=of.sector)] if of.sector else ()),
        *(element("tag", vocabulary=GOALS, code=str(goal)) for goal in of.goals),
        *budgets_of(of.counting, source),
        *transactions_of(of.counting, of.parties, source),
        *_related(of, by),
        *results_of(of.measured),
        last_updated_datetime=_instant(now),
        default_currency="USD",
        hierarchy="2" if of.above else "1",
    )


def _participating(of: ActivityFacts, by: Reporter) -> Iterator[Any]:
    """Who publishes, who carries it out, and each party that gives, once."""
    yield told("participating-org", by.name, ref=by.ref, type=MULTILATERAL, role=ACCOUNTABLE)
    given = {each.movement.account.source: FUNDING for each in of.counting}
    for key in sorted(given):
        yield _organisation(of.parties[key], FUNDING)
    for each in of.taking:
        role = ROLES.get(each.capacity)
        if role is not None and given.get(each.key) != role:
            yield _organisation(of.parties[each.key], role)


def _organisation(party: NamedParty, role: str) -> Any:
    return told("participating-org", party.name, type=party.type, role=role)


def _dates(of: ActivityFacts) -> Iterator[Any]:
    if of.starts:
        yield on("activity-date", of.starts, type=PLANNED_START)
    if of.ends:
        yield on("activity-date", of.ends, type=PLANNED_END)


def _where(of: ActivityFacts) -> Iterator[Any]:
    """The countries that benefit, in equal parts that come to a hundred."""
    known = reference().countries
    codes = [
        known[each.iso3].iso2
        for each in of.taking
        if each.capacity == BENEFICIARY and each.iso3 in known
    ]
    if not codes:
        return
    yield element("activity-scope", code=MULTI_NATIONAL if len(codes) > 1 else NATIONAL)
    share = (WHOLE / len(codes)).quantize(HUNDREDTH, ROUND_DOWN)
    last = WHOLE - share * (len(codes) - 1)
    for code in codes[:-1]:
        yield element("recipient-country", code=code, percentage=f"{share:f}")
    yield element("recipient-country", code=codes[-1], percentage=f"{last:f}")


def _related(of: ActivityFacts, by: Reporter) -> Iterator[Any]:
    if of.above:
        yield element("related-activity", ref=_called(by, of.above), type=PARENT)
    for ref in of.below:
        yield element("related-activity", ref=_called(by, ref), type=CHILD)


def _called(by: Reporter, ref: str) -> str:
    return f"{by.ref}-{ref}"


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds")
