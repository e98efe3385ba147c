"""Small edits that break the standard lifecycle, with the place and words of the fault."""

from collections.abc import Mapping

from tests.workflow.engine.lifecycles import Edit
from tests.workflow.lifecycles.broken.conditions import CONDITIONS
from tests.workflow.lifecycles.broken.forms import FORMS
from tests.workflow.lifecycles.broken.heads import HEADS
from tests.workflow.lifecycles.broken.rounds import ROUNDS
from tests.workflow.lifecycles.broken.rules import RULES

BROKEN: Mapping[str, tuple[Edit, str, str]] = {**HEADS, **FORMS, **RULES, **ROUNDS, **CONDITIONS}
