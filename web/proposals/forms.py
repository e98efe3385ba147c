"""The form that begins a proposal."""

from flask_babel import lazy_gettext
from wtforms import RadioField
from wtforms.validators import DataRequired

from web.intake.choice import OpenChoice
from web.intake.new_case import NewCaseForm


class BeginProposalForm(NewCaseForm):
    """A title, whose proposal it is, and which lifecycle it follows."""

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
