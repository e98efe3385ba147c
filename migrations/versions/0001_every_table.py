"""Every table.

Downgrading drops all that was ever recorded; never do it where real decisions are kept.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "definition_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("version", sa.String(length=20), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_definition_version")),
        sa.UniqueConstraint("digest", name=op.f("uq_definition_version_digest")),
    )
    op.create_index(op.f("ix_definition_version_key"), "definition_version", ["key"], unique=False)
    op.create_table(
        "framework",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("symbol", sa.String(length=60), nullable=False),
        sa.Column("first_year", sa.Integer(), nullable=False),
        sa.Column("last_year", sa.Integer(), nullable=False),
        sa.Column("board_step", sa.Text(), nullable=False),
        sa.Column("themes", sa.Text(), nullable=False),
        sa.Column("resources_usd_per_year", sa.Integer(), nullable=True),
        sa.Column("confidence", sa.String(length=10), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_framework")),
        sa.UniqueConstraint("key", name=op.f("uq_framework_key")),
    )
    op.create_table(
        "party",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("iso3", sa.String(length=3), nullable=True),
        sa.CheckConstraint(
            "kind in ('country', 'organisation', 'office')", name=op.f("ck_party_kind_known")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_party")),
        sa.UniqueConstraint("iso3", name=op.f("uq_party_iso3")),
        sa.UniqueConstraint("key", name=op.f("uq_party_key")),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("purpose", sa.String(length=300), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("email", name=op.f("uq_person_email")),
    )
    op.create_table(
        "sign_in_failure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bucket", sa.String(length=120), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_failure")),
    )
    op.create_index(op.f("ix_sign_in_failure_bucket"), "sign_in_failure", ["bucket"], unique=False)
    op.create_table(
        "appointment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "ends_on is null or ends_on >= starts_on", name=op.f("ck_appointment_ends_after_start")
        ),
        sa.ForeignKeyConstraint(
            ["party_id"], ["party.id"], name=op.f("fk_appointment_party_id_party")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_appointment_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointment")),
        sa.UniqueConstraint(
            "person_id",
            "role",
            "party_id",
            "starts_on",
            name=op.f("uq_appointment_person_id_role_party_id_starts_on"),
        ),
    )
    op.create_index(op.f("ix_appointment_person_id"), "appointment", ["person_id"], unique=False)
    op.create_index("ix_appointment_role_party", "appointment", ["role", "party_id"], unique=False)
    op.create_table(
        "command_key",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("request_digest", sa.String(length=64), nullable=False),
        sa.Column("receipt", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_command_key_person_id_person")
        ),
        sa.PrimaryKeyConstraint("person_id", "key", name=op.f("pk_command_key")),
    )
    op.create_table(
        "framework_area",
        sa.Column("framework_id", sa.Integer(), nullable=False),
        sa.Column("area", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["framework_id"],
            ["framework.id"],
            name=op.f("fk_framework_area_framework_id_framework"),
        ),
        sa.PrimaryKeyConstraint("framework_id", "area", name=op.f("pk_framework_area")),
    )
    op.create_table(
        "lead_interest",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("area", sa.String(length=60), nullable=False),
        sa.Column("registered_on", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["party_id"], ["party.id"], name=op.f("fk_lead_interest_party_id_party")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lead_interest")),
        sa.UniqueConstraint("party_id", "area", name=op.f("uq_lead_interest_party_id_area")),
    )
    op.create_index(op.f("ix_lead_interest_area"), "lead_interest", ["area"], unique=False)
    op.create_table(
        "lifecycle_case",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("definition_id", sa.Integer(), nullable=True),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("stage", sa.String(length=20), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("head_seq", sa.Integer(), nullable=False),
        sa.Column("head_hash", sa.LargeBinary(length=32), nullable=True),
        sa.ForeignKeyConstraint(
            ["definition_id"],
            ["definition_version.id"],
            name=op.f("fk_lifecycle_case_definition_id_definition_version"),
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"],
            ["lifecycle_case.id"],
            name=op.f("fk_lifecycle_case_parent_id_lifecycle_case"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lifecycle_case")),
        sa.UniqueConstraint("ref", name=op.f("uq_lifecycle_case_ref")),
    )
    op.create_index(
        op.f("ix_lifecycle_case_parent_id"), "lifecycle_case", ["parent_id"], unique=False
    )
    op.create_index(op.f("ix_lifecycle_case_stage"), "lifecycle_case", ["stage"], unique=False)
    op.create_index(
        "ix_lifecycle_case_subject_state", "lifecycle_case", ["subject", "state"], unique=False
    )
    op.create_table(
        "pivotal_status",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["party_id"], ["party.id"], name=op.f("fk_pivotal_status_party_id_party")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pivotal_status")),
    )
    op.create_index(
        op.f("ix_pivotal_status_party_id"), "pivotal_status", ["party_id"], unique=False
    )
    op.create_table(
        "web_session",
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_web_session_person_id_person")
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_web_session")),
    )
    op.create_index(op.f("ix_web_session_person_id"), "web_session", ["person_id"], unique=False)
    op.create_table(
        "attachment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("filename", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("filed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("event_seq", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["lifecycle_case.id"], name=op.f("fk_attachment_case_id_lifecycle_case")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_attachment_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
    )
    op.create_index("ix_attachment_case_kind", "attachment", ["case_id", "kind"], unique=False)
    op.create_table(
        "case_area",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("area", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["lifecycle_case.id"], name=op.f("fk_case_area_case_id_lifecycle_case")
        ),
        sa.PrimaryKeyConstraint("case_id", "area", name=op.f("pk_case_area")),
    )
    op.create_index(op.f("ix_case_area_area"), "case_area", ["area"], unique=False)
    op.create_table(
        "case_party",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("capacity", sa.String(length=40), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["lifecycle_case.id"], name=op.f("fk_case_party_case_id_lifecycle_case")
        ),
        sa.ForeignKeyConstraint(
            ["party_id"], ["party.id"], name=op.f("fk_case_party_party_id_party")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_party")),
        sa.UniqueConstraint(
            "case_id", "capacity", "party_id", name=op.f("uq_case_party_case_id_capacity_party_id")
        ),
    )
    op.create_index(
        "ix_case_party_party_capacity", "case_party", ["party_id", "capacity"], unique=False
    )
    op.create_table(
        "document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("filed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("event_seq", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["lifecycle_case.id"], name=op.f("fk_document_case_id_lifecycle_case")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_document_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sa.UniqueConstraint(
            "case_id", "kind", "version", name=op.f("uq_document_case_id_kind_version")
        ),
    )
    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("type", sa.String(length=40), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("prev", sa.LargeBinary(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["lifecycle_case.id"], name=op.f("fk_event_case_id_lifecycle_case")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_event_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
        sa.UniqueConstraint("case_id", "seq", name=op.f("uq_event_case_id_seq")),
        sa.UniqueConstraint("hash", name=op.f("uq_event_hash")),
    )
    op.create_index("ix_event_person_at", "event", ["person_id", "at"], unique=False)
    op.create_index("ix_event_type_at", "event", ["type", "at"], unique=False)
    op.create_table(
        "imported_programme",
        sa.Column("external_key", sa.String(length=40), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("row", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("confidence", sa.String(length=10), nullable=False),
        sa.Column("imported_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["lifecycle_case.id"],
            name=op.f("fk_imported_programme_case_id_lifecycle_case"),
        ),
        sa.PrimaryKeyConstraint("external_key", name=op.f("pk_imported_programme")),
        sa.UniqueConstraint("case_id", name=op.f("uq_imported_programme_case_id")),
    )
    op.create_table(
        "programme",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("framework_id", sa.Integer(), nullable=True),
        sa.Column("fund", sa.String(length=120), nullable=False),
        sa.Column("modality", sa.String(length=60), nullable=False),
        sa.Column("sector_code", sa.String(length=5), nullable=False),
        sa.Column("sector", sa.String(length=120), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("starts", sa.String(length=10), nullable=False),
        sa.Column("ends", sa.String(length=10), nullable=False),
        sa.Column("budget_usd", sa.Numeric(precision=16, scale=2), nullable=True),
        sa.Column("executing_agency", sa.String(length=200), nullable=False),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["lifecycle_case.id"], name=op.f("fk_programme_case_id_lifecycle_case")
        ),
        sa.ForeignKeyConstraint(
            ["framework_id"], ["framework.id"], name=op.f("fk_programme_framework_id_framework")
        ),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_programme")),
    )
    op.create_index(op.f("ix_programme_framework_id"), "programme", ["framework_id"], unique=False)
    op.create_table(
        "programme_goal",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("scheme", sa.String(length=3), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["lifecycle_case.id"],
            name=op.f("fk_programme_goal_case_id_lifecycle_case"),
        ),
        sa.PrimaryKeyConstraint("case_id", "scheme", "number", name=op.f("pk_programme_goal")),
    )
    op.create_table(
        "round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("content_digest", sa.String(length=64), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("outcome", sa.String(length=60), nullable=True),
        sa.Column("explanation", sa.Text(), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("effective_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "status in ('open', 'settled', 'overtaken')", name=op.f("ck_round_status_known")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["lifecycle_case.id"], name=op.f("fk_round_case_id_lifecycle_case")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round")),
        sa.UniqueConstraint("case_id", "key", "turn", name=op.f("uq_round_case_id_key_turn")),
    )
    op.create_index(op.f("ix_round_case_id"), "round", ["case_id"], unique=False)
    op.create_index(
        "ix_round_open_due",
        "round",
        ["due_at"],
        unique=False,
        sqlite_where=sa.text("status = 'open'"),
        postgresql_where=sa.text("status = 'open'"),
    )
    op.create_table(
        "opening",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(length=60), nullable=False),
        sa.Column("salt", sa.String(length=43), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_opening_event_id_event")),
        sa.PrimaryKeyConstraint("event_id", "field", name=op.f("pk_opening")),
    )
    op.create_table(
        "seat",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("party_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(length=20), nullable=False),
        sa.Column("category", sa.String(length=60), nullable=False),
        sa.Column("because", sa.String(length=300), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "status in ('open', 'answered', 'recused', 'overtaken')",
            name=op.f("ck_seat_status_known"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["lifecycle_case.id"], name=op.f("fk_seat_case_id_lifecycle_case")
        ),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name=op.f("fk_seat_party_id_party")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_seat_round_id_round")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat")),
        sa.UniqueConstraint(
            "round_id",
            "role",
            "party_id",
            "category",
            name=op.f("uq_seat_round_id_role_party_id_category"),
        ),
    )
    op.create_index(op.f("ix_seat_case_id"), "seat", ["case_id"], unique=False)
    op.create_index(
        "ix_seat_open",
        "seat",
        ["role", "party_id", "due_at"],
        unique=False,
        sqlite_where=sa.text("status = 'open'"),
        postgresql_where=sa.text("status = 'open'"),
    )
    op.create_index(op.f("ix_seat_round_id"), "seat", ["round_id"], unique=False)
    op.create_table(
        "sign_off",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("seat_id", sa.Integer(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("appointment_id", sa.Integer(), nullable=True),
        sa.Column("verdict", sa.String(length=60), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("content_digest", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("event_seq", sa.Integer(), nullable=False),
        sa.Column("event_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("standing", sa.Boolean(), nullable=False),
        sa.Column("ended_as", sa.String(length=20), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("standing = (ended_as = '')", name=op.f("ck_sign_off_ended_says_how")),
        sa.ForeignKeyConstraint(
            ["appointment_id"],
            ["appointment.id"],
            name=op.f("fk_sign_off_appointment_id_appointment"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["lifecycle_case.id"], name=op.f("fk_sign_off_case_id_lifecycle_case")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_sign_off_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["round.id"], name=op.f("fk_sign_off_round_id_round")
        ),
        sa.ForeignKeyConstraint(["seat_id"], ["seat.id"], name=op.f("fk_sign_off_seat_id_seat")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_off")),
        sa.UniqueConstraint("seat_id", "turn", name=op.f("uq_sign_off_seat_id_turn")),
    )
    op.create_index(op.f("ix_sign_off_case_id"), "sign_off", ["case_id"], unique=False)
    op.create_index(op.f("ix_sign_off_person_id"), "sign_off", ["person_id"], unique=False)
    op.create_index(
        "ix_sign_off_standing_person",
        "sign_off",
        ["round_id", "person_id"],
        unique=True,
        sqlite_where=sa.text("standing"),
        postgresql_where=sa.text("standing"),
    )
    op.create_index(
        "ix_sign_off_standing_seat",
        "sign_off",
        ["seat_id"],
        unique=True,
        sqlite_where=sa.text("standing"),
        postgresql_where=sa.text("standing"),
    )


def downgrade() -> None:
    op.drop_table("sign_off")
    op.drop_table("seat")
    op.drop_table("opening")
    op.drop_table("round")
    op.drop_table("programme_goal")
    op.drop_table("programme")
    op.drop_table("imported_programme")
    op.drop_table("event")
    op.drop_table("document")
    op.drop_table("case_party")
    op.drop_table("case_area")
    op.drop_table("attachment")
    op.drop_table("web_session")
    op.drop_table("pivotal_status")
    op.drop_table("lifecycle_case")
    op.drop_table("lead_interest")
    op.drop_table("framework_area")
    op.drop_table("command_key")
    op.drop_table("appointment")
    op.drop_table("sign_in_failure")
    op.drop_table("person")
    op.drop_table("party")
    op.drop_table("framework")
    op.drop_table("definition_version")
