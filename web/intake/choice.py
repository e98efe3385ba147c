"""A list of which nothing is chosen before somebody chooses."""

from collections.abc import Iterator

from flask_babel import gettext
from wtforms import SelectField, ValidationError
from wtforms.fields import Choice
from wtforms.form import BaseForm


class OpenChoice(SelectField):
    """Begins with nothing chosen, unless there is but one: nobody is taken for standing first."""

    def iter_choices(self) -> Iterator[Choice]:
        """What is offered, after a line that is none of it while nothing is chosen."""
        offered = list(super().iter_choices())
        if len(offered) > 1 and offered[0].value != "" and not any(o.selected for o in offered):
            yield Choice("", gettext("Choose…"), selected=True, render_kw={})
        yield from offered

    def pre_validate(self, form: BaseForm) -> None:
        """Refuse what is not offered; whether something has to be chosen is for validators to say."""
        offered = super().iter_choices()
        if self.data and self.validate_choice and not any(each.selected for each in offered):
            raise ValidationError(self.gettext("Not a valid choice."))
