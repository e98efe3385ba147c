"""A form made from a definition's fields, for one page of it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Self

from wtforms.form import BaseForm

from web.documents.lines import Lines, made
from web.wording import plainly
from workflow.lifecycles.checks.results import CheckFinding
from workflow.lifecycles.documents import Field
from workflow.phrase import Phrase
from workflow.programmes.documents.choices import Offered

PREFIX = "field"


class FieldsForm(BaseForm):
    """The fields of a section, or the questions of a round; it checks shape and nothing else."""

    def __init__(self, specs: Sequence[Field], offered: Offered) -> None:
        super().__init__(made(specs, offered), prefix=PREFIX)

    def stored(self, content: Mapping[str, Any]) -> Self:
        """Show what is stored."""
        self.process(None, data=dict(content))
        return self

    def typed(self, formdata: Any) -> Self:
        """Take what was typed; fields that nobody asked for are passed over."""
        self.process(formdata, data={})
        return self

    def content(self) -> dict[str, Any]:
        """What is written, field by field; nothing for those left blank."""
        return {field.spec.key: field.data for field in self if not field.blank}

    def merged(self, base: Mapping[str, Any]) -> dict[str, Any]:
        """The whole document: `base` with this page's fields as they are written here."""
        here = {field.spec.key for field in self}
        return {key: value for key, value in base.items() if key not in here} | self.content()

    def tell(self, faults: Mapping[str, Phrase]) -> None:
        """Put what the engine found wrong beside the fields."""
        for field in self:
            said = faults.get(field.spec.key)
            if said is not None:
                field.errors = [plainly(said)]

    def noted(self, findings: Iterable[CheckFinding]) -> Self:
        """Put what the stored text does not keep to beside the fields; it is stored all the same."""
        wrong = [finding for finding in findings if finding.unmet]
        for field in self:
            own = (each for each in wrong if each.check.at == field.spec.key)
            field.notes = tuple(plainly(each.said) for each in own)
        return self

    def rearranged(self, asked: Mapping[str, str]) -> str:
        """Add or take out the line that a button asked for; the id of where to go on, or nothing."""
        key, _, number = (asked.get("add") or asked.get("remove") or "").partition(":")
        table = self._fields.get(key)
        if not isinstance(table, Lines):
            return ""
        if "add" in asked:
            table.add()
        elif number.isdecimal() and len(number) < 5:
            table.remove(int(number))
        return str(next(iter(table.rows[-1])).id)
