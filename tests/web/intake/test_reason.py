"""The field for a reason: one has to be given, and it is cleaned as other prose is."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask_babel import Babel
from werkzeug.datastructures import MultiDict
from wtforms import Form

from web.intake.reason import reason_field
from workflow.free_text import LONGEST_REASON


class Ending(Form):
    """Ends something."""

    reason = reason_field("Say why it ends.")


@pytest.fixture(autouse=True)
def page() -> Iterator[None]:
    app = Flask(__name__)
    Babel(app)
    with app.test_request_context():
        yield


def sent(reason: str) -> Form:
    form = Ending(MultiDict({"reason": reason}))
    form.validate()
    return form


def test_a_reason_is_cleaned_and_kept() -> None:
    form = sent("  It is done.\r\n")

    assert (form.data, form.errors) == ({"reason": "It is done."}, {})


@pytest.mark.parametrize("nothing", ["", "   ", "\u200b"])
def test_a_reason_of_nothing_is_asked_for_in_the_words_of_the_form(nothing: str) -> None:
    assert sent(nothing).errors == {"reason": ["Say why it ends."]}


def test_a_reason_longer_than_others_are_is_sent_back() -> None:
    assert sent("x" * LONGEST_REASON).errors == {}
    assert list(sent("x" * (LONGEST_REASON + 1)).errors) == ["reason"]
