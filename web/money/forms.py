"""The forms of money: to record a movement, to certify or decline one, to take one back, to enter rates."""

from datetime import date

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.fields import FileField, SelectChoice
from wtforms.validators import AnyOf, InputRequired, Length, Optional

from web.administration.texts import NEEDED, as_line, as_prose
from web.intake.choice import OpenChoice
from web.intake.numbers import NumberField
from web.money.words import called_earmark
from web.reviews.forms import ActForm
from web.wording import plainly
from workflow.free_text import LONGEST_REASON
from workflow.ledger.accounts import ACTS, WAYS, MoneyAct
from workflow.ledger.certification.certify import CertifyMovement
from workflow.ledger.models import LONGEST_LINE
from workflow.ledger.page import MoneyPage
from workflow.ledger.record import CorrectMovement, RecordMovement
from workflow.ledger.wishes import MovementWish
from workflow.reference import reference

LONGEST_AMOUNT = 40
CERTIFY, DECLINE = "certify", "decline"


class MovementForm(ActForm):
    """Checks the shape of a movement; whether it may be recorded is the ledger's to say."""

    act = OpenChoice(lazy_gettext("What happened"), validators=[InputRequired(NEEDED)])
    on = DateField(
        lazy_gettext("On"),
        description=lazy_gettext("The day on which it was promised, came or was paid."),
        validators=[InputRequired(NEEDED)],
    )
    source = OpenChoice(lazy_gettext("Whose money"), validators=[InputRequired(NEEDED)])
    currency = StringField(
        lazy_gettext("Currency"),
        description=lazy_gettext("Three letters, like EUR."),
        default="USD",
        validators=[InputRequired(NEEDED), Length(max=3)],
        filters=[as_line],
    )
    amount = StringField(
        lazy_gettext("Amount"),
        description=lazy_gettext("Digits, and a point before cents: 12500.50."),
        validators=[InputRequired(NEEDED), Length(max=LONGEST_AMOUNT)],
        filters=[as_line],
    )
    rate_on = DateField(
        lazy_gettext("Day of the rate"),
        description=lazy_gettext("Only if you mean a certain one; otherwise the rate that holds."),
        validators=[Optional()],
    )
    holder = SelectField(
        lazy_gettext("Disbursed to, or spent by"),
        description=lazy_gettext("Only of a disbursement or an expenditure; otherwise the office."),
        validators=[Optional()],
    )
    year = NumberField(lazy_gettext("Year of the budget"), validators=[Optional()])
    output = StringField(
        lazy_gettext("Output"), validators=[Length(max=LONGEST_LINE)], filters=[as_line]
    )
    category = StringField(
        lazy_gettext("Category"), validators=[Length(max=LONGEST_LINE)], filters=[as_line]
    )
    country = SelectField(
        lazy_gettext("Country that it is for"),
        description=lazy_gettext(
            "Only of a budget line, an expenditure or a contribution in kind."
        ),
        validators=[Optional()],
    )
    earmark = SelectField(
        lazy_gettext("Earmark"),
        description=lazy_gettext(
            "Only of money that its source gave for one thing or on a condition."
        ),
        validators=[Optional()],
    )
    reason = TextAreaField(
        lazy_gettext("What it is for, and under which conditions"),
        validators=[Length(max=LONGEST_REASON)],
        filters=[as_prose],
    )

    def offer(self, page: MoneyPage) -> None:
        """Offer what the person may record of this case."""
        acts = tuple(WAYS) if page.duties.records else (MoneyAct.EXPENDITURE,)
        self.act.choices = [SelectChoice(each.value, plainly(ACTS[each])) for each in acts]
        self.source.choices = [SelectChoice(key, name) for key, name in page.choices]
        office = [SelectChoice("", lazy_gettext("the office"))] if page.duties.records else []
        own = page.duties.spends
        held = [each for each in page.holders if page.duties.records or each[0] in own]
        self.holder.choices = [*office, *(SelectChoice(key, name) for key, name in held)]
        self.country.choices = countries()
        self.earmark.choices = earmarks_of(page)

    def command(self, ref: str) -> RecordMovement:
        """The movement in the words of the ledger."""
        wish = MovementWish(
            act=MoneyAct(self.act.data),
            on=self.on.data or date.min,
            source=self.source.data,
            currency=self.currency.data or "",
            amount=self.amount.data or "",
            holder=self.holder.data or "",
            year=self.year.data or 0,
            output=self.output.data or "",
            category=self.category.data or "",
            country=self.country.data or "",
            earmark=int(self.earmark.data or 0),
            rate_on=self.rate_on.data,
        )
        return RecordMovement(
            ref, wish, self.seen_version.data or 0, self.key.data or "", self.reason.data or ""
        )


def countries() -> list[SelectChoice]:
    """Every country by its name, and none of them first."""
    listed = sorted(reference().countries.values(), key=lambda each: each.name)
    named = (SelectChoice(each.iso3.lower(), each.name) for each in listed)
    return [SelectChoice("", lazy_gettext("not said")), *named]


def earmarks_of(page: MoneyPage) -> list[SelectChoice]:
    """The earmarks of a programme, and first none of them."""
    marks = (
        SelectChoice(str(each.earmark.number), called_earmark(page, each.earmark))
        for each in page.earmarks
    )
    return [SelectChoice("", lazy_gettext("none")), *marks]


class VerdictForm(ActForm):
    """Checks the shape of a decision on a movement that waits."""

    movement = NumberField(validators=[InputRequired(NEEDED)])
    verdict = HiddenField(validators=[InputRequired(NEEDED), AnyOf((CERTIFY, DECLINE))])

    def command(self, ref: str) -> CertifyMovement:
        """The decision in the words of the ledger."""
        return CertifyMovement(
            ref=ref,
            movement=self.movement.data or 0,
            certified=self.verdict.data == CERTIFY,
            seen_version=self.seen_version.data or 0,
            key=self.key.data or "",
            reason=self.reason.data or "",
        )


class CorrectionForm(ActForm):
    """Checks the shape of what takes a movement back."""

    movement = OpenChoice(lazy_gettext("Movement"), validators=[InputRequired(NEEDED)])
    on = DateField(lazy_gettext("As of"), validators=[InputRequired(NEEDED)])

    def offer(self, page: MoneyPage, called: dict[int, str]) -> None:
        """Offer the movements that count and are not taken back."""
        able = [
            line.recorded.movement.number
            for line in reversed(page.lines)
            if line.taken_back is None and line.recorded.movement.corrects is None
        ]
        self.movement.choices = [SelectChoice(str(each), called[each]) for each in able]

    def command(self, ref: str) -> CorrectMovement:
        """The correction in the words of the ledger."""
        return CorrectMovement(
            ref=ref,
            movement=int(self.movement.data),
            on=self.on.data or date.min,
            seen_version=self.seen_version.data or 0,
            key=self.key.data or "",
            reason=self.reason.data or "",
        )


class RatesForm(FlaskForm):
    """A file of rates, or the same as text, which a refusal does not lose."""

    file = FileField(lazy_gettext("File"))
    lines = TextAreaField(
        lazy_gettext("Or the lines of it"),
        description=lazy_gettext("date,currency,units_per_usd and then a line for each rate."),
        validators=[Length(max=1_000_000)],
    )
    meant = BooleanField(
        lazy_gettext("Rates that are far from the ones before are meant"),
        description=lazy_gettext("Ten times as much, or a tenth: asked about where it happens."),
    )
