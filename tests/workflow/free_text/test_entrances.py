"""Every entrance of what people write: none lets in a text as it was pasted, nor what none may hold.

The tables are asked themselves: a column that holds text is reached by an entrance here, or stands
among those that only the engine writes.
"""

import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from unicodedata import normalize

import pytest
from sqlalchemy import JSON, LargeBinary, String, select
from sqlalchemy.orm import Session

from tests.support.world import World
from tests.workflow.free_text.entrances import ENTRANCES, LEAVE_OUT
from workflow.errors import FaultyFile, Invalid
from workflow.schema import METADATA

PASTED = "One\vtwo, South\x1eSouth e\u0301\ufeff. \uf0b7 x\u00ady"
AS_PASTED = ("\v", "\x1e", "\ufeff", "\uf0b7", "\u00ad", "e\u0301")
MARK = "South-South é. • x-y"
REFUSED = "Water for all\u202e \x1b\ue000"


def kept(world: World) -> Iterator[tuple[str, str]]:
    """Every text in every table, by table and column."""
    with Session(world.engine.database) as session:
        for table in METADATA.sorted_tables:
            for row in session.execute(select(table)).mappings():
                for name, value in row.items():
                    yield from ((f"{table.name}.{name}", each) for each in texts_in(value))


def texts_in(value: object) -> Iterator[str]:
    """The texts in a value, also in the bytes of what was digested."""
    match value:
        case str():
            yield value
        case bytes() | memoryview() if bytes(value)[:1] in {b"{", b"["}:
            with suppress(ValueError):
                yield from texts_in(json.loads(bytes(value)))
        case dict():
            yield from (each for pair in value.items() for one in pair for each in texts_in(one))
        case list() | tuple():
            yield from (each for one in value for each in texts_in(one))


@pytest.mark.proof(either=True)
@pytest.mark.parametrize("entrance", ENTRANCES)
def test_a_pasted_text_is_kept_in_one_spelling(world: World, tmp_path: Path, entrance: str) -> None:
    enter, reaches = ENTRANCES[entrance]

    enter(world, tmp_path, PASTED)

    rows = list(kept(world))
    assert [where for where, value in rows if any(sign in value for sign in AS_PASTED)] == []
    assert [where for where, value in rows if normalize("NFC", value) != value] == []
    assert reaches <= {where for where, value in rows if MARK in value}


@pytest.mark.proof(either=True)
@pytest.mark.parametrize("entrance", ENTRANCES)
def test_what_no_text_may_hold_is_refused_and_not_written(
    world: World, tmp_path: Path, entrance: str
) -> None:
    enter, _ = ENTRANCES[entrance]

    if entrance in LEAVE_OUT:
        enter(world, tmp_path, REFUSED)
    else:
        with pytest.raises((Invalid, FaultyFile)) as refused:
            enter(world, tmp_path, REFUSED)
        said = [str(refused.value), *map(str, getattr(refused.value, "faults", ()))]
        faults = refused.value.faults
        said += map(str, faults.values() if isinstance(faults, dict) else faults)
        assert any("U+202E, RIGHT-TO-LEFT OVERRIDE" in each for each in said)

    rows = list(kept(world))
    assert [where for where, value in rows if any(s in value for s in "\u202e\x1b\ue000")] == []


# Columns that people's own words never reach: keys, digests, words of the engine and of the reference.
OF_THE_ENGINE = {
    "anchor", "case_area", "case_party", "checkpoint", "closed_role", "command_key", "cosignature",
    "deadline", "decided_state", "erasure", "event_facet", "facts_document", "file_order", "framework", "framework_area", "heartbeat", "history_news", "history_tally", "lifted_bar",
    "machine_clock", "log_signer",
    "log_state", "log_tile", "notice", "notice_choice", "personal_round", "private_state", "programme_goal", "round",
    "seat", "seat_claim", "sign_in_failure", "verification", "web_session",
    # Computed by a worker.
    "case_forecast", "lifecycle_forecast",
    # Kinds of a lifecycle that was read already.
    "child_case", "child_schedule",
    # Currencies and their rates, of which the file's lines are read one by one.
    "exchange_rate", "rate_file", "money_verdict", "money_waiting",
    # One of two words of the engine.
    "lesson_weighing",
    # Given back into the form as it was typed, and cleaned when it is sent.
    "working_copy",
    "writing_office",
}  # fmt: skip
"""Tables in which the engine alone finds the words."""
KEYS = {
    "appointment": {"role"},
    "invitation": {"token_hash"},
    "office_act": {"act", "outcome", "role"},
    "account_act": {"act", "email", "outcome", "token_hash"},
    "attachment": {"kind", "media_type", "digest"},
    "definition_version": {"key", "version", "digest"},
    "delivery": {"channel", "way", "state", "last_error", "message_id"},
    "body": {"key", "kind"},
    "body_seat": {"place"},
    "document": {"kind", "digest"},
    "framework_terms": {"kind", "currency"},
    "event": {"type", "hash", "prev"},
    # A later row is read and cleaned as the first one is.
    "import_difference": {"row", "digest", "outcome"},
    "imported_programme": {"external_key", "digest", "confidence"},
    "lead_interest": {"area", "answer"},
    # Kept as it was typed, but for what no text may hold; it is cleaned as a file when it is published.
    "lifecycle_draft": {"text"},
    "lifecycle_offer": {"act", "key"},
    "lifecycle_texts": {"language", "digest", "body"},
    "lifecycle_request": {"act", "key", "version", "digest", "body", "outcome"},
    "letter_template": {"kind", "language"},
    # Copied by the database from what stands in other tables, and never shown.
    "shared_act": {"act"},
    "shared_facet": {"facet", "value"},
    # The title stands for what is written; keys and words to search by are folded from the same text.
    "shared_entry": {"kind", "state", "title_key", "search_text"},
    "shared_wording": {"outcome"},
    # The place stands for what is written, which is cleaned as it is filed.
    "listed_meeting": {"kind", "region", "place", "state"},
    "case_origin": {"row"},
    "listed_approach": {"area", "channel", "answer", "state"},
    "listed_programme": {"ref", "stage", "title_key"},
    "party_proposal": {"state"},
    "private_part": {"role", "stage"},
    "portfolio_change": {"stage"},
    "framework_case": {"area"},
    "framework_envelope": {"area", "source"},
    "framework_area_change": {"area", "stage"},
    "framework_money_change": {"area"},
    # Copied from filed texts, which are cleaned as they are filed.
    "listed_lesson": {"heading", "search_text"},
    "lesson_facet": {"facet"},
    "listed_blocker": {"blocked", "sort", "category", "decides", "state"},
    "indicator": {
        "kind",
        "code",
        "statement",
        "output",
        "unit",
        "direction",
        "baseline",
        "disaggregated",
        "means",
        "together",
    },
    "indicator_target": {"value"},
    "recommendation": {"number", "statement", "answer"},
    "criterion_rating": {"criterion"},
    "key_action": {"action", "state"},
    "partner_vetting": {"result"},
    "partner_agreement": {"currency"},
    # Numbers and other names of a file whose lines are read one by one, as its names are.
    "sanctions_list": {"digest"},
    "sanctions_entry": {"number", "also"},
    "reported_period": {"kind"},
    "reported_actual": {"code", "value", "of_which", "means", "verified_by"},
    "lifecycle_case": {"ref", "subject", "state", "stage", "footing", "head_hash"},
    "mandate": {"scope"},
    # Exact numbers stand as digits.
    "money_entry": {"account", "currency", "amount", "country"},
    "source_money": {"currency"},
    "source_total": {"currency"},
    "discussion_message": {"about", "key"},
    "grouping": {"key"},
    "grouping_membership": {"iso3", "confidence"},
    "money_earmark": {"country"},
    "money_payment": {"act", "currency", "amount"},
    "money_movement": {"act", "rate", "usd", "paper"},
    "opening": {"field", "salt"},
    # Repeated from entries and movements, of which the currencies are read one by one.
    # Days, a zone and a list by their names; another name than those known is refused.
    "party_calendar": {"weekend", "zone", "source", "edition", "closed"},
    "reporting_calendar": {"outcome"},
    "party": {"key", "kind", "iso3", "languages", "sort"},
    "person": {"email", "password_hash", "language", "time_zone"},
    "programme": {"sector_code", "search_text", "starts", "ends"},
    "review": {"covers"},
    "sign_off": {"verdict", "content_digest", "event_hash", "ended_as"},
    "witness_contact": {"witness", "outcome", "said"},
}
"""Keys beside people's own words, and what other machines answered, which is cleaned as a search is."""


def test_every_column_of_text_is_reached_here_or_written_by_the_engine_alone() -> None:
    texts = {
        f"{table.name}.{column.name}"
        for table in METADATA.sorted_tables
        for column in table.columns
        if isinstance(column.type, String | JSON | LargeBinary)
    }
    reached = frozenset().union(*(reaches for _, reaches in ENTRANCES.values()))
    keys = {f"{table}.{name}" for table, names in KEYS.items() for name in names}

    rest = {each for each in texts - reached - keys if each.split(".")[0] not in OF_THE_ENGINE}

    assert rest == set()
