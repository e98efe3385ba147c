"""The forms of a discussion: to say something, and to take it back."""

from uuid import uuid4

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectField, SelectMultipleField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, Optional, Regexp
from wtforms.widgets import CheckboxInput, ListWidget

from web.filters import word
from web.intake.numbers import NumberField, chosen
from web.reviews.forms import KEY
from workflow.discussions.page import DiscussionPage
from workflow.discussions.say import LONGEST, Saying
from workflow.free_text import prose


def _cleaned(text: str | None) -> str:
    return prose(text or "")


class SayForm(FlaskForm):
    """Checks the shape of a message; whether it may be said there is the house's call."""

    key = HiddenField(validators=[InputRequired(), Regexp(KEY), Length(max=40)])
    answers = NumberField(lazy_gettext("In answer to"), validators=[Optional()])
    about = SelectField(lazy_gettext("About"), choices=[], validate_choice=False)
    text = TextAreaField(
        lazy_gettext("What you want to say"),
        filters=[_cleaned],
        validators=[InputRequired(lazy_gettext("Say something.")), Length(max=LONGEST)],
        description=lazy_gettext(
            "It is talk: it signs nothing off and is kept in the history as that."
        ),
    )
    names = SelectMultipleField(
        lazy_gettext("Tell these people"),
        choices=[],
        coerce=chosen,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        validate_choice=False,
    )

    def offer(self, page: DiscussionPage) -> None:
        """Offer the sections that are open to discussion, and the people who take part."""
        self.about.choices = [
            SelectChoice(
                each.about,
                f"{word(each.document)}: {word(each.title)}" if each.document else word(each.title),
            )
            for each in page.topics
        ]
        self.names.choices = [
            SelectChoice(each.person, f"{each.name} ({', '.join(each.parties)})")
            for each in page.people
        ]
        self.key.data = self.key.data or uuid4().hex

    def saying(self, ref: str) -> Saying:
        """What was said, in the words of the house."""
        return Saying(
            ref=ref,
            text=self.text.data or "",
            key=self.key.data or "",
            about=self.about.data or "",
            answers=self.answers.data,
            names=tuple(self.names.data or ()),
        )


class RetractForm(FlaskForm):
    """Sent to take back a message."""
