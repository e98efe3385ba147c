"""The people of the demonstration, and becoming one of them with one click."""

from dataclasses import dataclass

from flask import Blueprint, current_app, redirect, request
from flask.typing import ResponseReturnValue

from web.access import engine, now, public, safe_next, settings
from web.account.forms import SwitchForm
from web.account.sessions import sign_in
from workflow.errors import NotFound
from workflow.people.queries import Office, people_list, person_page
from workflow.people.sessions import DEMONSTRATION
from workflow.phrase import phrase

bp = Blueprint("demo", __name__, url_prefix="/account")

KEPT = "primemover.demo_people"


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Somebody whom a visitor of the demonstration may be."""

    id: int
    name: str
    email: str
    purpose: str
    offices: tuple[Office, ...]


@bp.post("/switch")
@public
def switch() -> ResponseReturnValue:
    """Become the person asked for; this view exists in the demonstration alone."""
    form = SwitchForm()
    form.validate_on_submit()
    chosen = [each for each in demo_people() if each.email == form.email.data]
    if not chosen:
        raise NotFound(phrase("There is no such person in the demonstration."))
    with engine().transaction() as session:
        sign_in(session, chosen[0].id, DEMONSTRATION)
    return redirect(safe_next(request.args.get("next")), code=303)


def demo_people() -> tuple[DemoPerson, ...]:
    """Those with a purpose, in the order they were entered; read once, nobody outside the demo."""
    if not settings().demo:
        return ()
    if not current_app.extensions.get(KEPT):
        current_app.extensions[KEPT] = _with_purpose()
    kept: tuple[DemoPerson, ...] = current_app.extensions[KEPT]
    return kept


def _with_purpose() -> tuple[DemoPerson, ...]:
    today = now().date()
    with engine().reading() as session:
        lines = sorted(people_list(session, today), key=lambda line: line.id)
        pages = [person_page(session, line.id, today) for line in lines if not line.disabled]
    return tuple(
        DemoPerson(
            page.id,
            page.name,
            page.email,
            page.purpose,
            tuple(term.office for term in page.current),
        )
        for page in pages
        if page.purpose
    )
