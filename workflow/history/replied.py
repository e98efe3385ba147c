"""What answers to questions came to that a history tells: whom somebody named, and what became of each comment."""

import json
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflow.audit.events.seats import Answered
from workflow.engine.rounds.decision import digest_of
from workflow.history.context import HistoryContext
from workflow.history.recorded import Recorded
from workflow.lifecycles.clauses.remarks import answering, replies_in
from workflow.lifecycles.definition import RoundSpec
from workflow.people.models import Person
from workflow.phrase import Phrase, Term, phrase, verbatim

ALTERED = phrase("What was answered here is not what was recorded.")


def replied(
    session: Session,
    context: HistoryContext,
    shown: Collection[Recorded],
    readable: Collection[Recorded],
) -> Mapping[int, tuple[Phrase, ...]]:
    """By the number of each event shown, whom its answer named and what it said to which comment.

    Whose comment it was is said of those among the `readable`. Of answers that are not those of the event
    that alone is said.
    """
    asked = {each.seq: (each, spec) for each in shown if (spec := _asks(context, each))}
    if not asked:
        return {}
    answers: dict[int, Mapping[str, Any]] = {
        seq: json.loads(context.names.answers[event.id])
        for seq, (event, _) in asked.items()
        if event.id in context.names.answers
    }
    people = _people(session, [(asked[seq][1], found) for seq, found in answers.items()])
    heard = {each.seq: each for each in readable}
    return {
        seq: tuple(_told(asked[seq], found, people, heard, context))
        for seq, found in answers.items()
    }


def _asks(context: HistoryContext, event: Recorded) -> RoundSpec | None:
    """The round in which it was answered, where that asks for somebody's name or has comments answered."""
    if not isinstance(event.what, Answered):
        return None
    spec = context.at(event).round(event.what.round)
    asks = spec is not None and (answering(spec) or any(each.names_for for each in spec.questions))
    return spec if asks else None


def _people(
    session: Session, given: Collection[tuple[RoundSpec, Mapping[str, Any]]]
) -> dict[str, str]:
    wanted = {
        int(found[each.key])
        for spec, found in given
        for each in spec.questions
        if each.names_for and str(found.get(each.key, "")).isdecimal()
    }
    if not wanted:
        return {}
    known = select(Person.id, Person.name).where(Person.id.in_(wanted))
    return {str(number): name for number, name in session.execute(known)}


def _told(
    of: tuple[Recorded, RoundSpec],
    answers: Mapping[str, Any],
    people: Mapping[str, str],
    heard: Mapping[int, Recorded],
    context: HistoryContext,
) -> Iterator[Phrase]:
    event, spec = of
    if not isinstance(event.what, Answered) or digest_of(answers) != event.what.answers:
        yield ALTERED
        return
    for each in spec.questions:
        if each.names_for and each.key in answers:
            number = str(answers[each.key])
            name = people.get(number, number)
            yield phrase("%(question)s: %(name)s", question=Term(each.label), name=name)
    for remark, words in replies_in(spec, answers).items():
        yield _to(remark, words, heard, context)


def _to(remark: str, words: str, heard: Mapping[int, Recorded], context: HistoryContext) -> Phrase:
    seq, _, place = remark.partition("-")
    said = heard.get(int(seq)) if seq.isdecimal() else None
    if said is None:
        return phrase("To a comment: %(words)s", words=verbatim(words))
    if place.isdecimal() and int(place):
        return phrase(
            "To remark %(place)s of %(party)s (event %(number)s): %(words)s",
            place=place, party=context.party(said.party), number=seq, words=verbatim(words),
        )  # fmt: skip
    return phrase(
        "To the comment of %(party)s (event %(number)s): %(words)s",
        party=context.party(said.party), number=seq, words=verbatim(words),
    )  # fmt: skip
