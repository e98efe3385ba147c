"""The form that begins a case which is no programme."""

from flask_babel import lazy_gettext
from wtforms.validators import DataRequired

from web.intake.choice import OpenChoice
from web.intake.new_case import NewCaseForm


class BeginCaseForm(NewCaseForm):
    """A title, and for which office or party it begins."""

    party = OpenChoice(
        lazy_gettext("Begun by"),
        validators=[DataRequired(lazy_gettext("Choose for whom it is begun."))],
        description=lazy_gettext("The office or party that you act for."),
        validate_choice=True,
    )
