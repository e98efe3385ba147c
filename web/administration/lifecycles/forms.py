"""The forms about lifecycles: to begin and keep a draft, to publish it, to offer a version, to retire."""

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.fields import FileField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import HiddenInput

from web.administration.texts import NEEDED, as_line, as_prose
from web.intake.choice import OpenChoice
from workflow.free_text import LONGEST_REASON
from workflow.publication.drafts import LONGEST_NAME

WHY = lazy_gettext("Say why.")


class BeginningForm(FlaskForm):
    """Checks the shape of a new draft: its name, and what it begins from."""

    name = StringField(
        lazy_gettext("Name"),
        filters=[as_line],
        validators=[InputRequired(NEEDED), Length(max=LONGEST_NAME)],
        description=lazy_gettext("For administrators alone; the lifecycle has a title of its own."),
    )
    version = SelectField(lazy_gettext("Begin from"), choices=[], validators=[Optional()])
    file = FileField(
        lazy_gettext("Or from a file"), description=lazy_gettext("A lifecycle as a TOML file.")
    )


class DraftForm(FlaskForm):
    """The text of a draft, and which keeping of it was opened."""

    revision = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
    text = TextAreaField(lazy_gettext("Text"), validators=[InputRequired(NEEDED)])


class RevisionForm(FlaskForm):
    """Which keeping of a draft was opened."""

    revision = IntegerField(widget=HiddenInput(), validators=[InputRequired()])


class ActForm(FlaskForm):
    """Checks the shape of an act on a lifecycle: from when on, and why."""

    seen = IntegerField(widget=HiddenInput(), validators=[Optional()])
    starts_on = DateField(
        lazy_gettext("From"),
        validators=[Optional()],
        description=lazy_gettext("The day begins where the house is; at once if left empty."),
    )
    why = TextAreaField(
        lazy_gettext("Why"),
        filters=[as_prose],
        validators=[InputRequired(WHY), Length(max=LONGEST_REASON)],
        description=lazy_gettext("It stands in the register, where everybody reads it."),
    )


class OfferForm(ActForm):
    """Which version is offered again."""

    version = OpenChoice(
        lazy_gettext("Version"), choices=[], validators=[InputRequired(lazy_gettext("Choose one."))]
    )


class RetirementForm(ActForm):
    """What is retired, and whether proposals that are being written stand against it."""

    version = SelectField(lazy_gettext("What is retired"), choices=[], validators=[Optional()])
    unless_drafts = BooleanField(lazy_gettext("Refuse it while proposals are being written on it"))


class PublicationForm(ActForm):
    """To publish a draft as it is kept."""

    revision = IntegerField(widget=HiddenInput(), validators=[InputRequired()])


class TextsForm(FlaskForm):
    """Checks the shape of texts in another language: a file, and why they are entered."""

    file = FileField(
        lazy_gettext("File"),
        validators=[InputRequired(lazy_gettext("Choose a file."))],
        description=lazy_gettext("The file to fill in, with a text beside each English one."),
    )
    why = TextAreaField(
        lazy_gettext("Why"),
        filters=[as_prose],
        validators=[InputRequired(WHY), Length(max=LONGEST_REASON)],
        description=lazy_gettext("It stands in the register, where everybody reads it."),
    )
