"""The sentences in which a change of a document and its sections is told."""

from collections.abc import Mapping
from typing import Any

from workflow.lifecycles.difference.field_words import FieldWords
from workflow.lifecycles.documents import DocumentKind, Section
from workflow.phrase import phrase

_DOCUMENT: Mapping[str, FieldWords] = {
    "label": FieldWords(phrase("The document %(thing)s is now called “%(now)s”."), words=True),
    "content": FieldWords(
        phrase("What the document %(thing)s holds is now said as “%(now)s”; it was “%(before)s”."),
        words=True,
    ),
    "iati_category": FieldWords(
        phrase(
            "The document %(thing)s is now published in the IATI category %(now)s, not %(before)s."
        )
    ),
    "attach": FieldWords(
        phrase("Files may now be attached to %(thing)s."),
        phrase("Files may no longer be attached to %(thing)s."),
    ),
    "written_by": FieldWords(
        phrase("The document %(thing)s is now written by %(now)s; it was written by %(before)s.")
    ),
    "written_in": FieldWords(
        phrase("The document %(thing)s is now written in %(now)s; it was written in %(before)s."),
        names="state",
    ),
    "source": FieldWords(
        phrase("The source of the document %(thing)s is now %(now)s; it was %(before)s."),
        words=True,
    ),
    "serial": FieldWords(
        phrase("A new version of %(thing)s is now the next of a series and voids no answer."),
        phrase("A new version of %(thing)s is now a revision of the one before it."),
    ),
    "open_to": FieldWords(
        phrase("The document %(thing)s is now open to %(now)s; it was open to %(before)s.")
    ),
    "discussed_by": FieldWords(
        phrase("%(thing)s is now discussed by %(now)s; it was by %(before)s.")
    ),
    "footing": FieldWords(
        phrase(
            "The document %(thing)s is now written on what is %(now)s; it was on what is %(before)s."
        )
    ),
    "hears": FieldWords(
        phrase("Whoever writes %(thing)s now answers what was said in %(now)s; it was %(before)s."),
        names="round",
    ),
}
_SECTION: Mapping[str, FieldWords] = {
    "title": FieldWords(phrase("The section %(thing)s is now called “%(now)s”."), words=True),
    "hint": FieldWords(
        phrase("The hint of the section %(thing)s is now “%(now)s”; it was “%(before)s”."),
        words=True,
    ),
}
DOCUMENTS: Mapping[type[Any], Mapping[str, FieldWords]] = {
    DocumentKind: _DOCUMENT,
    Section: _SECTION,
}
