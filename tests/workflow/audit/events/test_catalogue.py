"""Every type of event has one payload, and reading one never raises."""

from dataclasses import dataclass
from typing import ClassVar

import pytest

from workflow.audit.events import PAYLOADS
from workflow.audit.events.catalogue import LISTED, catalogue, said
from workflow.audit.events.documents import DocumentFiled
from workflow.audit.events.payload import Garbled, Payload, Unknown
from workflow.audit.events.rounds import RoundOvertaken
from workflow.vocabulary import EventType


def test_every_type_has_a_payload_of_its_own() -> None:
    assert list(PAYLOADS.values()) == list(LISTED)
    assert set(PAYLOADS) == set(EventType)


def test_the_import_fails_where_a_type_has_no_payload() -> None:
    with pytest.raises(ImportError, match=r"party\.left, pivotal\.designated has no payload"):
        catalogue(
            [each for each in LISTED if each.__name__ not in {"PartyLeft", "PivotalDesignated"}]
        )


def test_the_import_fails_where_a_type_has_two_payloads() -> None:
    with pytest.raises(ImportError, match=r"case\.opened has two payloads"):
        catalogue([*LISTED, LISTED[0]])


def test_the_import_fails_where_a_payload_says_what_bytes_cannot_hold() -> None:
    @dataclass(frozen=True, slots=True, kw_only=True)
    class Measured(Payload):
        event_type: ClassVar = EventType.CASE_OPENED
        share: float

    with pytest.raises(TypeError, match="nothing that an event can hold"):
        catalogue([Measured], [EventType.CASE_OPENED])


def test_the_import_fails_where_a_default_does_not_say_when_it_is_left_out() -> None:
    @dataclass(frozen=True, slots=True, kw_only=True)
    class Silent(Payload):
        event_type: ClassVar = EventType.CASE_OPENED
        note: str = ""

    with pytest.raises(TypeError, match="note: what has a default says in which events it stands"):
        catalogue([Silent], [EventType.CASE_OPENED])


def test_every_payload_says_in_one_sentence_what_happened() -> None:
    sentences = {each: (each.__doc__ or "").strip() for each in LISTED}

    assert [
        each.__name__
        for each, sentence in sentences.items()
        if not sentence.endswith(".") or "\n" in sentence
    ] == []


def test_what_is_said_is_read_with_its_types() -> None:
    what = {"kind": "proposal", "version": 2, "digest": "d2"}

    read = said("document.filed", what, {})

    assert read == DocumentFiled(kind="proposal", version=2, digest="d2")


def test_a_type_that_this_release_does_not_know_says_nothing() -> None:
    assert said("weather.changed", {"to": "rain"}, {"reason": "d"}) == Unknown()


def test_a_key_that_this_release_does_not_know_is_passed_over() -> None:
    what = {"round": "screening", "turn": 1, "weather": "rain"}

    assert said("round.overtaken", what, {}) == RoundOvertaken(round="screening", turn=1)


@pytest.mark.parametrize(
    ("what", "why"),
    [
        ({"kind": "proposal", "version": 2}, "LookupError: it has no digest"),
        ({"kind": "proposal", "version": "2", "digest": "d"}, "TypeError: '2' is no int"),
        ({"kind": "proposal", "version": True, "digest": "d"}, "TypeError: True is no int"),
        ({"kind": None, "version": 2, "digest": "d"}, "TypeError: None is no str"),
    ],
)
def test_what_does_not_say_what_its_type_has_to_say_is_told_as_such(
    what: dict[str, object], why: str
) -> None:
    assert said("document.filed", what, {}) == Garbled(why)
