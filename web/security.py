"""What every answer promises the browser, and which requests from elsewhere are turned away."""

from urllib.parse import urlsplit

from flask import Blueprint, Flask, Response, g, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError, CSRFProtect

from web.access import public, settings, visitor
from web.account.page_tokens import LASTS, made_for
from web.logs import log_sparingly

bp = Blueprint("security", __name__)


class Foreign(CSRFError):
    """Another site's page sent this: nothing of it is kept for anybody."""


class OwnPages(CSRFProtect):
    """Takes the forms of this session, and of pages made for the same person in an earlier one."""

    def protect(self, apply_exemptions: bool = False) -> None:  # noqa: FBT001, FBT002  # as the library has it
        """Take the form, or refuse it as forged."""
        someone = visitor()
        if someone is not None and made_for(self._get_csrf_token(), LASTS) == someone.id:
            g.csrf_valid = True
            return
        super().protect(apply_exemptions=apply_exemptions)


csrf = OwnPages()

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
LONGEST_REPORT = 8192

CONTENT_RULES = (
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "report-uri /csp-report",
)

HEADERS = {
    "Content-Security-Policy": "; ".join(CONTENT_RULES),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
STRICT_TRANSPORT = "max-age=31536000; includeSubDomains"


def register(app: Flask) -> None:
    """Turn away forged requests and put the promises on every answer."""
    app.before_request(refuse_foreign)
    csrf.init_app(app)
    app.register_blueprint(bp)
    app.after_request(promise)


def refuse_foreign() -> None:
    """Refuse an act that another site's page sent in the person's name."""
    if request.method in SAFE_METHODS or request.endpoint == "security.report":
        return
    site = request.headers.get("Sec-Fetch-Site", "")
    origin = request.headers.get("Origin")
    if site in {"cross-site", "same-site"}:
        raise Foreign(f"The request came from elsewhere ({site}).")
    if origin is not None and _host_of(origin) != request.host:
        raise Foreign("The request came from another origin.")


def _host_of(origin: str) -> str:
    """The host that an origin names; empty where it is no address at all."""
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return ""


def promise(response: Response) -> Response:
    """Add the headers, unless a view has set one and knows better; keep pages out of all caches."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if settings().https:
        response.headers["Strict-Transport-Security"] = STRICT_TRANSPORT
    if request.endpoint != "assets.serve":
        response.headers["Cache-Control"] = "no-store"
    return response


@bp.post("/csp-report")
@csrf.exempt
@public
def report() -> ResponseReturnValue:
    """Log what a browser kept from happening on one of our pages; one in a while, as anybody may say it."""
    if (request.content_length or LONGEST_REPORT + 1) <= LONGEST_REPORT:
        log_sparingly("page.violated", "", report=request.get_data(as_text=True))
    return "", 204
