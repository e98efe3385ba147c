"""What one answer comes to: decided by what is known, with nothing asked and nothing written."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple

from workflow.engine.checklists.signed import (
    barring,
    refuse_other_checklist,
    refuse_unexplained,
)
from workflow.engine.documents.resubmission import CameBack, refuse_silent
from workflow.engine.permissions.authority import Authority, Entitlement, entitled
from workflow.engine.round_state import RoundState, SeatState
from workflow.engine.rounds.decision import (
    Decision,
    Gap,
    refuse_incomplete,
    refuse_withheld,
    verdict_of,
)
from workflow.engine.rounds.questions import check_answers
from workflow.lifecycles import rules
from workflow.lifecycles.children.checklist import CheckedLine
from workflow.lifecycles.definition import Definition, RoundSpec
from workflow.lifecycles.rule import Verdict
from workflow.phrase import Phrase


class KnownAnswer(NamedTuple):
    """Everything that decides one answer, as it stood under the case's lock.

    `ways` are those in which the person may come to answer, `missing` is what the verdict needs and
    is not filed yet, `eligible` are the parties that the answer may name, `unfit` says why a
    person whom it names cannot be, `others` are the rounds open besides, and `back` what is owed where the text is sent again. `checklist` is that of the
    round, where the verdict is for it.
    """

    person: int
    round_: RoundState
    seat: SeatState
    now: datetime
    ways: tuple[Entitlement, ...]
    missing: tuple[Gap, ...] = ()
    eligible: frozenset[str] = frozenset()
    unfit: Mapping[str, Phrase] = MappingProxyType({})
    others: tuple[RoundState, ...] = ()
    back: CameBack | None = None
    checklist: tuple[CheckedLine, ...] = ()


class Effects(NamedTuple):
    """What an answer does: under whose authority it stands, and what the round then comes to."""

    verdict: Verdict
    acting: Authority
    round_: RoundState
    reading: rules.Reading


def decide(known: KnownAnswer, definition: Definition, decision: Decision) -> Effects:
    """What this answer comes to; refuses one that may not be given, by the first reason there is."""
    spec = definition.rounds[decision.round]
    verdict = verdict_of(definition, spec, decision, known.seat)
    acting = entitled(definition, spec, known.seat.place, known.ways)
    refuse_withheld(verdict, acting.withheld)
    check_answers(definition, spec, decision, verdict, known.eligible, known.unfit)
    if known.missing or known.checklist:
        _refuse_unmet(known, verdict, decision)
    refuse_silent(spec, decision.reason, decision.answered, known.back)
    round_ = known.round_.answered(known.seat, decision.verdict, known.person)
    return Effects(verdict, acting, round_, reading_of(spec, round_, known.now))


def _refuse_unmet(known: KnownAnswer, verdict: Verdict, decision: Decision) -> None:
    """Refuse what lacks a document, or is for something over a line of its checklist that is open."""
    refuse_other_checklist(decision.checklist, known.checklist)
    refuse_incomplete(verdict, (*(gap.said for gap in known.missing), *barring(known.checklist)))
    refuse_unexplained(decision.reason, known.checklist)


def reading_of(spec: RoundSpec, round_: RoundState, now: datetime) -> rules.Reading:
    """What the rule says of a round as it sits."""
    late = bool(spec.at_due) and round_.time_is_up(now)
    return rules.read(spec.rule, round_.places(spec.rule), round_.answers(), due_passed=late)
