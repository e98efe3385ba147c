"""Tables of cooperation frameworks."""

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from workflow.database import Base


class Framework(Base):
    """A cooperation framework for a period of years."""

    __tablename__ = "framework"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(40), unique=True)
    title: Mapped[str] = mapped_column(String(300))
    symbol: Mapped[str] = mapped_column(String(60), default="")
    first_year: Mapped[int]
    last_year: Mapped[int]
    board_step: Mapped[str] = mapped_column(Text, default="")
    themes: Mapped[str] = mapped_column(Text, default="")
    resources_usd_per_year: Mapped[int | None]
    confidence: Mapped[str] = mapped_column(String(10), default="high")
    note: Mapped[str] = mapped_column(Text, default="")


class FrameworkArea(Base):
    """A thematic area of a framework."""

    __tablename__ = "framework_area"

    framework_id: Mapped[int] = mapped_column(ForeignKey("framework.id"), primary_key=True)
    area: Mapped[str] = mapped_column(String(60), primary_key=True)
