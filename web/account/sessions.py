"""The signed-in person of a request: a random token in the cookie, everything else in the table."""

from typing import cast

from flask import Flask, g, request, session
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user
from sqlalchemy.orm import Session

from web.access import SignedIn, engine, now
from web.account.page_tokens import name_nobody, name_whom
from web.sentences.languages import CHOSEN
from workflow.people.queries import current_offices, person_page
from workflow.people.sessions import PASSWORD, close_session, note_use, open_session, opened_by

manager = LoginManager()
# Addresses change while people travel; the token alone is the session.
manager.session_protection = None


class Visitor(UserMixin):
    """What Flask-Login keeps of a person: the token of the session, not who it is."""

    def __init__(self, token: str, person: SignedIn) -> None:
        self.token = token
        self.person = person

    def get_id(self) -> str:
        """The token, which is all that reaches the cookie."""
        return self.token


def register(app: Flask) -> None:
    """Know the person behind each request before any view or policy asks."""
    manager.init_app(app)
    app.before_request(recognise)


def recognise() -> None:
    """Put the signed-in person on `g`, or nobody."""
    g.person = None
    if request.endpoint == "assets.serve":
        return
    if current_user.is_authenticated:
        g.person = cast("Visitor", current_user).person
        name_whom(g.person.id)
    elif request.method == "GET":
        name_nobody()


@manager.user_loader
def visitor_of(token: str) -> Visitor | None:
    """The visitor whose session `token` opens, or nobody."""
    at = now()
    with engine().reading() as reading:
        found = opened_by(reading, token, at)
        offices = current_offices(reading, found.person_id, at.date()) if found else ()
    if found is None:
        return None
    if found.unnoted:
        with engine().transaction() as writing:
            note_use(writing, token, at)
    person = SignedIn(
        found.person_id, found.name, found.email, found.language, offices, found.temporary,
        found.zone,
    )  # fmt: skip
    return Visitor(token, person)


def signed_in_as(writing: Session, person_id: int) -> SignedIn:
    """The person with this id and the offices held today."""
    page = person_page(writing, person_id, now().date())
    offices = tuple(term.office for term in page.current)
    return SignedIn(page.id, page.name, page.email, page.language, offices, zone=page.zone)


def sign_in(writing: Session, person_id: int, method: str = PASSWORD) -> None:
    """Begin a session of this person in the browser of this request, and end the one it had."""
    _end(writing)
    token = open_session(writing, person_id, now(), method)
    login_user(Visitor(token, signed_in_as(writing, person_id)), force=True)


def sign_out(writing: Session) -> None:
    """End the session of this browser; a copy of its cookie opens nothing any more."""
    _end(writing)


def _end(writing: Session) -> None:
    """Close the session that the cookie names, if any, and forget all of the cookie but the language."""
    if current_user.is_authenticated:
        close_session(writing, cast("Visitor", current_user).token)
    logout_user()
    language = session.get(CHOSEN)
    session.clear()
    if language:
        session[CHOSEN] = language
