"""What only a person can judge: systemic or not, a major that is declared, a grade over the rules'."""

from dataclasses import replace
from uuid import UUID

from flask import Blueprint, abort, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from wtforms import RadioField, SelectChoice, SelectField, TextAreaField

from people.access import Action
from scoring.answers import Declaration, Grade, Ground, PersonGrade, grounds_at
from scoring.assessment import Word
from store import answers, assessments, log
from store.answers import Change, Stale
from store.database import reading, writing
from store.log import Event
from web import notices
from web.assessment_pages import page
from web.forms import PlumblineForm, VersionedForm, at_most, required, typed
from web.language import _
from web.result_words import ResultWords
from web.rules import allow
from web.scored import Scored, scored
from web.visit import person
from words import N_

judgements = Blueprint("judgements", __name__, url_prefix="/o/<org>/judgements/<uuid:id>")
