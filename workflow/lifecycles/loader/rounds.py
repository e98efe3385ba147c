"""Reading rounds: where they stand, how they open, and where each outcome leads."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from workflow.lifecycles.calendar import UNITS, shortest
from workflow.lifecycles.definition import Appoints, Opens, RoundSpec, Target
from workflow.lifecycles.documents import Field
from workflow.lifecycles.loader import footing
from workflow.lifecycles.loader.documents import read_fields, read_openness
from workflow.lifecycles.loader.names import CAPACITIES, KnownNames, spoken
from workflow.lifecycles.loader.seats import read_openers
from workflow.lifecycles.loader.silence import read_escalations, read_extension, read_reminders
from workflow.lifecycles.loader.spans import read_within
from workflow.lifecycles.loader.table import TomlTable
from workflow.lifecycles.openness import OF_ANSWERS
from workflow.lifecycles.rule import Rule, RuleKind
from workflow.lifecycles.terms import Within
from workflow.phrase import phrase
from workflow.vocabulary import Footing

SILENCE_SETTLES = (
    RuleKind.POSITIONS,
    RuleKind.THRESHOLD,
    RuleKind.QUORUM_BY_CATEGORY,
    RuleKind.SINGLE_AFTER_CONSULTATION,
    RuleKind.QUALIFIED_MAJORITY,
    RuleKind.WEIGHTED,
    RuleKind.CONSTITUENCIES,
    RuleKind.VETO,
    RuleKind.SILENCE,
)
ENDS_BY_TIME = (RuleKind.SINGLE_AFTER_CONSULTATION, RuleKind.SILENCE)
ONE_DECIDES = (RuleKind.SINGLE, RuleKind.SINGLE_AFTER_CONSULTATION)
NO_RULE = Rule("", RuleKind.SINGLE, "", (), {}, 0.0, 0, 0, (), (), ())


def read_round(
    key: str, entry: TomlTable, names: KnownNames, rules: Mapping[str, Rule | None]
) -> RoundSpec:
    """One round; what depends on a rule that cannot be read is left unjudged."""
    rule = rules.get(entry.one_of("rule", names.rules, phrase("rule")))
    opens = entry.one_of("opens", tuple(Opens), phrase("way to open"))
    questions = read_fields(entry, "questions", names, optional=True)
    spec = RoundSpec(
        key=key,
        label=entry.text("label"),
        asks=entry.text("asks"),
        states=entry.many_of("states", names.states, phrase("state")),
        opens=Opens(opens or Opens.ON_ENTRY),
        rule=rule or NO_RULE,
        text=entry.many_of("text", names.documents, phrase("document"), optional=True),
        outcomes=_outcomes(entry, names),
        within=_within(entry, names),
        at_due=entry.text("at_due", optional=True),
        if_silent=entry.text("if_silent"),
        questions=questions,
        appoints=tuple(
            _appoints(below, rule, questions) for below in entry.tables("appoints", optional=True)
        ),
        after_round=entry.one_of("after_round", names.rounds, phrase("round"), optional=True),
        source=entry.many_of("source", names.sources, phrase("source")),
        remind=read_reminders(entry),
        escalate=read_escalations(entry, names),
        opened_by=read_openers(entry, "opened_by", names),
        extension=read_extension(entry, names),
        declares=entry.many_of("declares", names.roles, phrase("role"), optional=True),
        assigned_by=read_openers(entry, "assigned_by", names),
        escalated_by=read_openers(entry, "escalated_by", names),
        open_to=read_openness(entry, OF_ANSWERS),
        footing=footing.read_footing(entry) or Footing.MANAGED,
    )
    entry.done()
    footing.check_round(entry, spec, names)
    _check_states(entry, spec, names)
    if rule:
        _check_outcomes(entry, spec)
        _check_at_due(entry, spec)
        _check_openers(entry, spec)
        _check_extension(entry, spec)
        _check_declarations(entry, spec)
        _check_escalated(entry, spec)
        _check_silence(entry, spec)
    return spec


def _outcomes(entry: TomlTable, names: KnownNames) -> Mapping[str, Target]:
    table = entry.table("outcomes")
    return MappingProxyType({key: _target(table, key, names) for key in table})


def _target(table: TomlTable, key: str, names: KnownNames) -> Target:
    value: Any = table.value(key)
    if isinstance(value, str):
        return Target(table.one_of(key, names.states, phrase("state")) or None)
    if not isinstance(value, dict):
        table.note(
            key,
            phrase(
                "is %(value)s; a state or { opens = [rounds] } is expected", value=spoken(value)
            ),
        )
        return Target(None)
    below = table.table(key)
    becomes = footing.read_footing(below, "becomes")
    if not below.has("opens") and not becomes:
        below.note("opens", phrase("is missing; a list of rounds is expected"))
    target = Target(
        None, below.many_of("opens", names.rounds, phrase("round"), optional=True), becomes
    )
    below.done()
    return target


def _within(entry: TomlTable, names: KnownNames) -> Within | None:
    return read_within(entry.table("within"), tuple(UNITS), names) if entry.has("within") else None


def _appoints(entry: TomlTable, rule: Rule | None, questions: tuple[Field, ...]) -> Appoints:
    parties = [question.key for question in questions if question.kind == "party"]
    outcomes = sorted(rule.outcomes()) if rule else [entry.value("outcome")]
    verdicts = list(rule.verdicts) if rule else [entry.value("verdict")]
    appoints = Appoints(
        outcome=entry.one_of("outcome", outcomes, phrase("outcome of the round's rule")),
        capacity=entry.one_of("capacity", CAPACITIES, phrase("capacity")),
        verdict=entry.one_of(
            "verdict", verdicts, phrase("verdict of the round's rule"), optional=True
        ),
        question=entry.one_of(
            "question", parties, phrase("party question of the round"), optional=True
        ),
    )
    if entry.has("verdict") == entry.has("question"):
        entry.note("", phrase("must take the parties from exactly one of verdict and question"))
    if appoints.question and rule and rule.kind not in ONE_DECIDES:
        entry.note(
            "question",
            phrase(
                "needs one person to answer it, but many answer a rule of kind '%(kind)s'",
                kind=rule.kind,
            ),
        )
    entry.done()
    return appoints


def _check_states(entry: TomlTable, spec: RoundSpec, names: KnownNames) -> None:
    for state in spec.states:
        if state in names.final:
            entry.note(
                "states",
                phrase("names '%(state)s', which is final; nothing is asked there", state=state),
            )
    if spec.after_round == spec.key:
        entry.note("after_round", phrase("names this round itself"))


def _check_outcomes(entry: TomlTable, spec: RoundSpec) -> None:
    rule = spec.rule
    able = rule.outcomes()
    for outcome in sorted(able - spec.outcomes.keys()):
        entry.note(
            f"outcomes.{outcome}",
            phrase(
                "is missing; the rule '%(rule)s' can settle into '%(outcome)s', so say where that "
                "leads",
                rule=rule.key,
                outcome=outcome,
            ),
        )
    for outcome in spec.outcomes:
        if outcome not in able:
            entry.note(
                f"outcomes.{outcome}",
                phrase(
                    "can never happen; the rule '%(rule)s' settles into: %(outcomes)s",
                    rule=rule.key,
                    outcomes=", ".join(sorted(able)),
                ),
            )


def _check_at_due(entry: TomlTable, spec: RoundSpec) -> None:
    rule = spec.rule
    if any(seat.role == "system" for seat in rule.seats):
        _check_timer(entry, spec)
    elif spec.at_due not in ("", "settle"):
        entry.note(
            "at_due",
            phrase(
                "is '%(at_due)s'; only a timer answers: expected 'settle' or none",
                at_due=spec.at_due,
            ),
        )
    elif spec.at_due and rule.kind not in SILENCE_SETTLES:
        entry.note(
            "at_due",
            phrase(
                "is 'settle', but silence settles nothing in a rule of kind '%(kind)s'",
                kind=rule.kind,
            ),
        )
    elif not spec.at_due and rule.kind in ENDS_BY_TIME:
        entry.note(
            "at_due", phrase("is missing; without 'settle' one silent seat holds up the decision")
        )
    elif spec.at_due and not spec.within:
        entry.note("within", phrase("is missing; without it there is no due time to settle at"))


def _check_timer(entry: TomlTable, spec: RoundSpec) -> None:
    if not spec.within:
        entry.note("within", phrase("is missing; a timer needs to know when"))
    if spec.at_due not in spec.rule.verdicts:
        listed = ", ".join(spec.rule.verdicts)
        entry.note(
            "at_due",
            phrase(
                "is '%(at_due)s'; a timer answers one of: %(listed)s",
                at_due=spec.at_due,
                listed=listed,
            ),
        )
    if spec.opens is Opens.ON_INITIATIVE:
        entry.note("opens", phrase("is 'on initiative', but a timer takes none"))


def _check_openers(entry: TomlTable, spec: RoundSpec) -> None:
    initiative = spec.opens is Opens.ON_INITIATIVE
    if spec.opened_by and (spec.one_act or not initiative):
        entry.note("opened_by", phrase("belongs to an initiative that asks others than its opener"))
    if initiative and not spec.opened_by and spec.rule.silence:
        entry.note(
            "opened_by", phrase("is missing; those whose silence counts do not open it themselves")
        )


def _check_extension(entry: TomlTable, spec: RoundSpec) -> None:
    """More time is granted once, where there is an end that can be put off."""
    if spec.extension and not spec.within:
        entry.note("extension", phrase("puts off an end that there is not; say 'within'"))
    if spec.extension and spec.rule.silence:
        entry.note(
            "extension", phrase("belongs to the rule: its silence says how its end is put off")
        )


def _check_declarations(entry: TomlTable, spec: RoundSpec) -> None:
    """Only whoever is asked, over a text that waits for them, has something to declare."""
    asked = {seat.role for seat in spec.rule.seats}
    for role in spec.declares:
        if role not in asked:
            entry.note(
                "declares",
                phrase(
                    "names '%(role)s', which the rule '%(rule)s' does not ask",
                    role=role,
                    rule=spec.rule.key,
                ),
            )
    if spec.declares and not spec.text:
        entry.note("declares", phrase("keeps back a text that there is not; say 'text'"))
    if spec.declares and spec.opens is Opens.ON_INITIATIVE:
        entry.note(
            "declares", phrase("belongs to a round that opens by itself, not to an initiative")
        )


def _check_escalated(entry: TomlTable, spec: RoundSpec) -> None:
    if spec.escalated_by and not spec.escalate:
        entry.note("escalated_by", phrase("brings the round before nobody; say 'escalate'"))


def _check_silence(entry: TomlTable, spec: RoundSpec) -> None:
    """A silence is over exact words and for at least the time that its source asks."""
    terms = spec.rule.silence
    if terms is None:
        return
    if not spec.text:
        entry.note("text", phrase("is missing; a silence is about an exact text"))
    if spec.within and shortest(spec.within) < shortest(terms.least):
        least = f"{terms.least.amount} {terms.least.unit}"
        entry.note(
            "within",
            phrase("may last less than %(least)s, the least that the rule allows", least=least),
        )
    if terms.not_twice_running and spec.opens is not Opens.ON_INITIATIVE:
        entry.note(
            "opens", phrase("must be 'on initiative'; only that can be barred from running twice")
        )
