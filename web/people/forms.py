"""The forms of a mandate: to give one and to take one back."""

from datetime import date

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import DateField, SelectField, StringField
from wtforms.validators import InputRequired, Length, ValidationError

from web.intake.choice import OpenChoice
from web.intake.reason import reason_field
from web.wording import plainly
from workflow.errors import Invalid
from workflow.free_text import line, refuse
from workflow.people.mandates import ALL, Grant


def _line(text: str | None) -> str:
    return line(text or "")


def _holds_what_it_may(_form: FlaskForm, field: StringField) -> None:
    """Refuse what no text may hold, also where another field is refused as well."""
    try:
        refuse(field.data or "", field.name)
    except Invalid as refusal:
        raise ValidationError(plainly(refusal.said)) from refusal


class MandateForm(FlaskForm):
    """Checks the shape of a mandate; whether it may be given is for the people to say."""

    appointment = OpenChoice(
        lazy_gettext("Office"),
        coerce=int,
        validators=[InputRequired(lazy_gettext("Choose the office."))],
        choices=[],
    )
    delegate = OpenChoice(
        lazy_gettext("Who may answer for you"),
        coerce=int,
        validators=[InputRequired(lazy_gettext("Choose who may answer for you."))],
        choices=[],
    )
    starts_on = DateField(lazy_gettext("From"), validators=[InputRequired()])
    ends_on = DateField(lazy_gettext("To"), validators=[InputRequired()])
    round = SelectField(lazy_gettext("For which rounds"), choices=[])
    ref = StringField(
        lazy_gettext("For one programme alone"),
        filters=[_line],
        validators=[Length(max=40), _holds_what_it_may],
        description=lazy_gettext("Its reference, such as SSC-2026-001; empty for all of them."),
    )
    reason = reason_field()

    def grant(self) -> Grant:
        """The mandate in the words of the people."""
        return Grant(
            appointment_id=self.appointment.data,
            delegate=self.delegate.data,
            starts_on=self.starts_on.data or date.min,
            ends_on=self.ends_on.data or date.min,
            reason=self.reason.data or "",
            scope=self._scope(),
        )

    def _scope(self) -> str:
        if self.ref.data:
            return f"case:{self.ref.data}"
        return f"round:{self.round.data}" if self.round.data else ALL


class RevocationForm(FlaskForm):
    """Nothing but the token that says that the page was ours."""
