"""The table of imports: what a file brings, between the preview and the moment somebody applies it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, ForeignKeyConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from store.database import Base, Moment, now
from store.tables import new_id


class ImportRow(Base):
    """What a file brings into an assessment, nothing once it was applied; belongs to whoever uploaded it, for a day."""

    __tablename__ = "imports"
    __table_args__ = (
        ForeignKeyConstraint(
            ["organization_id", "assessment_id"], ["assessments.organization_id", "assessments.id"], ondelete="CASCADE"
        ),
        Index("imports_by_age", "made_at"),
    )

    organization_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    assessment_id: Mapped[UUID]
    name: Mapped[str] = mapped_column(String(200))
    arrival: Mapped[dict[str, Any]] = mapped_column(JSON)
    made_at: Mapped[datetime] = mapped_column(Moment, default=now)
    made_by: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
