"""What texts choose of the results framework above them, such as a work plan its outputs: pure."""

from collections.abc import Iterator, Mapping

from workflow.lifecycles.documents import DocumentKind, Field
from workflow.phrase import Phrase, Term, phrase
from workflow.results.forms import ACTUALS, CHOSEN, VOCABULARY, Content, rows, said

# So many are named of those that there are.
MOST = 12


def chooses(kind: DocumentKind, vocabulary: str) -> bool:
    """Whether a kind of text chooses of this vocabulary, but for what a report says of its indicators."""
    return any(_columns(field, vocabulary) for field in kind.fields())


def of_chosen(
    kind: DocumentKind, content: Content, outputs: tuple[str, ...], indicators: tuple[str, ...]
) -> Mapping[str, Phrase]:
    """What a text chooses that is not there, the first of each table at its field.

    Where nothing above states any outputs, none is refused.
    """
    found: dict[str, Phrase] = {}
    for field in kind.fields():
        wrong = next(_wrong(field, content, outputs, indicators), None)
        if wrong is not None:
            found[field.key] = wrong
    return found


def _wrong(
    field: Field, content: Content, outputs: tuple[str, ...], indicators: tuple[str, ...]
) -> Iterator[Phrase]:
    for number, row in rows(content, field.key):
        for column in _columns(field, CHOSEN) if outputs else ():
            value = said(row, column.key)
            if value and value not in outputs:
                yield phrase(
                    "Line %(number)s, %(label)s: “%(value)s” is no output that is in force; there are: %(known)s",
                    number=number, label=Term(column.label), value=value, known=outputs[:MOST],
                )  # fmt: skip
        for column in _columns(field, VOCABULARY):
            value = said(row, column.key)
            if value and value not in indicators:
                yield _no_indicator(number, column, value, indicators)


def _no_indicator(number: int, column: Field, value: str, indicators: tuple[str, ...]) -> Phrase:
    if not indicators:
        return phrase(
            "Line %(number)s, %(label)s: there is no indicator %(value)s; the programme has none.",
            number=number, label=Term(column.label), value=value,
        )  # fmt: skip
    return phrase(
        "Line %(number)s, %(label)s: there is no indicator %(value)s; there are: %(known)s",
        number=number, label=Term(column.label), value=value, known=indicators[:MOST],
    )  # fmt: skip


def _columns(field: Field, vocabulary: str) -> tuple[Field, ...]:
    if field.key == ACTUALS:
        return ()
    return tuple(each for each in field.columns if each.vocabulary == vocabulary)
