"""The sentences in which a change of a kind of child case is told."""

from collections.abc import Mapping
from typing import Any

from workflow.lifecycles.children.kinds import ChildKind
from workflow.lifecycles.difference.field_words import FieldWords
from workflow.phrase import phrase

_CHILD: Mapping[str, FieldWords] = {
    "label": FieldWords(
        phrase("The kind of child case %(thing)s is now called “%(now)s”."), words=True
    ),
    "meaning": FieldWords(
        phrase(
            "What the child case %(thing)s is for is now said as “%(now)s”; it was “%(before)s”."
        ),
        words=True,
    ),
    "lifecycle": FieldWords(
        phrase("The child case %(thing)s now follows %(now)s; it followed %(before)s.")
    ),
    "opens": FieldWords(phrase("%(thing)s now opens %(now)s; it opened %(before)s.")),
    "states": FieldWords(
        phrase("%(thing)s now opens in %(now)s; it opened in %(before)s."), names="state"
    ),
    "for_each": FieldWords(
        phrase("%(thing)s now opens for each %(now)s; it opened for each %(before)s."),
        phrase("%(thing)s now opens once, and no longer for each party."),
    ),
    "each_row": FieldWords(
        phrase("%(thing)s now opens for each row: %(now)s; it opened for: %(before)s."),
        phrase("%(thing)s no longer opens for each row of a table."),
    ),
    "spoken_for_in": FieldWords(
        phrase("%(thing)s is now proposed by the party in %(now)s; it was by that in %(before)s."),
        phrase("%(thing)s is no longer proposed by a party that its row names."),
    ),
    "speaks": FieldWords(
        phrase("%(thing)s is now proposed by the %(now)s; it was by the %(before)s.")
    ),
    "when": FieldWords(
        phrase("%(thing)s now opens where %(now)s; it opened where %(before)s."),
        phrase("%(thing)s now opens on no condition."),
    ),
    "recurrence": FieldWords(
        phrase("%(thing)s now recurs %(now)s; it recurred %(before)s."),
        phrase("%(thing)s no longer recurs."),
    ),
    "ends_with": FieldWords(
        phrase("An open %(thing)s is now overtaken as its parent ends."),
        phrase("An open %(thing)s now goes on when its parent has ended."),
    ),
    "source": FieldWords(
        phrase("The source of the child case %(thing)s is now %(now)s; it was %(before)s."),
        words=True,
    ),
}
CHILDREN: Mapping[type[Any], Mapping[str, FieldWords]] = {ChildKind: _CHILD}
