"""The report as a Word file: real headings, tables that can be edited, the same texts and figures as on paper."""

from __future__ import annotations

from reports.codes import code_of, png_of
from reports.contents.order import chapters
from reports.docx_chapters import chapter
from reports.docx_cover import cover
from reports.docx_package import Paper, word_file
from reports.languages import Languages
from reports.readiness import Readiness

_FIRST_CHAPTER = 2


def docx_bytes(it: Readiness, languages: Languages) -> bytes:
    """Write the report. The same report gives the same bytes."""
    told = (chapter(each, number, languages) for number, each in enumerate(chapters(it), _FIRST_CHAPTER))
    return word_file(cover(it, languages) + "".join(told), _paper(it, languages))


def _paper(it: Readiness, languages: Languages) -> Paper:
    organization = " ".join(languages.names(it.organization))
    questionnaire = it.result.target.questionnaire.name
    target = [questionnaire, *(languages.line(each) for each in (it.level, it.reading) if each)]
    title = languages.line(it.title)
    return Paper(
        title=f"{title} {organization}".strip(),
        subject=f"{languages.line(it.questionnaire)} {questionnaire}",
        number=it.options.number,
        head=(organization, " · ".join(target)),
        first_head=(
            f"准绳 Plumbline{f' · {it.options.cover_line}' if it.options.cover_line else ''}",
            it.options.number,
        ),
        languages=languages,
        code=png_of(code_of(it.options.seal)) if it.options.seal else b"",
        logo=it.options.logo,
        on=it.options.on or it.result.assessment.assessed_on,
    )
