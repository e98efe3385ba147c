"""The form that begins a proposal."""

from uuid import uuid4

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, StringField
from wtforms.validators import DataRequired, Length

from web.intake.choice import OpenChoice
from workflow.free_text import line


class BeginForm(FlaskForm):
    """A title, whose proposal it is, and which lifecycle it follows; `key` lets a form that is sent twice begin one."""

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
        lazy_gettext("Proposed by"),
        validators=[DataRequired(lazy_gettext("Choose for whom it is proposed."))],
        description=lazy_gettext("The country or institution that you submit for."),
        validate_choice=True,
    )
    lifecycle = RadioField(
        lazy_gettext("Which lifecycle does it follow?"),
        validators=[DataRequired(lazy_gettext("Choose a lifecycle."))],
        validate_choice=True,
    )
