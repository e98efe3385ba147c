"""Every address of the pages with what it asks of who comes; a new one is entered here."""

from pathlib import Path

from config.settings import Settings
from web.access import policy_of
from web.app import create_app
from workflow.programmes.engine import open_engine

ROUTES = {
    "GET /": "public",
    "GET /about": "public",
    "GET /accessibility": "public",
    "GET /help": "public",
    "GET /account/login": "public",
    "POST /account/login": "public",
    "POST /account/logout": "public",
    "POST /account/switch": "public",
    "GET /anchors": "signed in",
    "GET /anchors/checkpoint": "signed in",
    "GET /assets/<version>/<name>": "public",
    "GET /check": "public",
    "POST /check": "public",
    "GET /desk": "role, unit_head, unit_officer",
    "POST /csp-report": "public",
    "GET /exports": "role, auditor",
    "POST /exports": "role, auditor",
    "GET /frameworks": "signed in",
    "GET /frameworks/<key>": "signed in",
    "GET /health": "role, administrator, auditor, unit_head, unit_officer",
    "POST /health/clock": "role, administrator, unit_head, unit_officer",
    "GET /livez": "public",
    "GET /healthz": "public",
    "GET /metrics": "public",
    "GET /readyz": "public",
    "GET /histories": "signed in",
    "GET /histories/<ref>": "signed in",
    "GET /histories/<ref>/dossier": "signed in",
    "POST /histories/<ref>/dossier": "signed in",
    "POST /histories/<ref>/dossier/<int:number>": "signed in",
    "GET /orders": "signed in",
    "GET /orders/new/<file>": "signed in",
    "POST /orders/new/<file>": "signed in",
    "POST /orders/<int:number>": "signed in",
    "GET /histories/<ref>/on": "signed in",
    "GET /histories/<ref>/on/<day>": "signed in",
    "GET /histories/<ref>/texts/<kind>": "signed in",
    "GET /histories/events": "role, auditor, evaluator",
    "GET /histories/events/events.csv": "role, auditor, evaluator",
    "GET /histories/on": "signed in",
    "GET /histories/on/<day>": "signed in",
    "GET /histories/on/<day>/programmes.csv": "signed in",
    "GET /oversight": "role, auditor",
    "GET /oversight/access": "role, auditor",
    "GET /oversight/access.csv": "role, auditor",
    "POST /oversight/checks": "role, auditor",
    "GET /oversight/reviews": "role, auditor",
    "GET /oversight/reviews/mark": "role, auditor",
    "POST /oversight/reviews/mark": "role, auditor",
    "GET /oversight/reviews/marks": "role, auditor",
    "GET /oversight/sample": "role, auditor",
    "POST /oversight/sample": "role, auditor",
    "GET /oversight/sample/sample.csv": "role, auditor",
    "GET /histories/<ref>/history.csv": "signed in",
    "GET /log/proof/<event>": "signed in",
    "GET /notices": "signed in",
    "GET /office": "role, administrator",
    "GET /notices/choices": "signed in",
    "POST /notices/choices": "signed in",
    "POST /notices/read": "signed in",
    "GET /people": "signed in",
    "GET /people/<int:person_id>": "signed in",
    "GET /people/mandates": "signed in",
    "POST /people/mandates": "signed in",
    "POST /people/mandates/<int:mandate_id>/revocation": "signed in",
    "GET /programmes": "signed in",
    "GET /programmes.csv": "signed in",
    "GET /programmes/import": "role, administrator, unit_head, unit_officer",
    "POST /programmes/import": "role, administrator, unit_head, unit_officer",
    "GET /programmes/<ref>": "signed in",
    "GET /programmes/<ref>/documents/<kind>": "signed in",
    "GET /programmes/<ref>/documents/<kind>/edit": "signed in",
    "GET /programmes/<ref>/documents/<kind>/edit/<section>": "signed in",
    "POST /programmes/<ref>/documents/<kind>/edit/<section>": "signed in",
    "GET /programmes/<ref>/documents/<kind>/edit/attached-files": "signed in",
    "POST /programmes/<ref>/documents/<kind>/edit/attached-files": "signed in",
    "POST /programmes/<ref>/documents/<kind>/edit/attached-files/<int:attachment>/remove": "signed in",
    "GET /programmes/<ref>/documents/<kind>/edit/check-and-submit": "signed in",
    "POST /programmes/<ref>/documents/<kind>/edit/check-and-submit": "signed in",
    "GET /programmes/<ref>/files/<int:attachment>": "signed in",
    "GET /programmes/<ref>/initiatives/<key>": "signed in",
    "POST /programmes/<ref>/initiatives/<key>": "signed in",
    "GET /programmes/<ref>/receipts/<int:seq>": "signed in",
    "GET /programmes/<ref>/rounds/<key>/<int:turn>": "signed in",
    "POST /programmes/<ref>/rounds/<key>/<int:turn>": "signed in",
    "POST /programmes/<ref>/rounds/<key>/<int:turn>/alarm": "signed in",
    "POST /programmes/<ref>/rounds/<key>/<int:turn>/claim": "signed in",
    "POST /programmes/<ref>/rounds/<key>/<int:turn>/continuation": "signed in",
    "POST /programmes/<ref>/rounds/<key>/<int:turn>/declaration": "signed in",
    "GET /programmes/<ref>/rounds/<key>/<int:turn>/extension": "signed in",
    "POST /programmes/<ref>/rounds/<key>/<int:turn>/extension": "signed in",
    "GET /programmes/<ref>/rounds/<key>/<int:turn>/letters/<party>": "signed in",
    "POST /programmes/<ref>/rounds/<key>/<int:turn>/lifting": "signed in",
    "GET /programmes/<ref>/rounds/<key>/<int:turn>/outcome-letter": "signed in",
    "POST /programmes/<ref>/rounds/<key>/<int:turn>/reassignment": "signed in",
    "POST /programmes/<ref>/rounds/<key>/<int:turn>/recusal": "signed in",
    "POST /programmes/<ref>/rounds/<key>/<int:turn>/release": "signed in",
    "GET /programmes/<ref>/seats/<int:seat>": "signed in",
    "GET /proposals": "signed in",
    "GET /proposals/new": "signed in",
    "POST /proposals/new": "signed in",
    "GET /queue": "signed in",
    "GET /queue/folder": "signed in",
    "POST /queue/folder": "signed in",
}


def test_every_route_is_in_the_table_with_its_policy(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}/empty.db")
    app = create_app(Settings.read(home=tmp_path, demo=True), engine)

    stated = {
        f"{method} {rule.rule}": str(policy_of(app.view_functions[rule.endpoint]))
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }

    assert stated == ROUTES
    engine.database.dispose()
