"""What lifecycles name by a key of the house: where the house has none of that key, nothing comes of it."""

from collections.abc import Collection, Iterator

from workflow.errors import Fault
from workflow.lifecycles.definition import Definition
from workflow.offices.facts import SetupFacts
from workflow.offices.lacks import Lack
from workflow.offices.vacancies import OFFICE
from workflow.phrase import Phrase, Term, phrase
from workflow.vocabulary import SYSTEM

# The question that is answered by a key of the house.
FRAMEWORK = "framework"


def unknown_frameworks(definition: Definition, known: Collection[str]) -> tuple[Fault, ...]:
    """Each key of a framework or fund that a lifecycle is for, and that is not among the `known`."""
    return tuple(
        Fault(
            f"applies.when[{at}].among",
            phrase(
                "names '%(key)s', and this house has no framework or fund of that key that has not "
                "ended: until one is entered the lifecycle applies to nothing proposed under it",
                key=key,
            ),
        )
        for at, condition in enumerate(definition.applies.when)
        if condition.of == FRAMEWORK
        for key in condition.among
        if key not in known
    )


def unknown_parties(definition: Definition, known: Collection[str]) -> tuple[Fault, ...]:
    """Each seat of a party that a lifecycle names by its key, and that is not among the `known`."""
    rules = {spec.rule.key: spec.rule for spec in definition.rounds.values()}
    return tuple(
        Fault(
            f"rules.{rule.key}.seats[{at}].of",
            phrase(
                "asks '%(key)s', and this house has no party of that key: until one is entered "
                "nobody can answer",
                key=seat.of.removeprefix(OFFICE),
            ),
        )
        for rule in rules.values()
        for at, seat in enumerate(rule.seats)
        if seat.role != SYSTEM
        and seat.of.startswith(OFFICE)
        and seat.of.removeprefix(OFFICE) not in known
    )


def frameworks_of_lifecycles(facts: SetupFacts) -> Iterator[Lack | Phrase]:
    """A lifecycle is for what is proposed under a fund that the house knows."""
    for each in facts.lifecycles:
        for fault in unknown_frameworks(each, facts.frameworks):
            yield Lack(
                phrase(
                    "A framework or fund with the key “%(key)s”", key=fault.problem.parts["key"]
                ),
                phrase(
                    "“%(lifecycle)s” is for what is proposed under it; there is none that has not "
                    "ended, so it is never chosen for that.",
                    lifecycle=Term(each.title),
                ),
                "frameworks",
                phrase("Enter a framework"),
                stops=False,
            )


def parties_of_lifecycles(facts: SetupFacts) -> Iterator[Lack | Phrase]:
    """A lifecycle asks parties that the house knows."""
    for each in (*facts.lifecycles, *facts.others):
        faults = unknown_parties(each, facts.parties)
        for key in dict.fromkeys(str(fault.problem.parts["key"]) for fault in faults):
            yield Lack(
                phrase("A party with the key “%(key)s”", key=key),
                phrase(
                    "“%(lifecycle)s” asks it; until it is entered nobody can be appointed there.",
                    lifecycle=Term(each.title),
                ),
                "parties",
                phrase("Enter an organisation"),
                stops=False,
            )
