"""Tables of partners: sanctions lists that the house entered, and what vettings and agreements say, kept in step with them."""

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from workflow.database import Base, Instant


class SanctionsList(Base):
    """A sanctions list as a file had it on a day; the digest is of its entries."""

    __tablename__ = "sanctions_list"
    __table_args__ = (UniqueConstraint("dated"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(120))
    dated: Mapped[date]
    digest: Mapped[str] = mapped_column(String(64))
    entered_at: Mapped[datetime] = mapped_column(Instant)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class SanctionsEntry(Base):
    """Somebody or something on a sanctions list: its number there, its name, and what else it is called."""

    __tablename__ = "sanctions_entry"

    list_id: Mapped[int] = mapped_column(
        ForeignKey("sanctions_list.id"), primary_key=True, autoincrement=False
    )
    number: Mapped[str] = mapped_column(String(20), primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    also: Mapped[str] = mapped_column(Text)


class PartnerVetting(Base):
    """The vetting of a partner: which, and how and until when it was decided; without a result it was not yet."""

    __tablename__ = "partner_vetting"
    __table_args__ = (Index("ix_partner_vetting_party_id", "party_id", "decided_on"),)

    case_id: Mapped[int] = mapped_column(
        ForeignKey("lifecycle_case.id"), primary_key=True, autoincrement=False
    )
    party_id: Mapped[int] = mapped_column(ForeignKey("party.id"))
    result: Mapped[str] = mapped_column(String(12))
    decided_on: Mapped[date | None]
    valid_until: Mapped[date | None]
    conditions: Mapped[int]
    met: Mapped[int]


class PartnerAgreement(Base):
    """What a partner agreed to give to a programme: how much of which money, or what else, once both signed.

    `hundredths` are those of its amount.
    """

    __tablename__ = "partner_agreement"
    __table_args__ = (
        Index("ix_partner_agreement_party_id", "party_id", "case_id"),
        Index("ix_partner_agreement_above_id", "above_id", "party_id"),
    )

    case_id: Mapped[int] = mapped_column(
        ForeignKey("lifecycle_case.id"), primary_key=True, autoincrement=False
    )
    above_id: Mapped[int] = mapped_column(ForeignKey("lifecycle_case.id"))
    party_id: Mapped[int] = mapped_column(ForeignKey("party.id"))
    hundredths: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3))
    in_kind: Mapped[int]
    signed_on: Mapped[date | None]
