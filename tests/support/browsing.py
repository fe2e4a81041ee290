"""The system's Chromium under Playwright, what it complains about, and what axe says about a page."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tools import chromium

AXE = Path(__file__).parent.parent / "browser" / "vendor" / "axe" / "axe.min.js"
AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LAPTOP = {"width": 1280, "height": 800}
FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@contextmanager
def launched() -> Iterator[Browser]:
    found = chromium.find()
    if not found:
        raise AssertionError(chromium.advice())
    as_root = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=[*FLAGS, *as_root])
        yield browser
        browser.close()


@contextmanager
def visitor(browser: Browser, url: str, **wishes: Any) -> Iterator[BrowserContext]:
    """Open the site for somebody without cookies; in English and in a laptop's window, unless they wish otherwise."""
    context = browser.new_context(base_url=url, **{"locale": "en-GB", "viewport": LAPTOP, **wishes})
    context.set_default_timeout(10_000)
    yield context
    context.close()


def watch(context: BrowserContext, home: str) -> list[str]:
    """Collect all that a visitor's console would show, and every request that leaves the site."""
    complaints: list[str] = []
    host = urlsplit(home).netloc

    def leaves(url: str) -> bool:
        return urlsplit(url).scheme not in {"data", "blob", "about"} and urlsplit(url).netloc != host

    context.on("console", lambda said: complaints.append(said.text) if said.type in {"error", "warning"} else None)
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    context.on("request", lambda sent: complaints.append(f"left the site: {sent.url}") if leaves(sent.url) else None)
    return complaints


# What floats at the foot of the window covers now this and now that, and one scrolls on: none of it is too small for it
_LAY_DOWN = """position => {
  const floats = ({ position, bottom }) => ["sticky", "fixed"].includes(position) && bottom !== "auto";
  const docks = [...document.querySelectorAll(".answer-dock, .conclusion")];
  window.floating ??= docks.filter((it) => floats(getComputedStyle(it)));
  for (const it of window.floating) it.style.position = position;
  if (!position) delete window.floating;
}"""


def check_accessible(page: Page) -> None:
    """Fail with a list of what axe finds against WCAG 2.2 AA and good practice."""
    page.evaluate(_axe())
    page.evaluate(_LAY_DOWN, "static")
    found = page.evaluate("rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", AXE_RULES)
    page.evaluate(_LAY_DOWN, "")
    problems = [_described(violation) for violation in found["violations"]]
    assert found["passes"], "axe looked at nothing"
    assert not problems, f"{page.url} is not accessible:\n" + "\n".join(problems)


def _described(violation: dict[str, object]) -> str:
    nodes = violation["nodes"]
    assert isinstance(nodes, list)
    places = "\n".join(f"    {node['target'][0]}  {json.dumps(node['html'], ensure_ascii=False)}" for node in nodes)
    return f"  {violation['id']} ({violation['impact']}): {violation['help']}\n{places}"


@cache
def _axe() -> str:
    return AXE.read_text(encoding="utf-8")
