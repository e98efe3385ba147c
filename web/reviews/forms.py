"""The forms of a decision: to answer a seat, to open a round, to step back."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import HiddenField, IntegerField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Regexp
from wtforms.widgets import HiddenInput

from web.documents.written import prose
from workflow.engine.commands import OpenRound, RecuseSeat
from workflow.engine.commands.extend import ExtendRound, ResumeClock
from workflow.engine.rounds.decision import Decision, IdentityProof
from workflow.phrase import Phrase, verbatim

LONGEST_REASON = 4000
KEY = r"^[0-9a-zA-Z-]{8,64}$"


def _cleaned(text: str | None) -> str:
    return prose(text or "")


class ActForm(FlaskForm):
    """What every act on a round carries: the version seen, the request's key, and a reason."""

    seen_version = IntegerField(widget=HiddenInput(), validators=[InputRequired()])
    key = HiddenField(validators=[InputRequired(), Regexp(KEY)])
    reason = TextAreaField(
        lazy_gettext("Reason"), validators=[Length(max=LONGEST_REASON)], filters=[_cleaned]
    )

    def renew(self, version: int) -> None:
        """Make the form fit to be sent from a page that shows `version`."""
        # A number is written as it came in until what came in is forgotten.
        self.seen_version.data, self.seen_version.raw_data = version, None
        self.key.data = uuid4().hex


class DecisionForm(ActForm):
    """Checks the shape of a decision; whether it may be taken is the engine's call."""

    verdict = StringField(lazy_gettext("Your decision"), validators=[Length(max=60)])

    def decision(
        self,
        ref: str,
        round_key: str,
        seat: int | None,
        answers: Mapping[str, Any],
        proof: IdentityProof | None = None,
    ) -> Decision:
        """The decision in the engine's words."""
        return Decision(
            ref=ref,
            round=round_key,
            verdict=self.verdict.data or "",
            seen_version=self.seen_version.data or 0,
            key=self.key.data or "",
            seat=seat,
            reason=self.reason.data or "",
            answers=answers,
            proof=proof,
        )

    def initiative(self, ref: str, round_key: str) -> OpenRound:
        """The wish to open a round that hears others first, in the engine's words."""
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
        """The wish to step back, in the engine's words."""
        return RecuseSeat(
            ref=ref,
            round=round_key,
            seat=seat,
            reason=self.reason.data or "",
            seen_version=self.seen_version.data or 0,
            key=self.key.data or "",
        )


class ExtensionForm(ActForm):
    """Checks the shape of a wish to put off the end of a round, or to let its clock go on."""

    def more_time(self, ref: str, round_key: str) -> ExtendRound:
        """The wish for more time, in the engine's words."""
        return ExtendRound(*self._words(ref, round_key))

    def go_on(self, ref: str, round_key: str) -> ResumeClock:
        """The wish that the clock go on, in the engine's words."""
        return ResumeClock(*self._words(ref, round_key))

    def _words(self, ref: str, round_key: str) -> tuple[str, str, str, int, str]:
        seen, key = self.seen_version.data or 0, self.key.data or ""
        return ref, round_key, self.reason.data or "", seen, key


def told(form: FlaskForm) -> dict[str, Phrase]:
    """What a form itself found wrong, field by field, spoken in the language of the page."""
    return {name: verbatim(" ".join(map(str, why))) for name, why in form.errors.items() if name}
