"""Miniature questionnaires as versions, and the forms of their cards."""

from functools import cache

from werkzeug.datastructures import MultiDict

from files.questionnaires import load_questionnaire
from scoring.answers import Audit
from tests.support.questionnaires import MINIATURES
from web.answer_forms import ItemForm, form_for
from web.shelf import Version


@cache
def miniature(name: str) -> Version:
    return Version(load_questionnaire(MINIATURES / f"{name}.yaml"), "")


def sent(item: str = "q-1", name: str = "three-valued", audit: Audit = Audit.INITIAL, /, **values: object) -> ItemForm:
    """Read what a card sent, its controls named as Python names: `a_state` is the state of line a."""
    fields: MultiDict[str, str] = MultiDict()
    for control, value in values.items():
        for each in value if isinstance(value, list) else [value]:
            fields.add(f"{item}-{control.replace('_', '-')}", str(each))
    version = miniature(name)
    return form_for(version, version.it.by_id[item], audit, fields)
