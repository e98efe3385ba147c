"""The forms about what countries share; what an entry has to say is for the house to decide."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from web.administration.texts import NEEDED, as_line, as_prose
from web.filters import word
from web.intake.choice import OpenChoice
from web.solutions.words import form_called, goal, tongues
from workflow.errors import Invalid
from workflow.free_text import LONGEST_REASON
from workflow.phrase import phrase
from workflow.reference import choices
from workflow.sharing.content import EXPERT, FORMS, INSTITUTION, Content
from workflow.sharing.word import Consent

# What is said of one kind of entry alone.
OF_KIND = {
    "institution": ("solution", EXPERT),
    "forms": (INSTITUTION,),
    "capacity": (INSTITUTION,),
    "roles": (EXPERT,),
    "availability": (EXPERT,),
    "consented_on": (EXPERT,),
    "consented_until": (EXPERT,),
    "consent": (EXPERT,),
    "consented_files": (EXPERT,),
}


# Several of a list, each a box.
several = partial(
    SelectMultipleField, widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
)


class EntryForm(FlaskForm):
    """Takes what an entry says, and of an expert the consent."""

    party = OpenChoice(lazy_gettext("Country"), choices=[], validators=[InputRequired(NEEDED)])
    seen = IntegerField(widget=HiddenInput(), default=0, validators=[Optional()])
    title = StringField(
        lazy_gettext("What it is called"),
        filters=[as_line],
        validators=[InputRequired(NEEDED), Length(max=200)],
    )
    summary = TextAreaField(
        lazy_gettext("What it solves"), filters=[as_prose], validators=[InputRequired(NEEDED)]
    )
    areas = several(lazy_gettext("Areas"), choices=[])
    goals = several(lazy_gettext("Sustainable Development Goals"), choices=[])
    languages = several(lazy_gettext("Languages"), choices=[])
    forms = several(lazy_gettext("Forms of cooperation"), choices=[])
    capacity = StringField(
        lazy_gettext("Capacity"),
        filters=[as_line],
        description=lazy_gettext("For how much there is room, such as 40 trainees a year."),
    )
    roles = TextAreaField(
        lazy_gettext("Past roles in programmes"), filters=[as_prose], validators=[Optional()]
    )
    availability = StringField(
        lazy_gettext("Availability"),
        filters=[as_line],
        description=lazy_gettext("When, for how long, and how far from home."),
    )
    institution = SelectField(lazy_gettext("Institution"), choices=[], validators=[Optional()])
    consented_on = DateField(
        lazy_gettext("Consent given on"),
        validators=[Optional()],
        description=lazy_gettext("The day on which the expert agreed to be listed."),
    )
    consented_until = DateField(
        lazy_gettext("Consent lasts to"),
        validators=[Optional()],
        description=lazy_gettext(
            "After this day the entry goes from every page, and what it says is erased. Three years at most."
        ),
    )
    consent = TextAreaField(
        lazy_gettext("What the expert agreed to"),
        filters=[as_prose],
        validators=[Optional(), Length(max=LONGEST_REASON)],
        description=lazy_gettext(
            "In their own words, with how it was given. Shown to your country and the office alone."
        ),
    )
    consented_files = BooleanField(
        lazy_gettext("The expert agreed to stand in files that are taken away as well")
    )

    def offer(self, kind: str, countries: Iterable[tuple[str, str]], houses: Iterable[tuple[int, str]]) -> None:  # fmt: skip
        """Offer what can be chosen, and leave out what is said of other kinds."""
        self.party.choices = list(countries)
        self.areas.choices = [(key, word(label)) for key, label in choices("areas")]
        self.goals.choices = [(key, goal(key)) for key, _ in choices("sdg_goals")]
        self.languages.choices = tongues()
        self.forms.choices = [(key, form_called(key)) for key in FORMS]
        own = [(str(number), title) for number, title in houses]
        self.institution.choices = [("", gettext("none")), *own]
        for name, kinds in OF_KIND.items():
            if kind not in kinds:
                del self[name]
        if kind == EXPERT:
            self.title.label.text = gettext("Name")
            self.summary.label.text = gettext("What they know")
        if kind == INSTITUTION:
            self.summary.label.text = gettext("What it does")

    def content(self) -> Content:
        """What was said, in the words of the house."""
        chosen = self.said("institution")
        return Content(
            title=self.title.data or "",
            summary=self.summary.data or "",
            areas=tuple(self.areas.data or ()),
            goals=tuple(self.goals.data or ()),
            languages=tuple(self.languages.data or ()),
            institution=int(chosen) if chosen else None,
            forms=tuple(self.said("forms") or ()),
            capacity=self.said("capacity") or "",
            roles=self.said("roles") or "",
            availability=self.said("availability") or "",
        )

    def agreed(self) -> Consent | None:
        """The consent, where any part of one was said; refuses one of which a day or the words are missing."""
        names = ("consented_on", "consented_until", "consent")
        said = {name: self.said(name) for name in names}
        files = bool(self.said("consented_files"))
        if not files and not any(said.values()):
            return None
        if not all(said.values()):
            needed = phrase(
                "A consent has the day on which it was given, its last day and its words."
            )
            raise Invalid(needed, {name: needed for name in names if not said[name]})
        return Consent(
            given_on=said["consented_on"],
            until=said["consented_until"],
            words=said["consent"],
            files=files,
        )

    def said(self, name: str) -> Any:
        """What stands in a field; nothing where this kind of entry has none."""
        return self[name].data if name in self else None

    def fill(self, content: Content) -> None:
        """Begin with how the entry was worded last."""
        for name in ("title", "summary", "capacity", "roles", "availability"):
            if name in self:
                self[name].data = getattr(content, name)
        for name in ("areas", "goals", "languages", "forms"):
            if name in self:
                self[name].data = list(getattr(content, name))
        if "institution" in self:
            self["institution"].data = str(content.institution or "")


class DecisionForm(FlaskForm):
    """Takes which wording is confirmed, or declined with the reason."""

    wording = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
    reason = TextAreaField(
        lazy_gettext("Why it is declined"),
        filters=[as_prose],
        validators=[Optional(), Length(max=LONGEST_REASON)],
    )


class ActOnEntry(FlaskForm):
    """Takes nothing but that it is meant."""


class WithdrawalForm(FlaskForm):
    """Takes that an entry is withdrawn for good, said twice."""

    sure = BooleanField(
        lazy_gettext("I know that this cannot be undone"), validators=[InputRequired(NEEDED)]
    )


class UseForm(FlaskForm):
    """Takes the reference of a programme."""

    ref = StringField(
        lazy_gettext("Programme"),
        filters=[as_line],
        validators=[InputRequired(NEEDED), Length(max=40)],
        description=lazy_gettext("Its reference, such as SSC-2026-007. You take part in it."),
    )
