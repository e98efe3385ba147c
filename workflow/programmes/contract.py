"""What programmes need of a lifecycle, beyond what every lifecycle is held to."""

from collections.abc import Iterator, Mapping

from workflow.errors import Fault
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.documents import DocumentKind
from workflow.lifecycles.loader.files import refusal_of
from workflow.lifecycles.loader.names import likely
from workflow.phrase import phrase
from workflow.programmes.outline import EMERGENCY, MODALITIES, MODALITY, NO, YES
from workflow.vocabulary import HEAD, OFFICER, OFFICERS, PROPOSER

SUBJECT = "programme"
# What lists and facts are read from, where the form of the facts has it, and as what.
FACTS: Mapping[str, str] = {
    "title": "line",
    "participating_countries": "countries",
    "areas": "choices",
    "donors": "choices",
    "sdg_goals": "choices",
    "mdg_goals": "choices",
    "framework": "choice",
    "modality": "choice",
    "sector": "choice",
    "executing_agency": "choice",
    "planned_start": "date",
    "planned_end": "date",
    "total_cost": "money",
    "objective": "text",
}
# What can be answered to what is asked before a programme is begun; a framework is the house's own.
ANSWERS: Mapping[str, tuple[str, ...]] = {EMERGENCY: (YES, NO), MODALITY: tuple(MODALITIES)}
# Without these nobody could tell one programme from another, or say whose it is.
TITLE = "title"
NEEDED = (TITLE, "participating_countries")


def refuse_unfit(definition: Definition, file: str) -> None:
    """Refuse a lifecycle of programmes that leaves out what they need, with every fault and its place."""
    found = [Fault(f"{file}: {each.place}", each.problem) for each in faults(definition)]
    if found:
        raise refusal_of(file, *found)


def faults(definition: Definition) -> tuple[Fault, ...]:
    """What programmes lack in this lifecycle; nothing where it is about something else."""
    if definition.subject != SUBJECT:
        return ()
    kind = definition.documents.get(definition.facts)
    if kind is None:
        unwritten = phrase("names no document; the facts of a programme stand in one")
        return (*_office(definition), *_conditions(definition), Fault("facts", unwritten))
    return (
        *_office(definition),
        *_conditions(definition),
        *_form(kind),
        *_beginning(definition, kind),
    )


def named_by_its_facts(definition: Definition) -> bool:
    """Whether its cases are called what their own form of the facts says, as whatever begins by itself is.

    What another case opens is called after that one, and has its parties from there.
    """
    kind = definition.documents.get(definition.facts)
    return kind is not None and any(f.key == TITLE and f.required for f in kind.fields())


def _conditions(definition: Definition) -> Iterator[Fault]:
    """For what it is, is said in answers that can be given beforehand: any other is never met."""
    for at, condition in enumerate(definition.applies.when):
        known = ANSWERS.get(condition.of, condition.among)
        for answer in condition.among:
            if answer not in known:
                yield Fault(
                    f"applies.when[{at}].among",
                    phrase(
                        "names '%(answer)s', which nobody can answer%(likely)s",
                        answer=answer, likely=likely(answer, known),
                    ),
                )  # fmt: skip


def _office(definition: Definition) -> Iterator[Fault]:
    """Whoever keeps the files of programmes takes part in it."""
    if not any(role in definition.roles for role in OFFICERS):
        yield Fault(
            "roles",
            phrase(
                "has neither '%(officer)s' nor '%(head)s', the office that keeps the files of "
                "programmes; a label calls it as the lifecycle likes",
                officer=OFFICER, head=HEAD,
            ),
        )  # fmt: skip


def _form(kind: DocumentKind) -> Iterator[Fault]:
    """What its form has to ask, and as what."""
    at = f"documents.{kind.key}.sections"
    asked = {field.key: field for field in kind.fields()}
    for key in NEEDED:
        if key not in asked or not asked[key].required:
            yield Fault(at, phrase("asks for no '%(key)s' that has to be filled in", key=key))
    for key, expected in FACTS.items():
        if key in asked and asked[key].kind != expected:
            yield Fault(
                at,
                phrase(
                    "asks for '%(key)s' as '%(kind)s'; '%(expected)s' is expected",
                    key=key, kind=asked[key].kind, expected=expected,
                ),
            )  # fmt: skip


def _beginning(definition: Definition, kind: DocumentKind) -> Iterator[Fault]:
    """A proposal begins with its proposer, who alone knows of it and writes it until they send it."""
    initial = definition.initial
    if not definition.states[initial].private:
        yield Fault(f"states.{initial}.private", phrase("is false; a draft is its party's alone"))
    if initial not in kind.written_in:
        yield Fault(
            f"documents.{kind.key}.written_in",
            phrase("leaves out '%(initial)s', in which it is begun", initial=initial),
        )
    if PROPOSER not in {writer.of for writer in kind.written_by}:
        yield Fault(f"documents.{kind.key}.written_by", phrase("leaves out the proposer"))
    if not definition.proposing():
        yield Fault(
            f"states.{initial}",
            phrase("has no round that asks the proposer, so nobody can send it"),
        )
