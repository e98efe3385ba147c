"""The forms of a decision: to answer a seat, to open a round, to step back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional, Regexp
from wtforms.widgets import HiddenInput

from web.access import page_language
from web.intake.numbers import NumberField
from workflow.engine.commands import OpenRound, RecuseSeat
from workflow.engine.commands.extend import ExtendRound, ResumeClock
from workflow.engine.rounds.decision import Decision, IdentityProof
from workflow.errors import Invalid
from workflow.free_text import LONGEST_REASON, prose
from workflow.phrase import Phrase, phrase, verbatim

KEY = r"[0-9a-zA-Z-]{8,64}\Z"
# What the page fills in and nobody types.
OF_THE_PAGE = frozenset({"seen_version", "key", "round", "seat", "checklist"})


@dataclass(frozen=True, slots=True)
class Place:
    """Where a decision belongs: a round of a case, its seat, and the document it is signed under."""

    ref: str
    round: str
    seat: int | None
    document: str = ""


def _cleaned(text: str | None) -> str:
    return prose(text or "")


class ActForm(FlaskForm):
    """What every act on a round carries: the version seen, the request's key, and a reason."""

    seen_version = NumberField(widget=HiddenInput(), validators=[InputRequired()])
    key = HiddenField(validators=[InputRequired(), Regexp(KEY)])
    reason = TextAreaField(
        lazy_gettext("Reason"), validators=[Length(max=LONGEST_REASON)], filters=[_cleaned]
    )

    def refuse_misshapen(self) -> None:
        """Refuse what the form itself can tell is wrong."""
        if self.validate_on_submit():
            return
        if OF_THE_PAGE & self.errors.keys():
            raise Invalid(phrase("This form is damaged. Open the page again."))
        raise Invalid(phrase("There is a problem with what you entered."), told(self))

    def keep(self, version: int, *, key: bool) -> None:
        """Make the form fit to be sent again, under its own `key` where that is sound."""
        if not key or not self.key.data or OF_THE_PAGE & self.errors.keys():
            self.renew(version)

    def renew(self, version: int) -> None:
        """Make the form fit to be sent from a page that shows `version`."""
        # A number is written as it came in until what came in is forgotten.
        self.seen_version.data, self.seen_version.raw_data = version, None
        self.key.data = uuid4().hex


class DecisionForm(ActForm):
    """Checks the shape of a decision; whether it may be taken is the engine's call."""

    verdict = StringField(lazy_gettext("Your decision"), validators=[Length(max=60)])
    round = HiddenField(validators=[Length(max=60)])
    seat = NumberField(widget=HiddenInput(), validators=[Optional()])
    checklist = HiddenField(validators=[Length(max=64)])

    def decision(
        self, at: Place, answers: Mapping[str, Any] | None, proof: IdentityProof | None
    ) -> Decision:
        """The decision in the engine's words."""
        return Decision(
            ref=at.ref,
            round=at.round,
            verdict=self.verdict.data or "",
            seen_version=self.seen_version.data or 0,
            key=self.key.data or "",
            seat=at.seat,
            reason=self.reason.data or "",
            answers=answers,
            proof=proof,
            document=at.document,
            language=page_language(),
            checklist=self.checklist.data or "",
        )

    def initiative(self, ref: str, round_key: str) -> OpenRound:
        """The command to open a round that hears others first, in the engine's words."""
        return OpenRound(
            ref=ref,
            round=round_key,
            reason=self.reason.data or "",
            seen_version=self.seen_version.data or 0,
            key=self.key.data or "",
        )


class RecusalForm(ActForm):
    """Checks the shape of stepping back from a seat."""

    def recusal(self, ref: str, round_key: str, seat: int) -> RecuseSeat:
        """The command to step back, in the engine's words."""
        return RecuseSeat(
            ref=ref,
            round=round_key,
            seat=seat,
            reason=self.reason.data or "",
            seen_version=self.seen_version.data or 0,
            key=self.key.data or "",
        )


class ExtensionForm(ActForm):
    """Checks the shape of a command to put off the end of a round, or to let its clock go on."""

    def extension(self, ref: str, round_key: str) -> ExtendRound:
        """The command for more time, in the engine's words."""
        return ExtendRound(*self._words(ref, round_key))

    def resumption(self, ref: str, round_key: str) -> ResumeClock:
        """The command that the clock go on, in the engine's words."""
        return ResumeClock(*self._words(ref, round_key))

    def _words(self, ref: str, round_key: str) -> tuple[str, str, str, int, str]:
        seen, key = self.seen_version.data or 0, self.key.data or ""
        return ref, round_key, self.reason.data or "", seen, key


def told(form: FlaskForm) -> dict[str, Phrase]:
    """What a form itself found wrong, field by field, spoken in the language of the page."""
    return {name: verbatim(" ".join(map(str, why))) for name, why in form.errors.items() if name}
