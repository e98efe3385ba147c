"""The form that takes an expenditure over from an accepted report."""

from collections.abc import Sequence

from flask_babel import gettext, lazy_gettext
from wtforms import HiddenField, SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length

from web.administration.texts import NEEDED, as_line
from web.money.forms import LONGEST_AMOUNT
from web.money.words import amount as written
from web.reviews.forms import ActForm
from workflow.ledger.currency import USD
from workflow.ledger.page import MoneyPage
from workflow.ledger.reported.offers import HeldPot, ReportOffer
from workflow.ledger.reported.take_over import TakeOver

LONGEST_NAME = 120


class ReportForm(ActForm):
    """Checks the shape of what is taken over: which report, of which money, how much."""

    paper = HiddenField(validators=[InputRequired(NEEDED), Length(max=LONGEST_NAME)])
    pot = SelectField(lazy_gettext("Of which money"), validators=[InputRequired(NEEDED)])
    amount = StringField(
        lazy_gettext("Amount"),
        validators=[InputRequired(NEEDED), Length(max=LONGEST_AMOUNT)],
        filters=[as_line],
    )

    def offer(self, page: MoneyPage, found: Sequence[ReportOffer]) -> None:
        """Offer the money of which the report may tell, the most of it first.

        Of a report that is not offered any more the ledger says why.
        """
        of = next((each for each in found if each.key == self.paper.data), None)
        pots = pots_of(page, of) if of else {self.pot.data or "": ""}
        self.pot.choices = [SelectChoice(key, said) for key, said in pots.items()]

    def command(self, ref: str) -> TakeOver:
        """What is taken over in the words of the ledger."""
        source, holder, earmark = (self.pot.data or "  0").split(" ")
        return TakeOver(
            ref, self.paper.data or "", source, self.amount.data or "",
            self.seen_version.data or 0, self.key.data or "", holder, int(earmark),
        )  # fmt: skip


def pots_of(page: MoneyPage, of: ReportOffer) -> dict[str, str]:
    """The money of which a report may tell, by its keys: whose it is, who holds it, and how much is left."""
    return {each.key: _called(page, each) for each in of.pots}


def _called(page: MoneyPage, pot: HeldPot) -> str:
    whose, holder = (page.names.get(key, key) for key in (pot.source, pot.holder))
    mark = gettext("earmark %(number)s", number=pot.earmark) if pot.earmark else ""
    return ", ".join(filter(None, (whose, holder, mark, f"USD {written(pot.left, USD)}")))
