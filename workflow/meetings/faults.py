"""What of the texts of a meeting cannot be filed: days that do not fit together, and a meeting that is still to come."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.engine.documents.labels import parties_of
from workflow.engine.engine import engine_of
from workflow.lifecycles.checks.known import is_day
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.documents import DocumentKind
from workflow.phrase import Phrase, phrase
from workflow.programmes.meetings.lines import (
    ATTENDANCE,
    INVITED,
    LAST_YEAR,
    REPORT,
    SUBJECT,
    on_key,
)
from workflow.programmes.models import ListedMeeting
from workflow.reference import reference
from workflow.vocabulary import ANYBODY

FIRST_YEAR = 1945
COMMITMENTS, MATCHES = "commitments", "matches"


def unfit(
    session: Session,
    definition: Definition,
    case_id: int,
    kind: DocumentKind,
    content: Mapping[str, Any],
) -> Mapping[str, Phrase]:
    """What of a text of a meeting cannot be kept, by field; nothing of other texts.

    Refused are days out of order, or outside the year and month that are said, and who came to what has not begun.
    """
    if definition.subject != SUBJECT:
        return {}
    if kind.key == definition.facts:
        return _no_countries(content, INVITED) or _out_of_order(content)
    if kind.key == ATTENDANCE and content.get("came"):
        return _no_countries(content, "came") or _still_to_come(session, case_id)
    if kind.key == REPORT:
        return _of_strangers(session, case_id, content)
    return {}


def _no_countries(content: Mapping[str, Any], table: str) -> Mapping[str, Phrase]:
    """What stands in a table in place of a country."""
    known = reference().countries
    odd = [code for code in _column(content, table, "country") if code not in known]
    if not odd:
        return {}
    return {table: phrase("%(code)s is not a country’s three letters.", code=f"{odd[0]:.20}")}


def _of_strangers(
    session: Session, case_id: int, content: Mapping[str, Any]
) -> Mapping[str, Phrase]:
    """A commitment of a party that does not take part, and a match between what are no countries or in no area."""
    taking = {key for key, _ in parties_of(session, case_id, ANYBODY)}
    strange = [key for key in _column(content, COMMITMENTS, "party") if key not in taking]
    if strange:
        said = phrase(
            "%(party)s was not invited, so it committed to nothing here. Name a country that was, or the Special Unit.",
            party=f"{strange[0]:.80}",
        )  # fmt: skip
        return {COMMITMENTS: said}
    known = reference()
    for column, words in (
        ("offers", known.countries),
        ("seeks", known.countries),
        ("area", known.areas),
    ):
        if odd := [each for each in _column(content, MATCHES, column) if each not in words]:
            return {MATCHES: phrase("%(word)s is not among what is known.", word=f"{odd[0]:.60}")}
    return {}


def _column(content: Mapping[str, Any], table: str, column: str) -> Iterator[str]:
    rows = content.get(table)
    for row in rows if isinstance(rows, list) else ():
        if isinstance(row, Mapping) and row.get(column):
            yield str(row[column])


def _out_of_order(content: Mapping[str, Any]) -> Mapping[str, Phrase]:
    year, month = str(content.get("year") or ""), str(content.get("month") or "")
    if year and not (year.isdecimal() and FIRST_YEAR <= int(year) <= LAST_YEAR):
        return {"year": phrase("Write a year in four digits, such as 2003.")}
    starts, ends = _day(content.get("starts_on")), _day(content.get("ends_on"))
    if ends and not starts:
        return {"starts_on": phrase("Say the first day too, or leave both open.")}
    if starts and ends and ends < starts:
        return {"ends_on": phrase("The last day comes before the first; say a later one.")}
    if starts and year and starts.year != int(year):
        return {
            "starts_on": phrase("That day is not in %(year)s; change one of the two.", year=year)
        }
    if starts and month and starts.month != int(month):
        return {"starts_on": phrase("That day is in another month than the one that is said.")}
    return {}


def _still_to_come(session: Session, case_id: int) -> Mapping[str, Phrase]:
    begins = session.scalar(select(ListedMeeting.on_key).where(ListedMeeting.case_id == case_id))
    today = engine_of(session).now().date()
    if begins is None or begins <= on_key(today.year, day=today):
        return {}
    return {"came": phrase("The meeting is still to come; who came is recorded once it has begun.")}


def _day(written: Any) -> date | None:
    return date.fromisoformat(written) if isinstance(written, str) and is_day(written) else None
