"""The application: settings and engine in, a Flask application with every room out."""

from flask import Flask
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from config.settings import Settings
from web import access, assets, clocks, context, errors, filters, logs, security
from web.account import demo, interrupted, sessions
from web.account.addresses import bp as addresses
from web.account.languages import bp as language_choice
from web.account.own_details import bp as own_details
from web.account.passwords import bp as passwords
from web.account.views import bp as account
from web.administration.bodies.views import bp as bodies
from web.administration.calendars.views import bp as calendars
from web.administration.frameworks.views import bp as framework_terms
from web.administration.groupings.views import bp as groupings
from web.administration.letters.views import bp as letter_words
from web.administration.lifecycles.drafts import bp as lifecycle_drafts
from web.administration.lifecycles.effects import bp as lifecycle_effects
from web.administration.lifecycles.register import bp as lifecycle_register
from web.administration.lifecycles.requests import bp as lifecycle_acts
from web.administration.lifecycles.texts import bp as lifecycle_texts
from web.administration.offices.acts import bp as keeping_acts
from web.administration.offices.letters import bp as keeping_letters
from web.administration.offices.setup import bp as setup
from web.administration.offices.views import bp as keeping_offices
from web.administration.parties.views import bp as parties
from web.administration.people.acts import bp as keeping_account_acts
from web.administration.people.views import bp as keeping_people
from web.administration.pivotal.views import bp as pivotal
from web.administration.reporting.views import bp as reporting
from web.administration.views import bp as administration
from web.adoption.effort import bp as effort
from web.adoption.later import bp as later
from web.adoption.views import bp as adoption
from web.anchors.views import bp as anchors
from web.approaches.acts import bp as approaching
from web.approaches.views import bp as approaches
from web.blockers.views import bp as blockers
from web.cases.views import bp as cases
from web.closures.views import bp as closing
from web.countries.views import bp as countries
from web.desk.views import bp as desk
from web.discussions.views import bp as discussions
from web.documents.attachments import bp as attachments
from web.documents.hints import bp as hints
from web.documents.signatures import bp as signatures
from web.documents.views import bp as documents
from web.evaluations.views import bp as evaluations
from web.exports.views import bp as exports
from web.forecasts.views import bp as forecasts
from web.frameworks.views import bp as frameworks
from web.health import guards
from web.health.readings import UP_SINCE
from web.health.views import bp as health
from web.histories.across import bp as across
from web.histories.dossiers import bp as dossiers
from web.histories.past import bp as past
from web.histories.texts import bp as texts
from web.histories.views import bp as histories
from web.home.checks import bp as checks
from web.home.reading import bp as reading
from web.home.views import bp as home
from web.imports.views import bp as imports
from web.intake import characters, numbers
from web.lead_groups.acts import bp as leading
from web.lead_groups.views import bp as lead_groups
from web.lessons.offers import bp as lesson_offers
from web.lessons.views import bp as lessons
from web.letters.views import bp as letters
from web.lifecycles.migration import bp as migrations
from web.lifecycles.staffing import bp as staffing
from web.lifecycles.views import bp as lifecycles
from web.meetings.views import bp as meetings
from web.money.promises import bp as promises
from web.money.rates import bp as rates
from web.money.statements import bp as statements
from web.money.views import bp as money
from web.month.views import bp as month
from web.notices.views import bp as notices
from web.orders.views import bp as orders
from web.oversight.reviews import bp as reviewing
from web.oversight.samples import bp as samples
from web.oversight.views import bp as oversight
from web.page.environment import PageEnvironment
from web.partners.views import bp as partners
from web.people.mandates import bp as mandates
from web.people.views import bp as people
from web.programmes.views import bp as programmes
from web.proposals.views import bp as proposals
from web.results.support import bp as support
from web.results.training import bp as training
from web.results.views import bp as results
from web.reviews.duties import bp as duties
from web.reviews.extensions import bp as extensions
from web.reviews.folders import bp as folders
from web.reviews.views import bp as reviews
from web.sentences import directions, languages
from web.solutions.acts import bp as sharing
from web.solutions.views import bp as solutions
from web.working_copies import held_forms
from web.working_copies.views import bp as working_copies
from workflow.engine.engine import Engine

# A room is added here, and nowhere else.
ROOMS = (
    account,
    passwords,
    own_details,
    language_choice,
    addresses,
    administration,
    bodies,
    calendars,
    reporting,
    letter_words,
    lifecycle_drafts,
    lifecycle_register,
    lifecycle_acts,
    lifecycle_effects,
    lifecycle_texts,
    framework_terms,
    groupings,
    parties,
    pivotal,
    keeping_people,
    keeping_offices,
    keeping_letters,
    keeping_acts,
    keeping_account_acts,
    setup,
    adoption,
    later,
    anchors,
    approaches,
    approaching,
    lead_groups,
    leading,
    attachments,
    cases,
    countries,
    desk,
    documents,
    discussions,
    hints,
    meetings,
    dossiers,
    duties,
    exports,
    extensions,
    folders,
    frameworks,
    blockers,
    closing,
    evaluations,
    partners,
    training,
    effort,
    health,
    across,
    past,
    texts,
    histories,
    home,
    checks,
    reading,
    imports,
    lessons,
    lesson_offers,
    letters,
    forecasts,
    lifecycles,
    staffing,
    migrations,
    mandates,
    money,
    promises,
    statements,
    rates,
    orders,
    month,
    notices,
    oversight,
    reviewing,
    samples,
    people,
    programmes,
    proposals,
    results,
    support,
    sharing,
    signatures,
    solutions,
    reviews,
    working_copies,
)

LONGEST_FORM = 2_097_152


def create_app(settings: Settings, engine: Engine) -> Flask:
    """The application on `engine`; a wrong setting or a view without a policy ends the start."""
    app = Flask("web", static_folder=None, template_folder="templates")
    app.extensions["primemover.settings"] = settings
    app.extensions["primemover.engine"] = engine
    app.extensions[UP_SINCE] = engine.now()
    app.config.update(_flask_settings(settings))
    app.jinja_environment = PageEnvironment
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    logs.configure(quiet=settings.demo)
    languages.register(app, settings)
    # The order counts: a request is named, then read, then known, then checked against forgery and policy.
    logs.follow_requests(app)
    characters.register(app)
    numbers.register(app)
    access.read_once(app)
    guards.register(app)
    sessions.register(app)
    security.register(app)
    interrupted.register(app)
    held_forms.register(app)
    assets.register(app, settings.node_modules)
    filters.register(app)
    clocks.register(app)
    directions.register(app)
    context.register(app)
    errors.register(app)
    for room in (*ROOMS, demo.bp) if settings.demo else ROOMS:
        app.register_blueprint(room)
    access.require_policies(app)
    if settings.proxy_hops:
        hops = settings.proxy_hops
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops)  # type: ignore[method-assign]
    return app


def _flask_settings(settings: Settings) -> dict[str, object]:
    """Our settings in Flask's words."""
    return {
        "SECRET_KEY": settings.secret(),
        "SESSION_COOKIE_NAME": "__Host-primemover" if settings.https else "primemover",
        "SESSION_COOKIE_SECURE": settings.https,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_PATH": "/",
        "PREFERRED_URL_SCHEME": "https" if settings.https else "http",
        "TRUSTED_HOSTS": list(settings.hosts) or None,
        "MAX_CONTENT_LENGTH": settings.largest_upload,
        "MAX_FORM_MEMORY_SIZE": LONGEST_FORM,
        "MAX_FORM_PARTS": 2000,
        # A password is slow to check: the server has whoever waits for that keep nobody else.
        "OWN_THREADS": ("POST /account/login", "POST /account/password", "POST /check"),
        "REQUEST_LIMIT": settings.request_limit,
        # A form is good for as long as the session it was shown in.
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_CSRF_SSL_STRICT": False,
    }
