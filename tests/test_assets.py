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
