"""What keeps a case from following another definition from now on: pure."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from workflow.lifecycles import form_checks
from workflow.lifecycles.definition import Definition, RoundSpec
from workflow.lifecycles.documents import DocumentKind, Section
from workflow.lifecycles.seat import Part
from workflow.phrase import Part as Words
from workflow.phrase import Phrase, Term, phrase
from workflow.vocabulary import Footing


@dataclass(frozen=True, slots=True)
class KeyMapping:
    """Which states and rounds of the new definition take the place of old ones; what is not named keeps its key."""

    states: Mapping[str, str] = field(default_factory=dict)
    rounds: Mapping[str, str] = field(default_factory=dict)

    def state(self, key: str) -> str:
        """The state that takes the place of one."""
        return self.states.get(key, key)

    def round(self, key: str) -> str:
        """The round that takes the place of one."""
        return self.rounds.get(key, key)


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """An answer, standing or not any more: who gave it in which part, and what was written to the questions."""

    role: str
    party: str
    part: Part
    verdict: str
    answers: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class StandingRound:
    """A round of a case, open or closed, with every answer that was given in it."""

    key: str
    state: str
    open: bool
    outcome: str
    paused: bool
    answers: tuple[GivenAnswer, ...] = ()


@dataclass(frozen=True, slots=True)
class StandingCase:
    """A case as it stands: its state and those it passed, its rounds, and what is written on it.

    `written` holds each filed version by kind and number, `attached` the kinds of standing files.
    """

    state: str
    footing: Footing
    passed: tuple[str, ...]
    rounds: tuple[StandingRound, ...]
    written: Mapping[tuple[str, int], Mapping[str, Any]]
    attached: frozenset[str]


def obstacles(
    old: Definition, new: Definition, case: StandingCase, mapping: KeyMapping
) -> tuple[Phrase, ...]:
    """Why the case cannot follow the new definition, each reason a sentence; empty where it can.

    Everything on record must have its place there: the state and those passed, every round with its
    answers, and every text in a form that holds it.
    """
    if case.footing is not Footing.MANAGED:
        return (phrase("It is on record only; nothing of it runs by a lifecycle."),)
    if old.states[case.state].final:
        return (phrase("It has ended."),)
    if old.digest == new.digest:
        return (phrase("It follows this version already."),)
    if old.subject != new.subject:
        return (phrase("The two lifecycles are about different things."),)
    return (
        *_states(old, new, case, mapping),
        *(each for round_ in case.rounds for each in _round(old, new, round_, case, mapping)),
        *_together(new, case, mapping),
        *_documents(old, new, case),
    )


def unknown_keys(old: Definition, new: Definition, mapping: KeyMapping) -> tuple[Phrase, ...]:
    """What a mapping names that is not there."""
    pairs = (
        (mapping.states, old.states, new.states),
        (mapping.rounds, old.rounds, new.rounds),
    )
    return tuple(
        phrase(
            "“%(key)s” is no state or round of version %(version)s.", key=key, version=of.version
        )
        for named, before, now in pairs
        for key, of in (
            *((key, old) for key in named if key not in before),
            *((key, new) for key in named.values() if key not in now),
        )
    )


def _states(
    old: Definition, new: Definition, case: StandingCase, mapping: KeyMapping
) -> Iterator[Phrase]:
    for key in dict.fromkeys((case.state, *case.passed)):
        label = Term(old.states[key].label if key in old.states else key)
        if mapping.state(key) not in new.states:
            yield phrase("The state “%(state)s” is gone; say which takes its place.", state=label)
    now = new.states.get(mapping.state(case.state))
    if now is None:
        return
    before = old.states[case.state]
    if now.final:
        yield phrase("It would stand in “%(state)s”, which ends it.", state=Term(now.label))
    if before.private != now.private:
        yield phrase(
            "Who may know of it would change: “%(before)s” and “%(now)s” differ in that.",
            before=Term(before.label), now=Term(now.label),
        )  # fmt: skip
    if now.decided and not before.decided:
        yield phrase("In “%(now)s” it would be open to more people.", now=Term(now.label))


def _round(
    old: Definition,
    new: Definition,
    round_: StandingRound,
    case: StandingCase,
    mapping: KeyMapping,
) -> Iterator[Phrase]:
    before = old.rounds.get(round_.key)
    label = Term(before.label if before else round_.key)
    spec = new.rounds.get(mapping.round(round_.key))
    if spec is None:
        yield phrase("The round “%(round)s” is gone; say which takes its place.", round=label)
        return
    if round_.open:
        yield from _open(before, spec, round_, case, mapping)
    elif round_.outcome and round_.outcome not in {*spec.outcomes, *_SUPERSEDED}:
        yield phrase(
            "“%(round)s” was settled as “%(outcome)s”, which it can be no longer.",
            round=label, outcome=round_.outcome.replace("_", " "),
        )  # fmt: skip
    if before and round_.answers and spec.open_to.wider_than(before.open_to):
        yield phrase("What was answered in “%(round)s” would be open to more people.", round=label)
    for answer in round_.answers:
        yield from _answer(new, before, spec, answer)


def _together(new: Definition, case: StandingCase, mapping: KeyMapping) -> Iterator[Phrase]:
    """Rounds that are open beside each other stay so: of one that two had become only one could be answered."""
    running = Counter(mapping.round(each.key) for each in case.rounds if each.open)
    for key, number in running.items():
        if number > 1 and key in new.rounds:
            label = Term(new.rounds[key].label)
            yield phrase(
                "Rounds that are open beside each other would become one: “%(round)s”.", round=label
            )


# How the engine itself closes a round, whatever its outcomes are.
_SUPERSEDED = ("superseded",)


def _open(
    before: RoundSpec | None,
    spec: RoundSpec,
    round_: StandingRound,
    case: StandingCase,
    mapping: KeyMapping,
) -> Iterator[Phrase]:
    label = Term(before.label if before else round_.key)
    stands = mapping.state(round_.state if round_.paused else case.state)
    if not spec.possible(stands, case.footing):
        yield phrase("“%(round)s” is open, and not possible in that state any more.", round=label)
    if before is None:
        return
    if set(before.text) != set(spec.text):
        yield phrase(
            "“%(round)s” is open over other documents than it would decide over.", round=label
        )
    if (before.rule.silence is None) != (spec.rule.silence is None):
        yield phrase("“%(round)s” is open, and would turn into or out of a silence.", round=label)
    if round_.paused and before.ends != spec.ends:
        yield phrase(
            "The clock of “%(round)s” stands still; let it go on before its time changes.",
            round=label,
        )
    stopped = {each.key for each in case.rounds if each.open and each.paused} & set(before.stops)
    if not {mapping.round(key) for key in stopped} <= set(spec.stops):
        yield phrase(
            "“%(round)s” stopped a clock that it would not let go on any more.", round=label
        )


def _answer(
    new: Definition, before: RoundSpec | None, spec: RoundSpec, answer: GivenAnswer
) -> Iterator[Phrase]:
    who: dict[str, Words] = {"party": answer.party, "round": Term((before or spec).label)}
    verdict = spec.rule.verdicts.get(answer.verdict)
    if verdict is None or verdict.part is not answer.part:
        yield phrase("The answer of %(party)s in “%(round)s” can no longer be given.", **who)
    if answer.role not in new.roles:
        yield phrase(
            "The answer of %(party)s in “%(round)s” would lose its seat: its role is gone.", **who
        )
    if _fits_no_longer(_asking(before), _asking(spec), answer.answers):
        yield phrase("What %(party)s wrote in “%(round)s” fits the questions no longer.", **who)


def _documents(old: Definition, new: Definition, case: StandingCase) -> Iterator[Phrase]:
    kinds = dict.fromkeys((*(kind for kind, _ in case.written), *sorted(case.attached)))
    for key in kinds:
        label = Term(old.documents[key].label if key in old.documents else key)
        if key not in new.documents:
            yield phrase("The document “%(document)s” is filed, and gone.", document=label)
            continue
        form = new.documents[key]
        if key in old.documents and _opened(old.documents[key], form):
            yield phrase("What “%(document)s” says would be open to more people.", document=label)
        for (kind, version), content in case.written.items():
            if kind == key and _fits_no_longer(old.documents.get(key), form, content):
                yield phrase(
                    "The form of “%(document)s” no longer holds what version %(version)s says.",
                    document=label, version=version,
                )  # fmt: skip
    if any(kind == old.facts for kind, _ in case.written) and not any(
        kind == new.facts for kind, _ in case.written
    ):
        yield phrase("Its facts are written in a document in which they are no longer looked for.")


def _opened(before: DocumentKind, now: DocumentKind) -> bool:
    """Whether more people may read a document, or a field of it that was kept from them."""
    kept = {field.key for field in before.fields() if field.confidential}
    shown = {field.key for field in now.fields() if not field.confidential}
    wider = now.open_to.wider_than(before.open_to)
    heard = now.discussed_by.wider_than(before.discussed_by)
    return wider or heard or not kept.isdisjoint(shown)


def _asking(spec: RoundSpec | None) -> DocumentKind | None:
    """The questions of a round as a form."""
    if spec is None:
        return None
    section = Section("", "", "", spec.questions)
    return DocumentKind(
        "", "", "", "", (section,), attach=False, written_by=(), written_in=(), source=()
    )


def _fits_no_longer(
    before: DocumentKind | None, now: DocumentKind | None, content: Mapping[str, Any]
) -> bool:
    """Whether something in the content has a fault in the new form that it did not have in the old one."""
    known = form_checks.faults(before, content).keys() if before else set()
    return now is not None and bool(form_checks.faults(now, content).keys() - known)
