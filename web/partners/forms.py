"""The form that enters a sanctions list."""

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import DateField, StringField, TextAreaField
from wtforms.fields import FileField
from wtforms.validators import InputRequired, Length

from web.administration.texts import NEEDED, as_line
from workflow.partners.sanction_lists import LONGEST_TITLE

LARGEST = 8_000_000


class SanctionsForm(FlaskForm):
    """A list with its day, as a file or as text, which a refusal does not lose."""

    title = StringField(
        lazy_gettext("Whose list"),
        description=lazy_gettext("Such as: Consolidated list of the Security Council."),
        filters=[as_line],
        validators=[InputRequired(NEEDED), Length(max=LONGEST_TITLE)],
    )
    dated = DateField(
        lazy_gettext("As it stood on"),
        description=lazy_gettext("Examinations are held against the list of the latest day."),
        validators=[InputRequired(NEEDED)],
    )
    file = FileField(lazy_gettext("File"))
    lines = TextAreaField(
        lazy_gettext("Or the lines of it"),
        description=lazy_gettext(
            "number,name,also and then a line for each; other names are separated by semicolons."
        ),
        validators=[Length(max=1_000_000)],
    )
