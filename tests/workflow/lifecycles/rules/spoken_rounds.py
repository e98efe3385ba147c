"""Rounds spoken aloud: “India supports; Oman is silent; time is up” as places and answers."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from workflow.lifecycles.quantities import Breaks, Vote
from workflow.lifecycles.rule import Recused, Rule, RuleKind, Stance, Verdict
from workflow.lifecycles.rules import Answer, PanelSeat, Reading, read
from workflow.lifecycles.seat import Part
from workflow.lifecycles.terms import Silence, Within
from workflow.phrase import Phrase

CLAUSE = re.compile(
    r"(?:(?P<person>\w+) for )?(?P<name>[A-Z][\w ]*?)(?: \((?P<role>[\w ]+)\))?(?: is)? (?P<word>\w+)"
)


@dataclass(frozen=True)
class Spoken:
    """What a spoken round comes to."""

    places: tuple[PanelSeat, ...]
    answers: dict[int, Answer]
    due_passed: bool


def spoken(words: str) -> Spoken:
    """The round in these words; “(consulted)” or a category follows a name, “Amina for” precedes it."""
    *clauses, last = words.split("; ") if words else [""]
    late = last == "time is up"
    rows = [_row(seat, text) for seat, text in enumerate(clauses + [last] * (not late), 1) if text]
    return Spoken(
        tuple(place for place, _ in rows),
        {answer.seat: answer for _, answer in rows if answer},
        late,
    )


def _row(seat: int, text: str) -> tuple[PanelSeat, Answer | None]:
    found = CLAUSE.fullmatch(text)
    assert found, text
    role, word, person = found["role"] or "", found["word"], found["person"]
    part = Part.CONSULTED if role == "consulted" else Part.DECIDES
    place = PanelSeat(seat, found["name"], role, part, word == "recused", found["name"].lower())
    if word in {"silent", "recused"}:
        return place, None
    return place, Answer(seat, sum(person.encode()) if person else -seat, word)


def reading(rule: Rule, words: str) -> Reading:
    """How `rule` reads the round in these words."""
    heard = spoken(words)
    return read(rule, heard.places, heard.answers, due_passed=heard.due_passed)


def told(said: Iterable[Phrase]) -> tuple[str, ...]:
    """What is said, in English."""
    return tuple(map(str, said))


def a_verdict(
    key: str, stance: Stance, outcome: str = "", *, label: str = "", part: Part = Part.DECIDES
) -> Verdict:
    """A verdict as a rule sees it."""
    return Verdict(
        key=key,
        label=label or key.capitalize(),
        stance=stance,
        outcome=outcome,
        meaning="",
        consequence="",
        reason_required=False,
        part=part,
        needs=(),
    )


def a_rule(
    kind: RuleKind,
    *verdicts: Verdict,
    quorum: tuple[float, int] = (0.0, 0),
    threshold: int = 0,
    categories: tuple[str, ...] = (),
    objections_allowed: int = 0,
    recused: Recused = Recused.LEAVES,
    vote: Vote = Vote(),  # noqa: B008  (frozen)
    breaks: Breaks = Breaks(),  # noqa: B008  (frozen)
    revives: bool = False,
    early: bool = False,
) -> Rule:
    """A rule of this kind with these verdicts; `quorum` is its share and its least number."""
    silence = Silence(Within(72, "hours"), breaks, ("programme",), revives=revives)
    return Rule(
        key="a_rule",
        kind=kind,
        words="",
        seats=(),
        verdicts={verdict.key: verdict for verdict in verdicts},
        quorum_share=quorum[0],
        quorum_least=quorum[1],
        threshold=threshold,
        categories=categories,
        never=(),
        source=(),
        objections_allowed=objections_allowed,
        recused=recused,
        vote=vote,
        silence=silence if kind is RuleKind.SILENCE else None,
        early=early,
    )
