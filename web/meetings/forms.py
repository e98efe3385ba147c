"""The form by which a meeting is planned."""

from uuid import uuid4

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import DateField, HiddenField, IntegerField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from web.administration.texts import NEEDED, as_line, as_prose
from web.intake.choice import OpenChoice
from web.meetings.words import KINDS, MONTHS, REGIONS
from web.solutions.forms import several
from workflow.meetings.faults import FIRST_YEAR
from workflow.meetings.plan import MeetingPlan, named
from workflow.programmes.meetings.lines import LAST_YEAR

NOT_KNOWN = SelectChoice("", lazy_gettext("not known"))
NONE = SelectChoice("", lazy_gettext("none in particular"))


class PlanForm(FlaskForm):
    """What is said of a meeting before it is called; `key` lets a form that is sent twice plan it once."""

    key = HiddenField(default=lambda: uuid4().hex, validators=[Length(max=64)])
    title = StringField(
        lazy_gettext("Title"),
        filters=[as_line],
        validators=[InputRequired(NEEDED), Length(max=200)],
    )
    kind = OpenChoice(
        lazy_gettext("Kind"),
        choices=[SelectChoice(key, label) for key, label in KINDS.items()],
        validators=[InputRequired(NEEDED)],
    )
    region = OpenChoice(
        lazy_gettext("Region"),
        choices=[NONE, *(SelectChoice(key, label) for key, label in REGIONS.items())],
        validators=[Optional()],
        description=lazy_gettext("Asked for where it is a regional meeting."),
    )
    place = StringField(
        lazy_gettext("Place"),
        filters=[as_line],
        validators=[Optional(), Length(max=120)],
        description=lazy_gettext("Town and country; leave it open where it is not settled."),
    )
    year = IntegerField(
        lazy_gettext("Year"),
        validators=[
            InputRequired(NEEDED),
            NumberRange(
                FIRST_YEAR,
                LAST_YEAR,
                lazy_gettext("Write a year in four digits, such as 2003."),
            ),
        ],
    )
    month = OpenChoice(
        lazy_gettext("Month"),
        choices=[NOT_KNOWN, *(SelectChoice(key, label) for key, label in MONTHS.items())],
        validators=[Optional()],
    )
    starts_on = DateField(
        lazy_gettext("First day"),
        validators=[Optional()],
        description=lazy_gettext("Leave it open where it is not known yet, or was not recorded."),
    )
    ends_on = DateField(lazy_gettext("Last day"), validators=[Optional()])
    framework = OpenChoice(lazy_gettext("Framework"), choices=[], validators=[Optional()])
    areas = several(lazy_gettext("Areas"), choices=[], validate_choice=False)
    purpose = TextAreaField(
        lazy_gettext("What it is for"),
        filters=[as_prose],
        validators=[InputRequired(NEEDED), Length(max=3000)],
    )
    invited = several(lazy_gettext("Countries"), choices=[], validate_choice=False)
    why = StringField(
        lazy_gettext("Why these"),
        filters=[as_line],
        validators=[InputRequired(NEEDED), Length(max=300)],
        description=lazy_gettext(
            "Stands beside each; what is to be said of one alone is changed in the plan."
        ),
    )

    def plan(self) -> MeetingPlan:
        """What the form says."""
        return MeetingPlan(
            title=self.title.data or "",
            kind=self.kind.data,
            place=self.place.data or "",
            year=self.year.data or 0,
            month=self.month.data or "",
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
            region=self.region.data or "",
            framework=self.framework.data or "",
            areas=tuple(self.areas.data or ()),
            purpose=self.purpose.data or "",
            countries=named(self.invited.data or (), self.why.data or ""),
        )
