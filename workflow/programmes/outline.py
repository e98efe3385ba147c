"""Which lifecycle a programme would follow: what is asked beforehand, and for what each of them is."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from workflow.engine.engine import Engine
from workflow.errors import NotFound
from workflow.lifecycles import form_checks
from workflow.lifecycles.applies import Applies, Known, Precondition
from workflow.lifecycles.checks.results import ConditionStatus
from workflow.lifecycles.definition import Definition
from workflow.phrase import Dollars, OneOf, Phrase, Term, counted, phrase

# The most that is asked before anything may be written.
MOST_ASKED = 3
EMERGENCY, FRAMEWORK, MODALITY, COUNTRIES, COST = (
    "emergency", "framework", "modality", "countries", "cost",
)  # fmt: skip
# In the order in which they are asked.
QUESTIONS = (EMERGENCY, FRAMEWORK, MODALITY, COUNTRIES, COST)
YES, NO = "yes", "no"
MODALITIES: Mapping[str, str] = {
    "standard": Term("South-South"),
    "triangular": Term("Triangular"),
    "multi_country_joint": Term("Joint"),
    "training": Term("Donor-sponsored training"),
}
RANKED = (ConditionStatus.MET, ConditionStatus.OPEN, ConditionStatus.UNMET)


@dataclass(frozen=True, slots=True)
class Reason:
    """A condition of a lifecycle in words, and how it stands with what was said."""

    said: Phrase
    standing: ConditionStatus


@dataclass(frozen=True, slots=True)
class Offered:
    """A lifecycle that can be chosen: for what it is, whether it is for this, and why."""

    key: str
    title: str
    words: str
    standing: ConditionStatus
    reasons: tuple[Reason, ...]


def questions(definitions: Iterable[Definition]) -> tuple[str, ...]:
    """What is asked beforehand: on what most of the lifecycles depend, and never more than three things."""
    asked = [of for each in definitions for of in each.applies.asks]
    weighed = sorted(
        (of for of in QUESTIONS if of in asked),
        key=lambda of: (-asked.count(of), QUESTIONS.index(of)),
    )
    return tuple(sorted(weighed[:MOST_ASKED], key=QUESTIONS.index))


def offers(
    definitions: Sequence[Definition], known: Known, names: Mapping[str, str]
) -> tuple[Offered, ...]:
    """Every lifecycle with its reasons: those that are for this first, of them what asks for most.

    `names` says what frameworks and funds are called.
    """
    ranked = sorted(
        definitions,
        key=lambda each: (RANKED.index(each.applies.standing(known)), -len(each.applies.when)),
    )
    return tuple(
        Offered(
            key=each.key,
            title=each.title,
            words=each.applies.words,
            standing=each.applies.standing(known),
            reasons=tuple(_reasons(each.applies, known, names)),
        )
        for each in ranked
    )


def carried(definition: Definition, known: Known) -> Mapping[str, Decimal | str]:
    """What was said beforehand that the document of the facts asks for as well, in words that it takes."""
    said = {key: known[key] for key in (FRAMEWORK, MODALITY) if key in known}
    wrong = form_checks.faults(definition.documents[definition.facts], said)
    return {key: answer for key, answer in said.items() if key not in wrong}


def proposers(definitions: Iterable[Definition]) -> frozenset[str]:
    """The roles in which somebody begins a proposal, on one of these lifecycles at least."""
    return frozenset(role for each in definitions for role in each.proposing())


def chosen(engine: Engine, key: str = "") -> tuple[int, Definition]:
    """The lifecycle called `key`, or the one for everything where none is named; with its id."""
    if key:
        found = next((each for each in engine.offered() if each[1].key == key), None)
        said = phrase("No lifecycle called %(key)s is offered.", key=key)
    else:
        found = engine.general()
        said = phrase("No lifecycle is offered.")
    if found is None:
        raise NotFound(said)
    return found


def _reasons(applies: Applies, known: Known, names: Mapping[str, str]) -> Iterator[Reason]:
    for condition in applies.when:
        yield Reason(_said(condition, names), condition.stands(known))


def _said(condition: Precondition, names: Mapping[str, str]) -> Phrase:
    if condition.words:
        return phrase("%(words)s", words=Term(condition.words))
    if condition.of == COUNTRIES:
        return _of_countries(condition)
    if condition.of == COST:
        return _of_cost(condition)
    return _among(condition, names)


def _among(condition: Precondition, names: Mapping[str, str]) -> Phrase:
    if condition.of == EMERGENCY:
        answers = YES in condition.among
        return phrase("it answers an emergency") if answers else phrase("it answers no emergency")
    if condition.of == MODALITY:
        kinds = OneOf(tuple(MODALITIES.get(key, key) for key in condition.among))
        return phrase("its modality is %(among)s", among=kinds)
    among = OneOf(tuple(names.get(key, key) for key in condition.among))
    return phrase("it is proposed under %(among)s", among=among)


def _of_countries(condition: Precondition) -> Phrase:
    least, most = condition.at_least, condition.at_most
    if least is None:
        return counted(
            "at most %(num)s country takes part",
            "at most %(num)s countries take part",
            int(most or 0),
        )
    if most is None:
        return counted(
            "at least %(num)s country takes part",
            "at least %(num)s countries take part",
            int(least),
        )
    return phrase(
        "from %(least)s to %(most)s countries take part", least=int(least), most=int(most)
    )


def _of_cost(condition: Precondition) -> Phrase:
    least, most = condition.at_least, condition.at_most
    if least is None:
        return phrase("it costs at most %(most)s", most=Dollars(most or Decimal()))
    if most is None:
        return phrase("it costs at least %(least)s", least=Dollars(least))
    return phrase("it costs from %(least)s to %(most)s", least=Dollars(least), most=Dollars(most))
