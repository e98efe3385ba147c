"""Reading conditions: the relation that has to hold, and what it says."""

from workflow.lifecycles.checks.check import CheckKind
from workflow.lifecycles.checks.condition import CaseCondition, Conditions
from workflow.lifecycles.loader.relations.declared import read_relation
from workflow.lifecycles.loader.table import TomlTable
from workflow.phrase import phrase

# Other kinds compare rows, or speak of what was filed again and again.
KINDS = (
    CheckKind.AT_MOST,
    CheckKind.AT_LEAST,
    CheckKind.EQUAL,
    CheckKind.AFTER,
    CheckKind.WITHIN,
    CheckKind.GIVEN,
    CheckKind.FILED,
    CheckKind.IS,
)


def read_conditions(entry: TomlTable, *, optional: bool = True) -> Conditions:
    """The conditions under `when`; none where nothing is said."""
    return tuple(_condition(below) for below in entry.tables("when", optional=optional))


def _condition(entry: TomlTable) -> CaseCondition:
    kind = entry.one_of("kind", KINDS, phrase("kind of condition"))
    condition = CaseCondition(entry.text("words"), read_relation(entry, kind))
    entry.done()
    return condition
