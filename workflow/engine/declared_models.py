"""What published lifecycles declare, of visibility above all, as rows that conditions on many cases ask for."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from workflow.database import Base


class PrivateState(Base):
    """A state of a published lifecycle in which a case is known to those who have part in it alone."""

    __tablename__ = "private_state"

    definition_id: Mapped[int] = mapped_column(
        ForeignKey("definition_version.id"), primary_key=True
    )
    state: Mapped[str] = mapped_column(String(40), primary_key=True)


class FactsDocument(Base):
    """The document in which the facts of the cases of a published lifecycle are first written."""

    __tablename__ = "facts_document"

    definition_id: Mapped[int] = mapped_column(
        ForeignKey("definition_version.id"), primary_key=True
    )
    kind: Mapped[str] = mapped_column(String(40))


class DecidedState(Base):
    """A state of a published lifecycle in which a case has been decided on."""

    __tablename__ = "decided_state"

    definition_id: Mapped[int] = mapped_column(
        ForeignKey("definition_version.id"), primary_key=True
    )
    state: Mapped[str] = mapped_column(String(40), primary_key=True)


class ClosedRole(Base):
    """A role whose holders read no more than the facts, even where their party takes part."""

    __tablename__ = "closed_role"

    definition_id: Mapped[int] = mapped_column(
        ForeignKey("definition_version.id"), primary_key=True
    )
    role: Mapped[str] = mapped_column(String(40), primary_key=True)


class WritingOffice(Base):
    """An office of the house that a published lifecycle lets write something in a state."""

    __tablename__ = "writing_office"

    definition_id: Mapped[int] = mapped_column(
        ForeignKey("definition_version.id"), primary_key=True
    )
    state: Mapped[str] = mapped_column(String(40), primary_key=True)
    role: Mapped[str] = mapped_column(String(40), primary_key=True)
    party: Mapped[str] = mapped_column(String(60), primary_key=True)


class PersonalRound(Base):
    """A round of a published lifecycle that one person alone answers, and in which answer they are named."""

    __tablename__ = "personal_round"

    definition_id: Mapped[int] = mapped_column(
        ForeignKey("definition_version.id"), primary_key=True
    )
    round_key: Mapped[str] = mapped_column(String(60), primary_key=True)
    named_in: Mapped[str] = mapped_column(String(60))
    question: Mapped[str] = mapped_column(String(60))
