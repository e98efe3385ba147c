"""What a lifecycle declares of the values of a form: how they must stand to each other, and what then."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

# What the domain knows of a case stands beside its documents under this name.
CASE = "case"
# Of that: the day on which it is asked, where the house is.
TODAY = "today"
# What is known of every case: it says “nobody” where there is no such party.
KNOWN_ALWAYS = ("proposer_is", "owner_is", "total_cost", "chair_passes")
# And under this one, by round, the parties that said no there and did not take it back.
AGAINST = "against"
# And under this one, by round, the parties that commented on a clause of the text there.
BY_CLAUSE = "by_clause"
# And under this one the facts of the case above, as they are by now.
IN_FORCE = "in_force"
# Before the colon of a document of a case above, such as `parent:proposal`, and for whichever of its
# texts tells its facts.
PARENT = "parent"
BEFORE_PARENT = f"{PARENT}:"
FACTS_ABOVE = "facts"


def is_above(named: str) -> bool:
    """Whether this names a document of a case above, or a place in one."""
    return named.startswith(BEFORE_PARENT)


class CheckKind(StrEnum):
    """How values are held against each other."""

    EQUAL = "equal"
    AT_MOST = "at most"
    AT_LEAST = "at least"
    AFTER = "after"
    WITHIN = "within"
    EACH_AT_MOST = "each at most"
    SAME = "same"
    OTHER = "other"
    AGREES = "agrees"
    UNMOVED = "unmoved"
    GIVEN = "given"
    NONE = "none"
    ANSWERS = "answers"
    ONCE = "once"
    FILED = "filed"
    IS = "is"


AMOUNTS, MOMENTS = ("money", "decimal", "number"), ("date", "number")
# The kinds of field that can be compared so; other kinds of checks take any.
TAKES: Mapping[CheckKind, tuple[str, ...]] = {
    CheckKind.EQUAL: AMOUNTS,
    CheckKind.AT_MOST: AMOUNTS,
    CheckKind.AT_LEAST: AMOUNTS,
    CheckKind.AFTER: MOMENTS,
    CheckKind.WITHIN: MOMENTS,
}


class Stops(StrEnum):
    """What a check that fails keeps from happening; where it stops nothing, whoever decides is told."""

    FILING = "filing"
    SIGNING = "signing"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class ValuePlace:
    """Where a value stands: a field or a column of this document, of another one, or of the case.

    Under `against:consent` stand those who answered against what the round `consent` asked, under
    `in_force:planned_end` what is in force of the case that this one stands under, and under
    `parent:proposal` what that document of a case above says.
    """

    field: str
    column: str = ""
    document: str = ""

    @classmethod
    def named(cls, written: str) -> "ValuePlace":
        """The place that is written `field`, `field.column` or `document:field.column`."""
        document, colon, rest = written.rpartition(":")
        field, _, column = rest.partition(".")
        return cls(field, column, document if colon else "")

    @property
    def above(self) -> str:
        """The document of a case above in which it stands; nothing where it stands in none of those."""
        return self.document.removeprefix(BEFORE_PARENT) if is_above(self.document) else ""

    def __str__(self) -> str:
        within = f"{self.field}.{self.column}" if self.column else self.field
        return f"{self.document}:{within}" if self.document else within


@dataclass(frozen=True, slots=True)
class OnlyWhere:
    """Those values alone that count: the place, and the words that may stand there."""

    place: ValuePlace
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class FormCheck:
    """One relation between values of a form, of earlier documents and of the case.

    `label` says that it holds and `problem` that it does not; both stand at the field `at`. It is
    asked only `when` another field says so, of those `rows` alone that say so. `share` is of what
    stands in `to`, or of `amount` where the lifecycle sets it itself; `number` is how many there must be, `among` names a group of the domain. What stands in
    `besides` needs no answer. Where a document is filed again and again, `across` names the field that
    tells one from the next, such as its year: what the others say counts with it. `words` are those that
    may stand in `of`. `beside` names the field that has to say the same in other cases of its kind under
    the same case, which were signed to change that one: what they say counts with it.
    It says nothing where one of the checks does not hold that it `yields_to`.
    """

    key: str
    kind: CheckKind
    at: str
    label: str
    problem: str
    of: tuple[ValuePlace, ...] = ()
    to: tuple[ValuePlace, ...] = ()
    stops: Stops = Stops.NOTHING
    share: Fraction = Fraction(1)
    number: int = 1
    amount: Decimal | None = None
    among: str = ""
    rows: OnlyWhere | None = None
    when: OnlyWhere | None = None
    source: tuple[str, ...] = ()
    besides: tuple[ValuePlace, ...] = ()
    across: str = ""
    beside: str = ""
    words: frozenset[str] = frozenset()
    yields_to: tuple[str, ...] = ()

    def places(self) -> tuple[ValuePlace, ...]:
        """Every place that the check looks at."""
        asked = (each.place for each in (self.rows, self.when) if each)
        return (*self.of, *self.to, *self.besides, *asked)
