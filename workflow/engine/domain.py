"""What the engine is told of the domain that it serves, where its lifecycles speak of more than a case."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple, Protocol

from sqlalchemy.orm import Session

from workflow.lifecycles.children.checklist import Measured
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.documents import DocumentKind
from workflow.phrase import Phrase

Found = list[tuple[int, str]]
Finder = Callable[[Session, int, str, date], Found]
# Says what the keys of a vocabulary are called.
Namer = Callable[[Session], Mapping[str, str]]
Lacking = Callable[[Session, int, str, date], Phrase | None]


class Bench(NamedTuple):
    """One of several on which the same party may sit, by its number and its key."""

    id: int
    key: str


# Says on which bench those sit whom the word names; nothing where they are asked without one.
Seating = Callable[[Session, int, str, date], Bench | None]
# Says by party under which category those sit whom the word names, where their bench gives them one.
Sorting = Callable[[Session, int, str, date], Mapping[int, str]]
# Says why those of a bench cannot decide of whom these parties have not stepped back; nothing where they can.
Quorum = Callable[[Session, int, Collection[int], date], Phrase | None]
# Lets what the domain keeps of a case follow its confirmed record; returns what the case is called.
FollowRecord = Callable[[Session, int], str]
# Says by name what is known of a case beside its documents.
FactsOf = Callable[[Session, int], Mapping[str, tuple[str, ...]]]
# Says on a day what is known of a case under one name, where something asks for that name.
FactLookedFor = Callable[[Session, int, date], tuple[str, ...]]
Groups = Mapping[str, frozenset[str]]
# The first and the last day of the next session of the body that a word names, from a day on.
SessionOf = Callable[[Session, int, str, date], tuple[date, date] | None]
# Takes what a signed document says as the facts of its case, for whoever had the last word, at that time.
FactsTaken = Callable[[Session, int, Mapping[str, Any], int | None, datetime], str | None]
# What is in force, of texts of which the one that counts most comes last.
PutTogether = Callable[[Sequence[Mapping[str, Any]]], Mapping[str, Any]]
# The parties that facts name, by the capacity in which they take part and their keys; entered where they are new.
PartiesNamed = Callable[[Session, Mapping[str, Any], datetime], Mapping[str, Mapping[str, int]]]
# Says by field what of a text cannot be kept in a case, and what would be right.
Unfit = Callable[[Session, Definition, int, DocumentKind, Mapping[str, Any]], Mapping[str, Phrase]]
# Lets what the domain keeps of a case follow its texts, as one was filed or counts from now on.
TextFiled = Callable[[Session, Definition, int], None]
# In a unit of work on the case above, lets what was signed in a case under it take effect there, beside its facts.
SignedBelow = Callable[[Any, int, Mapping[str, Any]], None]
# Says of many cases how they stand to a line of a checklist, on a day.
MeasureOf = Callable[[Session, Collection[int], date], Mapping[int, Measured]]
# Gives a case that was opened under another one, the first of the two, what the domain keeps of that.
FactsInherited = Callable[[Session, int, int], None]


def _no_facts(_session: Session, _case_id: int) -> Mapping[str, tuple[str, ...]]:
    return {}


def _always_enough(
    _session: Session, _bench: int, _here: Collection[int], _today: date
) -> Phrase | None:
    return None


def _no_session(_session: Session, _case_id: int, _of: str, _on: date) -> None:
    """A domain whose bodies hold no sessions."""


def _no_groups(_session: Session) -> Groups:
    return {}


def _take_nothing(
    _session: Session, _case_id: int, _content: Mapping[str, Any], _by: int | None, _now: datetime
) -> str | None:
    """A domain that keeps no facts beside the documents."""
    return None


def _put_together(texts: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    """A domain of which what was said last counts, field by field."""
    return {key: value for text in texts for key, value in text.items()}


def _nobody(
    _session: Session, _content: Mapping[str, Any], _now: datetime
) -> Mapping[str, Mapping[str, int]]:
    """A domain whose facts name no parties."""
    return {}


def _all_fits(
    _session: Session,
    _definition: Definition,
    _case_id: int,
    _kind: DocumentKind,
    _content: Mapping[str, Any],
) -> Mapping[str, Phrase]:
    return {}


def _follow_nothing(_session: Session, _definition: Definition, _case_id: int) -> None:
    """A domain that keeps nothing of what is filed."""


def _promise_nothing(_work: Any, _case_id: int, _said: Mapping[str, Any]) -> None:
    """A domain in which nothing but facts is signed below."""


def _inherit_nothing(_session: Session, _parent: int, _child: int) -> None:
    """A domain that keeps nothing of a case beside its documents."""


DOMAIN = "domain"


@dataclass(frozen=True, slots=True)
class Domain:
    """The words of a domain that the engine itself does not know.

    `finders` maps the first word of a seat's `of` to what finds the parties that it names: called
    with a case, the rest of the word and a day, it gives each with the reason why it is asked.
    `names` says by vocabulary what keys are called that the reference data does not know.
    `lacking` maps it to what says why those named cannot decide on a day, such as a body with too
    few seats; nothing where they can.
    `benches` maps it to what says on which bench they sit, and `categories` to what says as whom.
    `too_few` says so of a bench that was asked already, once seats of it were stepped back from.
    `facts` says what is known of a case beside its documents, `groups` which words go by one name today;
    the checks of forms look at both. `looked_for` says by name what else is known of a case, each looked for
    only where it is asked. `take_facts` lets what a signed document says be these facts, and
    returns what the case is called from then on, where that changes.
    `unfit` says what of a text cannot be filed; `text_filed` is called when a text was,
    or when one that was signed counts from now on.
    `inherit` gives a case under another one what the domain keeps of that one.
    `signed_below` is called when what was signed in a case under another one counts there, with what it says.
    `in_force` puts together what several signed texts say, and `parties_named` says whom facts name.
    `measures` says by name how cases stand to what only the domain can measure, for checklists.
    `next_session` says when a body that a word names sits next.
    `follow_record` is called when a record of what was begun elsewhere has been confirmed.
    `subject` is what the domain calls a case where no lifecycle says it: "programme". `located_by` is the capacity of those parties whose countries tell one case from another.
    """

    finders: Mapping[str, Finder]
    located_by: str
    subject: str
    names: Mapping[str, Namer] = field(default_factory=dict)
    lacking: Mapping[str, Lacking] = field(default_factory=dict)
    benches: Mapping[str, Seating] = field(default_factory=dict)
    categories: Mapping[str, Sorting] = field(default_factory=dict)
    too_few: Quorum = _always_enough
    facts: FactsOf = _no_facts
    looked_for: Mapping[str, FactLookedFor] = field(default_factory=dict)
    groups: Callable[[Session], Groups] = _no_groups
    take_facts: FactsTaken = _take_nothing
    unfit: Unfit = _all_fits
    text_filed: TextFiled = _follow_nothing
    inherit: FactsInherited = _inherit_nothing
    signed_below: SignedBelow = _promise_nothing
    in_force: PutTogether = _put_together
    parties_named: PartiesNamed = _nobody
    next_session: SessionOf = _no_session
    measures: Mapping[str, MeasureOf] = field(default_factory=dict)
    follow_record: FollowRecord | None = None


class HandedOut(Protocol):
    """A session or a transaction that an engine handed out."""

    @property
    def info(self) -> dict[Any, Any]:
        """What the engine gave along."""


def domain_of(handed_out: HandedOut) -> Domain:
    """The domain of the engine that handed out a session or a transaction."""
    found: Domain = handed_out.info[DOMAIN]
    return found
