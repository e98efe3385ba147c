"""Reading rounds: where they stand, how they open, and where each outcome leads."""

from collections.abc import Mapping
from dataclasses import replace

from workflow.lifecycles.calendar import UNITS
from workflow.lifecycles.checks.check import ValuePlace
from workflow.lifecycles.definition import Opens, RoundSpec
from workflow.lifecycles.documents import Field
from workflow.lifecycles.loader import footing
from workflow.lifecycles.loader.documents import read_fields, read_openness
from workflow.lifecycles.loader.names import CAPACITIES, FOUND, KnownNames
from workflow.lifecycles.loader.relations.checklists import read_checklist
from workflow.lifecycles.loader.relations.children import read_waits
from workflow.lifecycles.loader.relations.declared import read_checks
from workflow.lifecycles.loader.relations.outcomes import read_outcomes
from workflow.lifecycles.loader.round_checks import check_round
from workflow.lifecycles.loader.seats import read_openers
from workflow.lifecycles.loader.silence import read_escalations, read_extension, read_reminders
from workflow.lifecycles.loader.spans import read_session, read_window, read_within
from workflow.lifecycles.loader.table import TomlTable
from workflow.lifecycles.openness import OF_ANSWERS
from workflow.lifecycles.rule import Rule, RuleKind
from workflow.lifecycles.terms import Appoints, Fewer, SettledFacts, Within
from workflow.phrase import phrase
from workflow.vocabulary import Footing

ONE_DECIDES = (RuleKind.SINGLE, RuleKind.SINGLE_AFTER_CONSULTATION)
NO_RULE = Rule("", RuleKind.SINGLE, "", (), {}, 0.0, 0, 0, (), (), ())


def read_round(
    key: str, entry: TomlTable, names: KnownNames, rules: Mapping[str, Rule | None]
) -> RoundSpec:
    """One round; what depends on a rule that cannot be read is left unjudged."""
    rule = rules.get(entry.one_of("rule", names.rules, phrase("rule")))
    questions = read_fields(entry, "questions", names, optional=True)
    spec = RoundSpec(
        key=key,
        label=entry.text("label"),
        asks=entry.text("asks"),
        states=entry.many_of("states", names.states, phrase("state")),
        opens=_opens(entry),
        rule=rule or NO_RULE,
        text=entry.many_of("text", names.documents, phrase("document"), optional=True),
        outcomes=read_outcomes(entry, names),
        within=_within(entry, names),
        at_due=entry.text("at_due", optional=True),
        if_silent=entry.text("if_silent"),
        questions=questions,
        appoints=_all_appoints(entry, rule, questions),
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
        checks=read_checks(entry, names),
        facts=_facts(entry, rule),
        window=read_window(entry),
        session=read_session(entry),
        stops=entry.many_of("stops", names.rounds, phrase("round"), optional=True),
        due_on=ValuePlace.named(entry.text("due")) if entry.has("due") else None,
    )
    return _checked(entry, spec, names, judged=rule is not None)


def _checked(entry: TomlTable, spec: RoundSpec, names: KnownNames, *, judged: bool) -> RoundSpec:
    waits, lines = read_waits(entry, names), read_checklist(entry, names)
    named = entry.text("answered_by", optional=True)
    lasting = entry.flag("lasting")
    spec = replace(spec, waits_for=waits, checklist=lines, answered_by=named, lasting=lasting)
    inviting = entry.many_of("invited_by", names.rounds, phrase("round"), optional=True)
    unread = entry.many_of("unread_by", CAPACITIES, phrase("part in a case"), optional=True)
    spec = replace(spec, invited_by=inviting, unread_by=unread, fewer=_fewer(entry))
    entry.done()
    footing.check_round(entry, spec, names)
    check_round(entry, spec, names, judged=judged)
    return spec


def _opens(entry: TomlTable) -> Opens:
    return Opens(entry.one_of("opens", tuple(Opens), phrase("way to open")) or Opens.ON_ENTRY)


def _within(entry: TomlTable, names: KnownNames) -> Within | None:
    return read_within(entry.table("within"), tuple(UNITS), names) if entry.has("within") else None


def _fewer(entry: TomlTable) -> Fewer | None:
    if not entry.has("fewer"):
        return None
    below = entry.table("fewer")
    fewer = Fewer(
        below.one_of("of", CAPACITIES, phrase("capacity")), below.number("than", least=1, most=20)
    )
    below.done()
    return fewer


def _facts(entry: TomlTable, rule: Rule | None) -> SettledFacts | None:
    if not entry.has("facts"):
        return None
    below = entry.table("facts")
    outcomes = sorted(rule.outcomes()) if rule else [below.value("outcome")]
    text = entry.texts("text", optional=True)
    facts = SettledFacts(
        outcome=below.one_of("outcome", outcomes, phrase("outcome of the round's rule")),
        document=below.one_of("document", text, phrase("document under decision here")),
        of_parent=bool(below.one_of("of", ("parent",), phrase("case"), optional=True)),
    )
    below.done()
    return facts


def _all_appoints(
    entry: TomlTable, rule: Rule | None, questions: tuple[Field, ...]
) -> tuple[Appoints, ...]:
    tables = entry.tables("appoints", optional=True)
    return tuple(_appoints(below, rule, questions) for below in tables)


def _appoints(entry: TomlTable, rule: Rule | None, questions: tuple[Field, ...]) -> Appoints:
    parties = [question.key for question in questions if question.kind == "party"]
    outcomes = sorted(rule.outcomes()) if rule else [entry.value("outcome")]
    verdicts = list(rule.verdicts) if rule else [entry.value("verdict")]
    ways = ("verdict", "question", "of")
    appoints = Appoints(
        outcome=entry.one_of("outcome", outcomes, phrase("outcome of the round's rule")),
        capacity=entry.one_of("capacity", CAPACITIES, phrase("capacity")),
        verdict=entry.one_of(
            "verdict", verdicts, phrase("verdict of the round's rule"), optional=True
        ),
        question=entry.one_of(
            "question", parties, phrase("party question of the round"), optional=True
        ),
        of=entry.one_of("of", (*CAPACITIES, *FOUND), phrase("word of seats"), optional=True),
    )
    if sum(map(entry.has, ways)) != 1:
        entry.note("", phrase("must take the parties from exactly one of verdict, question and of"))
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
