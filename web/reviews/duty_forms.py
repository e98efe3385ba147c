"""The forms of duties at a seat: to take it, hand it over, declare an interest, lift a bar."""

from flask_babel import lazy_gettext
from wtforms import RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from web.intake.numbers import NumberField
from web.reviews.forms import ActForm
from workflow.engine.commands import (
    ClaimSeat,
    DeclareInterest,
    EscalateRound,
    ReassignSeat,
    ReleaseSeat,
    WaiveBar,
)

ANSWERS = (
    SelectChoice("none", lazy_gettext("I have no interest in this programme")),
    SelectChoice("interest", lazy_gettext("I have an interest, and step aside")),
)
Words = tuple[str, str, int, int, str, str]


class SeatForm(ActForm):
    """Checks the shape of a command about one seat."""

    seat = NumberField(validators=[InputRequired()])

    def words(self, ref: str, key: str) -> Words:
        """What every command about a seat says, in the engine's order."""
        seen, seat = self.seen_version.data or 0, self.seat.data or 0
        return ref, key, seat, seen, self.key.data or "", self.reason.data or ""

    def claim(self, ref: str, key: str) -> ClaimSeat:
        """The command to take the seat."""
        return ClaimSeat(*self.words(ref, key))

    def release(self, ref: str, key: str) -> ReleaseSeat:
        """The command to give the seat back."""
        return ReleaseSeat(*self.words(ref, key))


class HandoverForm(SeatForm):
    """Checks the shape of a command that a colleague answers."""

    to = NumberField(validators=[Optional()])

    def reassignment(self, ref: str, key: str) -> ReassignSeat:
        """The command to hand the seat over."""
        return ReassignSeat(*self.words(ref, key), to=self.to.data or 0)


class InterestForm(SeatForm):
    """Checks the shape of a declaration."""

    interest = RadioField(
        lazy_gettext("Your interest"),
        choices=ANSWERS,
        validators=[InputRequired(lazy_gettext("Say whether you have an interest."))],
    )

    def declaration(self, ref: str, key: str) -> DeclareInterest:
        """What the person says, in the engine's words."""
        return DeclareInterest(*self.words(ref, key), interest=self.interest.data == "interest")


class LiftBarForm(SeatForm):
    """Checks the shape of a command to lift a bar."""

    whom = NumberField(validators=[Optional()])
    bar = StringField(validators=[Length(max=120)])

    def lift(self, ref: str, key: str) -> WaiveBar:
        """The command to lift the bar."""
        return WaiveBar(*self.words(ref, key), whom=self.whom.data or 0, bar=self.bar.data or "")


class EscalationForm(ActForm):
    """Checks the shape of a command to bring a round up."""

    def alarm(self, ref: str, key: str) -> EscalateRound:
        """The command in the engine's words."""
        seen = self.seen_version.data or 0
        return EscalateRound(ref, key, self.reason.data or "", seen, self.key.data or "")
