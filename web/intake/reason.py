"""The field in which somebody says why, as every form has it that cannot do without."""

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString
from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

from workflow.free_text import LONGEST_REASON, prose


def reason_field(needed: str | LazyString | None = None) -> TextAreaField:
    """A reason that has to be given, cleaned as prose; `needed` is said where none is."""
    return TextAreaField(
        lazy_gettext("Reason"),
        filters=[lambda text: prose(text or "")],
        validators=[DataRequired(needed), Length(max=LONGEST_REASON)],
    )
