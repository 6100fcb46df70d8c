"""The documents are part of the change: commands and settings are told in both READMEs, examples run."""

import re
from pathlib import Path

import pytest
import typer
import yaml

from hengji.cli.main import app
from hengji.library import BUILT_IN, SETTING, load_dictionary, load_system, load_system_text, system_ids
from hengji.library.check_texts import load_checks
from hengji.scoring.trials import run_tests

ROOT = BUILT_IN.parents[2]
READMES = ("README.md", "README.en.md")


def _text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def _commands() -> list[str]:
    group = typer.main.get_command(app)
    found: list[str] = []
    for name, command in group.commands.items():  # type: ignore[attr-defined]
        inner = getattr(command, "commands", None)
        found += [f"{name} {each}" for each in inner] if inner else [name]
    return found


@pytest.mark.parametrize("readme", READMES)
def test_every_command_setting_and_system_is_told(readme: str) -> None:
    text = _text(readme)
    for command in _commands():
        name, _, inner = command.partition(" ")
        assert f"hengji {name}" in text, command
        assert not inner or f"`{inner}`" in text or f"hengji {command}" in text, command
    assert SETTING in text
    assert [each for each in system_ids() if f"`{each}`" not in text] == []


def test_the_two_readmes_are_in_step() -> None:
    chinese, english = (_text(name) for name in READMES)
    for pattern in (r"^#+ ", r"^```", r"^\| `", r"^\d+\. ", r"^- \*\*"):
        counts = [len(re.findall(pattern, text, re.MULTILINE)) for text in (chinese, english)]
        assert counts[0] == counts[1], pattern
    blocks = [re.findall(r"```(?:yaml|python)\n(.*?)```", text, re.DOTALL) for text in (chinese, english)]
    assert [re.sub(r"\s*#.*", "", block) for block in blocks[0]] == [
        re.sub(r"\s*#.*", "", block) for block in blocks[1]
    ]
    assert re.findall(r"\]\(([^)]+)\)", chinese)[1:] == re.findall(r"\]\(([^)]+)\)", english)[1:]


@pytest.mark.parametrize(
    "name", [*READMES, "CONTRIBUTING.md", *(f"docs/{path.name}" for path in sorted((ROOT / "docs").glob("*.md")))]
)
def test_links_lead_somewhere(name: str) -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", _text(name)):
        assert ((ROOT / name).parent / target).exists(), target


def test_every_room_of_the_house_is_told() -> None:
    rooms = [path.name for path in (ROOT / "src" / "hengji").iterdir() if (path / "__init__.py").exists()]
    text = _text("docs/architecture.md")
    assert [room for room in rooms if f"`{room}/`" not in text] == []


@pytest.mark.parametrize("name", ["README.md", "docs/python.md"])
def test_the_examples_run(name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    scope: dict[str, object] = {}
    for block in re.findall(r"```python\n(.*?)```", _text(name), re.DOTALL):
        exec(compile(block, name, "exec"), scope)
    assert capsys.readouterr().out


def test_every_rule_kind_and_key_is_in_the_authors_guide() -> None:
    guide = _text("docs/indicator-systems.md")
    source = (BUILT_IN / "rules.py").read_text(encoding="utf-8")
    kinds = re.findall(r'^    "(\w+)": _\w+,$', source, re.MULTILINE)
    assert len(kinds) > 10
    assert [kind for kind in kinds if f"kind: {kind}" not in guide] == []
    keys = set(
        re.findall(
            r'(?:fields|inner|step|band|grade|basis|item|column|policy|over)\.(?:text|number|texts|truth|choice|children|items|fields|integer)\(\s*"(\w+)"',
            source,
        )
    )
    assert [key for key in sorted(keys) if key not in guide] == []


@pytest.mark.parametrize("rule", re.findall(r"^(\{kind: .*\})", _text("docs/indicator-systems.md"), re.MULTILINE))
def test_every_rule_of_the_guide_loads(rule: str) -> None:
    points = 4 if "checklist" in rule else 10
    text = (
        f"id: t\nversion: 1\nname: 例\ntotal: {{points: {points}}}\nindicators:\n"
        f"  - {{id: a, name: 例, points: {points}, measure: 满意人数 / 满意度调查人数, rule: {rule}}}\n"
    )
    assert load_system_text(text, load_dictionary()).leaves()[0].rule is not None


@pytest.mark.parametrize("block", re.findall(r"```yaml\n(.*?)```", _text("docs/indicator-systems.md"), re.DOTALL))
def test_every_block_of_the_guide_is_yaml(block: str) -> None:
    if not block.startswith("{kind"):
        assert yaml.safe_load(block)


def test_the_example_overlay_of_the_readme_works(tmp_path: Path) -> None:
    block = re.search(r"```yaml\n# 我的规则/(systems/\S+)\n(.*?)```", _text("README.md"), re.DOTALL)
    assert block is not None
    path = tmp_path / block[1]
    path.parent.mkdir(parents=True)
    path.write_text(block[2], encoding="utf-8")
    assert run_tests(load_system("mycounty/overall", tmp_path)) == ()


def test_every_check_and_option_is_documented() -> None:
    text = _text("docs/auditing.md")
    for check in load_checks().values():
        assert f"| {check.code} | {check.title} |" in text, f"{check.code}：运行 python -m benchmarks.auditing_doc"
    readme = _text("README.md") + text
    group = typer.main.get_command(app)
    options = [o for p in group.commands["check"].params for o in p.opts if o.startswith("--")]  # type: ignore[attr-defined]
    known = ("--help", "--library", "--system", "--year", "--to", "--text", "--jobs")
    assert [option for option in options if option not in known and option not in readme] == []
