"""An administrator's act from a form: its shape first, then the act, and each refusal at its field."""

from collections.abc import Callable
from datetime import datetime

from flask_wtf import FlaskForm
from sqlalchemy.orm import Session

from web.access import engine, person
from web.wording import plainly
from workflow.errors import Invalid

Act = Callable[[Session, int, datetime], object]


def done(form: FlaskForm, act: Act) -> bool:
    """Whether the act was done; otherwise the form says at its fields why not, its text kept.

    The act is given a session, the person whose act it is and the present instant.
    """
    if not form.validate_on_submit():
        return False
    try:
        with engine().transaction() as session:
            act(session, person().id, engine().now())
    except Invalid as refusal:
        say(form, refusal)
        return False
    return True


def say(form: FlaskForm, refusal: Invalid) -> None:
    """The refusal at the fields that it names; what belongs to no field stands at the first."""
    faults = {name: said for name, said in refusal.faults.items() if name in form}
    first = next(field.short_name for field in form if field.type != "CSRFTokenField")
    for name, said in (faults or {first: refusal.said}).items():
        form[name].errors = [*form[name].errors, plainly(said)]
