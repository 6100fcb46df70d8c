"""In a real browser of a phone's width: every page that the bureau reaches by a link is as wide as the screen."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve
from playwright.sync_api import Browser, Error, Page

from tests.web.addresses import POSTED, addresses
from tests.web.test_browser import browser, demo, signed_in

__all__ = ["browser", "demo"]  # fixtures of the neighbouring module
# They end the walk.
_AWAY = frozenset(["signin", "signout", "theme"])
_WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# Panes of a page that scroll sideways by themselves: none on the pages on which one judges and answers.
_PANES = "[...document.querySelectorAll('main *, .within')].filter(e => e.scrollWidth > e.clientWidth + 1 && ['auto', 'scroll'].includes(getComputedStyle(e).overflowX)).map(e => e.className || e.tagName)"
_JUDGING = ("reviews", "review_leaf", "second", "questions", "alike_one", "opinions", "opinion", "rectify_filing")


def name_of(path: str) -> str:
    """The name of the page behind a path, nothing where it is no page of ours."""
    try:
        return resolve(path).url_name or ""
    except Resolver404:
        return ""


def walked(page: Page, address: str, known: set[str], each_name: int = 2) -> Iterator[tuple[str, str]]:
    """Goes by links from the workbench to one or two pages of every name, and yields name and path of each."""
    waiting, times, asked = ["/"], dict.fromkeys(known, 0), {"/"}
    while waiting:
        path = waiting.pop(0)
        name = name_of(urlsplit(path).path)
        if times.get(name, each_name) >= each_name:
            continue
        times[name] += 1
        try:
            answer = page.goto(address + path, wait_until="load")
        except Error as error:
            assert "Download is starting" in str(error)  # noqa: PT017 - a file, not a page
            continue
        assert answer is not None
        assert answer.status == 200, f"{path} {answer.status}"
        yield name, path
        for link in page.eval_on_selector_all("a[href]", "all => all.map(one => one.href)"):
            next_path = link.removeprefix(address).split("#")[0]
            if next_path.startswith("/") and next_path not in asked:
                asked.add(next_path)
                waiting.append(next_path)


@pytest.mark.parametrize("who", ["guanli", "tianbao08"])
def test_every_page_is_as_wide_as_a_phone(browser: Browser, demo: str, who: str) -> None:
    page = signed_in(browser, demo, who, 390)
    pages = {
        each.name
        for each in addresses()
        if each.name not in POSTED | _AWAY and not set(each.arguments) & {"form", "sha256"}  # these are files
    }
    seen, wide = set(), []
    for name, path in walked(page, demo, pages):
        seen.add(name)
        over = page.evaluate(_WIDER)
        wide += [f"{path} is {over} too wide"] if over > 0 else []
        if name in _JUDGING:
            panes = page.evaluate(_PANES)
            wide += [f"{path}: {panes} scroll sideways"] if panes else []
    assert wide == []
    assert len(seen) > (45 if who == "guanli" else 20), sorted(pages - seen)
    assert who != "guanli" or set(_JUDGING) <= seen
