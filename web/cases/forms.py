"""The form that begins a case which is no programme."""

from uuid import uuid4

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField
from wtforms.validators import DataRequired, Length

from web.intake.choice import OpenChoice
from workflow.free_text import line


class BeginCaseForm(FlaskForm):
    """A title, and for which office or party it begins; `key` lets a form that is sent twice begin one."""

    key = HiddenField(default=lambda: uuid4().hex, validators=[Length(max=64)])

    title = StringField(
        lazy_gettext("Title"),
        description=lazy_gettext("Short enough to be said in a meeting. You can change it later."),
        filters=[lambda text: line(text or "")],
        validators=[
            DataRequired(lazy_gettext("Give it a title to begin with.")),
            Length(max=200, message=lazy_gettext("At most 200 characters fit.")),
        ],
    )
    party = OpenChoice(
        lazy_gettext("Begun by"),
        validators=[DataRequired(lazy_gettext("Choose for whom it is begun."))],
        description=lazy_gettext("The office or party that you act for."),
        validate_choice=True,
    )
