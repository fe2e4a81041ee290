"""Two people, one answer: both versions whole, what differs underlined, and a choice between equals."""

from typing import Any

from sqlalchemy.orm import Session

from web.answer_saving import Taken
from web.assessment_pages import Opened


def conflict(database: Session, at: Opened, taken: Taken) -> dict[str, Any]:
    """Tell of a clash: what is there now, and a dialog that shows both."""
    return {"item": taken.item.id}
