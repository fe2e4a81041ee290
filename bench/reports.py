"""Measure the report: its CPU time beside WeasyPrint's on the same content, and a worker's memory over many.

Memory is read from the operating system as it is for the program that people run: what is resident counts whole,
shared or not; the share divides a page by those who share it.

The content is the questionnaire of 71 items, fully answered, in both languages; WeasyPrint gets the HTML report of it.
"""

import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from importlib import import_module
from operator import attrgetter
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil

from bench.measuring import Browser
from files.assessments_writing import data_of, dump_assessment
from files.library import shipped
from reports.faces import prepare
from reports.html import html_bytes
from reports.languages import Languages
from reports.options import Edition, Options
from reports.plain import report_data
from reports.readiness import Readiness
from reports.report import pdf_of
from reports.sealing import private_key, seal
from reports.summary import summarise
from scoring.answers import Answer
from scoring.assessment import Assessment, Assessors, Document, Organization
from scoring.results import assess
from store import accounts, organizations
from store.database import writing
from surveys.text import Text
from tests.support.assessments import met
from tests.support.body import program_of
from tests.support.kept import keep
from tests.support.site import Site, running

ON = date(2026, 11, 21)
FEW, MANY = 10, 300
WARM, COLD, MEMORY_MB, GROWTH_MB = 0.10, 0.20, 110, 4
ROUNDS = 5
_MEGABYTE = 1_000_000
OWNER = {
    "name": "Bench",
    "email": "bench@example.org",
    "password": "seven quiet herons at dawn",
    "name_en": "Bench",
    "kind": "applicant",
}
_DRAW = "import sys, weasyprint; weasyprint.HTML(sys.argv[1]).write_pdf(sys.argv[2])"


def main() -> int:
    """Print the tables; 1 when a target is missed."""
    is_slow = _speed()
    return int(_memory() or is_slow)


def answered() -> Assessment:
    """Answer all 71 items at length, each line with a document and a place in it."""
    om = shipped().questionnaire("om-services@trial-1")
    answers = {item: _at_length(answer) for item, answer in met(om, 1).items()}
    documents = {
        f"D{n}": Document(number=f"QP-{n:02}", title=f"运维服务管理程序 {n}", version="V1.2") for n in range(1, 31)
    }
    return Assessment(
        questionnaire=om.name,
        level=1,
        organization=Organization(name=Text("示例科技有限公司", "Example Technology Ltd")),
        assessed_on=ON,
        assessed_by=Assessors("质量部", ("曾瑜",)),
        documents=documents,
        answers=answers,
    )


def _at_length(answer: Answer) -> Answer:
    held = {
        line: replace(each, documents=(f"D{place % 30 + 1}",), pointer=f"第{place + 1}章 3.2")
        for place, (line, each) in enumerate(answer.evidence.items())
    }
    return replace(
        answer, evidence=held, note="按程序执行，每季度评审一次；记录见附件。Reviewed each quarter, see annex."
    )


def _speed() -> bool:
    it = answered()
    result = assess(shipped().questionnaire(it.questionnaire), it, shipped().rule_set("initial-audit"))
    data = report_data(result, data_of(it), Edition.FULL)
    model = summarise(result, Options(on=ON, seal=seal(data, ON)))
    key = private_key(b"k" * 32)
    begun = time.process_time()
    prepare()
    print(f"{'fonts, once a process, CPU seconds':<46}{time.process_time() - begun:9.2f}")
    first = pdf_of(model, Languages.BOTH, data, key)
    print(f"{'size of the PDF, kB':<46}{len(first) / 1000:9.0f}")
    ours = statistics.median(_cpu(lambda: pdf_of(model, Languages.BOTH, data, key)) for _ in range(ROUNDS))
    try:
        weasyprint = import_module("weasyprint")
    except (ImportError, OSError) as missing:
        print(f"{'PDF, warm, CPU seconds':<46}{ours:9.2f}")
        print(f"WeasyPrint cannot be used here, so there is nothing to compare with: {missing}")
        return False
    html = html_bytes(model, Languages.BOTH)
    theirs = statistics.median(_cpu(lambda: weasyprint.HTML(string=html.decode()).write_pdf()) for _ in range(2))
    print(f"{'':<46}{'ours s':>9}{'theirs':>9}{'ratio':>8}{'target':>8}")
    is_slow = _told("PDF, warm, CPU", ours, theirs, WARM)
    return _told("PDF, cold as a command, CPU", *_cold(it, model, html), COLD) or is_slow


def _told(what: str, ours: float, theirs: float, target: float) -> bool:
    is_missed = ours > target * theirs
    print(f"{what:<46}{ours:9.2f}{theirs:9.2f}{ours / theirs:8.3f}{target:8.2f}{'  missed' if is_missed else ''}")
    return is_missed


def _cpu(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


def _cold(it: Assessment, model: Readiness, html: bytes) -> tuple[float, float]:
    """Start each as a command of its own; the third run of ours counts, as caches of bytecode are then there."""
    with TemporaryDirectory() as folder:
        file, page, pdf = (Path(folder) / name for name in ("it.yaml", "it.html", "it.pdf"))
        file.write_text(dump_assessment(it), encoding="utf-8")
        page.write_bytes(html)
        plumbline = Path(sys.executable).with_name("plumbline")
        command = [str(plumbline), "report", str(file), "-o", str(pdf), "--on", str(model.options.on)]
        environment = {**os.environ, "DATA": folder}
        ours = min(_cpu_of(command, environment) for _ in range(3))
        theirs = min(_cpu_of([sys.executable, "-c", _DRAW, str(page), str(pdf)], environment) for _ in range(2))
    return ours, theirs


def _cpu_of(command: list[str], environment: dict[str, str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _memory() -> bool:
    """Let the real program, restarted once as it will have been, build many reports, in turn in each language."""
    with TemporaryDirectory() as folder:
        begun = time.monotonic()
        with running(Path(folder)) as site:
            print(f"{'start on an empty folder, seconds':<46}{time.monotonic() - begun:9.2f}")
            address, browser = _desk(site)
        with running(Path(folder)) as site:
            browser.move_to(site.url)
            token = browser.csrf_token(address)
            before = _megabytes(site)
            _build(browser, address, token, FEW)
            few = _megabytes(site)
            _build(browser, address, token, MANY - FEW)
            many = _megabytes(site)
    print(f"{'memory of the busiest worker, MB':<46}{'resident':>9}{'share':>9}{'':8}{'target':>8}")
    print(f"{'before any report':<46}{before[0]:9.0f}{before[1]:9.0f}")
    is_missed = few[0] > MEMORY_MB
    print(f"{f'after {FEW} reports':<46}{few[0]:9.0f}{few[1]:9.0f}{'':8}{MEMORY_MB:8}{'  missed' if is_missed else ''}")
    has_grown = many[0] - few[0] > GROWTH_MB
    limit = f"+{GROWTH_MB}"
    print(f"{f'after {MANY} reports':<46}{many[0]:9.0f}{many[1]:9.0f}{'':8}{limit:>8}{'  missed' if has_grown else ''}")
    return is_missed or has_grown


def _desk(site: Site) -> tuple[str, Browser]:
    browser = Browser(site.url)
    link = site.sign_in_link.removeprefix(site.url)
    browser.post(link, {**OWNER, "csrf_token": browser.csrf_token(link)})
    with program_of(site), writing() as database:
        owner = accounts.find_by_email(database, OWNER["email"])
        assert owner is not None
        (here,) = organizations.places_of(database, owner.id)
        head = keep(database, here.organization.id, answered(), owner.id)
    return f"/o/bench/reports/{head.id}", browser


def _build(browser: Browser, address: str, token: str, count: int) -> None:
    for number in range(count):
        lang = list(Languages)[number % 3]
        made = browser.post(f"{address}/pdf", {"csrf_token": token, "lang": lang, "edition": "full"})
        assert made.startswith(b"%PDF"), made[:200]


def _megabytes(site: Site) -> tuple[float, float]:
    """What the worker that holds most holds, in MB of a million bytes.

    All that is resident, and its share where several workers share a page.
    """
    workers = [each.memory_full_info() for each in psutil.Process(site.process.pid).children()]
    held = max(workers, key=attrgetter("rss"))
    return held.rss / _MEGABYTE, getattr(held, "pss", held.uss) / _MEGABYTE


if __name__ == "__main__":
    sys.exit(main())
