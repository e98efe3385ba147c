"""Whether whoever answers a round in person is named somewhere, and whoever is named answers one."""

from collections.abc import Iterator

from workflow.lifecycles.definition import Definition, RoundSpec
from workflow.lifecycles.documents import Field
from workflow.lifecycles.loader.table import TomlTable
from workflow.lifecycles.rule import RuleKind
from workflow.phrase import Phrase, phrase


def check_named(entry: TomlTable, definition: Definition) -> None:
    """Note each round that nobody is named for, and each question that names somebody for nothing."""
    for spec in definition.rounds.values():
        for problem in _unnamed(definition, spec):
            entry.note(f"rounds.{spec.key}.answered_by", problem)
        for at, question in enumerate(spec.questions):
            for problem in _for_nothing(definition, spec, question):
                entry.note(f"rounds.{spec.key}.questions[{at}]", problem)
    for document in definition.documents.values():
        for field in document.fields():
            if any(each.kind == "person" for each in (field, *field.columns)):
                problem = phrase("names a person; only the question of a round does")
                entry.note(f"documents.{document.key}.sections", problem)


def _unnamed(definition: Definition, spec: RoundSpec) -> Iterator[Phrase]:
    if not spec.answered_by:
        return
    key, _, asked = spec.answered_by.partition(".")
    naming = definition.rounds.get(key)
    people = (q.key for q in (naming.questions if naming else ()) if q.kind == "person")
    if naming is None or naming.key == spec.key or asked not in people:
        yield phrase(
            "is '%(place)s', which names nobody; expected 'round.question' of a question of the kind "
            "'person' in another round",
            place=spec.answered_by,
        )


def _for_nothing(definition: Definition, spec: RoundSpec, question: Field) -> Iterator[Phrase]:
    if any(column.kind == "person" for column in question.columns):
        yield phrase("names a person in a column; only a question of its own does")
    if question.kind != "person":
        return
    if spec.rule.kind is not RuleKind.SINGLE:
        yield phrase("names a person, which one who decides does; the rule must be 'single'")
    named_for = definition.rounds.get(question.names_for)
    if named_for is not None and named_for.answered_by != f"{spec.key}.{question.key}":
        yield phrase(
            "offers who holds a seat of '%(round)s', which is not answered by whoever is named here; "
            "say answered_by = '%(place)s' there",
            round=named_for.key,
            place=f"{spec.key}.{question.key}",
        )
