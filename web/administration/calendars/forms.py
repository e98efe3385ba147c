"""The form that sets a party's working calendar."""

from datetime import date

from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import DateField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from web.administration.texts import NEEDED, as_line, as_prose
from web.intake.choice import OpenChoice
from web.intake.spoken import ZONES
from workflow.people.calendars.commands import CalendarWish
from workflow.people.calendars.public_holidays import regional

LONGEST = 8_000
DAYS = [
    SelectChoice("monday", lazy_gettext("Monday")),
    SelectChoice("tuesday", lazy_gettext("Tuesday")),
    SelectChoice("wednesday", lazy_gettext("Wednesday")),
    SelectChoice("thursday", lazy_gettext("Thursday")),
    SelectChoice("friday", lazy_gettext("Friday")),
    SelectChoice("saturday", lazy_gettext("Saturday")),
    SelectChoice("sunday", lazy_gettext("Sunday")),
]


class CalendarForm(FlaskForm):
    """Checks the shape of a calendar; which days are holidays is for the list of a country to say."""

    since = DateField(
        lazy_gettext("In force from"),
        validators=[InputRequired(NEEDED)],
        description=lazy_gettext("Tomorrow at the earliest: no end that stands today moves."),
    )
    weekend = SelectMultipleField(
        lazy_gettext("Nobody works on"),
        choices=DAYS,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    zone = OpenChoice(lazy_gettext("Time zone"), choices=ZONES, validators=[InputRequired(NEEDED)])
    source = SelectField(
        lazy_gettext("Holidays of"),
        choices=[],
        description=lazy_gettext(
            "They are written down as they are listed today, for this year and five more."
        ),
    )
    region = StringField(
        lazy_gettext("Region with holidays of its own"),
        filters=[as_line],
        validators=[Length(max=60)],
        description=lazy_gettext("Its name or letters on the list of the country, such as KA."),
    )
    closed = TextAreaField(
        lazy_gettext("Closed on these days as well"),
        filters=[as_prose],
        validators=[Length(max=LONGEST), lambda _form, field: _days(field.data)],
        description=lazy_gettext("One day to a line, such as 2027-06-24."),
    )
    worked = TextAreaField(
        lazy_gettext("Worked although they are holidays"),
        filters=[as_prose],
        validators=[Length(max=LONGEST), lambda _form, field: _days(field.data)],
        description=lazy_gettext("One day to a line."),
    )

    def wish(self) -> CalendarWish:
        """What was said, in the words of the house."""
        return CalendarWish(
            since=self.since.data,
            weekend=tuple(self.weekend.data or ()),
            zone=self.zone.data,
            source=regional(self.source.data or "", self.region.data or ""),
            closed=_days(self.closed.data),
            worked=_days(self.worked.data),
        )


def _days(text: str | None) -> frozenset[date]:
    return frozenset(map(_day, (text or "").split()))


def _day(word: str) -> date:
    try:
        return date.fromisoformat(word)
    except ValueError as cause:
        said = gettext("%(word)s is not a day; write one like 2027-06-24.", word=f"{word:.40}")
        raise ValidationError(said) from cause
