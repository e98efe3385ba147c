"""What lists and searches go by, compared with what it follows from, and made to follow again.

The database keeps it in step by itself; only who writes past its triggers leaves a difference.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.orm import Session

from workflow.approaches import comparison as approaches
from workflow.audit.verification.verify import Difference
from workflow.engine.engine import Engine
from workflow.framework_pages import comparison as frameworks
from workflow.lead_groups import comparison as lead_groups
from workflow.meetings import comparison as meetings
from workflow.oversight.checks import (
    blockers,
    certifications,
    closures,
    declared,
    indicators,
    news,
    proposals,
    shared,
    words,
)
from workflow.oversight.checks.knowledge import lessons

_LINE = """
SELECT p.case_id, p.framework_id, c.stage, CASE WHEN EXISTS
  (SELECT 1 FROM round r WHERE r.case_id = c.id AND r.status = 'open') THEN 2
  WHEN c.stage <> 'end' THEN 1 ELSE 0 END AS urgency,
  c.entered_at, lower(c.title) AS title_key, c.ref,
  coalesce(CAST(round(p.budget_usd * 100) AS BIGINT), -1) AS cents, (EXISTS
  (SELECT 1 FROM private_state s WHERE s.definition_id = c.definition_id AND s.state = c.state)
  OR (c.stage = 'end' AND EXISTS (SELECT 1 FROM round r WHERE r.case_id = c.id)
    AND NOT EXISTS (SELECT 1 FROM round r WHERE r.case_id = c.id AND NOT EXISTS
      (SELECT 1 FROM private_state s
        WHERE s.definition_id = c.definition_id AND s.state = r.state)))) AS private
FROM programme p JOIN lifecycle_case c ON c.id = p.case_id WHERE c.definition_id IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM child_case k WHERE k.case_id = c.id) AND c.subject = 'programme'
"""
_COLUMNS = "case_id, framework_id, stage, urgency, entered_at, title_key, ref, cents, private"
_DIFFERS = " OR ".join(f"l.{column} IS DISTINCT FROM m.{column}" for column in _COLUMNS.split(", "))
_ASTRAY = text(
    f"SELECT m.case_id, m.ref FROM ({_LINE}) m "  # noqa: S608  # Made of words of this module alone.
    f"LEFT JOIN listed_programme l ON l.case_id = m.case_id WHERE {_DIFFERS} ORDER BY m.case_id"
)
_PART_COLUMNS = "party_id, role, bench_id, case_id, framework_id, stage, urgency, entered_at"
_PARTS = """
SELECT p.party_id, '' AS role, 0 AS bench_id, l.case_id, l.framework_id, l.stage, l.urgency, l.entered_at
  FROM listed_programme l JOIN case_party p ON p.case_id = l.case_id
  WHERE l.private AND p.capacity = 'proposer'
UNION SELECT s.party_id, s.role, coalesce(s.bench_id, 0), l.case_id, l.framework_id, l.stage, l.urgency,
  l.entered_at
  FROM listed_programme l JOIN seat s ON s.case_id = l.case_id WHERE l.private
"""
_KEPT_PARTS = f"SELECT {_PART_COLUMNS} FROM private_part"  # noqa: S608  # Words of this module alone.
_MISSING_PARTS = f"SELECT * FROM ({_PARTS}) due EXCEPT {_KEPT_PARTS}"  # noqa: S608
_ODD_PARTS = f"SELECT * FROM ({_KEPT_PARTS}) kept EXCEPT SELECT * FROM ({_PARTS}) due"  # noqa: S608
_PARTS_ASTRAY = text(
    f"SELECT case_id FROM ({_MISSING_PARTS}) missing UNION SELECT case_id FROM ({_ODD_PARTS}) odd"  # noqa: S608
)
_NUMBERS = """
SELECT framework_id, stage, private, sum(number) AS number FROM (
  SELECT framework_id, stage, private, 1 AS number FROM listed_programme
  UNION ALL SELECT framework_id, stage, private, -number FROM portfolio_change) every_one
GROUP BY framework_id, stage, private HAVING sum(number) <> 0
"""
_PASSED = """
SELECT min(e.log_index) FROM log_entry e
WHERE e.log_index < (SELECT through FROM facet_progress)
  AND NOT EXISTS (SELECT 1 FROM event_facet f WHERE f.event_id = e.event_id)
"""
_BEYOND = "SELECT size FROM log_state WHERE size < (SELECT through FROM facet_progress)"
_FORGET = text("DELETE FROM listed_programme WHERE case_id = :case_id")
_LIST = text(f"INSERT INTO listed_programme ({_COLUMNS}) {_LINE} AND p.case_id = :case_id")
_FORGET_PARTS = text("DELETE FROM private_part WHERE case_id = :case_id")
_ADD_PARTS = text(f"INSERT INTO private_part ({_PART_COLUMNS}) {_MISSING_PARTS}")
_ADD_NUMBERS = text(
    f"INSERT INTO portfolio_change (framework_id, stage, private, number) {_NUMBERS}"
)
_GO_BACK = text("UPDATE facet_progress SET through = :through")


@dataclass(frozen=True, slots=True)
class Astray:
    """What does not follow: programmes as (number, reference), by their numbers those whose parts do not, numbers of lists, and a place in the log.

    So with lifecycles in what is `declared`, with cases in lists of `proposals`, with `news` of histories and their `tally`, with what `money` waits, with the `payments` that are open, with what is kept of `sources` and their `totals`, with the `results` of programmes, with `blockers`, with `approaches` to countries, with `meetings` and with the `origins` of what came of them, with which programmes are `led` by groups, with `lessons`, with what waits for `closing`, with what is `shared`, with what pages of `frameworks` count, and with the `words` of programmes and the `index` of these and of lessons.
    """

    lines: tuple[tuple[int, str], ...] = ()
    declared: tuple[int, ...] = ()
    proposals: tuple[int, ...] = ()
    parts: tuple[int, ...] = ()
    numbers: int = 0
    place: int | None = None
    news: tuple[tuple[int, str], ...] = ()
    tally: bool = False
    money: bool = False
    payments: bool = False
    sources: tuple[tuple[int, str], ...] = ()
    totals: bool = False
    results: tuple[tuple[int, str], ...] = ()
    words: tuple[tuple[int, str], ...] = ()
    index: bool = False
    blockers: tuple[tuple[int, str], ...] = ()
    approaches: tuple[tuple[int, str], ...] = ()
    meetings: tuple[tuple[int, str], ...] = ()
    origins: tuple[tuple[int, str], ...] = ()
    led: tuple[tuple[int, str], ...] = ()
    closing: bool = False
    shared: tuple[int, ...] = ()
    lessons: tuple[tuple[int, str], ...] = ()
    frameworks: bool = False

    @property
    def differences(self) -> list[Difference]:
        """As a check tells it."""
        said = [
            Difference(ref, None, "The list does not say of this programme what its row says.")
            for _, ref in self.lines
        ]
        if self.declared:
            said.append(_of_all("Who may know of a case is not what its lifecycle declares."))
        if self.proposals:
            said.append(_of_all("The lists of who proposed do not say what their cases say."))
        if self.parts:
            said.append(
                _of_all(
                    "Lists do not say of a private programme who may know of it, or where it stands."
                )
            )
        if self.numbers:
            said.append(_of_all("The numbers of programmes are not those of the list."))
        if self.place is not None:
            said.append(_of_all("Events of the log would never be found by a search."))
        said += [
            Difference(ref, None, "What is newest on this history is not what its events say.")
            for _, ref in self.news
        ]
        if self.tally:
            said.append(_of_all("The number of histories is not that of those with events."))
        said += [
            Difference(ref, None, "Its results are not what its filed texts say.")
            for _, ref in self.results
        ]
        said += [
            Difference(ref, None, "A search would not find this programme by what it says.")
            for _, ref in self.words
        ]
        if self.index:
            said.append(_of_all("What searches go by does not hold what the programmes say."))
        return [*said, *self._of_money, *self._below]

    @property
    def _of_money(self) -> list[Difference]:
        said = []
        if self.payments:
            said.append(_of_all("Payments that are expected are not those that are still to come."))
        if self.money:
            said.append(_of_all("What waits to be certified is not the money without a verdict."))
        if self.totals:
            said.append(_of_all("What all programmes have of a source is not the sum of them."))
        sentence = "Statements do not sum of this programme what its movements come to."
        return [*said, *(Difference(ref, None, sentence) for _, ref in self.sources)]

    @property
    def _below(self) -> list[Difference]:
        sentence = "The list of blockers does not say of this one what was told."
        said = [Difference(ref, None, sentence) for _, ref in self.blockers]
        said += [
            Difference(
                ref, None, "The list of lessons does not say of this one what was validated."
            )
            for _, ref in self.lessons
        ]
        sentence = (
            "The register of approaches does not say of this one what was asked and answered."
        )
        said += [Difference(ref, None, sentence) for _, ref in self.approaches]
        sentence = "The list of meetings does not say of this one what its texts say."
        said += [Difference(ref, None, sentence) for _, ref in self.meetings]
        sentence = "Something else is kept of what this case came of than its trail tells."
        said += [Difference(ref, None, sentence) for _, ref in self.origins]
        sentence = "Something else is kept of which lead group leads it than its trail tells."
        said += [Difference(ref, None, sentence) for _, ref in self.led]
        if self.closing:
            said.append(_of_all("What waits to be closed is not what has ended and is not closed."))
        if self.shared:
            said.append(_of_all("What countries share is not listed as it was confirmed."))
        if self.frameworks:
            said.append(_of_all("Frameworks do not count what stands under them."))
        return said


def astray(engine: Engine) -> Astray:
    """Everything that lists and searches go by and that does not follow from what it is made of."""
    with engine.reading() as session:
        return Astray(
            lines=tuple(tuple(row) for row in session.execute(_ASTRAY)),
            declared=declared.astray(session, engine),
            proposals=proposals.astray(session),
            parts=tuple(session.scalars(_PARTS_ASTRAY)),
            numbers=len(session.execute(text(_NUMBERS)).all()),
            place=_unfindable(session),
            news=news.astray(session),
            tally=news.miscounted(session),
            money=certifications.is_astray(session),
            payments=certifications.payments_astray(session),
            sources=certifications.sources_astray(session),
            totals=certifications.totals_astray(session),
            results=indicators.astray(session, engine),
            words=words.astray(session),
            index=words.unindexed(session) or lessons.unindexed(session),
            blockers=blockers.astray(session, engine),
            approaches=approaches.astray(session, engine),
            meetings=meetings.astray(session, engine),
            origins=meetings.origins_astray(session),
            led=lead_groups.astray(session),
            closing=closures.is_astray(session),
            shared=shared.astray(session),
            lessons=lessons.astray(session, engine),
            frameworks=frameworks.is_astray(session),
        )


def make_follow(engine: Engine, found: Astray) -> None:
    """Make it anew where it went astray; the worker then finds the events that were passed over."""
    if found.declared:
        with engine.transaction() as session:
            declared.make_follow(session, engine, found.declared)
        found = astray(engine)
    if not found.differences:
        return
    with engine.transaction() as session:
        if found.lines:
            each: Sequence[dict[str, int]] = [{"case_id": number} for number, _ in found.lines]
            session.execute(_FORGET, each)
            session.execute(_LIST, each)
        proposals.make_follow(session, found.proposals)
        if found.parts:
            session.execute(_FORGET_PARTS, [{"case_id": number} for number in found.parts])
        session.execute(_ADD_PARTS)
        session.execute(_ADD_NUMBERS)
        if found.place is not None:
            session.execute(_GO_BACK, {"through": found.place})
        news.make_follow(session, [number for number, _ in found.news])
        if found.money:
            certifications.make_follow(session)
        if found.payments:
            certifications.make_payments_follow(session)
        certifications.make_sources_follow(session, [number for number, _ in found.sources])
        indicators.follow_again(session, engine, [number for number, _ in found.results])
        words.make_follow(session, [number for number, _ in found.words], whole=found.index)
        _make_below_follow(session, engine, found)


def _make_below_follow(session: Session, engine: Engine, found: Astray) -> None:
    blockers.make_follow(session, engine, [number for number, _ in found.blockers])
    lessons.make_follow(session, engine, [number for number, _ in found.lessons], whole=found.index)
    approaches.make_follow(session, engine, [number for number, _ in found.approaches])
    meetings.make_follow(session, engine, [number for number, _ in found.meetings])
    meetings.make_origins_follow(session, [number for number, _ in found.origins])
    lead_groups.make_follow(session, [number for number, _ in found.led])
    if found.closing:
        closures.make_follow(session)
    shared.make_follow(session, found.shared)
    if found.frameworks:
        frameworks.make_follow(session)


def _unfindable(session: Session) -> int | None:
    """The place in the log from which on events have to be looked at again; none where all are found."""
    passed, beyond = (session.scalar(text(each)) for each in (_PASSED, _BEYOND))
    places = [int(each) for each in (passed, beyond) if each is not None]
    return min(places, default=None)


def _of_all(sentence: str) -> Difference:
    return Difference("", None, sentence)
