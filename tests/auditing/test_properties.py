"""What must change no finding, what must keep one, and what a repair clears."""

import json
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hengji.auditing import audit
from hengji.extracting import extract
from hengji.reading import read_document
from hengji.reading.text import read_text
from tests.reading.making import pdf_of

_CORPUS = Path(__file__).parent.parent / "corpus" / "made"

CLEAN = """2023年度部门整体支出绩效自评报告
部门名称：青溪县水务局
填报人：甲
填报日期：2024年4月18日
一、部门基本情况
（一）部门整体概况
青溪县水务局核定编制40名，截至2023年12月31日在编人员36人，内设6个股室。
（二）部门整体收支情况
2023年总收入860.40万元，总支出860.40万元，其中基本支出612.30万元，项目支出248.10万元。
（三）部门整体支出绩效目标
2023年计划完成灌溉渠道改造24公里，新增供水人口3200人，群众满意度达到90%以上。
二、自评结论
成立自评工作小组，逐项核对账簿和台账后，基础分97分，没有加减分，自评得分97分，等级为“优”。失分指标为政府采购执行率，扣3分。
三、绩效分析
（一）预算编制情况（40分）
1.预算编制合理性（40分）
自评得分40分，年初预算860.40万元，其中基本支出预算612.30万元，项目支出预算248.10万元，依据《中华人民共和国预算法》编制，详见附件1。
（二）预算执行情况（30分）
1.政府采购执行率（30分）
自评得分27分，政府采购预算50.00万元，实际采购45.00万元，执行率90.00%，因水泵规格调整少采购5.00万元，扣3分，详见附件2。
（三）资金使用效益（30分）
1.重点工作完成率（30分）
自评得分30分，县政府交办重点工作8项，完成8项，完成率100%，详见附件3。
四、主要绩效
完成渠道改造24.6公里，新增供水人口3260人。
五、存在问题
政府采购需求论证不充分，5.00万元采购计划未执行。下一步由办公室在2024年6月底前制定采购需求论证办法。
六、相关建议
建议财政部门提前发布水利设备采购标准，由水务局计财股于2024年5月底前提出需求清单。
附件：1.预算批复文件 2.采购合同 3.重点工作台账
"""


def _findings(text: str, name: str = "报告.txt") -> Counter[tuple[str, str]]:
    found = audit(extract(read_text(name, text.encode())))
    return Counter((f.code, f.stated) for f in found.findings)


def _codes(text: str) -> set[str]:
    return {code for code, _ in _findings(text)}


def test_a_clean_report_has_no_finding() -> None:
    assert not _findings(CLEAN)


# A fault put into the clean report -> the code that must find it.
_FAULTS = {
    "基本支出612.30万元，项目支出248.10万元。\n（三）": ("基本支出621.30万元，项目支出248.10万元。\n（三）", "R07"),
    "（40分）\n1.预算编制合理性": ("（38分）\n1.预算编制合理性", "R01"),
    "自评得分40分": ("自评得分42分", "R02"),
    "自评得分97分": ("自评得分99分", "R03"),
    "执行率90.00%": ("执行率92.00%", "R11"),
    "截至2023年12月31日在编": ("截止2023年12月31日在编", "R38"),
    "2023年总收入": ("今年总收入", "R14"),
    "在编人员36人": ("在编人员43人", "R17"),
    "《中华人民共和国预算法》": ("《财政支出绩效评价管理暂行办法》（财预〔2011〕285号）", "R26"),
    "8项，完成8项，完成率100%": ("各项，完成率100%", "R23"),
    "建议财政部门提前发布水利设备采购标准，由水务局计财股于2024年5月底前提出需求清单。": ("无相关建议。", "R20"),
    "（二）部门整体收支情况": ("（一）部门整体收支情况", "R31"),
    "等级为“优”": ("等级为“XX”", "R41"),
    "填报人：甲": ("联系电话：0000-1234567", "R39"),
}


@pytest.mark.parametrize("words", _FAULTS)
def test_a_fault_is_found_and_its_repair_clears_it(words: str) -> None:
    wrong, code = _FAULTS[words]
    assert CLEAN.count(words) >= 1
    faulty = CLEAN.replace(words, wrong, 1)
    assert code in _codes(faulty)
    assert not _findings(faulty.replace(wrong, words, 1))


_SAMPLE = CLEAN
for _words in list(_FAULTS)[:7]:
    _SAMPLE = _SAMPLE.replace(_words, _FAULTS[_words][0], 1)


def test_the_encoding_of_a_file_changes_nothing(tmp_path: Path) -> None:
    expected = _findings(_SAMPLE)
    for encoding in ("utf-8-sig", "gb18030", "utf-16"):
        path = tmp_path / f"{encoding}.txt"
        path.write_bytes(_SAMPLE.encode(encoding))
        found = audit(extract(read_document(path)))
        assert Counter((f.code, f.stated) for f in found.findings) == expected


def test_full_width_digits_and_brackets_change_nothing() -> None:
    wide = _SAMPLE.translate({ord(str(n)): chr(ord("０") + n) for n in range(10)} | {ord("%"): "％"})
    narrow = _SAMPLE.replace("（", "(").replace("）", ")")
    assert Counter(code for code, _ in _findings(wide)) == Counter(code for code, _ in _findings(_SAMPLE))
    assert _findings(narrow) == _findings(_SAMPLE)


@pytest.mark.parametrize("width", [30, 42, 60])
def test_wrapped_lines_change_nothing(width: int) -> None:
    lines: list[str] = []
    for line in _SAMPLE.splitlines():
        lines += [line[i : i + width] for i in range(0, len(line), width)] or [""]
    wrapped = _findings("\n".join(lines))
    assert Counter(code for code, _ in wrapped) == Counter(code for code, _ in _findings(_SAMPLE))


def test_other_numbers_of_headings_change_nothing() -> None:
    renumbered = re.sub(r"^（([一二三])）", lambda match: f"({match[1]})", _SAMPLE, flags=re.MULTILINE)
    renumbered = re.sub(r"^1\.", "1、", renumbered, flags=re.MULTILINE)
    assert _findings(renumbered) == _findings(_SAMPLE)


_ARITHMETIC = ("R07", "R09", "R10", "R11", "R16")


@settings(max_examples=15, deadline=None)
@given(st.integers(min_value=2, max_value=40))
def test_scaling_every_amount_keeps_the_arithmetic(factor: int) -> None:
    def scaled(match: re.Match[str]) -> str:
        whole, part = match[1].split(".")
        cents = int(whole + part) * factor
        return f"{cents // 100}.{cents % 100:02d}万元"

    text = re.sub(r"(\d+\.\d\d)万元", scaled, _SAMPLE)
    kept = Counter(code for code, _ in _findings(text) if code in _ARITHMETIC)
    assert kept == Counter(code for code, _ in _findings(_SAMPLE) if code in _ARITHMETIC)


@settings(max_examples=60, deadline=None)
@given(
    st.text(
        alphabet=st.sampled_from("一二（）1.2、分自评得分5万元%年20XX【】《》〔〕号|\n\t，。；：其中合计率"),
        max_size=400,
    )
)
def test_no_text_breaks_the_audit(text: str) -> None:
    found = audit(extract(read_text("x.txt", text.encode()), 2023))
    for finding in found.findings:
        assert finding.quote == found.found.document.text[finding.start : finding.end] or not finding.quote


def _as_docx(text: str, path: Path) -> Path:
    written = docx.Document()
    for line in text.splitlines():
        written.add_paragraph(line)
    written.save(str(path))
    return path


def _as_pdf(text: str, path: Path) -> Path:
    path.write_bytes(pdf_of("\n\n".join(f"#{json.dumps(line, ensure_ascii=False)}" for line in text.splitlines())))
    return path


@pytest.mark.parametrize("write", [_as_docx, _as_pdf], ids=["docx", "pdf"])
@pytest.mark.parametrize("text", [CLEAN, _SAMPLE], ids=["clean", "faulty"])
def test_the_same_report_as_word_and_pdf_has_the_same_findings(
    write: Callable[[str, Path], Path], text: str, tmp_path: Path
) -> None:
    path = write(text, tmp_path / f"报告.{'docx' if write is _as_docx else 'pdf'}")
    found = audit(extract(read_document(path)))
    assert Counter((f.code, f.stated) for f in found.findings) == _findings(text)


@pytest.mark.parametrize(
    "file", ["a01_lingxi_nongye_2023.txt", "n01_chenghu_nongye_2023.txt", "a15_ronghu_fagai_2023.html"]
)
@pytest.mark.parametrize("write", [_as_docx, _as_pdf], ids=["docx", "pdf"])
def test_a_whole_report_as_word_and_pdf_keeps_its_findings(
    file: str, write: Callable[[str, Path], Path], tmp_path: Path
) -> None:
    text = "\n".join(b.text.strip() for b in read_document(_CORPUS / file).blocks if b.text.strip())
    path = write(text, tmp_path / f"报告.{'docx' if write is _as_docx else 'pdf'}")
    found = audit(extract(read_document(path)))
    assert Counter(f.code for f in found.findings) == Counter(code for code, _ in _findings(text).elements())


_OF_LEAVES = ("R01", "R03", "R04", "R05")


@pytest.mark.parametrize(
    "name",
    [
        "a01_lingxi_nongye_2023.txt",
        "a05_huijing_minzheng_2023.html",
        "c02_canlian_2024.txt",
        "g01.docx",
        "t10-civil-affairs-dept.pdf",
    ],
)
def test_a_leaf_that_was_not_read_makes_no_finding(name: str) -> None:
    """Sums and lists of leaves may speak only where all leaves were read: reading one fewer must not make a fault."""
    found = extract(read_document(_CORPUS / name))
    known = {(f.code, f.start) for f in audit(found).findings}
    for index in range(0, len(found.items), 3):
        fewer = replace(found, items=(*found.items[:index], *found.items[index + 1 :]))
        new = {
            (f.code, f.message)
            for f in audit(fewer).findings
            if f.code in _OF_LEAVES and (f.code, f.start) not in known
        }
        assert not new, found.items[index].name
