"""The form of a framework or a fund."""

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import DateField, DecimalField, SelectField, SelectMultipleField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from web.administration.texts import NEEDED, as_line
from web.intake.choice import OpenChoice
from workflow.frameworks.terms import FRAMEWORK, FUND, Terms

KINDS = [
    SelectChoice(FRAMEWORK, lazy_gettext("Cooperation framework")),
    SelectChoice(FUND, lazy_gettext("Fund")),
]


class TermsForm(FlaskForm):
    """Checks the shape of the terms of a framework; what they may be is for the house to say."""

    title = StringField(
        lazy_gettext("Title"),
        filters=[as_line],
        validators=[InputRequired(NEEDED), Length(max=300)],
    )
    kind = OpenChoice(lazy_gettext("Kind"), choices=KINDS, validators=[InputRequired(NEEDED)])
    symbol = StringField(
        lazy_gettext("Document symbol"),
        filters=[as_line],
        validators=[Length(max=60)],
        description=lazy_gettext("Such as DP/CF/SSC/3."),
    )
    starts_on = DateField(lazy_gettext("In force from"), validators=[InputRequired(NEEDED)])
    ends_on = DateField(
        lazy_gettext("In force to"),
        validators=[Optional()],
        description=lazy_gettext("Empty: until it is followed by another."),
    )
    areas = SelectMultipleField(
        lazy_gettext("Areas"),
        choices=[],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    envelope = DecimalField(
        lazy_gettext("Envelope"),
        validators=[Optional()],
        description=lazy_gettext("The whole amount, in the one currency below."),
    )
    currency = StringField(
        lazy_gettext("Currency"),
        filters=[as_line],
        description=lazy_gettext("Three letters, such as USD; it stays as it was first given."),
    )
    body = SelectField(
        lazy_gettext("Body"),
        choices=[],
        description=lazy_gettext("It decides on what is proposed here. It needs a chair."),
    )

    appraisal = SelectField(
        lazy_gettext("Appraisal committee"),
        choices=[],
        default="",
        description=lazy_gettext("Empty: the one by default, or else the office of the house."),
    )
    steering = SelectField(
        lazy_gettext("Steering committee"),
        choices=[],
        default="",
        description=lazy_gettext("Empty: the one by default, or else the Board."),
    )

    def terms(self) -> Terms:
        """What was said, in the words of the house."""
        if self.starts_on.data is None:
            raise TypeError("A form that was checked has its first day.")
        return Terms(
            title=self.title.data or "",
            kind=self.kind.data,
            symbol=self.symbol.data or "",
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
            areas=tuple(self.areas.data or ()),
            currency=self.currency.data or "",
            envelope=self.envelope.data,
            body=self.body.data or "",
            appraisal=self.appraisal.data or "",
            steering=self.steering.data or "",
        )


class FrameworkForm(TermsForm):
    """Checks the shape of a new framework or fund."""

    key = StringField(
        lazy_gettext("Key"),
        filters=[as_line],
        validators=[InputRequired(NEEDED), Length(max=40)],
        description=lazy_gettext("Letters, digits and hyphens; it stays for good."),
    )


class TakeInForm(FlaskForm):
    """Nothing but the token that says that the page was ours."""
