"""Values of a definition as a sentence names them."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum
from typing import Any

from workflow.lifecycles.applies import Precondition
from workflow.lifecycles.checks.check import OnlyWhere, ValuePlace
from workflow.lifecycles.checks.condition import CaseCondition
from workflow.lifecycles.children.checklist import ChecklistLine
from workflow.lifecycles.children.kinds import EachRow, Recurrence
from workflow.lifecycles.children.waits import WaitsFor
from workflow.lifecycles.definition import Branch, Definition
from workflow.lifecycles.difference import child_words, spans
from workflow.lifecycles.quantities import Breaks, Share
from workflow.lifecycles.rule import Override
from workflow.lifecycles.seat import SeatSpec
from workflow.lifecycles.terms import (
    Appoints,
    AtSession,
    Escalation,
    Extension,
    Fewer,
    SettledFacts,
    Within,
    YearlyWindow,
)
from workflow.phrase import Part, Phrase, Term, phrase

NOTHING = phrase("nothing")
_KINDS = ("state", "round", "document", "role", "child")


@dataclass(frozen=True, slots=True)
class Spoken:
    """Says values in the words of one definition."""

    definition: Definition

    def named(self, kind: str, key: str) -> Part:
        """What the state, round, document, role or kind of child case with this key is called here."""
        tables = (
            self.definition.states,
            self.definition.rounds,
            self.definition.documents,
            self.definition.roles,
            self.definition.children,
        )
        table: Mapping[str, Any] = dict(zip(_KINDS, tables, strict=True))[kind]
        label = Term(table[key].label) if key in table else key
        return phrase("“%(label)s”", label=label)

    def said(self, value: Any, names: str = "") -> Part:
        """The value; where it holds keys, `names` says of what."""
        if value is None or value == "" or value in ((), {}, frozenset()):
            return NOTHING
        if isinstance(value, tuple | list):
            return tuple(self.said(each, names) for each in value)
        if isinstance(value, frozenset):
            return tuple(self.said(each, names) for each in sorted(value, key=str))
        if isinstance(value, Mapping):
            return tuple(self._pair(key, each) for key, each in value.items())
        if names and isinstance(value, str):
            return self.named(names, value)
        return self._one(value)

    def _pair(self, key: str, value: Any) -> Part:
        return phrase("%(name)s (%(value)s)", name=key, value=self.said(value))

    def _one(self, value: Any) -> Part:
        teller = _TELLERS.get(type(value))
        if teller is not None:
            told: Phrase = teller(self, value)
            return told
        if isinstance(value, Enum):
            return Term(value.value)
        if is_dataclass(value) and not isinstance(value, type):
            return self._parts(value)
        return value if isinstance(value, str | int) else str(value)

    def _parts(self, value: Any) -> Part:
        """A value of a kind that has no words of its own: what its fields say."""
        return tuple(
            phrase("%(name)s %(value)s", name=each.name, value=self.said(getattr(value, each.name)))
            for each in fields(value)
        )


def seat(speak: Spoken, value: SeatSpec) -> Phrase:
    """A seat: the role, and of whom."""
    return phrase("%(role)s (%(of)s)", role=speak.named("role", value.role), of=value.of)


def _whole_seat(speak: Spoken, value: SeatSpec) -> Phrase:
    """A seat with everything that is said of it."""
    more = (value.part.value, value.category, value.unless, "if any" if value.if_any else "")
    told = phrase(
        "%(seat)s, %(more)s", seat=seat(speak, value), more=tuple(each for each in more if each)
    )
    if not value.when:
        return told
    return phrase("%(seat)s, where %(conditions)s", seat=told, conditions=speak.said(value.when))


def _extension(speak: Spoken, value: Extension) -> Phrase:
    return phrase(
        "by %(by)s, by %(within)s, %(times)s times",
        by=speak.said(value.by),
        within=spans.within(value.within),
        times=value.times,
    )


def _escalation(speak: Spoken, value: Escalation) -> Phrase:
    return phrase(
        "%(role)s (%(of)s) %(after)s days after the end",
        role=speak.named("role", value.role),
        of=value.of,
        after=value.after,
    )


def _appoints(_speak: Spoken, value: Appoints) -> Phrase:
    whom = (
        phrase("answered %(verdict)s", verdict=value.verdict) if value.verdict else None,
        phrase("is named in %(question)s", question=value.question) if value.question else None,
        phrase("is then %(of)s", of=value.of) if value.of else None,
    )
    return phrase(
        "as %(capacity)s by %(outcome)s: who %(whom)s",
        capacity=value.capacity,
        outcome=value.outcome,
        whom=tuple(each for each in whom if each),
    )


def _fewer(_speak: Spoken, value: Fewer) -> Phrase:
    return phrase("fewer than %(than)s as %(of)s", than=value.than, of=value.of)


def _settled(speak: Spoken, value: SettledFacts) -> Phrase:
    told = phrase(
        "by %(outcome)s, as %(document)s says",
        outcome=value.outcome,
        document=speak.named("document", value.document),
    )
    return phrase("%(told)s, for the case above as well", told=told) if value.of_parent else told


def _override(speak: Spoken, value: Override) -> Phrase:
    return phrase("by %(by)s: %(bars)s", by=speak.said(value.by), bars=value.bars)


def _breaks(_speak: Spoken, value: Breaks) -> Phrase:
    if value.share is not None:
        return phrase("%(share)s of the weight", share=str(value.share))
    if value.of_one_category:
        return phrase("%(number)s objections of one category", number=value.number)
    return phrase("%(number)s objections", number=value.number)


def _share(_speak: Spoken, value: Share) -> Phrase:
    return phrase("%(share)s", share=str(value))


def _place(_speak: Spoken, value: ValuePlace) -> Phrase:
    return phrase("%(place)s", place=str(value))


def _where(_speak: Spoken, value: OnlyWhere) -> Phrase:
    return phrase(
        "%(place)s is %(words)s", place=str(value.place), words=tuple(sorted(value.words))
    )


def _condition(_speak: Spoken, value: Precondition) -> Phrase:
    if value.words:
        return phrase("“%(words)s” (%(bounds)s)", words=Term(value.words), bounds=_bounds(value))
    return phrase("%(bounds)s", bounds=_bounds(value))


def _bounds(value: Precondition) -> Part:
    bounds = (
        phrase("%(of)s is one of %(among)s", of=value.of, among=value.among)
        if value.among
        else None,
        phrase("%(of)s is at least %(least)s", of=value.of, least=str(value.at_least))
        if value.at_least is not None
        else None,
        phrase("%(of)s is at most %(most)s", of=value.of, most=str(value.at_most))
        if value.at_most is not None
        else None,
    )
    return tuple(each for each in bounds if each) or value.of


def _set_condition(speak: Spoken, value: CaseCondition) -> Phrase:
    """A condition: its words, and everything that the relation says beside its kind."""
    relation = value.relation
    more: dict[str, Any] = {
        "to": relation.to, "is": relation.words, "amount": relation.amount, "rows": relation.rows,
        "share": relation.share, "number": relation.number, "among": relation.among,
        "besides": relation.besides, "across": relation.across, "beside": relation.beside,
    }  # fmt: skip
    return phrase(
        "“%(words)s” (%(of)s %(kind)s %(more)s)",
        words=Term(value.words),
        of=speak.said(relation.of),
        kind=Term(relation.kind.value),
        more=speak.said({name: each for name, each in more.items() if each}),
    )


def _branch(speak: Spoken, value: Branch) -> Phrase:
    goals = (
        speak.said(value.to.opens, "round") if value.to.opens else None,
        speak.said(value.to.state, "state") if value.to.state else None,
        speak.said(value.to.children, "child") if value.to.children else None,
    )
    return phrase(
        "%(goal)s where %(conditions)s",
        goal=tuple(each for each in goals if each),
        conditions=speak.said(value.when),
    )


_TELLERS: Mapping[type[Any], Any] = {
    ChecklistLine: child_words.line,
    SeatSpec: _whole_seat,
    CaseCondition: _set_condition,
    Branch: _branch,
    Recurrence: child_words.recurrence,
    EachRow: child_words.each_row,
    WaitsFor: child_words.waits,
    Within: lambda _speak, value: spans.within(value),
    YearlyWindow: lambda _speak, value: spans.window(value),
    AtSession: lambda _speak, value: spans.session(value),
    Extension: _extension,
    Escalation: _escalation,
    Appoints: _appoints,
    Fewer: _fewer,
    SettledFacts: _settled,
    Override: _override,
    Breaks: _breaks,
    Share: _share,
    ValuePlace: _place,
    OnlyWhere: _where,
    Precondition: _condition,
}
