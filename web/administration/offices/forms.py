"""The forms about offices: to appoint, to end, to extend, and to decline."""

from datetime import date

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import DateField, SelectField, StringField
from wtforms.fields import FileField
from wtforms.validators import InputRequired, Length, Optional

from web.intake.choice import OpenChoice
from web.intake.reason import reason_field
from workflow.free_text import line
from workflow.people.commands import LONGEST_LETTER
from workflow.people.sittings import Sitting
from workflow.people.terms.requests import MAKE, OfficeWish


class LetterFileForm(FlaskForm):
    """Checks that a file was chosen; whether it may be kept is for the store to say."""

    file = FileField(
        lazy_gettext("File"), description=lazy_gettext("The letter itself, as a PDF or a scan.")
    )


class WithdrawalForm(FlaskForm):
    """Which letter was filed by mistake, and why it is taken back."""

    letter = OpenChoice(
        lazy_gettext("Which letter"),
        choices=[],
        coerce=int,
        validators=[InputRequired(lazy_gettext("Choose the letter."))],
    )
    reason = reason_field(lazy_gettext("Say why it is withdrawn."))


class AppointmentForm(FlaskForm):
    """Checks the shape of an appointment; whether it fits is for the offices to say."""

    role = SelectField(
        lazy_gettext("Role"), choices=[], validators=[InputRequired(lazy_gettext("Choose a role."))]
    )
    party = SelectField(
        lazy_gettext("For whom"),
        choices=[],
        validators=[InputRequired(lazy_gettext("Choose for whom."))],
        description=lazy_gettext("The country, organisation or office that they act for."),
    )
    body = SelectField(
        lazy_gettext("On which body"),
        choices=[],
        validators=[Optional()],
        description=lazy_gettext(
            "For the offices of a board or committee: the one on which alone it counts; empty where "
            "the party sits on one only."
        ),
    )
    starts_on = DateField(
        lazy_gettext("From"), validators=[InputRequired(lazy_gettext("Enter a day."))]
    )
    ends_on = DateField(
        lazy_gettext("To"),
        validators=[Optional()],
        description=lazy_gettext("The last day; empty for as long as nobody ends it."),
    )
    letter = StringField(
        lazy_gettext("Letter of appointment"),
        filters=[lambda text: line(text or "")],
        validators=[Length(max=LONGEST_LETTER)],
        description=lazy_gettext("Its reference, such as OC/2026/17; auditors read it."),
    )

    def wish(self, person_id: int, on: Sitting | None = None) -> OfficeWish:
        """The appointment in the words of the offices."""
        return OfficeWish(
            MAKE,
            person_id,
            self.role.data or "",
            int(self.party.data or 0),
            self.starts_on.data or date.min,
            self.ends_on.data,
            self.letter.data or "",
            on=on,
        )


class TieForm(FlaskForm):
    """The body on which alone an appointment is to count."""

    body = SelectField(
        lazy_gettext("Body"),
        choices=[],
        validators=[InputRequired(lazy_gettext("Choose on which body it counts."))],
    )


class EndForm(FlaskForm):
    """The last day of an appointment."""

    ends_on = DateField(
        lazy_gettext("Last day"),
        validators=[InputRequired(lazy_gettext("Enter the last day."))],
    )


class ExtensionForm(FlaskForm):
    """A later last day, or none."""

    ends_on = DateField(
        lazy_gettext("New last day"),
        validators=[Optional()],
        description=lazy_gettext("Empty for as long as nobody ends it."),
    )


class HandOverForm(FlaskForm):
    """Who takes over what an appointment leaves open, and why."""

    successor = OpenChoice(
        lazy_gettext("To"),
        choices=[],
        coerce=int,
        validators=[InputRequired(lazy_gettext("Choose who takes it over."))],
        description=lazy_gettext("Who holds the same office today."),
    )
    reason = reason_field(lazy_gettext("Say why it is handed over."))


class DeclineForm(FlaskForm):
    """Why an act is declined."""

    reason = reason_field(lazy_gettext("Say why it is declined."))
