"""What is asked before a proposal is begun, and which lifecycle it would follow by that."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from flask import request
from flask_babel import gettext, lazy_gettext
from wtforms import Form, SelectField
from wtforms.validators import Optional

from web.access import engine, now
from web.intake.numbers import NumberField
from web.sentences.catalogue import said
from workflow.errors import NotFound
from workflow.frameworks.queries import framework_names, lasting_keys
from workflow.lifecycles.applies import Known
from workflow.lifecycles.checks.results import ConditionStatus
from workflow.lifecycles.definition import Definition
from workflow.phrase import phrase
from workflow.programmes import outline
from workflow.programmes.outline import MODALITIES, NO, YES, Offered

GROUPING = re.compile(r"(?<=\d)[,\s'’](?=\d{3})")


class GroupedNumberField(NumberField):
    """A whole number whose thousands may be set apart, as people write them: 900,000."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take the number without what sets its thousands apart."""
        super().process_formdata([GROUPING.sub("", str(each)) for each in valuelist])


class OutlineForm(Form):
    """What a programme would be like, as far as a lifecycle depends on it; nothing of it has to be said."""

    emergency = SelectField(lazy_gettext("Does it answer an emergency?"), default="")
    framework = SelectField(lazy_gettext("Under which framework or fund?"), default="")
    modality = SelectField(lazy_gettext("Who works together?"), default="")
    countries = GroupedNumberField(
        lazy_gettext("How many countries take part?"), validators=[Optional()]
    )
    cost = GroupedNumberField(
        lazy_gettext("What does it cost about, in US dollars?"), validators=[Optional()]
    )

    @property
    def asked(self) -> tuple[str, ...]:
        """The questions that are asked, in their order."""
        return tuple(field.name for field in self)

    def known(self) -> Known:
        """What was said, by question."""
        given = {field.name: field.data for field in self if not field.errors}
        return {
            name: Decimal(value) if isinstance(value, int) else value
            for name, value in given.items()
            if value not in {None, ""}
        }


@dataclass(frozen=True, slots=True)
class Choice:
    """The questions with what was answered, and every lifecycle with its reasons."""

    form: OutlineForm
    offers: tuple[Offered, ...]
    lifecycles: tuple[Definition, ...]

    @property
    def advised(self) -> str:
        """The lifecycle that is for what was said; of none that is, nothing."""
        best = next(iter(self.offers), None)
        return best.key if best and best.standing is ConditionStatus.MET else ""

    def content(self, chosen: str) -> Mapping[str, Any]:
        """What of the answers the proposal itself asks for as well, on the lifecycle that was chosen."""
        found = next(each for each in self.lifecycles if each.key == chosen)
        return outline.carried(found, self.form.known())


def choice() -> Choice:
    """What this request says of a programme, and what follows for its lifecycle; refuses where there is none."""
    offered = tuple(lifecycle for _, lifecycle in engine().offered())
    if not offered:
        raise NotFound(phrase("No lifecycle is offered."))
    with engine().reading() as session:
        names = framework_names(session)
        lasting = lasting_keys(session, now().date())
    form = _form(offered, {key: name for key, name in names.items() if key in lasting})
    return Choice(form, outline.offers(offered, form.known(), names), offered)


def _form(offered: Sequence[Definition], names: Mapping[str, str]) -> OutlineForm:
    """The form with the questions on which one of the lifecycles depends, read from the request.

    `names` says which frameworks and funds something can still be proposed under.
    """
    asked = outline.questions(offered)
    form = OutlineForm(request.values, prefix="")
    not_said = ("", gettext("Not decided yet"))
    form.emergency.choices = [not_said, (YES, gettext("Yes")), (NO, gettext("No"))]
    form.framework.choices = [not_said, *sorted(names.items(), key=lambda named: named[1])]
    form.modality.choices = [not_said, *((key, said(name)) for key, name in MODALITIES.items())]
    for name in [field.name for field in form if field.name not in asked]:
        del form[name]
    form.validate()
    return form
