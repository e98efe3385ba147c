"""What lifecycles are for, by keys of the house: one that the house does not know is never chosen."""

from collections.abc import Collection, Iterator

from workflow.errors import Fault
from workflow.lifecycles.definition import Definition
from workflow.offices.facts import SetupFacts
from workflow.offices.lacks import Lack
from workflow.phrase import Phrase, Term, phrase

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
