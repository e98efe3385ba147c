"""Pseudonyms: one for each person inside an export, another in the next, and no way back."""

import re
from typing import Any

import pytest

from tests.support.world import World
from tests.workflow.exports import reading
from tests.workflow.exports.conftest import Exported
from workflow.audit.canonical import leaf_hash
from workflow.exports.pseudonyms import Plain, Pseudonymous

pytestmark = pytest.mark.proof

Trail = dict[str, list[dict[str, Any]]]
OPAQUE = re.compile(r'"p\d+"|>p\d+<|,p\d+,')


def test_a_person_keeps_one_pseudonym_throughout_an_export(
    exported: Exported, trail: Trail
) -> None:
    log = reading.xes(exported("xes", pseudonymous=True))
    pairs = {
        (event["person"], told["org:resource"])
        for ref, events in trail.items()
        for event, told in zip(events, log[ref], strict=True)
    }

    assert len(pairs) == len({person for person, _ in pairs}) == len({name for _, name in pairs})


def test_two_exports_share_no_pseudonym(exported: Exported) -> None:
    first, second = (
        {event["org:resource"] for events in reading.xes(path).values() for event in events}
        for path in (
            exported("xes", pseudonymous=True),
            exported("xes", pseudonymous=True, again=1),
        )
    )

    assert len(first) == len(second) > 10
    assert first & second == set()


def test_no_form_lets_an_id_through(exported: Exported) -> None:
    for form in ("xes", "ocel", "csv"):
        assert OPAQUE.search(exported(form).read_text())
        assert not OPAQUE.search(exported(form, pseudonymous=True).read_text()), form
    people = [
        row["ocel_id"]
        for row in reading.ocel_sqlite(exported("ocel-sqlite", pseudonymous=True))["object"]
        if row["ocel_type"] == "person"
    ]
    assert people
    assert all(name.startswith("x") for name in people)


def test_parties_stay(exported: Exported) -> None:
    plain, hidden = (
        {event.get("org:group") for events in reading.xes(path).values() for event in events}
        for path in (exported("xes"), exported("xes", pseudonymous=True))
    )

    assert plain == hidden


def test_free_text_stays_out_of_a_pseudonymous_table(exported: Exported) -> None:
    assert "Because of Ana Matola." in exported("csv").read_text()
    assert "Because of Ana Matola." not in exported("csv", pseudonymous=True).read_text()


def test_trying_every_person_finds_none_by_the_events_name(walked: World) -> None:
    with walked.engine.reading() as session:
        body, leaf = session.connection().exec_driver_sql(
            "select body, hash from event where type = 'document.filed' limit 1"
        ).one()  # fmt: skip
    guesses = [
        leaf_hash(re.sub(rb'"person":"p\d+"', b'"person":"p%d"' % number, bytes(body)))
        for number in range(1, 200)
    ]
    plain, hidden = Plain(), Pseudonymous()

    assert [guess.hex() for guess in guesses].count(plain.event(bytes(leaf))) == 1
    assert [guess.hex()[:20] for guess in guesses].count(hidden.event(bytes(leaf))) == 0
