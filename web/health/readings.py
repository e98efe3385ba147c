"""What is known of health, as pages and commands ask for it; pages ask anew every fifteen seconds."""

import time

from flask import current_app

from web.access import engine, settings
from web.health.installation import facts_of
from workflow.health.facts import HealthFacts
from workflow.health.findings import Finding, findings

KEPT = 15.0
KEY = "primemover.health"
UP_SINCE = "primemover.up_since"


def facts_now() -> HealthFacts:
    """The facts of this installation, as this process sees them now."""
    return facts_of(engine(), settings(), current_app.extensions[UP_SINCE])


def findings_lately() -> tuple[Finding, ...]:
    """What is wrong, as it was found within the last seconds."""
    kept: tuple[float, tuple[Finding, ...]] | None = current_app.extensions.get(KEY)
    if kept is None or time.monotonic() - kept[0] > KEPT:
        kept = time.monotonic(), findings(facts_now())
        current_app.extensions[KEY] = kept
    return kept[1]


def forget() -> None:
    """Have the next page ask anew."""
    current_app.extensions.pop(KEY, None)
