"""What a document would change of what is in force, field by field: as it stands, as it would, and by how much."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from workflow.engine.documents import diff
from workflow.engine.documents.diff import Change, FieldText, Pieces, Say
from workflow.engine.documents.in_force import held_to, in_force_above, is_heard
from workflow.engine.documents.labels import speaker
from workflow.engine.domain import domain_of
from workflow.lifecycles.checks.known import Content, amount_of, is_day, written
from workflow.lifecycles.checks.rows import alike
from workflow.lifecycles.definition import Definition
from workflow.lifecycles.documents import DocumentKind, Field, Section
from workflow.phrase import Dollars, Phrase, counted, phrase

# The sums for single outputs stand there, each row with its name and its amount.
OUTPUTS = "outputs"


@dataclass(frozen=True, slots=True)
class ProposedChange:
    """One field that would change: what is in force, what is proposed, and by how much they differ."""

    text: FieldText
    by: Phrase | None

    @property
    def field(self) -> Field:
        """The field."""
        return self.text.field

    @property
    def in_force(self) -> Pieces:
        """What stands there, with what would go."""
        return tuple(each for each in self.text.pieces if each.change is not Change.ADDED)

    @property
    def proposed(self) -> Pieces:
        """What would stand there, with what would come."""
        return tuple(each for each in self.text.pieces if each.change is not Change.REMOVED)


def proposed(
    session: Session,
    case: tuple[int, Definition],
    kind: DocumentKind,
    content: Content,
    filed_at: datetime,
) -> tuple[ProposedChange, ...]:
    """What a filed version would change of what is in force, or what it changed where that has ended.

    Only the fields of `kind` are told. A field that says what was in force as it was filed changes
    nothing, whatever is in force by now.
    """
    if not any(held_to(kind)):
        return ()
    case_id, definition = case
    then, now = in_force_above(session, case_id, filed_at), in_force_above(session, case_id)
    touched = {
        field.key for field in held_to(kind)
        if content.get(field.key) and not _same(content, then, field.key)
    }  # fmt: skip
    before = then if is_heard(session, case_id) else now
    said = {key: content[key] for key in touched}
    tables = {
        f.key: content[f.key] for f in kind.fields() if f.kind == "lines" and f.key in content
    }
    after = domain_of(session).in_force((before, {**said, **tables}))
    say = speaker(session, definition, (before, after))
    fields = [field for field in held_to(kind) if field.key in touched]
    return tuple(_changes(fields, before, after, say))


def _changes(
    fields: list[Field], before: Content, after: Content, say: Say
) -> Iterator[ProposedChange]:
    sums = _by_output(before), _by_output(after)
    outputs = [Field(f"output {name}", name, "money") for name in {**sums[0], **sums[1]}]
    asked = [(field, before.get(field.key), after.get(field.key)) for field in fields]
    asked += [(each, sums[0].get(each.label), sums[1].get(each.label)) for each in outputs]
    for field, old, new in asked:
        alone = Section("", "", "", (replace(field, repeats=None),))
        kind = DocumentKind(
            "", "", "", "", (alone,), attach=False, written_by=(), written_in=(), source=()
        )
        ((text,),) = (s.fields for s in diff.between(kind, {field.key: old}, {field.key: new}, say))
        if text.changed:
            yield ProposedChange(text, _by(field, old, new))


def _by_output(content: Content) -> dict[str, str]:
    return {row["output"]: row["amount"] for row in content.get(OUTPUTS) or ()}


def _by(field: Field, old: object, new: object) -> Phrase | None:
    """By how much an amount or a day differs."""
    if not isinstance(old, str) or not isinstance(new, str):
        return None
    if field.kind == "money":
        more = (amount_of(new) or Decimal()) - (amount_of(old) or Decimal())
        said = Dollars(abs(more))
        return phrase("%(sum)s more", sum=said) if more > 0 else phrase("%(sum)s less", sum=said)
    if field.kind == "date" and is_day(old) and is_day(new):
        days = (date.fromisoformat(new) - date.fromisoformat(old)).days
        later = counted("%(num)s day later", "%(num)s days later", days)
        return later if days > 0 else counted("%(num)s day earlier", "%(num)s days earlier", -days)
    return None


def _same(one: Content, other: Content, key: str) -> bool:
    return alike(tuple(written(one.get(key))), tuple(written(other.get(key))))
