"""Whether comments by clause are asked for under their own key, and looked at where they can be."""

from collections.abc import Iterable

from workflow.lifecycles.checks.check import BY_CLAUSE, FormCheck
from workflow.lifecycles.clauses.remarks import misnamed
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.loader.table import TomlTable
from workflow.phrase import phrase

_ONLY_ASKED = phrase("looks at who commented; only the conditions of a lifecycle can")
_MISNAMED = phrase(
    "is read as comments by clause under the key 'comments' alone, with a column of which the vocabulary is "
    "'clauses:<document>'"
)


def check_clauses(entry: TomlTable, definition: Definition) -> None:
    """Note tables of comments that are called otherwise, others called so, and forms that ask who commented."""
    for spec in definition.rounds.values():
        for each in filter(misnamed, spec.questions):
            entry.note(f"rounds.{spec.key}.questions.{each.key}", _MISNAMED)
        _check_forms(entry, f"rounds.{spec.key}", spec.checks)
    for kind in definition.documents.values():
        _check_forms(entry, f"documents.{kind.key}", kind.checks)


def _check_forms(entry: TomlTable, place: str, checks: Iterable[FormCheck]) -> None:
    for at, check in enumerate(checks):
        if any(each.document == BY_CLAUSE for each in check.places()):
            entry.note(f"{place}.checks[{at}]", _ONLY_ASKED)
