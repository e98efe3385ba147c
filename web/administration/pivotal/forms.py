"""The forms about pivotal countries: to name one, to end its status, to ask it and to note its answer."""

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import DateField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length

from web.administration.countries import FittingSelect
from web.administration.texts import NEEDED, as_line, as_prose
from web.intake.choice import OpenChoice
from workflow.free_text import LONGEST_REASON
from workflow.people.pivotal.interests import DECLINES, LATER, LEADS

ANSWERS = [
    SelectChoice(LEADS, lazy_gettext("wants to lead")),
    SelectChoice(LATER, lazy_gettext("perhaps later")),
    SelectChoice(DECLINES, lazy_gettext("does not lead")),
]


class PivotalForm(FlaskForm):
    """Checks the shape of a designation; whether the country may be pivotal is for the house to say."""

    country = FittingSelect(lazy_gettext("Country"), choices=[], validators=[InputRequired(NEEDED)])
    since = DateField(lazy_gettext("Pivotal since"), validators=[InputRequired(NEEDED)])
    evidence = TextAreaField(
        lazy_gettext("Evidence"),
        filters=[as_prose],
        validators=[InputRequired(NEEDED), Length(max=LONGEST_REASON)],
        description=lazy_gettext("The document and paragraph in which it is named as pivotal."),
    )


class PivotalEndForm(FlaskForm):
    """Checks the shape of an end."""

    until = DateField(lazy_gettext("Last day"), validators=[InputRequired(NEEDED)])
    ground = TextAreaField(
        lazy_gettext("Grounds"),
        filters=[as_prose],
        validators=[InputRequired(NEEDED), Length(max=LONGEST_REASON)],
        description=lazy_gettext("The document in which it is said."),
    )


class QuestionForm(FlaskForm):
    """Checks the shape of a question that was put to a country."""

    area = OpenChoice(lazy_gettext("Area"), choices=[], validators=[InputRequired(NEEDED)])
    on = DateField(lazy_gettext("Asked on"), validators=[InputRequired(NEEDED)])


class AnswerForm(FlaskForm):
    """Checks the shape of a country's answer."""

    area = OpenChoice(lazy_gettext("Area"), choices=[], validators=[InputRequired(NEEDED)])
    answer = OpenChoice(lazy_gettext("Answer"), choices=ANSWERS, validators=[InputRequired(NEEDED)])
    on = DateField(lazy_gettext("Answered on"), validators=[InputRequired(NEEDED)])
    note = StringField(
        lazy_gettext("Note"), filters=[as_line], validators=[Length(max=LONGEST_REASON)]
    )
