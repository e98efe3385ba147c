"""The forms about bodies: to enter one, to change it, to give and end a seat, to call a session."""

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, IntegerField, SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from web.administration.countries import FittingSelect
from web.administration.texts import NEEDED, as_line
from web.intake.choice import OpenChoice
from workflow.bodies.commands import Charter
from workflow.bodies.seats import CHAIR, DEPUTY, MEMBER

KINDS = [
    SelectChoice("board", lazy_gettext("Board: it decides")),
    SelectChoice("appraisal", lazy_gettext("Appraisal committee: it advises on quality")),
    SelectChoice("steering", lazy_gettext("Steering committee: it steers delivery")),
]
PLACES = [
    SelectChoice(CHAIR, lazy_gettext("Chair")),
    SelectChoice(DEPUTY, lazy_gettext("Deputy chair")),
    SelectChoice(MEMBER, lazy_gettext("Member")),
]


class CharterForm(FlaskForm):
    """Checks the shape of what a body is."""

    name = StringField(
        lazy_gettext("Name"), filters=[as_line], validators=[InputRequired(NEEDED), Length(max=200)]
    )
    quorum = IntegerField(
        lazy_gettext("Quorum"),
        default=1,
        validators=[InputRequired(NEEDED), NumberRange(1, 500)],
        description=lazy_gettext(
            "Below it nothing is decided, and the set-up page says so; how votes count is said by the lifecycle."
        ),
    )
    by_default = BooleanField(
        lazy_gettext("It decides where a framework names no other"),
        description=lazy_gettext("One body of each kind does; it needs a chair."),
    )

    def charter(self, kind: str) -> Charter:
        """What was said, in the words of the house."""
        return Charter(
            kind=kind,
            name=self.name.data or "",
            quorum=self.quorum.data or 0,
            by_default=self.by_default.data,
        )


class BodyForm(FlaskForm):
    """Checks the shape of a new body."""

    key = StringField(
        lazy_gettext("Key"),
        filters=[as_line],
        validators=[InputRequired(NEEDED), Length(max=40)],
        description=lazy_gettext("Small letters, digits and hyphens; it stays for good."),
    )
    name = StringField(
        lazy_gettext("Name"), filters=[as_line], validators=[InputRequired(NEEDED), Length(max=200)]
    )
    kind = OpenChoice(lazy_gettext("Kind"), choices=KINDS, validators=[InputRequired(NEEDED)])
    quorum = IntegerField(
        lazy_gettext("Quorum"), default=1, validators=[InputRequired(NEEDED), NumberRange(1, 500)]
    )

    def charter(self) -> Charter:
        """What was said, in the words of the house."""
        return Charter(kind=self.kind.data, name=self.name.data or "", quorum=self.quorum.data or 0)


class BodySeatForm(FlaskForm):
    """Checks the shape of a seat; who may sit there is for the house to say."""

    party = FittingSelect(lazy_gettext("Party"), choices=[], validators=[InputRequired(NEEDED)])
    place = SelectField(lazy_gettext("Seat"), choices=PLACES, default=MEMBER)
    category = StringField(
        lazy_gettext("Category"),
        filters=[as_line],
        validators=[Length(max=60)],
        description=lazy_gettext(
            "For whom it sits there, such as Government; on a committee in the words of the lifecycle, "
            "which asks that each of its categories is heard."
        ),
    )
    starts_on = DateField(lazy_gettext("From"), validators=[InputRequired(NEEDED)])
    ends_on = DateField(lazy_gettext("To"), validators=[Optional()])


class SeatEndForm(FlaskForm):
    """Checks the shape of an end."""

    seat = OpenChoice(
        lazy_gettext("Seat"), choices=[], coerce=int, validators=[InputRequired(NEEDED)]
    )
    ends_on = DateField(lazy_gettext("Last day"), validators=[InputRequired(NEEDED)])


class SessionForm(FlaskForm):
    """Checks the shape of a session."""

    title = StringField(
        lazy_gettext("Session"),
        filters=[as_line],
        validators=[InputRequired(NEEDED), Length(max=200)],
    )
    starts_on = DateField(lazy_gettext("From"), validators=[InputRequired(NEEDED)])
    ends_on = DateField(lazy_gettext("To"), validators=[InputRequired(NEEDED)])
