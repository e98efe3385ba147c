"""The forms that set a party's reporting calendar, and take many of them from a file."""

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import DateField, FileField, IntegerField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length

from web.administration.texts import NEEDED
from web.wording import plainly
from workflow.offices.reporting.acts import ReportingWish
from workflow.people.reporting.months import MONTHS


class ReportingForm(FlaskForm):
    """Checks the shape of a reporting calendar; whether it can count is for the house to say."""

    begins_in = SelectField(
        lazy_gettext("The financial year begins in"), coerce=int, validators=[InputRequired(NEEDED)]
    )
    within = IntegerField(
        lazy_gettext("Days after the end of a period by which it reports"),
        validators=[InputRequired(NEEDED)],
    )
    since = DateField(
        lazy_gettext("For periods that begin from this day on"),
        validators=[InputRequired(NEEDED)],
        description=lazy_gettext("Tomorrow at the earliest: no period that has begun moves."),
    )

    def named(self) -> "ReportingForm":
        """The form with the months by their names."""
        self.begins_in.choices = [(number, plainly(name)) for number, name in MONTHS.items()]
        return self

    def wish(self) -> ReportingWish:
        """What was said, in the words of the house."""
        return ReportingWish(self.since.data, self.begins_in.data, self.within.data)


class ReportingFileForm(FlaskForm):
    """A file of reporting calendars, or the same as text, which a refusal does not lose."""

    file = FileField(lazy_gettext("File"))
    lines = TextAreaField(
        lazy_gettext("Or the lines of it"),
        description=lazy_gettext(
            "party,from,year_begins_in,due_after_days and then a line for each party, such as moz,2027-01-01,1,60."
        ),
        validators=[Length(max=1_000_000)],
    )
