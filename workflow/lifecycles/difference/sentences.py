"""The sentences in which a changed field of a definition is told."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from workflow.lifecycles.applies import Applies
from workflow.lifecycles.checks.check import FormCheck
from workflow.lifecycles.children.kinds import ChildKind
from workflow.lifecycles.definition import Definition, Role, RoundSpec, State, Target
from workflow.lifecycles.difference.child_sentences import CHILDREN
from workflow.lifecycles.difference.document_sentences import DOCUMENTS
from workflow.lifecycles.difference.field_words import FieldWords
from workflow.lifecycles.difference.round_sentences import ROUNDS
from workflow.lifecycles.difference.rule_sentences import RULES
from workflow.lifecycles.documents import DocumentKind, Field, Section
from workflow.phrase import Phrase, phrase


@dataclass(frozen=True, slots=True)
class Coming:
    """How something new is told, and something that is gone."""

    new: Phrase
    gone: Phrase


_LIFECYCLE: Mapping[str, FieldWords] = {
    "key": FieldWords(phrase("The lifecycle is another one: “%(now)s” instead of “%(before)s”.")),
    "title": FieldWords(
        phrase("The lifecycle is now called “%(now)s”, not “%(before)s”."), words=True
    ),
    "version": FieldWords(phrase("The version is %(now)s; it was %(before)s."), words=True),
    "subject": FieldWords(phrase("It is now about a %(now)s; it was about a %(before)s.")),
    "initial": FieldWords(
        phrase("A case now begins in %(now)s; it began in %(before)s."), names="state"
    ),
    "sources": FieldWords(phrase("The sources are now %(now)s; they were %(before)s."), words=True),
    "facts": FieldWords(
        phrase("The facts of a case are now first written in %(now)s; that was %(before)s."),
        names="document",
    ),
}
_APPLIES: Mapping[str, FieldWords] = {
    "words": FieldWords(
        phrase("What the lifecycle is for is now said as “%(now)s”; it was “%(before)s”."),
        words=True,
    ),
    "when": FieldWords(
        phrase("The lifecycle now applies where %(now)s; it applied where %(before)s.")
    ),
    "source": FieldWords(
        phrase("The source of what the lifecycle is for is now %(now)s; it was %(before)s."),
        words=True,
    ),
}
_ROLE: Mapping[str, FieldWords] = {
    "label": FieldWords(phrase("The role %(thing)s is now called “%(now)s”."), words=True),
    "what": FieldWords(
        phrase("What %(thing)s does is now said as “%(now)s”; it was “%(before)s”."), words=True
    ),
    "source": FieldWords(
        phrase("The source of the role %(thing)s is now %(now)s; it was %(before)s."), words=True
    ),
    "reads": FieldWords(
        phrase("Whoever is %(thing)s now reads by %(now)s of a case; it was by %(before)s.")
    ),
}
_STATE: Mapping[str, FieldWords] = {
    "label": FieldWords(phrase("The state %(thing)s is now called “%(now)s”."), words=True),
    "stage": FieldWords(
        phrase("The state %(thing)s now belongs to the stage %(now)s, not to %(before)s.")
    ),
    "meaning": FieldWords(
        phrase("What the state %(thing)s means is now said as “%(now)s”; it was “%(before)s”."),
        words=True,
    ),
    "iati_status": FieldWords(
        phrase("The state %(thing)s is now published with the IATI status %(now)s, not %(before)s.")
    ),
    "final": FieldWords(
        phrase("The state %(thing)s now ends a case."),
        phrase("The state %(thing)s no longer ends a case."),
    ),
    "source": FieldWords(
        phrase("The source of the state %(thing)s is now %(now)s; it was %(before)s."), words=True
    ),
    "pauses": FieldWords(
        phrase("The state %(thing)s now stops the clocks of the rounds left open behind it."),
        phrase("The state %(thing)s no longer stops the clocks of the rounds left open behind it."),
    ),
    "private": FieldWords(
        phrase("In the state %(thing)s a case is now known only to its proposer and those asked."),
        phrase("In the state %(thing)s a case is no longer private."),
    ),
    "shared": FieldWords(
        phrase("In the private state %(thing)s those who take part now read what others filed."),
        phrase("In the private state %(thing)s what is filed is a draft of its writers again."),
    ),
    "decided": FieldWords(
        phrase("In the state %(thing)s a case now counts as decided, so that its texts may open."),
        phrase("In the state %(thing)s a case no longer counts as decided."),
    ),
    "adoptable": FieldWords(
        phrase("What was begun elsewhere may now be taken up in the state %(thing)s."),
        phrase("What was begun elsewhere is no longer taken up in the state %(thing)s."),
    ),
    "brings": FieldWords(
        phrase(
            "What is taken up in the state %(thing)s now has to bring %(now)s; it was %(before)s."
        ),
        names="document",
    ),
    "overtaken_by_parent": FieldWords(
        phrase("What ends with its parent now ends in the state %(thing)s."),
        phrase("What ends with its parent no longer ends in the state %(thing)s."),
    ),
}
SENTENCES: Mapping[type[Any], Mapping[str, FieldWords]] = {
    Definition: _LIFECYCLE,
    Applies: _APPLIES,
    Role: _ROLE,
    State: _STATE,
    **ROUNDS,
    **DOCUMENTS,
    **CHILDREN,
    **RULES,
}
COMINGS: Mapping[type[Any], Coming] = {
    Role: Coming(phrase("There is a new role %(thing)s."), phrase("The role %(thing)s is gone.")),
    State: Coming(
        phrase("There is a new state %(thing)s."), phrase("The state %(thing)s is gone.")
    ),
    RoundSpec: Coming(
        phrase("There is a new round %(thing)s."), phrase("The round %(thing)s is gone.")
    ),
    Target: Coming(
        phrase("A new outcome is possible: %(thing)s."),
        phrase("An outcome is possible no longer: %(thing)s."),
    ),
    ChildKind: Coming(
        phrase("There is a new kind of child case %(thing)s."),
        phrase("The kind of child case %(thing)s is gone."),
    ),
    DocumentKind: Coming(
        phrase("There is a new document %(thing)s, written by %(writers)s."),
        phrase("The document %(thing)s is gone."),
    ),
    Section: Coming(
        phrase("There is a new section %(thing)s."), phrase("The section %(thing)s is gone.")
    ),
    Field: Coming(
        phrase("There is a new field %(thing)s."), phrase("The field %(thing)s is gone.")
    ),
    FormCheck: Coming(
        phrase("There is a new check %(thing)s."), phrase("The check %(thing)s is gone.")
    ),
}
