"""Whether a day stands at the place by which a round is due, and stays there while it is open."""

from collections.abc import Iterator

from workflow.lifecycles.definition import Definition, RoundSpec
from workflow.lifecycles.loader.relations.places import all_fields, found_at
from workflow.lifecycles.loader.table import TomlTable
from workflow.phrase import Phrase, phrase


def check_days(entry: TomlTable, definition: Definition) -> None:
    """Note each round that is due on a day which no document says."""
    for spec in definition.rounds.values():
        for problem in _undated(definition, spec):
            entry.note(f"rounds.{spec.key}.due", problem)


def _undated(definition: Definition, spec: RoundSpec) -> Iterator[Phrase]:
    """A place in which no day stands by which a round is due, or not for good while it is open."""
    place = spec.due_on
    if place is None:
        return
    found, problem = found_at(place, {}, all_fields(definition))
    if problem is not None:
        yield problem
    elif not place.above and place.document not in definition.documents:
        yield phrase("must name a date of a document, such as 'proposal:planned_end'")
    elif found is not None and (found.kind != "date" or place.column):
        yield phrase(
            "names '%(place)s', a field of kind '%(kind)s'; a date is expected",
            place=str(place),
            kind=found.kind,
        )
    elif found is not None:
        written_in = definition.documents[place.document].written_in
        for state in (each for each in spec.states if each in written_in):
            yield phrase(
                "names '%(place)s', which may be written anew in '%(state)s' while the round is open",
                place=str(place),
                state=state,
            )
