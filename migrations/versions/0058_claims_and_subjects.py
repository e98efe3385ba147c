"""Claims are found by their appointment, and the newest cases of a subject in their order.

Both were looked for among all that is open or was ever opened.
"""

from alembic import op
from sqlalchemy import text

revision = "0058"
down_revision = "0057"

CASES, CLAIMS = "lifecycle_case", "seat_claim"
STANDING = text("ended_at is null")


def upgrade() -> None:
    """Make the two indexes; by subject and state no list goes any more."""
    op.create_index(
        "ix_seat_claim_appointment",
        CLAIMS,
        ["appointment_id"],
        sqlite_where=STANDING,
        postgresql_where=STANDING,
    )
    op.create_index("ix_lifecycle_case_subject_id", CASES, ["subject", "id"])
    op.drop_index("ix_lifecycle_case_subject_state", table_name=CASES)


def downgrade() -> None:
    """Bring the index by state back."""
    op.create_index("ix_lifecycle_case_subject_state", CASES, ["subject", "state"])
    op.drop_index("ix_lifecycle_case_subject_id", table_name=CASES)
    op.drop_index("ix_seat_claim_appointment", table_name=CLAIMS)
