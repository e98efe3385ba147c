"""A list of countries and parties of which the house, and not the form, says who does not fit."""

from wtforms.form import BaseForm

from web.intake.choice import OpenChoice
from workflow.reference import reference


class FittingSelect(OpenChoice):
    """Offers who fits; any other country is let through to the house, which says why it does not."""

    def pre_validate(self, form: BaseForm) -> None:
        """Refuse what is neither offered nor a country."""
        if str(self.data or "").upper() not in reference().countries:
            super().pre_validate(form)
