"""What every form that begins a case asks."""

from uuid import uuid4

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField
from wtforms.validators import DataRequired, Length

from workflow.free_text import line


class NewCaseForm(FlaskForm):
    """A title to begin with; `key` lets a form that is sent twice begin one case."""

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
