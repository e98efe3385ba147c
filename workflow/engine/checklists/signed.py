"""A checklist under an answer: what of it bars who is for it, and how the event tells it."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from workflow.audit.events.seats import ToldLine
from workflow.engine.checklists.computed import RoundOf, checklist
from workflow.errors import Invalid, Stale
from workflow.lifecycles.children.checklist import CheckedLine, digest_of
from workflow.lifecycles.rule import Rule, Stance, Verdict
from workflow.phrase import Phrase, Term, phrase, together

# Of what is left open in a line so many are named.
MOST_NAMED = 20
# What rules come to that have no verdict of that name, where those who are for it did not prevail.
AGAINST = frozenset({"declined", "failed", "not_reached", "not_carried", "broken", "superseded"})


def to_be_met(
    session: Session, of: RoundOf, verdict: Verdict, person: int, today: date
) -> tuple[CheckedLine, ...]:
    """The checklist that somebody who gives this verdict answers for: only who is for it does."""
    return checklist(session, of, person, today) if verdict.stance is Stance.FOR else ()


def barring(lines: Sequence[CheckedLine]) -> tuple[Phrase, ...]:
    """A sentence for each line over which nobody may be for it."""
    return tuple(_said(each) for each in lines if each.bars)


def barring_outcome(session: Session, of: RoundOf, outcome: str, today: date) -> tuple[Phrase, ...]:
    """The same for everybody of a round that would settle into an outcome; nothing where that is not for it."""
    _, _, spec = of
    if not spec.checklist or not _is_for(spec.rule, outcome):
        return ()
    lines = checklist(session, of, None, today)
    return tuple(_in_words(each, each.found.left_to_all) for each in lines if each.bars)


def refuse_other_checklist(shown: str, lines: Sequence[CheckedLine]) -> None:
    """Refuse an answer from a page that showed another checklist than holds by now."""
    if shown and lines and shown != digest_of(lines):
        raise Stale(
            phrase("The checklist has changed since you opened this page. Look at it again.")
        )


def refuse_unexplained(reason: str, lines: Sequence[CheckedLine]) -> None:
    """Refuse an answer that does not say why, where a line is open that may be left so with a reason."""
    left = [each for each in lines if each.asks_why]
    if left and not reason:
        labels = tuple(Term(each.line.label) for each in left)
        raise Invalid(
            together(_said(each) for each in left),
            {"reason": phrase("Say why, although this is open: %(lines)s.", lines=labels)},
        )


def told(lines: Sequence[CheckedLine]) -> tuple[ToldLine, ...]:
    """The checklist as an event tells it, whoever reads that."""
    return tuple(
        ToldLine(
            line=each.line.key,
            standing=each.standing.value,
            looked_at=each.found.looked_at,
            left=_named(each),
            why_not=str(each.found.why_not or ""),
        )
        for each in lines
    )


def _said(checked: CheckedLine) -> Phrase:
    return _in_words(checked, tuple(each.said for each in checked.found.left))


def _in_words(checked: CheckedLine, left: tuple[Phrase, ...]) -> Phrase:
    return phrase("%(line)s: %(left)s", line=Term(checked.line.label), left=left[:MOST_NAMED])


def _named(checked: CheckedLine) -> tuple[str, ...]:
    left = checked.found.left_to_all
    more = ("…",) if len(left) > MOST_NAMED else ()
    return (*map(str, left[:MOST_NAMED]), *more)


def _is_for(rule: Rule, outcome: str) -> bool:
    """Whether those who were for it prevailed."""
    named = [each for each in rule.verdicts.values() if each.outcome == outcome]
    if named:
        return any(each.stance is Stance.FOR for each in named)
    return outcome not in AGAINST
