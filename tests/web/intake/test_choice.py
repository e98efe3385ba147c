"""A list begins with nobody, unless there is but one or somebody was chosen before."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask_babel import Babel
from werkzeug.datastructures import MultiDict
from wtforms import Form
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired

from web.intake.choice import OpenChoice

TWO = (SelectChoice("1", "Ana"), SelectChoice("2", "Bo"))


class Handing(Form):
    """Hands something to somebody."""

    to = OpenChoice("To", choices=[*TWO], coerce=int, validators=[InputRequired("Choose one.")])


@pytest.fixture(autouse=True)
def page() -> Iterator[None]:
    app = Flask(__name__)
    Babel(app)
    with app.test_request_context():
        yield


def offered(form: Form) -> list[tuple[str, bool]]:
    return [(each.value, each.selected) for each in form["to"].iter_choices()]


def test_nobody_is_chosen_for_standing_first() -> None:
    assert offered(Handing()) == [("", True), ("1", False), ("2", False)]


def test_whoever_was_chosen_stays_chosen() -> None:
    assert offered(Handing(data={"to": 2})) == [("1", False), ("2", True)]


def test_the_only_one_there_is_needs_no_choosing() -> None:
    form = Handing()

    form["to"].choices = [TWO[0]]

    assert offered(form) == [("1", False)]


@pytest.mark.parametrize(
    ("sent", "errors"),
    [
        ({"to": ""}, ["Choose one."]),
        ({}, ["Choose one."]),
        ({"to": "2"}, []),
        ({"to": "3"}, ["Not a valid choice."]),
    ],
)
def test_a_form_without_a_choice_is_sent_back(sent: dict[str, str], errors: list[str]) -> None:
    form = Handing(MultiDict(sent))

    form.validate()

    assert list(form["to"].errors) == errors
