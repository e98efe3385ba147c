"""The forms of approaches: to ask countries, to answer, to record an answer, and to give notice."""

from datetime import date
from typing import Any
from uuid import uuid4

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import DateField, HiddenField, IntegerField, RadioField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

from web.administration.texts import NEEDED, as_line, as_prose
from web.approaches.words import CHANNELS
from web.intake.choice import OpenChoice
from web.solutions.forms import several
from workflow.approaches.answer import Came, CountryAnswer
from workflow.approaches.ask import ApproachQuestion

LONG, LONGER = 3000, 4000
EVERY = [SelectChoice(key, label) for key, label in CHANNELS.items()]
CAME = [each for each in EVERY if each.value != "here"]


class AskForm(FlaskForm):
    """Whom to ask about what; `key` lets a form that is sent twice ask once."""

    key = HiddenField(default=lambda: uuid4().hex, validators=[Length(max=64)])
    countries = several(
        lazy_gettext("Countries"),
        choices=[],
        validate_choice=False,
        description=lazy_gettext("Each is approached by itself, in a case of its own."),
    )
    area = OpenChoice(lazy_gettext("Area"), choices=[], validators=[InputRequired(NEEDED)])
    framework = OpenChoice(
        lazy_gettext("Framework"),
        choices=[],
        validators=[Optional()],
        description=lazy_gettext(
            "Under which they would lead; leave it open where it is for none in particular."
        ),
    )
    asked_on = DateField(lazy_gettext("Asked on"), validators=[InputRequired(NEEDED)])
    channel = OpenChoice(
        lazy_gettext("Through which channel"),
        choices=EVERY,
        validators=[InputRequired(NEEDED)],
    )
    occasion = StringField(
        lazy_gettext("Occasion"),
        filters=[as_line],
        validators=[Optional(), Length(max=200)],
        description=lazy_gettext("Such as a meeting, with its place and month."),
    )
    words = TextAreaField(
        lazy_gettext("What is asked"),
        filters=[as_prose],
        validators=[Optional(), Length(max=LONGER)],
        description=lazy_gettext("In the words of the letter, where there is one."),
    )

    def question(self) -> ApproachQuestion:
        """What every one of the countries is asked."""
        return ApproachQuestion(
            area=self.area.data,
            asked_on=self.asked_on.data,
            channel=self.channel.data,
            framework=self.framework.data or "",
            occasion=self.occasion.data or "",
            words=self.words.data or "",
        )


class OnApproach(FlaskForm):
    """What every act on an approach carries: the version that was seen, and the request's key."""

    seen_version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
    key = HiddenField(default=lambda: uuid4().hex, validators=[Length(max=64)])


class AnswerForm(OnApproach):
    """What a country answers."""

    answer = RadioField(
        lazy_gettext("Answer"),
        choices=[
            SelectChoice("lead", lazy_gettext("My country leads in this area")),
            SelectChoice("support", lazy_gettext("My country supports others that lead")),
            SelectChoice("later", lazy_gettext("Later: ask us again")),
            SelectChoice("no", lazy_gettext("No")),
        ],
        validators=[InputRequired(lazy_gettext("Choose an answer."))],
    )
    valid_until = DateField(
        lazy_gettext("Valid until"),
        validators=[Optional()],
        description=lazy_gettext(
            "The last day on which it holds, where the country leads or supports."
        ),
    )
    again_on = DateField(
        lazy_gettext("Ask again on"),
        validators=[Optional()],
        description=lazy_gettext(
            "Where the answer is later: on that day the question comes back by itself."
        ),
    )
    conditions = TextAreaField(
        lazy_gettext("Conditions"),
        filters=[as_prose],
        validators=[Optional(), Length(max=LONG)],
        description=lazy_gettext("What it depends on, such as travel that the Fund pays."),
    )
    brings = TextAreaField(
        lazy_gettext("What it brings"),
        filters=[as_prose],
        validators=[Optional(), Length(max=LONG)],
        description=lazy_gettext(
            "Knowledge, institutions, people or money that the country offers in this area."
        ),
    )

    def given(self) -> CountryAnswer:
        """The answer; a day that belongs to another one is left out."""
        answer = self.answer.data
        holds = answer in ("lead", "support")
        return CountryAnswer(
            answer=answer,
            conditions=self.conditions.data or "",
            valid_until=self.valid_until.data if holds else None,
            again_on=self.again_on.data if answer == "later" else None,
            brings=self.brings.data or "",
        )


class RecordForm(AnswerForm):
    """An answer that came by letter or on the telephone, and how it came."""

    came = OpenChoice(lazy_gettext("How it came"), choices=CAME, validators=[InputRequired(NEEDED)])
    came_on = DateField(lazy_gettext("Received on"), validators=[InputRequired(NEEDED)])
    said_by = StringField(
        lazy_gettext("From whom"),
        filters=[as_line],
        validators=[InputRequired(NEEDED), Length(max=200)],
        description=lazy_gettext("Name and office."),
    )
    said = TextAreaField(
        lazy_gettext("In which words"),
        filters=[as_prose],
        validators=[InputRequired(NEEDED), Length(max=LONGER)],
        description=lazy_gettext("As the letter has them, or as they were heard."),
    )

    def how(self) -> Came:
        """How it came."""
        return Came(
            came=self.came.data,
            came_on=self.came_on.data,
            said_by=self.said_by.data or "",
            said=self.said.data or "",
        )


class NoticeForm(OnApproach):
    """The notice by which a country takes its answer back."""

    ends_on = DateField(
        lazy_gettext("Last day"),
        validators=[InputRequired(NEEDED)],
        description=lazy_gettext("Until then the answer holds."),
    )
    reasons = TextAreaField(
        lazy_gettext("Reasons"),
        filters=[as_prose],
        validators=[InputRequired(NEEDED), Length(max=LONG)],
    )


def words_of(form: AnswerForm, told: Any) -> None:
    """Begin a form with what was answered before."""
    form.answer.data = told.get("answer") or None
    for field in (form.conditions, form.brings):
        field.data = told.get(field.short_name) or ""
    for day in (form.valid_until, form.again_on):
        written = told.get(day.short_name)
        day.data = date.fromisoformat(written) if written else None
