"""The form that moves money from one budget line to another."""

from datetime import date

from flask_babel import lazy_gettext
from wtforms import DateField, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from web.administration.texts import NEEDED, as_line, as_prose
from web.intake.choice import OpenChoice
from web.intake.numbers import NumberField
from web.money.forms import LONGEST_AMOUNT, countries
from web.money.words import called_line
from web.reviews.forms import ActForm
from workflow.free_text import LONGEST_REASON
from workflow.ledger.models import LONGEST_LINE
from workflow.ledger.page import MoneyPage
from workflow.ledger.transfers.transfer import TransferMoney, TransferWish


class TransferForm(ActForm):
    """Checks the shape of a transfer; whether it may be is the ledger's to say."""

    of = OpenChoice(lazy_gettext("From the line"), validators=[InputRequired(NEEDED)])
    to = SelectField(
        lazy_gettext("To the line"),
        description=lazy_gettext("Of the same source and currency."),
        validators=[Optional()],
    )
    year = NumberField(lazy_gettext("Year of the new line"), validators=[Optional()])
    output = StringField(
        lazy_gettext("Output of the new line"),
        validators=[Length(max=LONGEST_LINE)],
        filters=[as_line],
    )
    category = StringField(
        lazy_gettext("Category of the new line"),
        validators=[Length(max=LONGEST_LINE)],
        filters=[as_line],
    )
    country = SelectField(lazy_gettext("Country of the new line"), validators=[Optional()])
    amount = StringField(
        lazy_gettext("Amount, in the currency of the line"),
        validators=[InputRequired(NEEDED), Length(max=LONGEST_AMOUNT)],
        filters=[as_line],
    )
    on = DateField(lazy_gettext("On"), validators=[InputRequired(NEEDED)])
    reason = TextAreaField(
        lazy_gettext("Why it is moved"),
        validators=[InputRequired(NEEDED), Length(max=LONGEST_REASON)],
        filters=[as_prose],
    )

    def offer(self, page: MoneyPage) -> None:
        """Offer the lines on which something is left, and where it may go; its day is today unless said."""
        lines = [(str(each.number), called_line(page, each), each) for each in page.of_sources]
        self.of.choices = [SelectChoice(key, said) for key, said, each in lines if each.left > 0]
        another = SelectChoice("", lazy_gettext("a new line, said below"))
        self.to.choices = [another, *(SelectChoice(key, said) for key, said, _ in lines)]
        self.country.choices = countries()
        if self.on.data is None:
            self.on.data = page.case.today

    def command(self, ref: str) -> TransferMoney:
        """The transfer in the words of the ledger."""
        wish = TransferWish(
            of=int(self.of.data),
            to=int(self.to.data or 0),
            amount=self.amount.data or "",
            on=self.on.data or date.min,
            year=self.year.data or 0,
            output=self.output.data or "",
            category=self.category.data or "",
            country=self.country.data or "",
        )
        return TransferMoney(
            ref, wish, self.seen_version.data or 0, self.key.data or "", self.reason.data or ""
        )
