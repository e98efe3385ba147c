"""What begins by itself though it is no programme, such as a framework: on which lifecycles, and by whom."""

from collections.abc import Iterable, Mapping
from typing import Any

from workflow.engine.engine import Engine
from workflow.errors import Invalid, NotFound
from workflow.free_text import line
from workflow.lifecycles.definition import Definition
from workflow.people.queries import Office
from workflow.phrase import OneOf, Term, phrase
from workflow.programmes.commands import Beginning, Proposed, begin_case
from workflow.programmes.contract import SUBJECT, TITLE, named_by_its_facts


def begins_alone(definition: Definition) -> bool:
    """Whether somebody begins a case on it that is no programme and stands under no other case.

    Its form of the facts says what such a case is called, and its first state asks the proposer.
    """
    other = definition.subject != SUBJECT
    return other and named_by_its_facts(definition) and bool(definition.proposing())


def begin(
    engine: Engine,
    person: int,
    party: int,
    content: Mapping[str, Any],
    key: str = "",
    *,
    lifecycle: str,
) -> Proposed:
    """Begin a case that is no programme, for an office or a party whose proposer the person is.

    Only the title is needed to begin. Sent twice under one key it is begun once. Refuses a lifecycle
    that is not offered or on which nothing begins by itself, and whoever does not speak for the party.
    """
    followed = followed_called(engine, lifecycle)
    if not line(str(content.get(TITLE) or "")):
        untitled = phrase("Give it a title to begin with.")
        raise Invalid(untitled, {TITLE: untitled})
    definition = followed[1]
    request = {"begins": party, "content": dict(content), "lifecycle": lifecycle}
    roles = OneOf(tuple(Term(definition.roles[each].label) for each in definition.proposing()))
    stranger = phrase("Only somebody in office there as %(roles)s may begin it.", roles=roles)
    return begin_case(engine, Beginning(person, party, content, key), followed, request, stranger)


def offices_for(definition: Definition, held: Iterable[Office]) -> tuple[Office, ...]:
    """Of the offices that somebody holds those in which they may begin a case, one for each party."""
    roles = definition.proposing()
    return tuple({each.party_id: each for each in held if each.role in roles}.values())


def alone(engine: Engine) -> tuple[Definition, ...]:
    """The lifecycles offered on which something begins by itself that is no programme."""
    return tuple(read for _, read in engine.in_force() if begins_alone(read))


def alone_called(engine: Engine, key: str) -> Definition:
    """The one of them called `key`; refuses another."""
    return followed_called(engine, key)[1]


def followed_called(engine: Engine, key: str) -> tuple[int, Definition]:
    """The same with the number of its version."""
    found = next((each for each in engine.in_force() if each[1].key == key), None)
    if found is None:
        raise NotFound(phrase("No lifecycle called %(key)s is offered.", key=key))
    title = Term(found[1].title)
    if found[1].subject == SUBJECT:
        raise NotFound(phrase("On “%(title)s” a proposal is begun.", title=title))
    if not begins_alone(found[1]):
        raise NotFound(
            phrase("On “%(title)s” nothing is begun by itself: another case opens it.", title=title)
        )
    return found
