"""The forms about groupings: to enter one, a country in it, to change a membership and to strike it."""

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length

from web.administration.countries import FittingSelect
from web.administration.texts import NEEDED, as_line, as_prose
from web.intake.choice import OpenChoice
from workflow.free_text import LONGEST_REASON
from workflow.people.groupings.commands import MembershipWish
from workflow.people.groupings.days import days_said

SURE = [
    SelectChoice("high", lazy_gettext("read in its own documents")),
    SelectChoice("medium", lazy_gettext("read elsewhere")),
    SelectChoice("low", lazy_gettext("not checked")),
]


class ListForm(FlaskForm):
    """Sent to take in the reference list."""


class GroupingForm(FlaskForm):
    """Checks the shape of a grouping."""

    key = StringField(
        lazy_gettext("Key"),
        filters=[as_line],
        validators=[InputRequired(NEEDED), Length(max=40)],
        description=lazy_gettext(
            "Small letters, digits and hyphens, such as pacific-forum; addresses and lifecycles name it so."
        ),
    )
    label = StringField(
        lazy_gettext("What it is called"),
        filters=[as_line],
        validators=[InputRequired(NEEDED), Length(max=200)],
    )


class GroundForm(FlaskForm):
    """Checks the shape of the grounds of an act on a membership."""

    ground = TextAreaField(
        lazy_gettext("Where that is said"),
        filters=[as_prose],
        validators=[InputRequired(NEEDED), Length(max=LONGEST_REASON)],
        description=lazy_gettext("The document in which it stands; it is kept in the history."),
    )


class MembershipForm(GroundForm):
    """Checks the shape of a membership; which days may be is for the house to say."""

    since = StringField(
        lazy_gettext("Belongs to it since"),
        filters=[as_line],
        validators=[Length(max=40)],
        description=lazy_gettext(
            "A day such as 1975-05-28, or a year where the day is not known; empty where neither is."
        ),
    )
    until = StringField(
        lazy_gettext("Last day or year"),
        filters=[as_line],
        validators=[Length(max=40)],
        description=lazy_gettext("Empty while it belongs to it."),
    )
    confidence = OpenChoice(
        lazy_gettext("How sure that is"), choices=SURE, validators=[InputRequired(NEEDED)]
    )

    def wish(self) -> MembershipWish:
        """What was said, in the words of the house; refuses what is no day."""
        return MembershipWish(
            days=days_said(self.since.data, self.until.data),
            ground=self.ground.data,
            confidence=self.confidence.data,
        )


class MemberForm(MembershipForm):
    """The same with the country that is entered."""

    country = FittingSelect(lazy_gettext("Country"), choices=[], validators=[InputRequired(NEEDED)])
