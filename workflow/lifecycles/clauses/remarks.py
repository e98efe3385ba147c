"""Remarks on a text in the answers to a round, and what was answered to each, pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from workflow.lifecycles.clauses.numbered import CLAUSES, READINGS, number_of
from workflow.lifecycles.definition import RoundSpec
from workflow.lifecycles.documents import DocumentKind, Field

# The vocabulary of a column that names the remarks on a document, and those that name where they belong.
REMARKS, PLACES = "remarks", ("sections", "fields", CLAUSES)
# The question of a round under which comments by clause are given, and no others.
COMMENTS = "comments"
# Among verdicts in `answered:<round>:<verdict>` it stands for whoever commented, on a clause or on the whole.
COMMENTED = "commented"


@dataclass(frozen=True, slots=True)
class Remark:
    """What must change in one section, in one field of it or one row of its table, or a comment on the whole.

    `number` counts through all that was said; `id` names it for good: by the event that said it. `clause`
    is the number of the place that it is about.
    """

    section: str
    words: str
    field: str = ""
    number: int = 0
    id: str = ""
    row: int = 0
    clause: str = ""

    @property
    def place(self) -> str:
        """Where it belongs: a section, or a field of it, whichever row of that it is about."""
        return f"{self.section}.{self.field}" if self.field else self.section


def on_the_whole(reason: str, seq: int) -> Remark:
    """The reason of an answer as a comment on the whole text; `seq` is its event."""
    return Remark("", reason, id=f"{seq}-0")


def remarks_in(
    spec: RoundSpec, kind: DocumentKind, answers: Mapping[str, Any], seq: int
) -> tuple[Remark, ...]:
    """The lines of each question that is answered section by section, field by field or clause by clause."""
    found: list[Remark] = []
    for question in spec.questions:
        place = _place_column(question.columns, kind)
        if place is not None:
            found += _lines(kind, answers.get(question.key) or [], place)
    return tuple(replace(each, id=f"{seq}-{place}") for place, each in enumerate(found, 1))


def _place_column(columns: Iterable[Field], kind: DocumentKind) -> str | None:
    wanted = {f"{each}:{kind.key}" for each in PLACES}
    return next((column.key for column in columns if column.vocabulary in wanted), None)


def _lines(kind: DocumentKind, lines: Iterable[Mapping[str, Any]], place: str) -> Iterable[Remark]:
    for line in lines:
        words = " ".join(str(value) for key, value in line.items() if key != place and value)
        if words:
            section, _, rest = str(line.get(place) or "").partition(".")
            field, _, number = rest.partition(".")
            row = int(number) if number.isdecimal() else 0
            clause = number_of(kind, section, field, row)
            yield Remark(section, words, field, row=row, clause=clause)


def by_clause(answers: Mapping[str, Any]) -> bool:
    """Whether any of these answers is about a clause of a text."""
    rows = answers.get(COMMENTS)
    return isinstance(rows, list) and bool(rows)


def misnamed(question: Field) -> bool:
    """Whether a table of comments by clause is called something else, or another table is called so."""
    clauses = any(each.vocabulary.startswith(f"{CLAUSES}:") for each in question.columns)
    return question.kind == "lines" and clauses is not (question.key == COMMENTS)


def verdicts_named(spec: RoundSpec, words: Iterable[str]) -> frozenset[str]:
    """The verdicts of a round that these words may mean; whoever commented may have given any."""
    named = frozenset(words)
    return named | frozenset(spec.rule.verdicts) if COMMENTED in named else named


def answering(spec: RoundSpec) -> tuple[Field, str] | None:
    """The question of a round by which remarks are answered, with the column that names them, if it has one."""
    return _naming(spec, REMARKS)


def reading(spec: RoundSpec) -> tuple[Field, str] | None:
    """The question of a round in which one's own comments are named that still stand, with the column that names them."""
    return _naming(spec, READINGS)


def _naming(spec: RoundSpec, vocabulary: str) -> tuple[Field, str] | None:
    for question in spec.questions:
        for column in question.columns:
            if column.vocabulary.startswith(f"{vocabulary}:"):
                return question, column.key
    return None


def has_to_be_put(spec: RoundSpec) -> bool:
    """Whether nobody answers a round before they saw its questions: one has to be answered, or tells what was said."""
    owed = any(question.required for question in spec.questions)
    return owed or answering(spec) is not None or reading(spec) is not None


def stood_by(spec: RoundSpec, answers: Mapping[str, Any]) -> tuple[str, ...]:
    """The comments by which an answer to a second reading stands."""
    found = reading(spec)
    if found is None:
        return ()
    question, names = found
    return tuple(str(row[names]) for row in answers.get(question.key) or [] if row.get(names))


def replies_in(spec: RoundSpec, answers: Mapping[str, Any]) -> Mapping[str, str]:
    """What was said on each remark in the answers to a round, by the remark."""
    found = answering(spec)
    if found is None:
        return {}
    question, names = found
    return {
        str(row[names]): ": ".join(_told(question, row, names))
        for row in answers.get(question.key) or []
        if names in row
    }


def _told(question: Field, row: Mapping[str, Any], names: str) -> Iterator[str]:
    """What one line says of its remark, a choice by the words that were offered."""
    for column in question.columns:
        said = str(row.get(column.key) or "").strip()
        if said and column.key != names:
            yield dict(column.options).get(said, said)
