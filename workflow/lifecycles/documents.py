"""The documents of a case: forms of sections and fields, and kinds of files to attach."""

from collections.abc import Iterator
from dataclasses import dataclass

from workflow.lifecycles.checks.check import FormCheck, ValuePlace, is_above
from workflow.lifecycles.openness import OF_ANSWERS, OF_TEXTS, Openness
from workflow.lifecycles.seat import SeatSpec
from workflow.vocabulary import Footing

# A person is named among the holders of the offices that a round asks.
HOLDERS = "holders:"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form.

    `kind` is one of: line, text, choice, choices, countries, number, decimal, money, date, check, rating,
    party, person, lines (of `columns`). Choices come from a `vocabulary`, or from `options` as (value,
    label). What is `confidential` never opens to everybody. Where nothing is written the value is
    the one that it `repeats` from an earlier document. An amount may be `below_zero` where it says so.
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
    repeats: ValuePlace | None = None
    below_zero: bool = False

    @property
    def names_for(self) -> str:
        """The round whose holders of office it offers, where it names a person."""
        return self.vocabulary.removeprefix(HOLDERS) if self.kind == "person" else ""

    @property
    def offers_above(self) -> ValuePlace | None:
        """The column of a table of the case above whose rows it offers, if it offers these."""
        return ValuePlace.named(self.vocabulary) if is_above(self.vocabulary) else None


@dataclass(frozen=True, slots=True)
class Section:
    """One page of a form."""

    key: str
    title: str
    hint: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class DocumentKind:
    """A document of the case: a form with sections, or a kind of file to attach.

    `written_by` (role, of) may file new versions while the case is in one of `written_in`, and
    attach files where it says `attach`; with no sections it is files only.
    A new version of a `serial` kind is the next of a series, not a revision, and leaves earlier
    sign-offs standing. It is written on cases of its `footing` alone. `open_to` are those who may read it once it was sent.
    What its values must be to each other is said by its `checks`. What was said in the rounds that it
    `hears` is before whoever writes it, to be answered. Of those who may read it, `discussed_by` may read and
    take part in its discussion.
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
    footing: Footing = Footing.MANAGED
    checks: tuple[FormCheck, ...] = ()
    hears: tuple[str, ...] = ()
    discussed_by: Openness = OF_ANSWERS

    def fields(self) -> Iterator[Field]:
        """Every field of the form, in order."""
        for section in self.sections:
            yield from section.fields

    def offering_above(self) -> Iterator[Field]:
        """The fields and columns that offer rows of the case above."""
        for field in self.fields():
            yield from (each for each in (field, *field.columns) if each.offers_above is not None)

    def places_above(self) -> frozenset[ValuePlace]:
        """Every place of the case above at which its checks and fields look."""
        looked = {place for check in self.checks for place in check.places() if place.above}
        looked |= {each.repeats for each in self.fields() if each.repeats and each.repeats.above}
        offered = (each.offers_above for each in self.offering_above())
        return frozenset(looked.union(each for each in offered if each is not None))
