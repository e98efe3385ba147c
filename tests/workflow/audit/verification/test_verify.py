"""What verification finds, what it does not claim, and that it finds nothing where all is well."""

import random
from datetime import UTC, datetime

import pytest
from sqlalchemy import ColumnElement, Connection, Engine, delete, insert, select, text, true, update

from tests.support.sizes import sized, some_of_each
from tests.workflow.audit.recorded import START
from tests.workflow.audit.tampering import (
    CASE,
    EVENT,
    TABLES,
    another,
    case_id,
    found,
    place,
    tampering,
)
from workflow.audit.canonical import leaf_hash
from workflow.audit.envelope import Fact, build
from workflow.audit.events.histories import HistoryRead
from workflow.audit.events.rounds import RoundSettled
from workflow.audit.verification.replay import TELLERS
from workflow.audit.verification.verify import _CASE_IDS, Difference, examine_case, verify
from workflow.vocabulary import EventType

FLIPS = sized(120, 20_000)

# What no event says, column by column; everything else must be found when it changes.
UNTOLD = {
    "event": {"id"},
    "lifecycle_case": {"id", "title", "parent_id", "entered_at", "opened_at"},
    "document": {"id"},
    "attachment": {"id", "media_type"},
    # The check of deadlines compares when time acts next.
    "round": {"id", "acts_at"},
    "seat": {"id", "because", "opened_at"},
    "sign_off": {"id"},
    "opening": {"event_id"},  # An opening led astray is an erased text.
    "case_party": {"id"},
    "imported_programme": {"imported_on"},
    "appointment": set(),
    "pivotal_status": {"id"},
    "lead_interest": {"id"},
}
# Every kind of event that changes no row which is compared.
TELLS_OF_NO_ROW = {
    EventType.SIGNOFF_LATE,
    EventType.ROUND_ESCALATED,
    EventType.ROUND_FREED,
    EventType.HISTORY_READ,
    EventType.HISTORY_EXPORTED,
    EventType.HEADS_STATED,
    EventType.KEY_INTRODUCED,
    EventType.CLOCK_DOUBTED,
    EventType.CLOCK_CONFIRMED,
    EventType.PERSON_ENTERED,
    EventType.PERSON_INVITED,
    EventType.SESSIONS_ENDED,
    EventType.PASSWORD_SET,
    EventType.SOURCE_DECLINED,
    # What is kept of these is compared with them by the check of lists.
    EventType.CASE_CAME_OF,
    EventType.PROGRAMME_TAKEN_ON,
    EventType.PROGRAMME_LET_GO,
}
KNOWN = {
    ("round", "status"): "overtaken",
    ("seat", "status"): "open",
    ("lead_interest", "answer"): "later",
}
COLUMNS = [
    (name, column.name)
    for name, untold in UNTOLD.items()
    for column in TABLES[name].columns
    if column.name not in untold
]


def test_an_untouched_trail_is_sound(recorded: Engine) -> None:
    result = verify(recorded)

    assert result.sound
    assert result.differences == []


def test_it_says_what_it_checked(recorded: Engine) -> None:
    result = verify(recorded)

    assert (result.definitions, result.cases, result.events) == (1, 4, 44)
    assert (result.commitments, result.erased, result.rows) == (17, 0, 44)


def test_every_kind_of_event_is_understood_or_known_to_change_no_row() -> None:
    assert set(EventType) - {kind.event_type for kind in TELLERS} == TELLS_OF_NO_ROW


@pytest.mark.proof
def test_every_flipped_byte_of_an_event_is_found(recorded: Engine) -> None:
    chance = random.Random(8785)
    missed = []

    with tampering(recorded) as connection:
        bodies = connection.execute(
            select(EVENT.c.id, EVENT.c.body).where(EVENT.c.case_id == case_id(connection, "SSC-1"))
        ).all()
        for _ in range(FLIPS):
            event_id, body = chance.choice(bodies)
            place, bit = chance.randrange(len(body)), 1 << chance.randrange(8)
            flipped = body[:place] + bytes([body[place] ^ bit]) + body[place + 1 :]
            connection.execute(update(EVENT).where(EVENT.c.id == event_id).values(body=flipped))
            if found(connection) is None:
                missed.append((event_id, place, bit))
            connection.execute(update(EVENT).where(EVENT.c.id == event_id).values(body=body))

    assert missed == []


@pytest.mark.proof
@pytest.mark.proof(apart=True)
def test_every_changed_column_is_found(recorded: Engine) -> None:
    """Every column in a long proof, three of each table in a short run."""
    tried = some_of_each(COLUMNS, lambda column: column[0], few=3)

    missed = [column for column in tried if not finds_change(recorded, *column)]

    assert missed == []


@pytest.mark.parametrize(("table", "name"), [("seat", "bench_id"), ("appointment", "body_id")])
def test_a_seat_or_an_office_on_a_body_that_there_is_not_is_found(
    recorded: Engine, table: str, name: str
) -> None:
    assert finds_change(recorded, table, name)


def finds_change(database: Engine, table: str, name: str) -> bool:
    column = TABLES[table].c[name]
    with tampering(database) as connection:
        row = first_row(connection, table)
        before = connection.scalar(select(column).where(row))
        after = KNOWN.get((table, name), another(column, before))
        connection.execute(update(TABLES[table]).where(row).values({name: after}))
        return any(found_anywhere(connection))


def test_every_row_that_is_gone_is_missed(recorded: Engine) -> None:
    missed = [table for table in UNTOLD if not finds_loss(recorded, table)]

    assert missed == ["opening"]  # An erased text is no difference.


def finds_loss(database: Engine, table: str) -> bool:
    with tampering(database) as connection:
        connection.execute(delete(TABLES[table]).where(first_row(connection, table)))
        return any(found_anywhere(connection))


def first_row(connection: Connection, table: str) -> ColumnElement[bool]:
    """The first row of the table that belongs to SSC-1; of the sign-offs one that stands."""
    rows = TABLES[table]
    if table in {"appointment", "imported_programme", "pivotal_status", "lead_interest"}:
        return true()
    if table == "lifecycle_case":
        return rows.c.ref == "SSC-1"
    if table == "opening":
        event = select(EVENT.c.id).where(*place(connection, 1)).scalar_subquery()
        return rows.c.event_id == event
    mine = select(rows.c.id).where(rows.c.case_id == case_id(connection, "SSC-1"))
    if table == "sign_off":
        mine = mine.where(rows.c.standing)
    return rows.c.id == connection.scalars(mine.order_by(rows.c.id).limit(1)).one()


def found_anywhere(connection: Connection) -> list[Difference | None]:
    ids = connection.scalars(_CASE_IDS).all()
    return [examine_case(connection, number).difference for number in ids]


def test_a_sign_off_that_nobody_gave_is_found(recorded: Engine) -> None:
    with tampering(recorded) as connection:
        rows = TABLES["sign_off"]
        given = (
            connection.execute(
                select(rows).where(rows.c.case_id == case_id(connection, "SSC-1"), rows.c.standing)
            )
            .mappings()
            .one()
        )
        forged = {**given, "id": 900, "turn": 3, "standing": False, "ended_as": "changed"}
        connection.execute(insert(rows).values(forged))

        difference = found(connection)

    assert difference is not None
    assert difference.sentence == (
        "The round consultation, turn 1, seat of pivotal for cub, answer 3: there is a row, but "
        "nothing on the trail tells of it."
    )


def test_an_erased_text_is_counted_and_breaks_nothing(recorded: Engine) -> None:
    with recorded.begin() as connection:
        connection.execute(delete(TABLES["opening"]).where(TABLES["opening"].c.field == "reason"))
        connection.execute(update(TABLES["sign_off"]).values(reason=""))

    result = verify(recorded)

    assert result.sound
    assert (result.commitments, result.erased) == (17, 6)


def test_a_case_that_no_event_opened_is_found(recorded: Engine) -> None:
    with recorded.begin() as connection:
        connection.execute(
            insert(CASE).values(ref="SSC-9", subject="programme", title="", state="active",
                                stage="implementation", entered_at=START, opened_at=START)
        )  # fmt: skip

    result = verify(recorded)

    assert [(d.ref, d.sentence) for d in result.differences] == [
        ("SSC-9", "No event tells of this case.")
    ]


def test_rows_whose_case_is_gone_are_found(recorded: Engine) -> None:
    with tampering(recorded) as connection:
        number = case_id(connection, "SSC-1")
        connection.execute(update(CASE).where(CASE.c.ref == "SSC-1").values(id=number + 1000))

        difference = found(connection, "SSC-1")

    assert difference is not None


def test_a_changed_definition_is_found(recorded: Engine) -> None:
    unclose(recorded, "definition_version")
    with recorded.begin() as connection:
        connection.execute(text("update definition_version set version = '2', digest = 'x'"))

    result = verify(recorded)

    assert result.differences[0].ref == "programme-standard 2"


@pytest.mark.parametrize(
    ("column", "kept"), [("key", "other 1"), ("version", "programme-standard other")]
)
def test_a_definition_that_is_called_otherwise_than_it_says_is_found(
    recorded: Engine, column: str, kept: str
) -> None:
    unclose(recorded, "definition_version")
    with recorded.begin() as connection:
        connection.execute(text(f"update definition_version set {column} = 'other'"))

    found = [(each.ref, each.sentence) for each in verify(recorded).differences]

    assert (kept, "The definition's bytes say that it is programme-standard 1.") in found


def test_only_the_first_difference_of_each_case_is_told(recorded: Engine) -> None:
    unclose(recorded, "event")
    with recorded.begin() as connection:
        connection.execute(update(EVENT).values(type="state.entered"))

    result = verify(recorded)

    assert [(d.ref, d.seq) for d in result.differences] == [
        (ref, 1) for ref in ("REGISTER", "IMP-1", "SSC-1", "SSC-2")
    ]


def test_a_time_that_runs_backwards_is_found(recorded: Engine) -> None:
    with tampering(recorded) as connection:
        forge(connection, Fact(HistoryRead(), 1, datetime(2020, 1, 1, tzinfo=UTC)))

        difference = found(connection)

    assert difference is not None
    assert difference.sentence == "Event 21 is earlier than the one before it."


def test_an_event_that_cannot_have_happened_is_found(recorded: Engine) -> None:
    nowhere = RoundSettled(round="nowhere", turn=1, outcome="approved", version=9, explanation="")
    with tampering(recorded) as connection:
        forge(connection, Fact(nowhere, 1, datetime(2027, 1, 1, tzinfo=UTC)))

        difference = found(connection)

    assert difference is not None
    assert difference.seq == 21
    assert "does not say what round.settled has to say" in difference.sentence


def test_a_row_that_cannot_be_read_is_a_difference_and_no_crash(sqlite_recorded: Engine) -> None:
    with sqlite_recorded.begin() as connection:
        connection.execute(text("update seat set due_at = 'soon'"))

    result = verify(sqlite_recorded)

    assert [d.ref for d in result.differences] == ["SSC-1", "SSC-2"]


def forge(connection: Connection, fact: Fact) -> None:
    """Add an event as the trail would write it, were it to write whatever it is told."""
    last = connection.execute(select(EVENT).where(*place(connection, 20))).one()
    body, _ = build(fact, case_ref="SSC-1", seq=21, prev=last.hash)
    connection.execute(
        insert(EVENT).values(
            case_id=last.case_id, seq=21, type=fact.type.value, person_id=fact.person, at=fact.at,
            body=body, hash=leaf_hash(body), prev=last.hash,
        )
    )  # fmt: skip
    connection.execute(
        update(CASE).where(CASE.c.ref == "SSC-1").values(head_seq=21, head_hash=leaf_hash(body))
    )


def unclose(database: Engine, table: str) -> None:
    """Take the triggers off a table, for good."""
    with database.begin() as connection:
        if database.dialect.name == "postgresql":
            connection.execute(text(f"alter table {table} disable trigger all"))
        else:
            connection.execute(text(f"drop trigger {table}_no_update"))
