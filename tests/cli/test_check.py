"""hengji check, import and rule, as their users type them."""

import io
import json
import re
import zipfile
from pathlib import Path

import docx
import jsonschema
import openpyxl
import pytest
from openpyxl.cell import Cell, MergedCell
from typer.testing import CliRunner

from hengji import auditing
from hengji.auditing import Audit
from hengji.cli.main import app
from hengji.library import BUILT_IN
from hengji.library.check_texts import load_checks
from hengji.model.extraction import Extraction
from hengji.model.problem import HengjiError

_REPORT = """青溪县水务局2023年度部门整体支出绩效自评报告
单位负责人：张甲乙
联系电话：0000-7654321
填报日期：2024年4月18日
一、部门基本情况
青溪县水务局核定编制40名，在编36人。2023年总支出860.40万元，其中基本支出621.30万元，项目支出248.10万元。
二、自评结论
自评得分97分，等级为“优”。失分为采购执行率扣3分。
三、绩效分析
（一）预算编制（40分）
1.预算编制合理性（40分）。自评得分42分，年初预算860.40万元，见附件1。
（二）预算执行（60分）
1.采购执行率（60分）。自评得分57分，采购预算50.00万元，实际采购45.00万元，执行率92.00%，扣3分。
四、存在问题
采购论证不充分，<b>=HYPERLINK("http://x")</b>有5.00万元未执行，2024年6月底前由办公室制定办法。
五、改进建议
由计财股于2024年5月底前提出水利设备需求清单，办公室汇总后报县财政局。
"""


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "青溪县水务局.txt"
    path.write_text(_REPORT, encoding="utf-8")
    return path


def _run(*arguments: str | Path) -> tuple[int, str, str]:
    outcome = CliRunner().invoke(app, [str(argument) for argument in arguments])
    if outcome.exception is not None and not isinstance(outcome.exception, SystemExit | HengjiError):
        raise outcome.exception
    return outcome.exit_code, outcome.stdout, outcome.stderr


def test_the_terminal_groups_by_severity_and_marks_the_words(report: Path) -> None:
    code, out, _ = _run("check", report)
    assert code == 1
    assert out.index("错误（") < out.index("疑点（") < out.index("文字（") if "文字（" in out else True
    for rule in ("R02", "R03", "R07", "R11", "R39"):
        assert rule in out
    assert "92.00%" in out
    assert "没有核查" in out


def test_json_is_what_the_schema_says(report: Path) -> None:
    _, out, _ = _run("check", report, "--format", "json")
    data = json.loads(out)
    schema = json.loads((BUILT_IN / "schemas" / "check.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(data, schema)
    document = data["documents"][0]
    assert document["kind"] == "dept-overall-self-evaluation"
    assert document["department"] == "青溪县水务局"
    assert document["year"] == 2023
    assert document["total"]["claimed"] == "97"
    assert [item["claimed"] for item in document["items"]] == ["42", "57"]
    _, text, _ = _run("check", report, "--text")
    for finding in document["findings"]:
        if finding["quote"]:
            assert text[finding["start"] : finding["end"]] == finding["quote"]


@pytest.mark.child_processes
def test_what_failed_is_listed_and_the_rest_is_read(report: Path, tmp_path: Path) -> None:
    bad = tmp_path / "坏的.docx"
    bad.write_bytes(b"PK\x03\x04 not a document")
    code, out, _ = _run("check", report, bad, tmp_path / "没有.pdf")
    assert code == 2
    assert "汇总" in out
    assert out.count("读不出") == 2
    assert "R11" in out


def test_a_zip_is_read_file_by_file(report: Path, tmp_path: Path) -> None:
    packed = tmp_path / "材料.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(report, "甲局/报告.txt")
        archive.writestr(
            "乙局/通知.txt",
            "关于开展2023年度绩效自评工作的通知\n各单位：请于2024年3月1日前报送自评报告。\n特此通知。\n",
        )
    _, out, _ = _run("check", packed, "--format", "json")
    documents = json.loads(out)["documents"]
    kinds = {each["file"]: each["kind"] for each in documents}
    assert kinds == {
        "材料.zip/甲局/报告.txt": "dept-overall-self-evaluation",
        "材料.zip/乙局/通知.txt": "not-a-self-evaluation",
    }


def test_select_ignore_and_the_level_of_failure(report: Path) -> None:
    code, out, _ = _run("check", report, "--select", "R39", "--fail-on", "error")
    assert code == 0
    assert "R11" not in out
    assert "按要求只核查1条：R39" in out
    code, out, _ = _run("check", report, "--ignore", "R11，r07")
    assert "R11" not in out.partition("按要求没有核查2条")[0]
    assert "按要求没有核查2条：R07、R11" in out
    assert "R03" in out
    with pytest.raises(HengjiError, match="没有“R99”这条规则"):
        CliRunner().invoke(app, ["check", str(report), "--select", "R99"], catch_exceptions=False)


def test_a_waiver_needs_a_reason_and_silences_one_place(report: Path, tmp_path: Path) -> None:
    waivers = tmp_path / "不再提示.yaml"
    waivers.write_text(
        "waivers:\n  - {code: R11, quote: 92.00%, reason: 分母按调整后预算48.91万元}\n", encoding="utf-8"
    )
    _, out, _ = _run("check", report, "--waive", waivers)
    assert "R11" not in out.split("不再提示")[0]
    for reason, said in (("''", "没有写理由"), ("属实", "太短")):
        waivers.write_text(f"waivers:\n  - {{code: R11, reason: {reason}}}\n", encoding="utf-8")
        with pytest.raises(HengjiError, match=said):
            CliRunner().invoke(app, ["check", str(report), "--waive", str(waivers)], catch_exceptions=False)


@pytest.mark.parametrize(
    "quote",
    [
        "92.00%",
        "采购预算50.00万元，实际采购",
        "扣3分。",
        "实际采购45.00万元，执行率92.00%",
        "采购预算50.00万元,\n 实际采购",
    ],
)
def test_a_waiver_may_quote_any_words_of_the_sentence(report: Path, tmp_path: Path, quote: str) -> None:
    waivers = tmp_path / "不再提示.yaml"
    waivers.write_text(
        json.dumps({"waivers": [{"code": "R11", "quote": quote, "reason": "分母按调整后预算48.91万元"}]}),
        encoding="utf-8",
    )
    _, out, err = _run("check", report, "--waive", waivers, "--format", "json")
    document = json.loads(out)["documents"][0]
    assert "R11" not in {each["code"] for each in document["findings"]}
    assert [(each["code"], each["reason"]) for each in document["waived"]] == [("R11", "分母按调整后预算48.91万元")]
    assert "没有用上" not in err


def test_a_waiver_silences_the_words_it_quotes_and_not_those_beside_them(tmp_path: Path) -> None:
    report, waivers = tmp_path / "报告.txt", tmp_path / "w.yaml"
    twice = "采购预算50.00万元，实际采购45.00万元，执行率92.00%；培训计划40人，实际36人，完成率85.00%。"
    report.write_text(_REPORT.replace("采购论证不充分", twice + "采购论证不充分"), encoding="utf-8")
    waivers.write_text("waivers:\n  - {code: R11, quote: 完成率85.00%, reason: 分母含缓训4人}\n", encoding="utf-8")
    _, out, _ = _run("check", report, "--waive", waivers, "--format", "json")
    document = json.loads(out)["documents"][0]
    assert any("92" in each["stated"] for each in document["findings"] if each["code"] == "R11")
    assert len(document["waived"]) == 1
    assert "85" in document["waived"][0]["stated"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{code: R11, quote: 没有这句话, reason: 已经核对原件}", "第1条没有用上：原文里没有“没有这句话”这句话"),
        ("{code: R11, quote: 核定编制40名, reason: 已经核对原件}", "第1条没有用上：原文里有“核定编制40名”"),
        ("{code: R09, reason: 已经核对原件}", "第1条没有用上：R09 没有发现"),
        ("{code: R11, file: 别的, reason: 已经核对原件}", "第1条没有用上：没有名称含“别的”的文件"),
    ],
)
def test_a_waiver_that_hits_nothing_is_told(report: Path, tmp_path: Path, line: str, said: str) -> None:
    waivers = tmp_path / "w.yaml"
    waivers.write_text(f"waivers:\n  - {line}\n", encoding="utf-8")
    _, _, err = _run("check", report, "--waive", waivers)
    assert said in err


@pytest.mark.parametrize("form", ["text", "json", "html", "xlsx"])
def test_what_is_waived_stands_in_every_outcome(report: Path, tmp_path: Path, form: str) -> None:
    waivers, target = tmp_path / "w.yaml", tmp_path / f"结果.{form if form != 'text' else 'txt'}"
    reason = "分母按调整后预算48.91万元"
    waivers.write_text(f"waivers:\n  - {{code: R11, quote: 92.00%, reason: {reason}}}\n", encoding="utf-8")
    _run("check", report, "--waive", waivers, "--select", "R11", "--format", form, "-o", target)
    if form != "xlsx":
        assert reason in target.read_text(encoding="utf-8")
        return
    book = openpyxl.load_workbook(target)
    assert [(row[4].value, row[13].value) for row in book["不再提示"].iter_rows(min_row=2)] == [("R11", reason)]
    conclusion = dict(zip(*(map(_of, row) for row in book["结论"].iter_rows()), strict=True))
    assert conclusion["结论"] == "部分核查"
    assert "按要求只核查1条：R11" in str(conclusion["说明"])
    assert "不再提示1处（R11）" in str(conclusion["说明"])
    skipped = {row[2].value: row[4].value for row in book["没有核查"].iter_rows(min_row=2)}
    assert "--select" in str(skipped["R03"])
    assert "R11" not in skipped


def _of(cell: Cell | MergedCell) -> object:
    return cell.value


def test_a_leaf_passes_only_where_its_score_was_recomputed(shared: Path, tmp_path: Path) -> None:
    target = tmp_path / "底稿.xlsx"
    _run("check", shared / "seed" / "lechang-2023.txt", "--format", "xlsx", "-o", target)
    book = openpyxl.load_workbook(target)
    rows = [[cell.value for cell in row] for row in book["指标一览"].iter_rows(min_row=2)]
    told = {str(row[2]): row for row in rows}
    assert told["结转结余率"][9] == "通过"
    assert told["项目实施程序"][9] == "未核实"
    assert told["经济性"][9] == "P1"
    assert {"R15", "R42", "R11"} <= set(re.findall(r"R\d\d", str(told["经济性"][8])))
    assert all(row[6] is not None for row in rows if row[9] == "通过")
    assert told["部门预算资金支出率"][4:6] == [3, 6]
    for name in ("结论", "指标一览"):
        assert book[name].auto_filter.ref


def test_scores_are_numbers_shown_as_printed(tmp_path: Path) -> None:
    report, target = tmp_path / "报告.txt", tmp_path / "底稿.xlsx"
    report.write_text(_REPORT.replace("自评得分57分", "自评得分57.50分"), encoding="utf-8")
    _run("check", report, "--format", "xlsx", "-o", target)
    book = openpyxl.load_workbook(target)
    score, total = book["指标一览"]["F3"], book["结论"]["G2"]
    assert (score.value, score.number_format) == (57.5, "0.00")
    assert (total.value, total.number_format) == (99.5, "0.00")
    assert book["结论"]["E2"].value == 97


@pytest.mark.parametrize(
    ("name", "data"),
    [("空白.txt", "\n \u3000\n".encode()), ("标记.txt", b"\xef\xbb\xbf"), ("横线.txt", "——\n——".encode())],
)
def test_what_holds_no_word_is_not_read(report: Path, tmp_path: Path, name: str, data: bytes) -> None:
    blank, target = tmp_path / name, tmp_path / "底稿.xlsx"
    blank.write_bytes(data)
    code, out, _ = _run("check", blank)
    assert code == 2
    assert "没有读出文字" in out
    code, _, _ = _run("check", report, blank, "--format", "xlsx", "-o", target)
    assert code == 2
    book = openpyxl.load_workbook(target)
    assert [row[11].value for row in book["结论"].iter_rows(min_row=2)] == ["P0", "读不出"]
    with pytest.raises(HengjiError, match="没有读出文字"):
        CliRunner().invoke(app, ["check", str(report), "--previous", str(blank)], catch_exceptions=False)


@pytest.mark.parametrize("form", ["text", "html", "xlsx"])
def test_what_is_no_self_evaluation_does_not_pass(tmp_path: Path, form: str) -> None:
    note, target = tmp_path / "随笔.txt", tmp_path / f"结果.{'txt' if form == 'text' else form}"
    note.write_text("今天天气很好，我们去春游。\n老师说要带水。\n", encoding="utf-8")
    code, _, _ = _run("check", note, "--format", form, "-o", target)
    assert code == 0
    if form == "xlsx":
        book = openpyxl.load_workbook(target)
        assert book["结论"]["L2"].value == "未核查"
        assert book["没有核查"].max_row > 40
        return
    said = target.read_text(encoding="utf-8")
    assert "没有发现问题" not in said
    assert "不是自评材料，全部规则没有核查" in said


def test_an_empty_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "空的").mkdir()
    code, out, _ = _run("check", tmp_path / "空的")
    assert code == 2
    assert "没有可以核查的文件" in out


@pytest.mark.parametrize(
    ("form", "name"),
    [("html", "核查.docx"), ("json", "核查.xlsx"), ("xlsx", "底稿.html"), ("text", "报告.doc"), ("docx", "批注.html")],
)
def test_a_file_of_another_kind_is_not_written_over(report: Path, tmp_path: Path, form: str, name: str) -> None:
    target = tmp_path / name
    target.write_text("别人的", encoding="utf-8")
    with pytest.raises(HengjiError, match=f"不能写成“{name}”，文件名应以"):
        CliRunner().invoke(app, ["check", str(report), "--format", form, "-o", str(target)], catch_exceptions=False)
    assert target.read_text(encoding="utf-8") == "别人的"


def test_a_year_out_of_reach_is_refused(report: Path) -> None:
    for year, bound in (("99999", "2099"), ("3", "1990")):
        code, _, err = _run("check", report, "--year", year)
        assert code == 2
        assert bound in err


def test_the_name_of_a_sheet_is_no_part_of_the_title(tmp_path: Path) -> None:
    path = tmp_path / "自评.xlsx"
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.title = "Sheet1"
    for line in _REPORT.splitlines():
        book.active.append([line])
    book.save(path)
    _, out, _ = _run("check", path, "--format", "json")
    document = json.loads(out)["documents"][0]
    assert document["kind"] == "dept-overall-self-evaluation"
    assert "“青溪县水务局2023年度" in document["kind_reason"]


def test_the_page_tells_a_finding_beside_its_words_on_a_small_screen(report: Path, tmp_path: Path) -> None:
    target = tmp_path / "核查.html"
    long = "国库集中支付结转结余存量资金使用效率性"
    report.write_text(_REPORT.replace("预算编制合理性", long), encoding="utf-8")
    _run("check", report, "--format", "html", "-o", target)
    page = target.read_text(encoding="utf-8")
    assert re.search(r"max-width:1000px\)\{[^@]*\.finding\.on\{position:fixed", page)
    assert page.count('class="shut"') == page.count('class="finding ')
    assert f"<title>{long}</title>" in page
    assert f">{long[:15]}</tspan>" in page
    assert f">{long[15:]}</tspan>" in page


@pytest.mark.parametrize("form", ["text", "json", "html"])
def test_masking_covers_persons_everywhere(report: Path, tmp_path: Path, form: str) -> None:
    target = tmp_path / f"out.{form}"
    _run("check", report, "--mask", "--format", form, "-o", target)
    written = target.read_text(encoding="utf-8")
    assert "7654321" not in written
    assert "张甲乙" not in written
    assert "R39" in written


def test_masking_covers_text_file_names_and_copies(report: Path, tmp_path: Path) -> None:
    named = report.rename(tmp_path / "张甲乙的报告.txt")
    broken = tmp_path / "张甲乙.docx"
    broken.write_bytes(b"PK\x03\x04")
    code, out, err = _run("check", named, broken, "--mask", "--text")
    assert code == 2
    assert "张甲乙" not in out
    assert "单位负责人：张**" in out
    assert "读" in err or "损坏" in err
    _, out, _ = _run("check", named, broken, "--mask", "--format", "json")
    data = json.loads(out)
    assert "张甲乙" not in out
    assert {each["file"] for each in data["documents"]} == {"张**的报告.txt", "张**.docx"}


def test_one_document_that_breaks_a_check_does_not_stop_the_others(
    report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "另一份.txt"
    other.write_text(_REPORT.replace("青溪县", "白岭县"), encoding="utf-8")

    def broken(found: Extraction, *rest: object) -> Audit:
        if "白岭县" in found.department:
            raise ZeroDivisionError("division by zero")
        return audit(found, *rest)  # type: ignore[arg-type]

    audit = auditing.audit
    monkeypatch.setattr(auditing, "audit", broken)
    code, out, _ = _run("check", report, other)
    assert code == 2
    assert "没有核查成" in re.sub(r"\s", "", out) or "没有核查成" in out
    assert "R11" in out


def test_the_page_stands_alone_and_runs_nothing_of_the_document(report: Path, tmp_path: Path) -> None:
    target = tmp_path / "核查.html"
    _run("check", report, "--format", "html", "-o", target)
    page = target.read_text(encoding="utf-8")
    assert "<b>=HYPERLINK" not in page
    assert "&lt;b&gt;=HYPERLINK" in page
    assert not re.search(r"(?:src|href)=\"(?:https?:)?//", page)
    assert "default-src 'none'" in page
    for identifier in re.findall(r'data-mark="(m0-\d+)"', page):
        assert f'id="{identifier}"' in page


def test_the_reviewers_workbook_holds_text_not_formulas(report: Path, tmp_path: Path) -> None:
    target = tmp_path / "底稿.xlsx"
    _run("check", report, "--format", "xlsx", "-o", target)
    book = openpyxl.load_workbook(io.BytesIO(target.read_bytes()))
    assert book.sheetnames == ["结论", "报告层面", "指标层面", "指标一览", "格式清单", "不再提示", "没有核查"]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert book["结论"]["L2"].value == "P0"
    assert {row[4].value for row in book["指标层面"].iter_rows(min_row=2)} >= {"R02"}


def test_rule_explains_one_and_lists_all() -> None:
    code, out, _ = _run("rule", "r11")
    assert code == 0
    assert load_checks()["R11"].title in out
    assert "会报的例子" in out
    _, out, _ = _run("rule")
    assert [code for code in load_checks() if code not in out] == []
    with pytest.raises(HengjiError, match="没有“R99”这条规则"):
        CliRunner().invoke(app, ["rule", "R99"], catch_exceptions=False)


def test_import_reads_the_real_report_into_a_filing_that_scores(shared: Path, tmp_path: Path) -> None:
    target = tmp_path / "读出.xlsx"
    code, out, _ = _run("import", shared / "seed" / "lechang-2023.txt", "-o", target)
    assert code == 0
    assert "27个自评得分" in out
    code, out, _ = _run("score", target)
    assert code == 0
    assert "98 + 3.5 = 101.5分" in out
    with pytest.raises(HengjiError, match="已经有了"):
        CliRunner().invoke(
            app, ["import", str(shared / "seed" / "lechang-2023.txt"), "-o", str(target)], catch_exceptions=False
        )


def test_an_import_that_fits_no_system_names_the_nearest(tmp_path: Path) -> None:
    report = tmp_path / "报告.txt"
    leaves = "".join(
        f"（{n}）{name}（10分）。自评得分10分，依据台账{n}份。\n"
        for n, name in enumerate(
            (
                *("预算编制合理性", "预算编制规范性", "绩效目标合理性", "绩效指标明确性", "财务合规性", "项目监管"),
                *("群众夜校", "图书流通", "文物保护", "展览更新"),
            ),
            1,
        )
    )
    report.write_text(
        f"青溪县文化馆2023年度部门整体支出绩效自评报告\n二、自评结论\n自评得分100分，等级为优。\n三、绩效分析\n{leaves}",
        encoding="utf-8",
    )
    with pytest.raises(HengjiError, match=r"最接近的是“.+”（.+项相同"):
        CliRunner().invoke(app, ["import", str(report)], catch_exceptions=False)


def test_why_given_accounts_cannot_serve_stands_on_the_screen(tmp_path: Path) -> None:
    report, notice = tmp_path / "报告.txt", tmp_path / "通知.txt"
    report.write_text(
        "青溪县水务局2023年度部门整体支出绩效自评报告\n一、部门基本情况\n2023年总支出860.40万元。\n二、自评结论\n自评得分97分，等级为优。\n",
        encoding="utf-8",
    )
    notice.write_text(
        "关于开展2023年度绩效自评工作的通知\n各单位：请于2024年3月1日前报送。\n特此通知。\n", encoding="utf-8"
    )
    _, out, _ = _run("check", report, "--against", notice)
    assert "R37没有核查：给出的“通知.txt”不是部门决算" in out.replace("\n", "")


def test_import_refuses_what_is_no_report(tmp_path: Path) -> None:
    notice = tmp_path / "通知.txt"
    notice.write_text(
        "关于开展2023年度绩效自评工作的通知\n各单位：请于2024年3月1日前报送。\n特此通知。\n", encoding="utf-8"
    )
    with pytest.raises(HengjiError, match="不能作为部门整体支出自评导入"):
        CliRunner().invoke(app, ["import", str(notice)], catch_exceptions=False)


_USUAL = {"text": "核查.txt", "json": "核查.json", "html": "核查.html", "xlsx": "核查底稿.xlsx"}


@pytest.mark.parametrize("form", _USUAL)
def test_a_folder_takes_the_file_by_its_usual_name(report: Path, tmp_path: Path, form: str) -> None:
    folder = tmp_path / "结果"
    folder.mkdir()
    code, out, _ = _run("check", report, "--format", form, "--to", folder)
    assert code == 1
    assert [path.name for path in folder.iterdir()] == [_USUAL[form]]
    assert _USUAL[form] in out


def _docx(path: Path) -> Path:
    written = docx.Document()
    for line in _REPORT.splitlines():
        written.add_paragraph(line)
    written.save(str(path))
    return path


def test_one_copy_takes_the_name_it_is_given(tmp_path: Path) -> None:
    original, copy = _docx(tmp_path / "报告.docx"), tmp_path / "批注.docx"
    code, out, _ = _run("check", original, "--format", "docx", "--to", copy)
    assert code == 1
    assert "批注.docx" in out
    with zipfile.ZipFile(copy) as parts:
        assert "word/comments.xml" in parts.namelist()


@pytest.mark.parametrize("form", ["text", "json", "html", "docx", "xlsx"])
def test_an_original_is_never_written_over(tmp_path: Path, form: str) -> None:
    original = _docx(tmp_path / "报告.docx")
    before = original.read_bytes()
    with pytest.raises(HengjiError, match="是原文，没有动它"):
        CliRunner().invoke(
            app, ["check", str(original), "--format", form, "--to", str(original)], catch_exceptions=False
        )
    assert original.read_bytes() == before


def test_an_original_in_a_folder_is_none_the_less_one(tmp_path: Path) -> None:
    folder = tmp_path / "交来"
    folder.mkdir()
    original = _docx(folder / "报告.docx")
    before = original.read_bytes()
    with pytest.raises(HengjiError, match="是原文，没有动它"):
        CliRunner().invoke(
            app, ["check", str(folder), "--format", "html", "--to", str(original)], catch_exceptions=False
        )
    assert original.read_bytes() == before


def test_a_copy_does_not_take_the_name_of_another_original(tmp_path: Path) -> None:
    one, other = _docx(tmp_path / "报告.docx"), _docx(tmp_path / "报告-批注.docx")
    before = other.read_bytes()
    code, out, _ = _run("check", one, other, "--format", "docx", "--to", tmp_path)
    assert code == 1
    assert other.read_bytes() == before
    assert "报告-批注2.docx" in out


def test_a_file_where_the_folder_should_be_is_told_and_kept(tmp_path: Path) -> None:
    original, taken = _docx(tmp_path / "报告.docx"), tmp_path / "稿"
    taken.write_text("别人的", encoding="utf-8")
    with pytest.raises(HengjiError, match="那里已有同名的文件"):
        CliRunner().invoke(
            app, ["check", str(original), "--format", "docx", "--to", str(taken)], catch_exceptions=False
        )
    assert taken.read_text(encoding="utf-8") == "别人的"
