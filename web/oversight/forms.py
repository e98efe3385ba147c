"""The forms of an auditor: a mark of review, and the wish for a check."""

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import AnyOf, InputRequired, Length, NumberRange, Optional, Regexp
from wtforms.widgets import HiddenInput

from web.intake.numbers import NumberField
from workflow.free_text import prose
from workflow.oversight.reviews.mark import EVENT, LONGEST_NOTE, THROUGH, Mark

SEED = r"^[A-Za-z0-9._ -]{0,80}$"


def _prose(text: str | None) -> str:
    return prose(text or "")


class MarkForm(FlaskForm):
    """Checks the shape of a mark; whether there is such an event the history knows."""

    ref = HiddenField(validators=[InputRequired(), Length(max=40)])
    seq = NumberField(
        widget=HiddenInput(), validators=[InputRequired(), NumberRange(1, 2_000_000_000)]
    )
    sample = HiddenField(validators=[Optional(), Regexp(SEED)])
    covers = RadioField(
        lazy_gettext("What you reviewed"),
        choices=[
            SelectChoice(THROUGH, lazy_gettext("The history up to here")),
            SelectChoice(EVENT, lazy_gettext("This event alone")),
        ],
        validators=[InputRequired(), AnyOf((EVENT, THROUGH))],
    )
    note = TextAreaField(
        lazy_gettext("Note"),
        filters=[_prose],
        validators=[Length(max=LONGEST_NOTE)],
        description=lazy_gettext(
            "Kept apart from the trail, which holds only its commitment; it can be erased."
        ),
    )

    def mark(self) -> Mark:
        """The mark in the words of oversight."""
        return Mark(
            ref=self.ref.data or "",
            covers=self.covers.data or "",
            seq=self.seq.data or 0,
            note=self.note.data or "",
            sample=self.sample.data or "",
        )


class CheckForm(FlaskForm):
    """Which history to check; empty for all of them."""

    ref = StringField(lazy_gettext("Reference of the history"), validators=[Length(max=40)])
