"""What axe finds on a page that is open, in the light theme by every rule and in the dark one by the rules of colours."""

from typing import Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_GRAVE = ("serious", "critical")
_TOLD = {"resultTypes": ["violations"]}  # what passes is half of axe's work, and nobody reads it
_COLOURS = _TOLD | {"runOnly": ["color-contrast", "link-in-text-block"]}  # the themes differ in nothing else
_THEMES: tuple[tuple[Literal["light", "dark"], dict[str, list[str]]], ...] = (
    ("light", _TOLD),
    ("dark", _COLOURS),
)


def grave_violations(page: Page) -> list[str]:
    """The serious and critical violations, each with the page's address and the first places."""
    found = []
    for theme, options in _THEMES:
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        page.wait_for_function("document.getAnimations().every(animation => animation.playState != 'running')")
        for violation in Axe().run(page, options=options).response["violations"]:
            if violation["impact"] in _GRAVE:
                places = [node["html"][:120] for node in violation["nodes"][:3]]
                found.append(f"{page.url} ({theme}): {violation['id']} {places}")
    return found
