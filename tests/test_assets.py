"""The front-end files: what is locked, which icons are shipped, what the pages' policy asks of them."""

import importlib.util
import json
import re
from pathlib import Path
from types import ModuleType

import pytest

from hengji.web.look import ICON_OF
from tests.conftest import ROOT

WEB = ROOT / "src" / "hengji" / "web"


def tool(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def vendor() -> Path:
    assets = tool("assets")
    if not assets.current():
        assets.make()
    found = assets.VENDOR
    assert isinstance(found, Path)
    return found


def test_the_lock_names_no_registry_and_every_package_by_its_hash() -> None:
    packages = json.loads((ROOT / "assets" / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    packages.pop("")
    assert packages
    for name, package in packages.items():
        assert "resolved" not in package, name
        assert package["integrity"].startswith("sha512-"), name


def test_the_icons_that_are_shipped_are_those_that_are_used() -> None:
    shipped = set((ROOT / "assets" / "icons.txt").read_text(encoding="ascii").split())
    used = set(ICON_OF.values())
    for path in WEB.rglob("*.html"):
        used |= set(re.findall(r"""\{% icon ["']([a-z0-9-]+)["'] %\}""", path.read_text(encoding="utf-8")))
    assert used == shipped


def test_no_page_has_code_or_style_of_its_own() -> None:
    for path in WEB.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"\sstyle=|<style|\son[a-z]+=\"|<script>|https?://|hx-on", text), path.name


def test_the_files_need_nothing_that_the_policy_forbids(vendor: Path) -> None:
    style = (vendor / "tabler.min.css").read_text(encoding="utf-8")
    assert "data:" not in style
    for name in re.findall(r"url\(([^)]+)\)", style):
        assert (vendor / name).exists(), name
    for name in ("htmx.min.js", "echarts.min.js"):
        assert "sourceMappingURL" not in (vendor / name).read_text(encoding="utf-8")
    assert not re.search(r"new Function|\beval\(", (vendor / "echarts.min.js").read_text(encoding="utf-8"))


def test_nothing_is_made_twice_and_a_change_is_noticed(
    vendor: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assets = tool("assets")
    assert assets.current(vendor)
    source = tmp_path / "assets"
    source.mkdir()
    for name in ("package-lock.json", "icons.txt"):
        (source / name).write_bytes((ROOT / "assets" / name).read_bytes())
    (source / "icons.txt").write_text("check\n", encoding="ascii")
    monkeypatch.setattr(assets, "SOURCE", source)
    assert not assets.current(vendor)


def test_an_icon_that_is_not_there_is_named(tmp_path: Path) -> None:
    assets = tool("assets")
    with pytest.raises(assets.Unmade, match="没有“no-such-icon”这个图标"):
        assets.sprite(tmp_path, ["no-such-icon"])


# What Chromium 119, three years old when this was written, does not know. Where it is only prettier, it may be used and stands below.
TOO_NEW = {
    r"light-dark\(|field-sizing|interpolate-size|calc-size\(|anchor-name|position-anchor|position-area|::details-content|"
    r":open\b|:dir\(|::scroll-marker|corner-shape|reading-flow|\bsibling-index\(|@function\b|\bif\(": "*.css",
    r"details[^{},>+~ ]*\s*\{[^}]*display:\s*(?:inline-)?(?:flex|grid)": "*.css",  # before 131 a details is a block
    r"Promise\.try|Array\.fromAsync|RegExp\.escape|URL\.parse|moveBefore|setHTML|fromBase64|"
    r"\bIterator\.|\.(?:isSubsetOf|symmetricDifference|intersection)\(": "*.js",
    r"\bcommandfor=|\bclosedby=|<(?:button|input)[^>]*\binterestfor=": "*.html",
}


@pytest.mark.parametrize("pattern", TOO_NEW)
def test_nothing_of_ours_needs_a_browser_of_these_three_years(pattern: str) -> None:
    files = [path for path in WEB.rglob(TOO_NEW[pattern]) if "vendor" not in path.parts]
    assert files
    found = [
        f"{path.name}: {hit[0]}" for path in files for hit in re.finditer(pattern, path.read_text(encoding="utf-8"))
    ]
    assert not found


def test_what_folds_is_laid_out_inside_and_not_itself() -> None:
    """Before Chromium 131 a details is always a block: its class may not make it a flex or a grid box."""
    styles = (WEB / "static" / "hengji" / "hengji.css").read_text(encoding="utf-8")
    boxed = set(re.findall(r"\.([\w-]+)(?=\s*[,{][^}]*?display:\s*(?:inline-)?(?:flex|grid))", styles))
    folds = {
        name
        for path in WEB.rglob("*.html")
        for name in re.findall(r'<details class="([^"]*)"', path.read_text(encoding="utf-8"))
    }
    assert "ways" in folds
    assert not {name for classes in folds for name in classes.split()} & boxed
