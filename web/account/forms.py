"""The sign-in form."""

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import EmailField, PasswordField, SelectChoice, SelectField, StringField
from wtforms.validators import EqualTo, InputRequired, Length

from web.intake.spoken import SPOKEN, ZONES


class SignInForm(FlaskForm):
    """Checks that both fields are filled; whether they fit is for the people's register."""

    email = EmailField(
        lazy_gettext("E-mail address"),
        validators=[InputRequired(lazy_gettext("Enter your e-mail address.")), Length(max=254)],
        render_kw={"autocomplete": "username"},
    )
    password = PasswordField(
        lazy_gettext("Password"),
        validators=[InputRequired(lazy_gettext("Enter your password.")), Length(max=1000)],
        render_kw={"autocomplete": "current-password"},
    )


class ProofForm(FlaskForm):
    """Checks that the password is given; whether it fits is for the people's register."""

    password = PasswordField(
        lazy_gettext("Password"),
        validators=[InputRequired(lazy_gettext("Enter your password.")), Length(max=1000)],
        render_kw={"autocomplete": "current-password"},
    )


class ChoiceForm(FlaskForm):
    """A password given twice alike; whether it is strong is for the people's register."""

    password = PasswordField(
        lazy_gettext("New password"),
        description=lazy_gettext("At least 12 characters; a sentence is easy to keep in mind."),
        validators=[InputRequired(lazy_gettext("Enter a new password.")), Length(max=1000)],
        render_kw={"autocomplete": "new-password"},
    )
    again = PasswordField(
        lazy_gettext("The same again"),
        validators=[
            InputRequired(lazy_gettext("Enter it a second time.")),
            EqualTo("password", lazy_gettext("The two are not alike.")),
        ],
        render_kw={"autocomplete": "new-password"},
    )


class ChangeForm(ChoiceForm):
    """The same, with the password of now."""

    current = PasswordField(
        lazy_gettext("Your password now"),
        validators=[InputRequired(lazy_gettext("Enter your password.")), Length(max=1000)],
        render_kw={"autocomplete": "current-password"},
    )


class SwitchForm(FlaskForm):
    """Which person of the demonstration to become."""

    email = StringField(validators=[InputRequired(), Length(max=254)])


class OwnDetailsForm(FlaskForm):
    """One of the languages and one of the time zones there are."""

    language = SelectField(
        lazy_gettext("Language"),
        choices=[SelectChoice(key, name) for key, name in SPOKEN.items()],
        description=lazy_gettext("Of letters; the language of pages is chosen in the bar."),
    )
    time_zone = SelectField(
        lazy_gettext("Time zone"),
        choices=ZONES,
        description=lazy_gettext(
            "Due times stand on pages and in letters by these clocks as well."
        ),
    )


class LanguageForm(FlaskForm):
    """A language by its two letters; whether pages speak it is for their words to say."""

    language = StringField(validators=[InputRequired(), Length(max=10)])
