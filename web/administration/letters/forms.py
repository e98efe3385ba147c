"""The form that words letters of one kind in one language."""

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import StringField, TextAreaField
from wtforms.validators import Length

from web.administration.texts import as_line, as_prose
from workflow.notices.templates import LONGEST_BODY, LONGEST_SUBJECT


class WordingForm(FlaskForm):
    """Checks the shape of the words; which placeholders there are is for the letters to say."""

    subject = StringField(
        lazy_gettext("Subject"),
        filters=[as_line],
        validators=[Length(max=LONGEST_SUBJECT)],
        description=lazy_gettext("Empty with empty words: the standard ones are back."),
    )
    body = TextAreaField(
        lazy_gettext("Words"), filters=[as_prose], validators=[Length(max=LONGEST_BODY)]
    )
