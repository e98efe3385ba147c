"""A lifecycle definition, frozen: its roles, its states and the rounds in them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from workflow.lifecycles.applies import Applies
from workflow.lifecycles.checks.check import FormCheck, ValuePlace
from workflow.lifecycles.checks.condition import Conditions
from workflow.lifecycles.children.checklist import ChecklistLine
from workflow.lifecycles.children.kinds import ChildKind
from workflow.lifecycles.children.waits import WaitsFor
from workflow.lifecycles.documents import DocumentKind, Field
from workflow.lifecycles.openness import OF_ANSWERS, Openness, Reads
from workflow.lifecycles.rule import Rule, RuleKind, Verdict
from workflow.lifecycles.seat import Part, SeatSpec
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
from workflow.vocabulary import PROPOSER, STAGES, Footing, Stage

# The document of the facts where a lifecycle does not say which: every one has had it so far.
FACTS = "proposal"
MARK = 12


@dataclass(frozen=True, slots=True)
class Role:
    """A role that people are appointed to; `reads` says how much of a case they take part in."""

    key: str
    label: str
    what: str
    source: tuple[str, ...]
    reads: Reads = Reads.TAKING_PART


@dataclass(frozen=True, slots=True)
class State:
    """A state of a case, laid into one of the stages.

    One that `pauses` stops the clock of the rounds left open behind it until the case is back. While
    it is `private`, its proposer and those it asks know of it, and what is filed is a draft of its writers
    unless it is `shared` among them; once `decided`, texts may open. In one
    that is `adoptable` a record of what was begun elsewhere is taken up, which then `brings` papers.
    """

    key: str
    label: str
    stage: Stage
    meaning: str
    iati_status: str
    final: bool
    source: tuple[str, ...] = ()
    pauses: bool = False
    private: bool = False
    decided: bool = False
    adoptable: bool = False
    brings: tuple[str, ...] = ()
    overtaken_by_parent: bool = False
    shared: bool = False

    @property
    def drafts(self) -> bool:
        """Whether what is filed in it is its writers' alone until the case leaves it."""
        return self.private and not self.shared


class Opens(StrEnum):
    """How a round comes to be open."""

    ON_ENTRY = "on entry"
    ON_INITIATIVE = "on initiative"
    AFTER = "after another round"
    AS_PARTIES_LEAVE = "as parties leave"


@dataclass(frozen=True, slots=True)
class Target:
    """Where an outcome leads: to another state, or on within this one by opening rounds.

    What a record `becomes` is said where its footing changes; one that becomes managed enters the
    state in which it stands. Of its `branches` the first is taken whose conditions hold, and else itself.
    A round that it `reopens` was settled in this state and is asked anew; what it had opened is overtaken.
    The `children` are kinds of child case that it opens beside.
    """

    state: str | None
    opens: tuple[str, ...] = ()
    becomes: Footing | None = None
    branches: tuple["Branch", ...] = ()
    reopens: str = ""
    children: tuple[str, ...] = ()

    def every(self) -> tuple["Target", ...]:
        """All that it may come to: itself, and each of its branches in their order."""
        return (self, *(each.to for each in self.branches))

    @property
    def enters(self) -> bool:
        """Whether the case enters a state: another one, or its own as managed from now on."""
        return self.state is not None or self.becomes is Footing.MANAGED

    @property
    def moves(self) -> bool:
        """Whether what else is open of the case is left behind."""
        return self.enters or self.becomes is not None


@dataclass(frozen=True, slots=True)
class Branch:
    """Where an outcome leads instead, when these conditions hold as the round is settled."""

    when: Conditions
    to: Target

    @property
    def words(self) -> tuple[str, ...]:
        """What the conditions say."""
        return tuple(each.words for each in self.when)


@dataclass(frozen=True, slots=True)
class RoundSpec:
    """One way out of a state: who is asked what, over which text, by when, and where it leads.

    `asks` completes "you are asked to …". `text` lists the document kinds under decision. `after_round` bars
    answers until every seat of that round has answered or its time is up; `at_due` is the timer's verdict, or
    the outcome a silence is settled into, empty where lateness changes nothing. `opened_by` may open an
    initiative; where it is empty its deciding seats. `declares` names the roles whose holders say whether
    they have an interest before they see the text; `assigned_by` may say which holder of an office answers
    its seat, `escalated_by` bring the round before its escalation offices, and `open_to` read what was
    answered in it. `extension` says on which terms its end may be put off, in a silence those of its rule.
    Only on cases of its `footing` is it possible. What its `questions` are answered with must keep to its
    `checks`; its text may become the `facts` of the case. It is answered within its yearly `window` alone;
    while it is open the clocks of the rounds that it `stops` stand still. It may end with the next `session`
    of a body, or on the day at a place, `due_on`. `waits_for` bars answers as well, until the child cases of
    the case are over; an open line of its `checklist` bars those answers alone that are for it.
    `answered_by`, a `round.question`, says where somebody is named who alone answers it; in a `lasting` one answers stand though the text is changed once it has settled; who is asked is composed in the rounds that it is `invited_by`. Whoever takes part in the capacities that it is `unread_by` alone reads no answer before the case is decided. One that opens as parties leave does so where `fewer` are left.
    """

    key: str
    label: str
    asks: str
    states: tuple[str, ...]
    opens: Opens
    rule: Rule
    text: tuple[str, ...]
    outcomes: Mapping[str, Target]
    within: Within | None
    at_due: str
    if_silent: str
    questions: tuple[Field, ...]
    appoints: tuple[Appoints, ...]
    after_round: str
    source: tuple[str, ...]
    remind: tuple[int, ...] = ()
    escalate: tuple[Escalation, ...] = ()
    opened_by: tuple[SeatSpec, ...] = ()
    declares: tuple[str, ...] = ()
    assigned_by: tuple[SeatSpec, ...] = ()
    escalated_by: tuple[SeatSpec, ...] = ()
    extension: Extension | None = None
    open_to: Openness = OF_ANSWERS
    footing: Footing = Footing.MANAGED
    checks: tuple[FormCheck, ...] = ()
    facts: SettledFacts | None = None
    window: YearlyWindow | None = None
    stops: tuple[str, ...] = ()
    session: AtSession | None = None
    waits_for: tuple[WaitsFor, ...] = ()
    due_on: ValuePlace | None = None
    checklist: tuple[ChecklistLine, ...] = ()
    answered_by: str = ""
    lasting: bool = False
    invited_by: tuple[str, ...] = ()
    unread_by: tuple[str, ...] = ()
    fewer: Fewer | None = None

    @property
    def decides_nothing(self) -> bool:
        """Whether somebody opens it to hear others, and whatever they say moves nothing by itself."""
        every = (to for target in self.outcomes.values() for to in target.every())
        quiet = not any(to.moves or to.opens or to.reopens or to.children for to in every)
        return quiet and self.opens is Opens.ON_INITIATIVE and not self.one_act

    @property
    def ends(self) -> tuple[Within | YearlyWindow | AtSession | ValuePlace | None, ...]:
        """What its end is counted by."""
        return self.within, self.window, self.session, self.due_on

    def possible(self, state: str, footing: Footing) -> bool:
        """Whether a case that stands in this state on this footing may have the round."""
        return state in self.states and footing is self.footing

    def signature_under(self, document: str) -> Verdict | None:
        """The verdict by which a document's writer signs it here: the one that needs it."""
        if document not in self.text:
            return None
        decided = (each for each in self.rule.verdicts.values() if each.part is Part.DECIDES)
        return next((each for each in decided if document in each.needs), None)

    @property
    def reopens(self) -> frozenset[str]:
        """The settled rounds that one of its outcomes asks anew."""
        every = (to for target in self.outcomes.values() for to in target.every())
        return frozenset(to.reopens for to in every if to.reopens)

    @property
    def one_act(self) -> bool:
        """Whether opening and answering are one act: an initiative that asks one role alone."""
        return self.opens is Opens.ON_INITIATIVE and self.rule.kind is RuleKind.SINGLE


@dataclass(frozen=True, slots=True)
class Definition:
    """One version of a lifecycle; `digest` names everything in it, `body` is what was digested.

    `facts` is the document in which the facts of a case are first written, `applies` says for what
    the lifecycle is, `children` are the kinds of child case that it opens. Where its texts are in
    another `language`, `glossary` has them by their English.
    """

    key: str
    title: str
    version: str
    subject: str
    initial: str
    sources: Mapping[str, str]
    roles: Mapping[str, Role]
    states: Mapping[str, State]
    documents: Mapping[str, DocumentKind]
    rounds: Mapping[str, RoundSpec]
    facts: str
    applies: Applies
    digest: str = field(compare=False)
    body: bytes = field(compare=False, repr=False)
    children: Mapping[str, ChildKind] = field(default_factory=dict)
    language: str = field(default="en", compare=False)
    glossary: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)

    @property
    def mark(self) -> str:
        """What addresses and people name this version by: the beginning of its digest."""
        return self.digest[:MARK]

    @property
    def for_everything(self) -> bool:
        """Whether it is for every case, whatever is known of it beforehand: it states no condition."""
        return not self.applies.when

    @property
    def stages(self) -> tuple[Stage, ...]:
        """The stages that it goes through, its ends aside; not every lifecycle goes through all."""
        return tuple(s for s in STAGES if any(s is each.stage for each in self.states.values()))

    def proposing(self) -> tuple[str, ...]:
        """The roles that speak for the party that opened a case, while it stands in the first state."""
        asked = (seat for spec in self.rounds_in(self.initial) for seat in spec.rule.seats)
        return tuple(dict.fromkeys(seat.role for seat in asked if seat.of == PROPOSER))

    def seats(self) -> Iterator[SeatSpec]:
        """Every seat that a round asks."""
        return (seat for spec in self.rounds.values() for seat in spec.rule.seats)

    def steps_after(self, key: str, state: str) -> Iterator[tuple[RoundSpec, SeatSpec]]:
        """What somebody may do in a state once a round has been answered, and which seats may do it."""
        for spec in self.rounds.values():
            follows = spec.opens is Opens.ON_INITIATIVE and spec.after_round == key
            if follows and state in spec.states:
                for seat in spec.opened_by or spec.rule.seats:
                    if seat.part is Part.DECIDES:
                        yield spec, seat

    def opened_through(self, key: str) -> frozenset[str]:
        """The rounds that a round opens, and those that these open, and so on; never itself."""
        found: set[str] = set()
        ahead = [key]
        while ahead:
            outcomes = self.rounds[ahead.pop()].outcomes.values()
            fresh = {key for each in outcomes for to in each.every() for key in to.opens} - found
            found |= fresh
            ahead += fresh
        return frozenset(found - {key})

    def checks(self) -> int:
        """How many relations between values the definition declares."""
        forms, rounds = self.documents.values(), self.rounds.values()
        return sum(len(one.checks) for one in forms) + sum(len(one.checks) for one in rounds)

    def rounds_in(self, state: str, footing: Footing = Footing.MANAGED) -> tuple[RoundSpec, ...]:
        """The rounds that belong to `state` on this footing, in the order the definition lists them."""
        return (*[r for r in self.rounds.values() if state in r.states and footing is r.footing],)
