"""The form of choices: how mail about each kind of notice is wanted."""

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import RadioField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired

from web.intake.numbers import NumberField
from workflow.notices.vocabulary import CHOSEN, MailPreference, NoticeKind

WAYS = [
    SelectChoice(MailPreference.AT_ONCE.value, lazy_gettext("A mail at once")),
    SelectChoice(MailPreference.DAILY.value, lazy_gettext("Once a day, together")),
    SelectChoice(MailPreference.NONE.value, lazy_gettext("No mail")),
]
# What is told once a month comes in one mail, or in none.
MONTHLY = [
    SelectChoice(MailPreference.AT_ONCE.value, lazy_gettext("One mail with all of it")),
    SelectChoice(MailPreference.NONE.value, lazy_gettext("No mail")),
]


class ReadForm(FlaskForm):
    """Up to which notice a person has read."""

    upto = NumberField(validators=[InputRequired()])


class ChoicesForm(FlaskForm):
    """One choice for each kind; the pages show every notice whatever is chosen."""

    seat_opened = RadioField(lazy_gettext("When an answer is asked of you"), choices=WAYS)
    round_settled = RadioField(
        lazy_gettext("When something you proposed or answered is decided"), choices=WAYS
    )
    signoff_voided = RadioField(lazy_gettext("When a sign-off of yours becomes void"), choices=WAYS)
    reminder = RadioField(lazy_gettext("When an answer of yours will soon be due"), choices=WAYS)
    end_moved = RadioField(
        lazy_gettext("When the end of something asked of you moves"), choices=WAYS
    )
    move_follows = RadioField(
        lazy_gettext("When it is your move since everybody else has answered"), choices=WAYS
    )
    wait_over = RadioField(
        lazy_gettext("When what an answer of yours waited for has ended"), choices=WAYS
    )
    blocked = RadioField(
        lazy_gettext("Each month, what blocks programmes that you lead, or that you can move"),
        choices=MONTHLY,
    )
    money_waits = RadioField(
        lazy_gettext("When money of a programme begins to wait for your certification"),
        choices=WAYS,
    )
    money_reminder = RadioField(
        lazy_gettext("When money has waited a week for your certification"), choices=WAYS
    )
    money_declined = RadioField(
        lazy_gettext("When money that you recorded was not certified"), choices=WAYS
    )
    money_late = RadioField(
        lazy_gettext("When money has waited three weeks and nobody certified it"), choices=WAYS
    )
    payment_due = RadioField(
        lazy_gettext("When a payment that concerns you will soon be due"), choices=WAYS
    )
    payment_late = RadioField(
        lazy_gettext("When a payment that concerns you is late"), choices=WAYS
    )
    lead_ends = RadioField(
        lazy_gettext("When a country gives notice that leads a programme which you keep"),
        choices=WAYS,
    )
    mentioned = RadioField(
        lazy_gettext("When somebody speaks to you in a discussion"), choices=WAYS
    )
    escalation = RadioField(lazy_gettext("When something you watch is late"), choices=WAYS)

    def ways(self) -> dict[NoticeKind, MailPreference]:
        """The choices in the words of the notices."""
        return {kind: MailPreference(self[kind.value].data) for kind in CHOSEN}
