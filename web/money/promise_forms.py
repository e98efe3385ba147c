"""The forms of what is promised of money: earmarks, conditions that were met, payments that are expected."""

from datetime import date

from flask_babel import lazy_gettext
from wtforms import DateField, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from web.administration.texts import NEEDED, as_line, as_prose
from web.intake.choice import OpenChoice
from web.money.forms import LONGEST_AMOUNT, countries, earmarks_of
from web.money.words import called_earmark, called_payment
from web.reviews.forms import ActForm
from workflow.free_text import LONGEST_REASON
from workflow.ledger.models import LONGEST_CONDITION, LONGEST_LINE
from workflow.ledger.page import MoneyPage
from workflow.ledger.promise_acts.earmark import EarmarkMoney, MeetCondition
from workflow.ledger.promise_acts.payment import ExpectPayment, WithdrawPayment


class EarmarkForm(ActForm):
    """Checks the shape of an earmark."""

    source = OpenChoice(lazy_gettext("Whose money"), validators=[InputRequired(NEEDED)])
    output = StringField(
        lazy_gettext("Output that it is for"),
        validators=[Length(max=LONGEST_LINE)],
        filters=[as_line],
    )
    country = SelectField(lazy_gettext("Country that it is for"), validators=[Optional()])
    category = StringField(
        lazy_gettext("Category that it is for"),
        validators=[Length(max=LONGEST_LINE)],
        filters=[as_line],
    )
    condition = StringField(
        lazy_gettext("What has to be met first"),
        description=lazy_gettext("Like: the half-year report is accepted."),
        validators=[Length(max=LONGEST_CONDITION)],
        filters=[as_line],
    )
    reason = TextAreaField(
        lazy_gettext("Where the source says so"),
        validators=[Length(max=LONGEST_REASON)],
        filters=[as_prose],
    )

    def offer(self, page: MoneyPage) -> None:
        """Offer whose money it may be."""
        self.source.choices = [SelectChoice(key, name) for key, name in page.choices]
        self.country.choices = countries()

    def command(self, ref: str) -> EarmarkMoney:
        """The earmark in the words of the ledger."""
        return EarmarkMoney(
            ref, self.source.data, self.seen_version.data or 0, self.key.data or "",
            self.output.data or "", self.country.data or "", self.category.data or "",
            self.condition.data or "", self.reason.data or "",
        )  # fmt: skip


class ConditionForm(ActForm):
    """Checks the shape of what says that a condition was met."""

    earmark = OpenChoice(lazy_gettext("Earmark"), validators=[InputRequired(NEEDED)])
    on = DateField(lazy_gettext("Met on"), validators=[InputRequired(NEEDED)])
    reason = TextAreaField(
        lazy_gettext("By whom or by what it was met"),
        validators=[Length(max=LONGEST_REASON)],
        filters=[as_prose],
    )

    def offer(self, page: MoneyPage) -> None:
        """Offer the earmarks whose condition is not met yet."""
        self.earmark.choices = [
            SelectChoice(str(each.earmark.number), called_earmark(page, each.earmark))
            for each in page.earmarks
            if each.earmark.condition and each.earmark.met_on is None
        ]

    def command(self, ref: str) -> MeetCondition:
        """The same in the words of the ledger."""
        return MeetCondition(
            ref, int(self.earmark.data), self.on.data or date.max, self.seen_version.data or 0,
            self.key.data or "", self.reason.data or "",
        )  # fmt: skip


class PaymentForm(ActForm):
    """Checks the shape of a payment that is expected."""

    source = OpenChoice(lazy_gettext("Whose money"), validators=[InputRequired(NEEDED)])
    holder = SelectField(
        lazy_gettext("Due to"),
        description=lazy_gettext("The office, or an agency that is to be paid of it."),
        validators=[Optional()],
    )
    currency = StringField(
        lazy_gettext("Currency"),
        default="USD",
        validators=[InputRequired(NEEDED), Length(max=3)],
        filters=[as_line],
    )
    amount = StringField(
        lazy_gettext("Amount"),
        validators=[InputRequired(NEEDED), Length(max=LONGEST_AMOUNT)],
        filters=[as_line],
    )
    due = DateField(lazy_gettext("Due on"), validators=[InputRequired(NEEDED)])
    earmark = SelectField(lazy_gettext("Earmark"), validators=[Optional()])
    reason = TextAreaField(
        lazy_gettext("What it is for, or where it was promised"),
        validators=[Length(max=LONGEST_REASON)],
        filters=[as_prose],
    )

    def offer(self, page: MoneyPage) -> None:
        """Offer whose money it may be, to whom it may be due, and of which earmark."""
        self.source.choices = [SelectChoice(key, name) for key, name in page.choices]
        office = SelectChoice("", lazy_gettext("the office"))
        self.holder.choices = [office, *(SelectChoice(key, name) for key, name in page.holders)]
        self.earmark.choices = earmarks_of(page)

    def command(self, ref: str) -> ExpectPayment:
        """The payment in the words of the ledger."""
        return ExpectPayment(
            ref, self.source.data, self.currency.data or "", self.amount.data or "",
            self.due.data or date.min, self.seen_version.data or 0, self.key.data or "",
            self.holder.data or "", int(self.earmark.data or 0), self.reason.data or "",
        )  # fmt: skip


class WithdrawalForm(ActForm):
    """Checks the shape of what says that a payment is expected no more."""

    payment = OpenChoice(lazy_gettext("Payment"), validators=[InputRequired(NEEDED)])
    reason = TextAreaField(
        lazy_gettext("Why it is expected no more"),
        validators=[Length(max=LONGEST_REASON)],
        filters=[as_prose],
    )

    def offer(self, page: MoneyPage) -> None:
        """Offer the payments that are open."""
        self.payment.choices = [
            SelectChoice(str(each.number), called_payment(each))
            for each in page.payments
            if each.open
        ]

    def command(self, ref: str) -> WithdrawPayment:
        """The same in the words of the ledger."""
        return WithdrawPayment(
            ref, int(self.payment.data), self.seen_version.data or 0, self.key.data or "",
            self.reason.data or "",
        )  # fmt: skip
