"""Reading the checklist of a round, and what each of its lines looks at."""

from workflow.lifecycles.children.checklist import ChecklistLine
from workflow.lifecycles.loader.names import MEASURES, KnownNames, likely
from workflow.lifecycles.loader.relations.conditions import read_conditions
from workflow.lifecycles.loader.table import TomlTable
from workflow.phrase import phrase


def read_checklist(entry: TomlTable, names: KnownNames) -> tuple[ChecklistLine, ...]:
    """The lines of the checklist, in their order; none where nothing is said."""
    lines: dict[str, ChecklistLine] = {}
    for at, below in enumerate(entry.tables("checklist", optional=True)):
        line = _line(below, names)
        if line.key in lines:
            twice = phrase("names '%(line)s', which is a line already", line=line.key)
            entry.note(f"checklist[{at}].key", twice)
        lines[line.key] = line
    return tuple(lines.values())


def _line(entry: TomlTable, names: KnownNames) -> ChecklistLine:
    line = ChecklistLine(
        key=entry.name("key"),
        label=entry.text("label"),
        of=entry.texts("of", optional=True),
        measure=entry.one_of("measure", MEASURES, phrase("measure of the domain"), optional=True),
        when=read_conditions(entry),
        unless=entry.many_of("unless", names.rounds, phrase("round"), optional=True),
        ended_in=entry.texts("ended_in", optional=True),
        or_reason=entry.flag("or_reason"),
        source=entry.many_of("source", names.sources, phrase("source")),
    )
    if entry.has("of") == entry.has("measure"):
        entry.note("of", phrase("or else 'measure' says what the line looks at; one is needed"))
    if line.ended_in and not line.or_reason:
        entry.note(
            "ended_in",
            phrase("needs or_reason = true; what ended otherwise would be in the way for ever"),
        )
    known = (*names.children, *names.documents)
    for name in line.of:
        if name not in known:
            entry.note(
                "of",
                phrase(
                    "names '%(name)s', which is no kind of child case and no document here%(likely)s",
                    name=name,
                    likely=likely(name, known),
                ),
            )
    entry.done()
    return line
