"""The command line as a clerk types it: what it prints, what it writes, how it ends."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from hengji.cli.main import app, main
from hengji.library import BUILT_IN

_ROOT = BUILT_IN.parents[2]
_CASE = str(_ROOT / "examples" / "lechang-2023.xlsx")


def _run(*arguments: str) -> str:
    result = CliRunner().invoke(app, list(arguments), catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def _fails(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *arguments: str) -> str:
    monkeypatch.setattr(sys, "argv", ["hengji", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    said = capsys.readouterr().err
    assert "Traceback" not in said
    return said


def test_score_prints_a_reason_for_each_point_and_the_derivation() -> None:
    said = _run("score", _CASE)
    for expected in ("27项指标中", "据填报数据计算的5项、得14分", "得84分", "522.4%", "3+3", "28 + 40 + 30 = 98分",
                     "98 + 3.5 = 101.5分", "按100分计", "自评口径得分：100分", "等次：优"):  # fmt: skip
        assert expected in said, expected
    assert "系统得分：" not in said


def test_one_leaf_step_by_step() -> None:
    said = _run("score", _CASE, "--leaf", "2.1.4")
    for expected in ("26.12 ÷ 5", "522.4%", "不再计算", "重建，待核实"):
        assert expected in said


def test_new_fill_score_report(tmp_path: Path) -> None:
    said = _run("new", str(tmp_path), "--department", "某/局", "--year", "2023", "--system", "examples/all-rule-kinds")
    workbook = tmp_path / "某局2023.xlsx"
    assert workbook.exists()
    assert "下一步" in said
    assert "未填的" in _run("score", str(workbook))
    _run("report", str(workbook), "--to", str(tmp_path / "out"))
    assert sorted(path.name for path in (tmp_path / "out").glob("[!.]*")) == [
        "自评报告.docx",
        "自评报告.pdf",
        "评分表.xlsx",
    ]


def test_a_report_that_somebody_edited_is_left_alone(tmp_path: Path) -> None:
    arguments = ("report", _CASE, "--to", str(tmp_path), "--format", "docx")
    report, beside = tmp_path / "自评报告.docx", tmp_path / "自评报告（2）.docx"
    _run(*arguments)
    _run(*arguments)
    assert not beside.exists()
    report.write_bytes(report.read_bytes() + b"edited")
    edited = report.read_bytes()
    said = _run(*arguments)
    assert "没有动它" in said
    assert "（2）.docx" in said
    assert report.read_bytes() == edited
    assert "没有动它" in _run(*arguments)
    assert not (tmp_path / "自评报告（3）.docx").exists()


def test_a_file_of_that_name_from_elsewhere_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "评分表.xlsx").write_bytes(b"mine")
    assert "评分表（2）.xlsx" in _run("report", _CASE, "--to", str(tmp_path), "--format", "xlsx")
    assert (tmp_path / "评分表.xlsx").read_bytes() == b"mine"


def test_last_years_figures_are_the_departments_own_and_last_years(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    new = ("new", str(tmp_path), "--previous", _CASE)
    assert "不是“某局”的" in _fails(capsys, monkeypatch, *new, "--year", "2024", "--department", "某局")
    for year in ("2023", "2025"):
        assert "2023年度的填报数据" in _fails(capsys, monkeypatch, *new, "--year", year)
    assert list(tmp_path.iterdir()) == []


def test_new_takes_last_years_figures(tmp_path: Path) -> None:
    said = _run("new", str(tmp_path), "--year", "2024", "--previous", _CASE)
    workbook = next(tmp_path.iterdir())
    assert workbook.name in said
    assert len(workbook.name) > len("2024.xlsx")
    said = _run("convert", str(workbook), str(tmp_path / "a.yaml"))
    assert "a.yaml" in said
    text = (tmp_path / "a.yaml").read_text(encoding="utf-8")
    assert "年末结转结余" in text
    assert "year: 2023" in text
    assert "year: 2022" not in text


def test_peers_make_a_rank(tmp_path: Path) -> None:
    others = tmp_path / "同类"
    others.mkdir()
    text = (
        "hengji: filing/1\ndepartment: %s\nyear: 2023\nsystem: examples/all-rule-kinds\nvalues:\n"
        "  - {item: 部门预算资金实际支出, year: 2023, value: '%d', unit: 万元}\n"
        "  - {item: 年度部门预算资金, year: 2023, value: '100', unit: 万元}\n"
    )
    for number, spent in enumerate((99, 80, 70)):
        (others / f"{number}.yaml").write_text(text % (f"第{number}局", spent), encoding="utf-8")
    (others / "坏.xlsx").write_bytes(b"junk")
    mine = tmp_path / "我.yaml"
    mine.write_text(text % ("我局", 90), encoding="utf-8")
    assert "在4个部门中排第2" in _run("score", str(mine), "--leaf", "A10", "--peers", str(others))
    assert "没有其他部门的数据" in _run("score", str(mine), "--leaf", "A10")


def test_convert_and_back(tmp_path: Path) -> None:
    _run("convert", _CASE, str(tmp_path / "a.json"))
    _run("convert", str(tmp_path / "a.json"), str(tmp_path / "b.xlsx"))
    _run("convert", str(tmp_path / "b.xlsx"), str(tmp_path / "c.json"))
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "c.json").read_bytes()


def test_systems_show_diff_test_and_items() -> None:
    assert "guangdong/lechang/department-overall" in _run("systems", "list")
    shown = _run("systems", "show", "guangdong/lechang/department-overall")
    assert "实际采购金额 > 采购预算金额时不得分" in shown
    assert "分值调整至指标2.1.1" in shown
    assert "一票否决：提供虚假材料时等次定为差" in _run("systems", "show", "examples/all-rule-kinds")
    assert "全部通过" in _run("systems", "test", "hunan/department-overall")
    assert "没有不同" in _run("systems", "diff", "hunan/department-overall", "hunan/department-overall")
    assert "共" in _run("systems", "diff", "hunan/department-overall", "hubei/department-overall")
    assert "采购预算金额" in _run("items", "采购")


def test_nothing_is_written_over(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "填报工作簿2023.xlsx"
    target.write_bytes(b"mine")
    assert "没有改动它" in _fails(capsys, monkeypatch, "new", str(tmp_path), "--year", "2023")
    assert target.read_bytes() == b"mine"
    assert "没有改动它" in _fails(capsys, monkeypatch, "convert", _CASE, str(target))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("score", "no-such-file.xlsx"), "没有找到 no-such-file.xlsx"),
        (("score", _CASE, "--system", "guangdong/lechan"), "没有编号为“guangdong/lechan”"),
        (("score", _CASE, "--leaf", "7.7"), "没有编号为“7.7”"),
        (("report", _CASE, "--format", "odt"), "不能写“odt”格式"),
        (("score", _CASE, "--library", "no-such-folder"), "自有规则文件夹"),
        (("new", "x", "--system", "guangdong/lechang/department-overall", "--year", "2031"), "不适用于2031年度"),
        (("new", "x", "--year", "20235"), "应是评价年度"),
        (("score",), "缺少 {file}：填报工作簿"),
        (("scor",), "没有“scor”这个命令，是不是 score"),
        (("score", "a", "b"), "多出了“b”"),
        (("score", "--sys"), "没有“--sys”这个选项，是不是 --system"),
        (("new", "x", "--year", "abc"), "--year 应是整数"),
        (("check", "x", "--year", "99999"), "--year 应不大于2099"),
        (("import", "x", "--year", "202"), "--year 应不小于1990"),
        (("report", "--format"), "--format 后面要写一个值"),
        (("check", "x", "--fail-on", "zzz"), "--fail-on 应是其中之一：error、warning"),
        (("systems", "diff", "a"), "缺少 {new}"),
    ],
)
def test_mistakes_are_one_sentence_and_exit_code_2(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], said: str
) -> None:
    printed = _fails(capsys, monkeypatch, *arguments)
    assert said in printed
    assert printed.count("\n") == 1


def test_a_systems_own_mistakes_fail_its_test(tmp_path: Path) -> None:
    folder = tmp_path / "systems"
    folder.mkdir()
    text = "id: a\nversion: 1\nname: 甲\nindicators: [{id: x, name: 甲, points: 100}]\ntests: [{name: 错, claims: {x: 9}, expect: {x: 8}}]\n"
    (folder / "a.yaml").write_text(text.replace("expect: {x: 8}", "expect: {总分: 8}"), encoding="utf-8")
    result = CliRunner().invoke(app, ["systems", "test", "a", "--library", str(tmp_path)])
    assert result.exit_code == 1
    assert "应为8，实际为9" in result.output


@pytest.mark.parametrize("command", [(), ("score",), ("systems",), ("systems", "show"), ("check",), ("serve",)])
def test_the_help_is_chinese_throughout(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    monkeypatch.setattr(sys, "argv", ["hengji", *command, "--help"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 0
    said = capsys.readouterr().out
    assert "用法：" in said
    assert "显示本说明" in said
    assert not re.search(r"Usage|OPTIONS|ARGS|Show this|[Dd]efault|required", said)


def test_runs_as_a_module_in_a_plain_environment(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "hengji", "score", _CASE],
        capture_output=True,
        cwd=tmp_path,
        check=False,
        env={"LC_ALL": "C", "PATH": ""},
    )
    assert done.returncode == 0, done.stderr.decode()
    assert "自评口径得分" in done.stdout.decode()
