"""Whether the places exist at which checks and repeated fields look, and hold what is looked for."""

from collections.abc import Iterator, Mapping

from workflow.lifecycles.checks.check import (
    AGAINST,
    BY_CLAUSE,
    CASE,
    IN_FORCE,
    TAKES,
    CheckKind,
    FormCheck,
    OnlyWhere,
    ValuePlace,
    is_above,
)
from workflow.lifecycles.checks.condition import Conditions
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.documents import DocumentKind, Field
from workflow.lifecycles.loader.documents import note_repeated
from workflow.lifecycles.loader.names import (
    FACTS,
    IN_FORCE_FACTS,
    IN_FORCE_OUTPUTS,
    NAME,
    likely,
)
from workflow.lifecycles.loader.relations.precedence import wrong_precedence
from workflow.lifecycles.loader.table import TomlTable
from workflow.phrase import Phrase, phrase

Fields = Mapping[str, Field]
# Who answered a round stands there by country, as in a field of countries.
_ANSWERED = Field("answered", "", "countries")
# What is in force of the case above stands there as in a form of that one.
_IN_FORCE: Fields = {
    **{key: Field(key, "", kind) for key, kind in IN_FORCE_FACTS.items()},
    "outputs": Field(
        "outputs",
        "",
        "lines",
        columns=tuple(Field(key, "", kind) for key, kind in IN_FORCE_OUTPUTS.items()),
    ),
}
_BESIDE = phrase(
    'belongs to the document that changes what is in force of the case above: facts, of = "parent"'
)
_QUESTION = phrase("offers rows of the case above; only the field of a document can")
_NOT_ABOVE = phrase(
    "is no place of the case above, such as 'parent:proposal:title' or 'parent:facts:outputs.code'"
)
_ONCE = phrase("belongs to a document that is filed again and again: serial = true")


def check_places(entry: TomlTable, definition: Definition) -> None:
    """Note each place of a check, or of a repeated field, that is not there or does not fit."""
    fields = all_fields(definition)
    changing = {
        s.facts.document for s in definition.rounds.values() if s.facts and s.facts.of_parent
    }
    for kind in definition.documents.values():
        _check_all(entry, f"documents.{kind.key}", kind.checks, fields[kind.key], fields)
        for at, check in enumerate(kind.checks):
            if check.across and not kind.serial:
                entry.note(f"documents.{kind.key}.checks[{at}].across", _ONCE)
            if check.beside and kind.key not in changing:
                entry.note(f"documents.{kind.key}.checks[{at}].beside", _BESIDE)
        for field in kind.fields():
            if field.repeats is not None:
                for problem in _repeating(kind, field, field.repeats, fields):
                    entry.note(f"documents.{kind.key}.{field.key}.repeats", problem)
    _check_rounds(entry, definition, fields)
    _check_conditions(entry, definition, fields)


def _check_rounds(entry: TomlTable, definition: Definition, fields: Mapping[str, Fields]) -> None:
    for spec in definition.rounds.values():
        asked = {each.key: each for each in spec.questions}
        _check_all(entry, f"rounds.{spec.key}", spec.checks, asked, fields)
        listed = [column for each in spec.questions for column in (each, *each.columns)]
        if any(each.offers_above for each in listed):
            entry.note(f"rounds.{spec.key}.questions", _QUESTION)


def _check_conditions(
    entry: TomlTable, definition: Definition, fields: Mapping[str, Fields]
) -> None:
    for place, conditions, own in _set_conditions(definition):
        for at, condition in enumerate(conditions):
            for word, problem in _faults(condition.relation, own, fields):
                entry.note(f"{place}.when[{at}].{word}", problem)


def _set_conditions(definition: Definition) -> Iterator[tuple[str, Conditions, Fields]]:
    """Every list of conditions with its place; those of an outcome may ask for the answers of its round."""
    for spec in definition.rounds.values():
        own = {each.key: each for each in spec.questions}
        for outcome, target in spec.outcomes.items():
            for at, branch in enumerate(target.branches):
                yield f"rounds.{spec.key}.outcomes.{outcome}[{at}]", branch.when, own
        for at, line in enumerate(spec.checklist):
            yield f"rounds.{spec.key}.checklist[{at}]", line.when, {}
    for rule in {spec.rule.key: spec.rule for spec in definition.rounds.values()}.values():
        for at, seat in enumerate(rule.seats):
            yield f"rules.{rule.key}.seats[{at}]", seat.when, {}
    for child in definition.children.values():
        yield f"children.{child.key}", child.when, {}


def all_fields(definition: Definition) -> dict[str, Fields]:
    """The fields of every document by its name, and what stands there as in a field."""
    fields = {kind.key: _of(kind) for kind in definition.documents.values()}
    fields[AGAINST] = {spec.key: _ANSWERED for spec in definition.rounds.values()}
    fields[BY_CLAUSE] = fields[AGAINST]
    fields[IN_FORCE] = _IN_FORCE
    return fields


def _of(kind: DocumentKind) -> Fields:
    return {field.key: field for field in kind.fields()}


def _check_all(
    entry: TomlTable,
    place: str,
    checks: tuple[FormCheck, ...],
    own: Fields,
    others: Mapping[str, Fields],
) -> None:
    note_repeated(entry, f"{place}.checks", (check.key for check in checks))
    for at, check in enumerate(checks):
        for word, problem in _faults(check, own, others):
            entry.note(f"{place}.checks[{at}].{word}", problem)
        for problem in wrong_precedence(check, checks):
            entry.note(f"{place}.checks[{at}].yields_to", problem)


def _faults(
    check: FormCheck, own: Fields, others: Mapping[str, Fields]
) -> Iterator[tuple[str, Phrase]]:
    for word, key in (("at", check.at), ("across", check.across), ("beside", check.beside)):
        if key and key not in own:
            yield word, _no_field(key, own)
    if check.kind is CheckKind.FILED:
        yield from (
            ("to", _no_document(place.document, others))
            for place in check.to
            if place.document not in others.keys() - {AGAINST, BY_CLAUSE, IN_FORCE}
        )
        return
    for word, places in (("of", check.of), ("to", check.to), ("besides", check.besides)):
        for place in places:
            found, problem = found_at(place, own, others)
            if problem is not None:
                yield word, problem
            elif found is not None:
                yield from ((word, each) for each in _unfit(check, place, found))
                yield from (("is", each) for each in _not_offered(check, place, found))
    if check.rows is not None:
        yield from (("rows", each) for each in _rowless(check.rows, check.of, own, others))
    if check.when is not None:
        yield from (("when", each) for each in _never(check.when, own, others))


def found_at(
    place: ValuePlace, own: Fields, others: Mapping[str, Fields]
) -> tuple[Field | None, Phrase | None]:
    """The field or column at a place, or why there is none; what the domain knows has no field."""
    if place.document == CASE or is_above(place.document):
        return None, _elsewhere(place)
    if place.document and place.document not in others:
        return None, _no_document(place.document, others)
    fields = others[place.document] if place.document else own
    field = fields.get(place.field)
    if field is None:
        lacking = _no_round if place.document in (AGAINST, BY_CLAUSE) else _no_field
        return None, lacking(place.field, fields)
    if not place.column:
        return field, None
    column = next((each for each in field.columns if each.key == place.column), None)
    if column is None:
        return None, phrase(
            "names '%(column)s', which is no column of '%(field)s'%(likely)s",
            column=place.column,
            field=place.field,
            likely=likely(place.column, [each.key for each in field.columns]),
        )
    return column, None


def _elsewhere(place: ValuePlace) -> Phrase | None:
    """Why there is no such place outside of the documents of the case.

    Which fields there are in the case above is judged beside its lifecycle.
    """
    if place.document == CASE:
        known = place.field in FACTS and not place.column
        return None if known else _no_fact(place.field)
    names = (place.above, place.field, *([place.column] if place.column else []))
    return None if all(NAME.fullmatch(each) for each in names) else _NOT_ABOVE


def _unfit(check: FormCheck, place: ValuePlace, found: Field) -> Iterator[Phrase]:
    takes = TAKES.get(check.kind, ())
    if takes and found.kind not in takes:
        yield phrase(
            "names '%(place)s', a field of kind '%(field)s'; a check of kind '%(kind)s' takes: %(takes)s",
            place=str(place),
            field=found.kind,
            kind=check.kind,
            takes=", ".join(takes),
        )
    elif found.kind == "lines" and check.kind is not CheckKind.GIVEN:
        yield phrase("names '%(place)s', a whole table; name one of its columns", place=str(place))


def _not_offered(check: FormCheck, place: ValuePlace, found: Field) -> Iterator[Phrase]:
    """Words that may stand in a field of choices, but that it does not offer."""
    if check.kind is CheckKind.IS and found.options:
        yield from _strange(check.words, place, found)


def _rowless(
    rows: OnlyWhere, of: tuple[ValuePlace, ...], own: Fields, others: Mapping[str, Fields]
) -> Iterator[Phrase]:
    for place in of:
        beside = ValuePlace(place.field, rows.place.column, place.document)
        yield from _never(OnlyWhere(beside, rows.words), own, others)


def _never(only: OnlyWhere, own: Fields, others: Mapping[str, Fields]) -> Iterator[Phrase]:
    """A condition on a field that is not there, or on words that it never takes."""
    found, problem = found_at(only.place, own, others)
    if problem is not None:
        yield problem
    elif found is not None and found.options:
        yield from _strange(only.words, only.place, found)


def _strange(words: frozenset[str], place: ValuePlace, found: Field) -> Iterator[Phrase]:
    offered = [value for value, _ in found.options]
    for word in sorted(words - set(offered)):
        yield phrase(
            "asks for '%(word)s', which '%(place)s' does not offer%(likely)s",
            word=word,
            place=str(place),
            likely=likely(word, offered),
        )


def _repeating(
    kind: DocumentKind, field: Field, earlier: ValuePlace, others: Mapping[str, Fields]
) -> Iterator[Phrase]:
    found, problem = found_at(earlier, {}, others)
    if problem is not None:
        yield problem
    elif earlier.document in ("", kind.key, CASE, AGAINST, BY_CLAUSE):
        yield phrase("must name a field of another document, such as 'proposal:title'")
    elif found is not None and (found.kind != field.kind or earlier.column):
        yield phrase(
            "names '%(place)s', which is of kind '%(other)s' and not of kind '%(kind)s'",
            place=str(earlier),
            other=found.kind,
            kind=field.kind,
        )
    elif found is not None:
        yield from _beyond(field, found)


def _beyond(field: Field, earlier: Field) -> Iterator[Phrase]:
    """Columns of a table that is repeated for which there is none here."""
    own = {column.key for column in field.columns}
    for column in earlier.columns:
        if column.key not in own:
            yield phrase(
                "repeats a table with the column '%(column)s', which is not here", column=column.key
            )


def _no_field(key: str, fields: Fields) -> Phrase:
    known = likely(key, sorted(fields))
    return phrase("names '%(key)s', which is no field here%(likely)s", key=key, likely=known)


def _no_round(key: str, rounds: Fields) -> Phrase:
    known = likely(key, sorted(rounds))
    return phrase("names '%(key)s', which is no round here%(likely)s", key=key, likely=known)


def _no_document(key: str, documents: Mapping[str, Fields]) -> Phrase:
    known = likely(key, sorted(documents))
    return phrase("names '%(key)s', which is no document%(likely)s", key=key, likely=known)


def _no_fact(key: str) -> Phrase:
    return phrase(
        "names '%(key)s', which is not known of a case%(likely)s",
        key=key,
        likely=likely(key, FACTS),
    )
