"""Whether comments by clause are asked for under their own key, and looked at where they can be."""

from collections.abc import Iterable

from workflow.lifecycles.checks.check import BY_CLAUSE, FormCheck
from workflow.lifecycles.clauses.invitation import INVITATION, composes
from workflow.lifecycles.clauses.remarks import misnamed
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.loader.table import TomlTable
from workflow.lifecycles.rule import RuleKind
from workflow.phrase import Phrase, phrase

_ONLY_ASKED = phrase("looks at who commented; only the conditions of a lifecycle can")
_MISNAMED = phrase(
    "is read as comments by clause under the key 'comments' alone, with a column of which the vocabulary is "
    "'clauses:<document>'"
)


def _check_invitations(entry: TomlTable, definition: Definition) -> None:
    for spec in definition.rounds.values():
        for key in spec.invited_by:
            asked = definition.rounds.get(key)
            single = asked is not None and asked.rule.kind is RuleKind.SINGLE
            named = (each for each in (asked.questions if asked else ()) if each.key == INVITATION)
            if not (single and any(map(composes, named))):
                entry.note(f"rounds.{spec.key}.invited_by", _no_invitation(key))


def _no_invitation(key: str) -> Phrase:
    return phrase(
        "names '%(round)s', where no invitation is composed; expected a round of the kind 'single' with a question "
        "'invitation' of lines: country (a choice of 'countries'), change (add, drop) and reason, all required",
        round=key,
    )


def check_clauses(entry: TomlTable, definition: Definition) -> None:
    """Note tables of comments that are called otherwise, others called so, and forms that ask who commented."""
    for spec in definition.rounds.values():
        for each in filter(misnamed, spec.questions):
            entry.note(f"rounds.{spec.key}.questions.{each.key}", _MISNAMED)
        _check_forms(entry, f"rounds.{spec.key}", spec.checks)
    _check_invitations(entry, definition)
    for kind in definition.documents.values():
        _check_forms(entry, f"documents.{kind.key}", kind.checks)


def _check_forms(entry: TomlTable, place: str, checks: Iterable[FormCheck]) -> None:
    for at, check in enumerate(checks):
        if any(each.document == BY_CLAUSE for each in check.places()):
            entry.note(f"{place}.checks[{at}]", _ONLY_ASKED)
