"""Reading a whole lifecycle: its head, roles and states, and how the parts fit together."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from workflow.errors import Fault
from workflow.lifecycles.definition import FACTS, Definition, Opens, Role, State
from workflow.lifecycles.loader.documents import note_repeated, read_document
from workflow.lifecycles.loader.footing import check_adoptable
from workflow.lifecycles.loader.names import KEY, NAME, KnownNames
from workflow.lifecycles.loader.relations.children import check_children, read_children
from workflow.lifecycles.loader.relations.clauses import check_clauses
from workflow.lifecycles.loader.relations.days import check_days
from workflow.lifecycles.loader.relations.named import check_named
from workflow.lifecycles.loader.relations.places import check_places
from workflow.lifecycles.loader.relations.preconditions import read_applies
from workflow.lifecycles.loader.rounds import read_round
from workflow.lifecycles.loader.rules import read_rule
from workflow.lifecycles.loader.spans import read_calendar
from workflow.lifecycles.loader.table import TomlTable
from workflow.lifecycles.openness import DECIDED_STAGES, Reads
from workflow.lifecycles.quantities import WorkingCalendar
from workflow.lifecycles.rule import Rule
from workflow.phrase import phrase
from workflow.vocabulary import ADMINISTRATOR, Stage

SOURCE = re.compile(r"[A-Z][A-Z0-9]{0,19}")
IATI_STATUSES = ("1", "2", "3", "4", "5", "6")


def read_lifecycle(
    raw: Any, file: str, body: bytes = b"", digest: str = ""
) -> tuple[Definition, tuple[Fault, ...]]:
    """The definition in `raw` and what is wrong with it; with a fault it is worth nothing."""
    faults: list[Fault] = []
    entry = TomlTable(raw, file, "", faults)
    names = KnownNames.of(raw, _calendars(entry))
    rules = {key: read_rule(key, below, names) for key, below in entry.named("rules")}
    definition = Definition(
        key=entry.text("key"),
        title=entry.text("title"),
        version=entry.text("version"),
        subject=entry.name("subject"),
        initial=entry.one_of("initial", names.states, phrase("state")),
        sources=_sources(entry.table("sources")),
        roles=MappingProxyType({key: _role(key, e, names) for key, e in entry.named("roles")}),
        states=MappingProxyType(
            {
                key: _state(key, e, names, first=key == entry.value("initial"))
                for key, e in entry.named("states")
            }
        ),
        documents=MappingProxyType(
            {key: read_document(key, e, names) for key, e in entry.named("documents")}
        ),
        rounds=MappingProxyType(
            {key: read_round(key, e, names, rules) for key, e in entry.named("rounds")}
        ),
        facts=entry.one_of("facts", names.documents, phrase("document"), optional=True) or FACTS,
        applies=read_applies(entry, names),
        children=MappingProxyType(read_children(entry, names)),
        digest=digest,
        body=body,
    )
    entry.done()
    _check(entry, definition, rules)
    return definition, tuple(faults)


def _calendars(entry: TomlTable) -> Mapping[str, WorkingCalendar]:
    if not entry.has("calendars"):
        return {}
    table = entry.table("calendars")
    return {key: read_calendar(key, table.table(key)) for key in table}


def _sources(entry: TomlTable) -> Mapping[str, str]:
    for key in entry:
        if not SOURCE.fullmatch(key):
            entry.note(
                key, phrase("is not the key of a source: capital letters and digits, 20 at most")
            )
    return MappingProxyType({key: entry.text(key) for key in entry})


def _role(key: str, entry: TomlTable, names: KnownNames) -> Role:
    role = Role(
        key=key,
        label=entry.text("label"),
        what=entry.text("what"),
        source=entry.many_of("source", names.sources, phrase("source")),
        reads=Reads(
            entry.one_of("reads", tuple(Reads), phrase("measure of reading"), optional=True)
            or Reads.TAKING_PART
        ),
    )
    if key == ADMINISTRATOR:
        entry.note("label", phrase("names who administers the house; they are never asked to sign"))
    entry.done()
    return role


def _check_flags(entry: TomlTable, state: State) -> None:
    if state.private and state.decided:
        entry.note("decided", phrase("is said of a private state, which nobody has decided on"))
    if state.shared and not state.private:
        entry.note(
            "shared", phrase("belongs to a private state; in others those who take part read")
        )


def _state(key: str, entry: TomlTable, names: KnownNames, *, first: bool) -> State:
    """One state; where the file does not say, the first one is private.

    What is carried out has been decided on where the file does not say either.
    """
    stage = entry.one_of("stage", tuple(Stage), phrase("stage"))
    state = State(
        key=key,
        label=entry.text("label"),
        stage=Stage(stage or Stage.END),
        meaning=entry.text("meaning"),
        iati_status=entry.one_of("iati", IATI_STATUSES, phrase("IATI activity status")),
        final=entry.flag("final"),
        source=entry.many_of("source", names.sources, phrase("source"), optional=True),
        pauses=entry.flag("pauses"),
        private=entry.flag("private") if entry.has("private") else first,
        decided=entry.flag("decided") if entry.has("decided") else stage in DECIDED_STAGES,
        adoptable=entry.flag("adoptable"),
        brings=entry.many_of("brings", names.documents, phrase("document"), optional=True),
        overtaken_by_parent=entry.flag("overtaken_by_parent"),
        shared=entry.flag("shared"),
    )
    if state.shared and not state.private:
        entry.note(
            "shared", phrase("belongs to a private state; in others those who take part read")
        )
    check_adoptable(entry, state)
    _check_flags(entry, state)
    if stage and state.final != (state.stage is Stage.END):
        entry.note(
            "stage",
            phrase(
                "is '%(stage)s'; the stage '%(end)s' holds all final states",
                stage=stage,
                end=Stage.END,
            ),
        )
    entry.done()
    return state


def _check(entry: TomlTable, definition: Definition, rules: Mapping[str, Rule | None]) -> None:
    _check_head(entry, definition)
    _check_states(entry, definition)
    check_places(entry, definition)
    check_clauses(entry, definition)
    check_days(entry, definition)
    check_named(entry, definition)
    check_children(entry, definition)
    _check_stopped(entry, definition)
    _check_reopened(entry, definition)
    used = {spec.rule.key for spec in definition.rounds.values()}
    for key, rule in rules.items():
        if rule and key not in used:
            entry.note(f"rules.{key}", phrase("is followed by no round"))
        if rule and rule.silence and NAME.fullmatch(definition.subject):
            _check_subject(entry, definition.subject, key, rule.silence.subjects)
    for group in ("roles", "states", "documents", "rounds", "children"):
        things = getattr(definition, group).values()
        note_repeated(entry, group, (thing.label for thing in things))


def _check_stopped(entry: TomlTable, definition: Definition) -> None:
    """What a round stops has a clock, and stands where it does."""
    for spec in definition.rounds.values():
        for at, key in enumerate(spec.stops):
            stopped, place = definition.rounds[key], f"rounds.{spec.key}.stops[{at}]"
            if stopped.within is None:
                entry.note(place, phrase("names '%(key)s', which has no clock to stop", key=key))
            if not set(stopped.states) & set(spec.states):
                entry.note(
                    place,
                    phrase("names '%(key)s', which never stands where this round does", key=key),
                )


def _check_reopened(entry: TomlTable, definition: Definition) -> None:
    """Somebody whom the file names asks anew what was asked on entry of the very states where they can."""
    for spec in definition.rounds.values():
        place = f"rounds.{spec.key}.outcomes"
        for key in sorted(spec.reopens):
            again = definition.rounds[key]
            if not spec.one_act:
                entry.note(
                    place, phrase("reopen '%(key)s'; only an initiative of one can", key=key)
                )
            if again.opens is not Opens.ON_ENTRY or again.rule.silence:
                problem = phrase("reopen '%(key)s', which does not open on entry", key=key)
                entry.note(place, problem)
            if spec.after_round != key:
                problem = phrase("reopen '%(key)s'; say after_round = '%(key)s' as well", key=key)
                entry.note(place, problem)
            if not set(spec.states) <= set(again.states):
                problem = phrase(
                    "reopen '%(key)s', which has no place in each of its states", key=key
                )
                entry.note(place, problem)


def _check_subject(entry: TomlTable, subject: str, key: str, subjects: tuple[str, ...]) -> None:
    """A silence is not open to every subject."""
    if subject not in subjects:
        entry.note(
            f"rules.{key}.subjects",
            phrase("leaves out '%(subject)s', its subject", subject=subject),
        )


def _check_head(entry: TomlTable, definition: Definition) -> None:
    if definition.key and not KEY.fullmatch(definition.key):
        entry.note("key", phrase("is not a key: small letters, digits and hyphens, sixty at most"))
    if len(definition.version) > 20:
        entry.note("version", phrase("is longer than twenty characters"))


def _check_states(entry: TomlTable, definition: Definition) -> None:
    for state in definition.states.values():
        if not state.final and not definition.rounds_in(state.key):
            entry.note(
                f"states.{state.key}", phrase("has no round, so nothing can move a case from it")
            )
    if definition.initial and definition.states[definition.initial].final:
        entry.note(
            "initial", phrase("names '%(initial)s', which is final", initial=definition.initial)
        )
