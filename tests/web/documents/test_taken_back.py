"""An optional rating that was given is taken back without a script; one that is required is not offered so."""

import re

from tests.support.visitors import Enter
from tests.support.world import World
from tests.workflow.lifecycles.evaluations.evaluated import EVALUATOR, REPORT, ended


def test_a_rating_is_taken_back(world: World, enter: Enter) -> None:
    evaluation = ended(world)
    evaluation.terms_set()
    evaluation.taken_on()
    evaluation.file(EVALUATOR, "report", REPORT)
    nadia = enter(EVALUATOR)
    form = f"/programmes/{evaluation.ref}/documents/report/edit/ratings"

    page = nadia.page(form)
    none = re.search(r'<input[^>]*name="field-relevance"[^>]*value=""[^>]*>', page)
    sent = {
        **nadia.hidden(form),
        **{f"field-{key}": str(value) for key, value in REPORT.items() if key != "findings"},
        "field-relevance": "",
        "action": "save",
    }
    sent.pop("field-recommendations")
    answer = nadia.flask.post(form, data=sent)
    after = nadia.page(form)

    assert none is not None
    assert "checked" not in none[0]
    assert answer.status_code == 303
    again = re.search(r'<input[^>]*name="field-relevance"[^>]*value=""[^>]*>', after)
    assert again is not None
    assert "checked" in again[0]
    assert "No rating" in after
