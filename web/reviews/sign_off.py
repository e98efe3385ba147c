"""The one door for a sign-off: whichever page it was sent from, it goes to the engine from here."""

from collections.abc import Mapping
from typing import Any

from web.access import engine, person
from web.account import reauthentication
from web.reviews.forms import DecisionForm, Place
from workflow.engine import commands
from workflow.engine.commands.receipts import Receipt


def sign(form: DecisionForm, at: Place, answers: Mapping[str, Any] | None = None) -> Receipt:
    """Hand a sign-off to the engine once it has its shape and the person has proved who they are.

    `answers` is None where the page put no questions.
    """
    form.refuse_misshapen()
    reauthentication.demand()
    decision = form.decision(at, answers, reauthentication.proof())
    return commands.sign(engine(), person().id, decision)
