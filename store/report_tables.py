"""The table of issued reports: their numbers and digests, never what they say."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from store.database import Base, Moment, now


class IssuedReportRow(Base):
    """A number that was given to a report. It outlives its assessment: the report is in somebody's hands."""

    __tablename__ = "issued_reports"
    __table_args__ = (Index("issued_reports_by_number", "number"), Index("issued_reports_by_digest", "digest"))

    organization_id: Mapped[UUID] = mapped_column(ForeignKey("organizations.id"), primary_key=True)
    number: Mapped[str] = mapped_column(String(40), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    assessment_id: Mapped[UUID]
    revision: Mapped[int]
    issued_at: Mapped[datetime] = mapped_column(Moment, default=now)
    issued_by: Mapped[UUID] = mapped_column(ForeignKey("users.id"))


class LetterheadRow(Base):
    """What an organisation puts at the head of its reports."""

    __tablename__ = "letterheads"

    organization_id: Mapped[UUID] = mapped_column(ForeignKey("organizations.id"), primary_key=True)
    cover_line: Mapped[str] = mapped_column(String(80), default="")
    logo: Mapped[bytes | None]
    logo_width: Mapped[int] = mapped_column(default=0)
    logo_height: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
