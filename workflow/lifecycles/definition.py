"""A lifecycle definition, frozen: states, rounds, rules, roles, documents and their forms."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from workflow.lifecycles.openness import OF_ANSWERS, OF_TEXTS, Openness, Reads
from workflow.lifecycles.quantities import Breaks, Vote, WorkingCalendar
from workflow.vocabulary import PROPOSER, Stage


class RuleKind(StrEnum):
    """The ways in which a set of sign-offs can settle."""

    SINGLE = "single"
    ALL_OF = "all_of"
    THRESHOLD = "threshold"
    POSITIONS = "positions"
    QUORUM_BY_CATEGORY = "quorum_by_category"
    CONSENSUS = "consensus"
    DUAL = "dual"
    SINGLE_AFTER_CONSULTATION = "single_after_consultation"
    QUALIFIED_MAJORITY = "qualified_majority"
    WEIGHTED = "weighted"
    CONSTITUENCIES = "constituencies"
    VETO = "veto"
    SEQUENTIAL = "sequential"
    SILENCE = "silence"


class Stance(StrEnum):
    """What a verdict means to the rule."""

    FOR = "for"
    AGAINST = "against"
    NEUTRAL = "neutral"


class Opens(StrEnum):
    """How a round comes to be open."""

    ON_ENTRY = "on entry"
    ON_INITIATIVE = "on initiative"
    AFTER = "after another round"


class Part(StrEnum):
    """What a seat is for: to decide, or to be heard before somebody else decides."""

    DECIDES = "decides"
    CONSULTED = "consulted"


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
    it is `private`, its proposer and those it asks know of it; once `decided`, texts may open.
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


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form.

    `kind` is one of: line, text, choice, choices, countries, number, money, date, check, rating,
    party, lines (of `columns`). Choices come from a `vocabulary`, or from `options` as (value,
    label). What is `confidential` never opens to everybody.
    """

    key: str
    label: str
    kind: str
    hint: str = ""
    required: bool = False
    longest: int = 4000
    least: int = 0
    vocabulary: str = ""
    options: tuple[tuple[str, str], ...] = ()
    columns: tuple["Field", ...] = ()
    source: tuple[str, ...] = ()
    confidential: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """One page of a form."""

    key: str
    title: str
    hint: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class SeatSpec:
    """Whom a rule asks: a role, and of which parties of the case or of the house.

    `of` is a capacity of the case (proposer, beneficiary, donor, executing_agency, lead,
    convenor), `interested` (pivotal countries with a registered interest in an area of the case),
    `board` (every party with a board member in office), `answered:<round>:<verdict>+<verdict>`
    (the parties that gave one of these answers), or `office:<key>`. Finding no party is an
    incident, unless `if_any` says that it is fine.
    """

    role: str
    of: str
    part: Part = Part.DECIDES
    category: str = ""
    if_any: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """One possible answer on a seat.

    `outcome` is what a single decider's verdict leads to, and what a unanimous body decides; empty
    where the rule computes it. `needs` lists document kinds that must be complete before it.
    """

    key: str
    label: str
    stance: Stance
    outcome: str
    meaning: str
    consequence: str
    reason_required: bool
    part: Part
    needs: tuple[str, ...]


class Recused(StrEnum):
    """Whether a seat that somebody stepped back from still counts in a whole."""

    LEAVES = "leaves"
    STAYS = "stays"


@dataclass(frozen=True, slots=True)
class Within:
    """A span from opening to due: hours, calendar days, working days or months.

    Days are those of `zone`, or of the calendar's, or of UTC; `cut_off` is the hour at which the
    last of them ends ("17:00"), the hour of opening if empty. An end that `rolls` moves from a day
    on which nobody works to the next one on which they do.
    """

    amount: int
    unit: str
    calendar: WorkingCalendar | None = None
    zone: str = ""
    cut_off: str = ""
    rolls: bool = False


class Undelivered(StrEnum):
    """What a mail that cannot reach a party does to the silence that it speaks of."""

    SHOW = "show"
    EXTEND = "extend"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class Extension:
    """Who may put off the end of a round, before it has come, by how much and how often."""

    by: tuple[SeatSpec, ...]
    within: Within
    times: int


@dataclass(frozen=True, slots=True)
class Silence:
    """The terms of a silence procedure.

    `least` is the shortest window that its source allows. With `revives` an objection can be
    withdrawn until the end; without, a break is final at once. `not_twice_running` bars it where
    it decided the last time.
    """

    least: Within
    breaks: Breaks
    subjects: tuple[str, ...]
    extension: Extension | None = None
    revives: bool = False
    not_twice_running: bool = False
    undelivered: Undelivered = Undelivered.SHOW


@dataclass(frozen=True, slots=True)
class Override:
    """Who may lift which bars of a rule for one named person at one seat; nobody for themselves."""

    by: tuple[SeatSpec, ...]
    bars: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """How the sign-offs of a round settle.

    `quorum_share` (0 to 1) and `quorum_least` bound positions and votes; `threshold` counts
    answers for; `categories` must each be heard, or are asked one after the other; `never` lists
    what bars a person (author: wrote the text under decision; `signed:<round>`: answered that
    round of this case; `party:signed:<round>` and `office:signed:<round>` bar the seats of a party,
    or of the same office, that answered it, whoever sits there). A consensus stands with `objections_allowed`.
    """

    key: str
    kind: RuleKind
    words: str
    seats: tuple[SeatSpec, ...]
    verdicts: Mapping[str, Verdict]
    quorum_share: float
    quorum_least: int
    threshold: int
    categories: tuple[str, ...]
    never: tuple[str, ...]
    source: tuple[str, ...]
    objections_allowed: int = 0
    recused: Recused = Recused.LEAVES
    vote: Vote = field(default_factory=Vote)
    silence: Silence | None = None
    override: Override | None = None

    def outcomes(self) -> frozenset[str]:
        """Every outcome this rule can settle a round into."""
        decided = {v.outcome for v in self.verdicts.values() if v.outcome}
        return frozenset(decided | set(COMPUTED[self.kind]))


COMPUTED: Mapping[RuleKind, tuple[str, ...]] = {
    RuleKind.SINGLE: (),
    RuleKind.ALL_OF: ("complete",),
    RuleKind.THRESHOLD: ("reached", "not_reached"),
    RuleKind.POSITIONS: ("passed", "failed"),
    RuleKind.QUORUM_BY_CATEGORY: ("advised",),
    RuleKind.CONSENSUS: (),
    RuleKind.DUAL: ("complete",),
    RuleKind.SINGLE_AFTER_CONSULTATION: (),
    RuleKind.QUALIFIED_MAJORITY: ("carried", "not_carried"),
    RuleKind.WEIGHTED: ("carried", "not_carried"),
    RuleKind.CONSTITUENCIES: ("carried", "not_carried"),
    RuleKind.VETO: ("carried", "not_carried"),
    RuleKind.SEQUENTIAL: ("complete",),
    RuleKind.SILENCE: ("adopted", "broken", "superseded"),
}


@dataclass(frozen=True, slots=True)
class Target:
    """Where an outcome leads: to another state, or on within this one by opening rounds."""

    state: str | None
    opens: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Appoints:
    """A party's part in the case that an outcome creates.

    Taken from everyone who gave `verdict`, or from the party named in the answer `question`.
    """

    outcome: str
    capacity: str
    verdict: str = ""
    question: str = ""


@dataclass(frozen=True, slots=True)
class Escalation:
    """Who is told, so many days after the due time, that a round is still open."""

    role: str
    of: str
    after: int


@dataclass(frozen=True, slots=True)
class RoundSpec:
    """One way out of a state: who is asked what, over which text, by when, and where it leads.

    `asks` completes "you are asked to …". `text` lists the document kinds under decision.
    `after_round` bars answers until every seat of that round has answered or its time is up; `at_due`
    is the timer's verdict, or the outcome a silence is settled into, empty where lateness changes nothing.
    `opened_by` are those who may open an initiative; empty where its deciding seats may.
    `declares` names the roles whose holders say whether they have an interest before they see the
    text; `assigned_by` may say which holder of an office answers its seat, `escalated_by` bring the
    round before its escalation offices, and `open_to` read what was answered in it. `extension`
    says on which terms its end may be put off, in a silence those of its rule.
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

    @property
    def one_act(self) -> bool:
        """Whether opening and answering are one act: an initiative that asks one role alone."""
        return self.opens is Opens.ON_INITIATIVE and self.rule.kind is RuleKind.SINGLE


@dataclass(frozen=True, slots=True)
class DocumentKind:
    """A document of the case: a form with sections, or a kind of file to attach.

    `written_by` (role, of) may file new versions while the case is in one of `written_in`, and
    attach files where it says `attach`; with no sections it is files only.
    A new version of a `serial` kind is the next of a series, not a revision, and leaves earlier
    sign-offs standing. `open_to` are those who may read it once it was sent.
    """

    key: str
    label: str
    content: str
    iati_category: str
    sections: tuple[Section, ...]
    attach: bool
    written_by: tuple[SeatSpec, ...]
    written_in: tuple[str, ...]
    source: tuple[str, ...]
    serial: bool = False
    open_to: Openness = OF_TEXTS

    def fields(self) -> Iterator[Field]:
        """Every field of the form, in order."""
        for section in self.sections:
            yield from section.fields


@dataclass(frozen=True, slots=True)
class Definition:
    """One version of a lifecycle; `digest` names everything in it, `body` is what was digested."""

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
    digest: str = field(compare=False)
    body: bytes = field(compare=False, repr=False)

    def proposing(self) -> tuple[str, ...]:
        """The roles that speak for the party that opened a case, while it stands in the first state."""
        asked = (seat for spec in self.rounds_in(self.initial) for seat in spec.rule.seats)
        return tuple(dict.fromkeys(seat.role for seat in asked if seat.of == PROPOSER))

    def rounds_in(self, state: str) -> tuple[RoundSpec, ...]:
        """The rounds that belong to `state`, in the order the definition lists them."""
        return tuple(spec for spec in self.rounds.values() if state in spec.states)
