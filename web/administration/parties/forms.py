"""The forms about parties: to enter one, to take a country in, and to change what is known of one."""

from dataclasses import replace

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from web.administration.texts import NEEDED, as_line, as_prose
from web.intake.choice import OpenChoice
from workflow.free_text import LONGEST_REASON
from workflow.people.directory.descriptions import (
    AGENCY,
    DONOR,
    FOUNDATION,
    ORGANISATION,
    PRIVATE,
    Described,
)

KINDS = [
    SelectChoice(AGENCY, lazy_gettext("Agency: it executes programmes")),
    SelectChoice(DONOR, lazy_gettext("Donor: it gives to programmes")),
    SelectChoice(ORGANISATION, lazy_gettext("Organisation")),
    SelectChoice(FOUNDATION, lazy_gettext("Foundation")),
    SelectChoice(PRIVATE, lazy_gettext("Private sector")),
]
LANGUAGES = [
    SelectChoice("en", lazy_gettext("English")),
    SelectChoice("fr", lazy_gettext("French")),
    SelectChoice("es", lazy_gettext("Spanish")),
    SelectChoice("ru", lazy_gettext("Russian")),
    SelectChoice("ar", lazy_gettext("Arabic")),
    SelectChoice("zh", lazy_gettext("Chinese")),
]


class ContactForm(FlaskForm):
    """Checks the shape of what is said of a party whose kind and name are not ours to say."""

    languages = SelectMultipleField(
        lazy_gettext("Languages"),
        choices=LANGUAGES,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    contact = TextAreaField(
        lazy_gettext("Contact office"),
        filters=[as_prose],
        validators=[Length(max=LONGEST_REASON)],
        description=lazy_gettext(
            "Whom to turn to there. It can be erased; the register keeps a seal."
        ),
    )

    def described(self, kind: str, name: str) -> Described:
        """What was said, in the words of the house, of a party of this kind and name."""
        return Described(
            kind=kind,
            name=name,
            languages=" ".join(self.languages.data or ()),
            contact=self.contact.data or "",
        )


class DescriptionForm(ContactForm):
    """Checks the shape of what is said of a party; what its kind may do is for the house to say."""

    name = StringField(
        lazy_gettext("Name"), filters=[as_line], validators=[InputRequired(NEEDED), Length(max=200)]
    )
    kind = OpenChoice(lazy_gettext("Kind"), choices=KINDS, validators=[InputRequired(NEEDED)])
    executes = BooleanField(
        lazy_gettext("It may execute programmes"),
        description=lazy_gettext("Only such parties are offered as executing agency."),
    )
    gives = BooleanField(
        lazy_gettext("It may give to programmes"),
        description=lazy_gettext(
            "Offered as donor beside the donor countries; it sits on no board."
        ),
    )

    def whole(self) -> Described:
        """Everything that was said, in the words of the house."""
        said = self.described(self.kind.data, self.name.data or "")
        return replace(said, executes=self.executes.data, gives=self.gives.data)


class PartyForm(DescriptionForm):
    """Checks the shape of a new party."""

    key = StringField(
        lazy_gettext("Key"),
        filters=[as_line],
        validators=[InputRequired(NEEDED), Length(max=40)],
        description=lazy_gettext("Small letters, digits and hyphens; it stays for good."),
    )


class CountryForm(FlaskForm):
    """Checks that a country was chosen."""

    country = SelectField(lazy_gettext("Country"), choices=[], validators=[InputRequired(NEEDED)])
