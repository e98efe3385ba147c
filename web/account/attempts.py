"""One attempt to sign in, from whichever page, and what is said where it fails."""

from dataclasses import dataclass, field

from flask_babel import gettext

from web.access import engine
from web.account import known_browser
from web.account.forms import SignInForm
from web.account.sessions import sign_in
from web.account.tries import SOON, forgive, too_many, tried
from web.wording import plainly
from workflow.errors import Overloaded
from workflow.people.passwords import freshen


@dataclass(frozen=True, slots=True)
class RefusedAttempt:
    """What is said to whoever could not be let in, and how."""

    problem: str
    status: int
    headers: dict[str, str] = field(default_factory=dict)


def attempt(form: SignInForm) -> RefusedAttempt | None:
    """Sign in if e-mail and password fit; the same sentence for everybody with whom they do not."""
    email, password = form.email.data or "", form.password.data or ""
    buckets = known_browser.buckets(email)
    try:
        outcome = tried(buckets, email, password)
    except Overloaded as refusal:
        return RefusedAttempt(plainly(refusal.said), 503, {"Retry-After": str(SOON)})
    if outcome.wait:
        return RefusedAttempt(too_many(outcome.wait), 429, {"Retry-After": str(outcome.wait)})
    if outcome.person_id is None:
        return RefusedAttempt(
            gettext("This e-mail address and password do not belong together."), 422
        )
    with engine().transaction() as session:
        forgive(session, outcome, buckets)
        freshen(session, outcome.person_id, password)
        sign_in(session, outcome.person_id)
    known_browser.remember(email)
    return None
