"""The forms about people: who they are, how they come by a password, whether they have access."""

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import (
    EmailField,
    PasswordField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
)
from wtforms.validators import InputRequired, Length

from web.intake.reason import reason_field
from web.intake.spoken import SPOKEN, ZONES
from workflow.free_text import line
from workflow.people.accounts.details import Details

INVITE, GIVE = "invite", "give"


class DetailsForm(FlaskForm):
    """Checks the shape of what is known of a person."""

    name = StringField(
        lazy_gettext("Name"),
        description=lazy_gettext("As others see it; one name alone is a name."),
        filters=[lambda text: line(text or "")],
        validators=[InputRequired(lazy_gettext("Enter a name.")), Length(max=200)],
    )
    email = EmailField(
        lazy_gettext("E-mail address"),
        description=lazy_gettext("To sign in with."),
        validators=[InputRequired(lazy_gettext("Enter an e-mail address.")), Length(max=254)],
    )
    language = SelectField(
        lazy_gettext("Language"),
        choices=[SelectChoice(key, name) for key, name in SPOKEN.items()],
        default="en",
    )
    time_zone = SelectField(lazy_gettext("Time zone"), choices=ZONES, default="UTC")

    def details(self) -> Details:
        """What the people's register keeps."""
        return Details(
            self.name.data or "",
            self.email.data or "",
            self.language.data or "en",
            self.time_zone.data or "UTC",
        )


class EntryForm(DetailsForm):
    """A new person, and how they come by a password."""

    way = RadioField(
        lazy_gettext("How do they come by a password?"),
        choices=[
            SelectChoice(INVITE, lazy_gettext("By a link that opens once, within a week")),
            SelectChoice(GIVE, lazy_gettext("By a first password that they must change")),
        ],
        default=INVITE,
        validators=[InputRequired()],
    )
    password = PasswordField(
        lazy_gettext("First password"),
        description=lazy_gettext("Only where you give one; at least 12 characters."),
        validators=[Length(max=1000)],
        render_kw={"autocomplete": "new-password"},
    )


class EndAccessForm(FlaskForm):
    """Why somebody's access ends."""

    reason = reason_field(lazy_gettext("Say why access ends."))


class PlainForm(FlaskForm):
    """Nothing but the token that says that the page was ours."""
