"""Tables of bodies, of the seats on them and of their sessions."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, false, text
from sqlalchemy.orm import Mapped, mapped_column

from workflow.database import Base


class Body(Base):
    """A board or committee; `by_default` is the one of its kind that decides where no other is named.

    `quorum` is the least number of seats that must be taken; what lacks is told to administrators.
    """

    __tablename__ = "body"
    __table_args__ = (
        CheckConstraint("kind in ('board', 'appraisal', 'steering')", name="kind_known"),
        CheckConstraint("quorum >= 1", name="quorum_counts"),
        Index(
            "ix_body_default_kind",
            "kind",
            unique=True,
            sqlite_where=text("by_default = 1"),
            postgresql_where=text("by_default"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(40), unique=True)
    kind: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(200))
    quorum: Mapped[int] = mapped_column(default=1, server_default="1")
    by_default: Mapped[bool] = mapped_column(default=False, server_default=false())


class BodySeat(Base):
    """A party's seat on a body from one day to another, both included."""

    __tablename__ = "body_seat"
    __table_args__ = (
        CheckConstraint("place in ('chair', 'deputy', 'member')", name="place_known"),
        CheckConstraint("ends_on is null or ends_on >= starts_on", name="ends_after_start"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"), index=True)
    party_id: Mapped[int] = mapped_column(ForeignKey("party.id"))
    place: Mapped[str] = mapped_column(String(10))
    category: Mapped[str] = mapped_column(String(60), default="", server_default="")
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]


class BodySession(Base):
    """A session of a body, from its first day to its last."""

    __tablename__ = "body_session"
    __table_args__ = (CheckConstraint("ends_on >= starts_on", name="ends_after_start"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
