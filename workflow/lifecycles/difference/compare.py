"""Two definitions compared, field by field of the whole format."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from functools import partial
from typing import Any

from workflow.lifecycles.definition import Definition, RoundSpec
from workflow.lifecycles.difference.change import DefinitionChange, Topic
from workflow.lifecycles.difference.field_words import FieldWords
from workflow.lifecycles.difference.sentences import COMINGS, SENTENCES
from workflow.lifecycles.difference.spoken import NOTHING, Spoken, seat
from workflow.lifecycles.documents import DocumentKind, Field, Section
from workflow.lifecycles.next_steps import said as outcome_said
from workflow.lifecycles.rule import Rule
from workflow.lifecycles.seat import SeatSpec
from workflow.phrase import Part, Phrase, Term, phrase, with_parts

# What is compared part by part, by the class that holds it; everything else is one value.
_APART: Mapping[type[Any], frozenset[str]] = {
    Definition: frozenset({"roles", "states", "documents", "rounds", "applies", "children"}),
    RoundSpec: frozenset({"rule", "outcomes", "questions", "checks"}),
    Rule: frozenset({"seats", "verdicts", "vote", "silence"}),
    DocumentKind: frozenset({"sections", "checks"}),
    Section: frozenset({"fields"}),
    Field: frozenset({"columns"}),
}
# Named by their own digest, which differs where anything does.
_UNTOLD = frozenset({"digest", "body"})


def differences(before: Definition, now: Definition) -> tuple[DefinitionChange, ...]:
    """Everything that differs between two definitions, each difference a sentence.

    What only readers notice is told among the words. A field that this release has no sentence for
    is named all the same.
    """
    found = tuple(_Comparison(Spoken(before), Spoken(now)).changes())
    if not found and before.digest != now.digest:
        only = phrase("Only the order in which the file says things differs.")
        return (DefinitionChange(Topic.WORDS, Topic.LIFECYCLE, now.key, "order", only),)
    return found


@dataclass(frozen=True, slots=True)
class _Thing:
    """What is being compared: which state, round, role or document it is part of, and its name."""

    about: Topic
    key: str
    name: Phrase
    group: Topic

    def inside(self, name: Part) -> "_Thing":
        """A part of it."""
        named = phrase("“%(part)s” of %(whole)s", part=name, whole=self.name)
        return _Thing(self.about, self.key, named, self.group)

    def grouped(self, group: Topic) -> "_Thing":
        """The same, told in another group."""
        return _Thing(self.about, self.key, self.name, group)


@dataclass(frozen=True, slots=True)
class _Comparison:
    before: Spoken
    now: Spoken

    def changes(self) -> Iterator[DefinitionChange]:
        old, new = self.before.definition, self.now.definition
        whole = _Thing(
            Topic.LIFECYCLE, new.key, phrase("“%(label)s”", label=Term(old.title)), Topic.LIFECYCLE
        )
        yield from self._fields(old, new, whole)
        yield from self._fields(old.applies, new.applies, whole)
        for group, name, inside in _TABLES:
            tables = getattr(old, name), getattr(new, name)
            yield from self._table(tables, partial(_whole, group), inside)

    def _table(
        self,
        both: tuple[Mapping[str, Any], Mapping[str, Any]],
        thing: Callable[[str, Any], _Thing],
        inside: "_Inside | None" = None,
    ) -> Iterator[DefinitionChange]:
        """What is new, what is gone, and what differs in what is in both."""
        old, new = both
        for key, each in old.items():
            if key not in new:
                yield self._comes(each, thing(key, each), gone=True)
                continue
            yield from self._fields(each, new[key], thing(key, each))
            if inside is not None:
                yield from inside(self, (each, new[key]), thing(key, each))
        for key, each in new.items():
            if key not in old:
                yield self._comes(each, thing(key, each), gone=False)

    def _comes(self, each: Any, thing: _Thing, *, gone: bool) -> DefinitionChange:
        told = COMINGS[type(each)]
        writers = self.now.said(each.written_by) if isinstance(each, DocumentKind) else NOTHING
        words = told.gone if gone else told.new
        says = with_parts(words, {"thing": thing.name, "writers": writers})
        return DefinitionChange(
            thing.group, thing.about, thing.key, "gone" if gone else "new", says
        )

    def _fields(self, old: Any, new: Any, thing: _Thing) -> Iterator[DefinitionChange]:
        """Each field of one thing that differs, unless its parts are told one by one."""
        apart = _APART.get(type(old), frozenset()) | _UNTOLD
        for name in (each.name for each in fields(old) if each.name not in apart):
            before, now = getattr(old, name), getattr(new, name)
            if before != now:
                yield self._field(type(old), name, (before, now), thing)

    def _field(
        self, kind: type[Any], name: str, values: tuple[Any, Any], thing: _Thing
    ) -> DefinitionChange:
        telling = SENTENCES.get(kind, {}).get(name)
        before, now = values
        names = telling.names if telling else ""
        parts: dict[str, Part] = {
            "thing": thing.name,
            "before": self.before.said(before, names),
            "now": self.now.said(now, names),
        }
        if telling is None:
            says = phrase(
                "%(thing)s: “%(field)s” is now %(now)s; it was %(before)s.", field=name, **parts
            )
            return DefinitionChange(thing.group, thing.about, thing.key, name, says, known=False)
        group = Topic.WORDS if telling.words else thing.group
        return DefinitionChange(
            group, thing.about, thing.key, name, with_parts(_chosen(telling, before, now), parts)
        )

    def round_parts(
        self, both: tuple[RoundSpec, RoundSpec], thing: _Thing
    ) -> Iterator[DefinitionChange]:
        """The outcomes, the questions and the rule of a round."""
        old, new = both

        def outcome(key: str, _target: Any) -> _Thing:
            spec = old if key in old.outcomes else new
            return thing.inside(Term(outcome_said(spec, key)))

        yield from self._table((old.outcomes, new.outcomes), outcome)
        yield from self._form((old.questions, new.questions), thing)
        yield from self._checks((old.checks, new.checks), thing)
        yield from self._rule(both, thing.grouped(Topic.RULE))

    def _rule(self, both: tuple[RoundSpec, RoundSpec], thing: _Thing) -> Iterator[DefinitionChange]:
        old, new = (each.rule for each in both)
        yield from self._fields(old, new, thing)
        yield from self._fields(old.vote, new.vote, thing)
        if old.silence and new.silence:
            yield from self._fields(old.silence, new.silence, thing)
        elif old.silence or new.silence:
            words = (
                phrase("%(thing)s is now decided by silence.", thing=thing.name)
                if new.silence
                else phrase("%(thing)s is no longer decided by silence.", thing=thing.name)
            )
            yield DefinitionChange(thing.group, thing.about, thing.key, "silence", words)
        yield from self._verdicts((old.verdicts, new.verdicts), thing)
        yield from self._seats((old.seats, new.seats), thing)

    def _verdicts(self, both: tuple[Any, Any], thing: _Thing) -> Iterator[DefinitionChange]:
        old, new = both
        for key, each in old.items():
            name = thing.inside(Term(each.label))
            if key in new:
                yield from self._fields(each, new[key], name)
            else:
                says = phrase("The answer %(thing)s is gone.", thing=name.name)
                yield DefinitionChange(thing.group, thing.about, thing.key, "verdicts", says)
        for key, each in new.items():
            if key not in old:
                name = thing.inside(Term(each.label))
                says = phrase("There is a new answer %(thing)s.", thing=name.name)
                yield DefinitionChange(thing.group, thing.about, thing.key, "verdicts", says)

    def _seats(self, both: tuple[Any, Any], thing: _Thing) -> Iterator[DefinitionChange]:
        old, new = (_seated(each) for each in both)
        for place, each in old.items():
            if place in new:
                named = thing.inside(seat(self.before, each))
                yield from self._fields(each, new[place], named)
            else:
                who = seat(self.before, each)
                says = phrase("%(thing)s no longer asks %(seat)s.", thing=thing.name, seat=who)
                yield DefinitionChange(thing.group, thing.about, thing.key, "seats", says)
        for place, each in new.items():
            if place not in old:
                who = seat(self.now, each)
                says = phrase("%(thing)s now asks %(seat)s.", thing=thing.name, seat=who)
                yield DefinitionChange(thing.group, thing.about, thing.key, "seats", says)

    def document_parts(
        self, both: tuple[DocumentKind, DocumentKind], thing: _Thing
    ) -> Iterator[DefinitionChange]:
        """The sections, the fields and the checks of a document."""
        old, new = both
        sections = _by_key(old.sections), _by_key(new.sections)
        yield from self._table(sections, lambda _key, each: thing.inside(Term(each.title)))
        # A field that moved to another section is the same one.
        yield from self._form((tuple(old.fields()), tuple(new.fields())), thing)
        yield from self._moved(both, thing)
        yield from self._checks((old.checks, new.checks), thing)

    def _moved(
        self, both: tuple[DocumentKind, DocumentKind], thing: _Thing
    ) -> Iterator[DefinitionChange]:
        homes = [
            {field.key: section for section in kind.sections for field in section.fields}
            for kind in both
        ]
        old, new = homes
        labels = {field.key: field.label for field in both[1].fields()}
        for key in old:
            if key in new and old[key].key != new[key].key:
                says = phrase(
                    "The field %(thing)s now stands in the section “%(section)s”.",
                    thing=thing.inside(Term(labels[key])).name,
                    section=Term(new[key].title),
                )
                yield DefinitionChange(Topic.WORDS, thing.about, thing.key, "section", says)

    def _form(self, both: tuple[Any, Any], thing: _Thing) -> Iterator[DefinitionChange]:
        tables = _by_key(both[0]), _by_key(both[1])
        yield from self._table(
            tables, lambda _key, each: thing.inside(Term(each.label)), _Comparison.columns
        )

    def columns(self, both: tuple[Any, Any], thing: _Thing) -> Iterator[DefinitionChange]:
        """The columns of a field of lines."""
        if any(each.columns for each in both):
            yield from self._form((both[0].columns, both[1].columns), thing)

    def _checks(self, both: tuple[Any, Any], thing: _Thing) -> Iterator[DefinitionChange]:
        tables = _by_key(both[0]), _by_key(both[1])
        yield from self._table(tables, lambda _key, each: thing.inside(Term(each.label)))


_Inside = Callable[[_Comparison, Any, _Thing], Iterator[DefinitionChange]]
_TABLES: tuple[tuple[Topic, str, _Inside | None], ...] = (
    (Topic.STATE, "states", None),
    (Topic.ROUND, "rounds", _Comparison.round_parts),
    (Topic.ROLE, "roles", None),
    (Topic.DOCUMENT, "documents", _Comparison.document_parts),
    (Topic.CHILD, "children", None),
)


def _whole(group: Topic, key: str, each: Any) -> _Thing:
    return _Thing(group, key, phrase("“%(label)s”", label=Term(each.label)), group)


def _by_key(things: Iterable[Any]) -> dict[str, Any]:
    return {each.key: each for each in things}


def _chosen(telling: FieldWords, before: Any, now: Any) -> Phrase:
    if telling.no and not now:
        return telling.no
    return telling.first if telling.first and not before else telling.now


def _seated(seats: tuple[SeatSpec, ...]) -> dict[tuple[str, str, int], SeatSpec]:
    """The seats by role and party; those that have both in common are told apart by their order."""
    found: dict[tuple[str, str, int], SeatSpec] = {}
    for each in seats:
        twins = sum((role, of) == (each.role, each.of) for role, of, _ in found)
        found[each.role, each.of, twins] = each
    return found
