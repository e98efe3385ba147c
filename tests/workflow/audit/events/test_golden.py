"""Events written before their payloads were declared: each reads, and is written again as it was."""

import json
from pathlib import Path
from typing import Any

import pytest

from workflow.audit import canonical
from workflow.audit.events import PAYLOADS, codec
from workflow.audit.events.catalogue import said
from workflow.audit.events.payload import Payload, Sealed

WRITTEN = Path(__file__).with_name("golden.jsonl").read_bytes().splitlines()


def payload_in(body: bytes) -> Payload:
    event = canonical.parse(body)
    return said(event["type"], event["what"], event["commitments"])


def again(body: bytes) -> bytes:
    """The same event, what it says and commits to taken from its payload alone."""
    payload = payload_in(body)
    seals = (getattr(payload, text.name) for text in codec.texts_of(type(payload)))
    event: dict[str, Any] = {
        **canonical.parse(body),
        "what": codec.written(payload),
        "commitments": {seal.field: seal.digest for seal in seals if isinstance(seal, Sealed)},
    }
    return canonical.write(event)


@pytest.mark.parametrize("body", WRITTEN, ids=[json.loads(body)["type"] for body in WRITTEN])
def test_an_event_written_before_is_written_again_to_the_same_bytes(body: bytes) -> None:
    assert again(body) == body


def test_every_type_stands_among_them() -> None:
    assert {type(payload_in(body)) for body in WRITTEN} == set(PAYLOADS.values())


def test_every_key_that_only_some_events_have_stands_there_and_is_left_out() -> None:
    """Types that share a declaration are taken as one."""
    found = set()
    for body in WRITTEN:
        payload = payload_in(body)
        stand = dict(codec.spoken(payload))
        for each in codec.keys_of(type(payload)):
            found |= {(each.key, each.key in stand)} if each.only else set()

    some = {each.key for kind in PAYLOADS.values() for each in codec.keys_of(kind) if each.only}
    assert found == {(key, stands) for key in some for stands in (True, False)}


def test_every_private_text_is_committed_to_by_one_of_them() -> None:
    payloads = [payload_in(body) for body in WRITTEN]

    sealed = {
        (type(payload), text.name)
        for payload in payloads
        for text in codec.texts_of(type(payload))
        if getattr(payload, text.name) is not None
    }

    assert sealed == {
        (kind, text.name) for kind in PAYLOADS.values() for text in codec.texts_of(kind)
    }
