"""Who may see which page: every view states one policy, and what states none is refused."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar, cast
from urllib.parse import urlsplit

from flask import Flask, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from sqlalchemy.exc import SQLAlchemyError

from config.settings import Settings
from web.page.kept import kept
from workflow.engine.engine import Engine
from workflow.engine.page_engine import PageEngine
from workflow.errors import NotAuthorised
from workflow.faults.outages import outage
from workflow.lifecycles.texts.translation import ENGLISH
from workflow.people.queries import Office
from workflow.phrase import phrase

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The person behind a request, with the offices they hold today."""

    id: int
    name: str
    email: str
    language: str
    offices: tuple[Office, ...] = ()
    must_change: bool = False
    zone: str = "UTC"

    def holds(self, *roles: str) -> bool:
        """Whether one of `roles` is among the offices."""
        return any(office.role in roles for office in self.offices)


@dataclass(frozen=True, slots=True)
class Policy:
    """Who may come in: everybody, anyone signed in, or holders of one of `roles`."""

    name: str
    roles: frozenset[str] = field(default_factory=frozenset)

    def __str__(self) -> str:
        return ", ".join((self.name, *sorted(self.roles))) if self.roles else self.name


PUBLIC = Policy("public")
SIGNED_IN = Policy("signed in")


class NoPolicy(Exception):
    """A view states no policy or two; the start ends here."""


def public(view: View) -> View:
    """Let everybody in."""
    return _state(view, PUBLIC)


def signed_in(view: View) -> View:
    """Let anyone in who has signed in."""
    return _state(view, SIGNED_IN)


def role(*roles: str) -> Callable[[View], View]:
    """Let those in who hold one of `roles` today, for whichever party."""
    return lambda view: _state(view, Policy("role", frozenset(roles)))


def policy_of(view: Callable[..., Any]) -> Policy | None:
    """The policy that `view` states."""
    return cast("Policy | None", vars(view).get("policy"))


def _state(view: View, policy: Policy) -> View:
    """Note `policy` on `view`, once."""
    if policy_of(view) is not None:
        raise NoPolicy(f"{view.__name__} states two policies.")
    view.__dict__["policy"] = policy
    return view


def person() -> SignedIn:
    """The signed-in person; views under a policy other than public may rely on it."""
    found = visitor()
    if found is None:
        raise NotAuthorised(phrase("Sign in to do this."))
    return found


def visitor() -> SignedIn | None:
    """The signed-in person, or nobody on a public page."""
    return cast("SignedIn | None", kept().get("person"))


def engine() -> Engine:
    """The engine as this request uses it: everything is read in one session, until it writes."""
    try:
        found: Engine = kept().engine
    except AttributeError:
        found = kept().engine = PageEngine(lasting_engine(), page_language)
    return found


def page_language() -> str:
    """The language of this page by its code."""
    locale = get_locale()
    return locale.language if locale else ENGLISH


def lasting_engine() -> Engine:
    """The engine this application was made with, for what is read in portions."""
    return cast("Engine", current_app.extensions["primemover.engine"])


def settings() -> Settings:
    """The settings this application was made with."""
    return cast("Settings", current_app.extensions["primemover.settings"])


def now() -> datetime:
    """The present instant by the engine's clock."""
    return engine().now()


def read_once(app: Flask) -> None:
    """End the reading of each request with the request."""
    app.teardown_appcontext(let_go)


def let_go(_fault: BaseException | None) -> None:
    """End the reading of this request; whoever asks afterwards begins another one."""
    used: PageEngine | None = g.pop("engine", None)
    if used is None:
        return
    try:
        used.let_go()
    except SQLAlchemyError as fault:
        # The answer is made; a connection that broke meanwhile is the pool's to replace.
        if outage(fault) is None:
            raise


def require_policies(app: Flask) -> None:
    """Refuse to start with a view that states no policy, and enforce those stated."""
    for endpoint, view in app.view_functions.items():
        if policy_of(view) is None:
            raise NoPolicy(f"The view {endpoint} states no policy: @public, @signed_in or @role.")
    app.before_request(_enforce)


def _enforce() -> ResponseReturnValue | None:
    """Hold the request to the policy of its view; an address without a view goes on to 404."""
    if request.endpoint is None:
        return None
    policy = policy_of(current_app.view_functions[request.endpoint])
    if policy is None:
        raise NotAuthorised(phrase("This page is closed."))
    if policy == PUBLIC:
        return None
    someone = visitor()
    if someone is None:
        return redirect(url_for("account.login", next=_here()), code=303)
    if someone.must_change and not request.endpoint.startswith("passwords."):
        return redirect(url_for("passwords.mine"), code=303)
    if policy.roles and not someone.holds(*policy.roles):
        wanted = " or ".join(sorted(policy.roles)).replace("_", " ")
        raise NotAuthorised(
            phrase("This page is for those who hold the role %(wanted)s.", wanted=wanted)
        )
    return None


def _here() -> str | None:
    """The address to come back to, for pages that can be asked for again."""
    return request.full_path.rstrip("?") if request.method == "GET" else None


def safe_next(address: str | None) -> str:
    """`address` if it is a path on this site that exists, otherwise the home page."""
    home = url_for("home.index")
    if not address or not address.startswith("/") or not address.isprintable():
        return home
    if "\\" in address or address.startswith("//"):
        return home
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return home
    adapter = current_app.create_url_adapter(request)
    return address if adapter is not None and adapter.test(parts.path, method="GET") else home
