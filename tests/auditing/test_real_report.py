"""The real report of ../shared/seed: what must be found in it, and what must not."""

from pathlib import Path

import pytest

from hengji.auditing import Audit, audit_document
from hengji.model.finding import Finding, Severity
from hengji.reading import read_document

# Anomaly -> the codes that may carry it, and words that the finding must point at (nothing where something is absent).
_EXPECTED = {
    "A01": (("R02",), "自评得分6分"),
    "A02": (("R03",), "自评得分100分"),
    "A04": (("R31",), "5.加减分项"),
    "A10": (("R08",), "912.96万元"),
    "A11": (("R09",), "795.87万元"),
    "A13": (("R11",), "100%"),
    "A15": (("R15",), "三公”经费预算数为66万元"),
    "A18": (("R16",), "26.12万元"),
    "A19": (("R16",), "12.17万元"),
    "A21": (("R18",), "（4）预算编制科学性（4分）"),
    "A26": (("R28",), "广东省中央财政综合改革转移支付资金管理实施细则"),
    "A28": (("R13", "R12"), "2021"),
    "A29": (("R13",), "2022年"),
    "A30": (("R22",), "固定资产基本均为"),
    "A31": (("R14",), "今年"),
    "A32": (("R24",), "满意度达100%"),
    "A33": (("R22",), "基本实现"),
    "A34": (("R23",), "完成率100%"),
    "A35": (("R22",), "约117.10万元"),
    "A36": (("R23", "R21"), "各项项目均按方案及时完成"),
    "A40": (("R23",), "占全部支出100%"),
    "A43": (("R05",), "从预算编制合理性、预算编制规范性两方面"),
    "A44": (("R05",), "从绩效目标合理性和绩效指标明确性两方面"),
    "A45": (("R05",), "预决算信息公开性等五方面"),
    "A56": (("R36",), "及时进行了2022年决算"),
    "A63": (("R26",), "财预【2011】285号"),
    "A64": (("R27",), "粤发【2019】5号"),
    "A68": (("R27",), "韶老通〔2024〕1号"),
    "A69": (("R31",), "1.部门主要职能"),
    "A71": (("R38",), "金融机构,"),
    "A72": (("R38",), "截止"),
    "A74": (("R19",), "政府采购预算编制不科学"),
    "A75": (("R20",), "无相关建议"),
    "A78": (("R43",), "自评得分100分"),
    "A87": (("R39",), "5551077"),
    "A89": (("R30", "R35"), ""),
    "A92": (("R04",), "资金下达合法性（3分）"),
    "A94": (("R40",), "自评得分100分"),
    "A95": (("R31",), "1.根据《关于命名2023年度"),
}
# Reference §5.4: what looks wrong but is right, and the codes that must not point at it.
_RIGHT = (
    ("基本支出795.87万元，项目支出117.10万元", ("R07",)),
    ("共设10个内设机构", ("R07", "R08")),
    ("合计30人", ("R07",)),
    ("76.67%", ("R11", "R17")),
    ("政府采购服务支出9.54万元", ("R07",)),
    ("2022年决算、2023年预算", ("R13",)),
    ("2022年度和2023年度", ("R13", "R21")),
    ("粤妇字〔2024〕5号", ("R13", "R27", "R33")),
    ("截至2023年12月31日", ("R13", "R38")),
    ("从项目实施程序和项目监管两方面进行考核", ("R05",)),
    ("从资产配置合规性、资产盘点情况、固定资产利用率等方面进行考核", ("R05",)),
    ("自评得分0分", ("R02", "R06", "R19")),
)


@pytest.fixture(scope="module")
def outcome(shared: Path) -> Audit:
    return audit_document(read_document(shared / "seed" / "lechang-2023.txt"))


def _at(outcome: Audit, words: str, codes: tuple[str, ...]) -> list[Finding]:
    text = outcome.found.document.text
    start = text.find(words)
    assert start >= 0, words
    end = start + len(words)
    mine = [f for f in outcome.findings if f.code in codes]
    return [f for f in mine if f.start is not None and f.end is not None and f.start < end and f.end > start]


@pytest.mark.parametrize("anomaly", _EXPECTED)
def test_what_a_careful_reviewer_finds_is_found(outcome: Audit, anomaly: str) -> None:
    codes, words = _EXPECTED[anomaly]
    text = outcome.found.document.text
    places = [text.find(words, at) for at in range(len(text)) if words and text.startswith(words, at)]
    mine = [f for f in outcome.findings if f.code in codes]
    hits = [
        f
        for f in mine
        if not words
        or any(f.start < p + len(words) and f.end > p for p in places if f.start is not None and f.end is not None)
    ]
    assert hits


@pytest.mark.parametrize(("words", "codes"), _RIGHT)
def test_what_is_right_is_not_flagged(outcome: Audit, words: str, codes: tuple[str, ...]) -> None:
    assert not _at(outcome, words, codes)


def test_what_moved_points_explain_is_a_note(outcome: Audit) -> None:
    assert [f.severity for f in outcome.findings if f.code in ("R02", "R04")] == [Severity.INFO, Severity.INFO]


def test_the_report_is_read_whole(outcome: Audit) -> None:
    found = outcome.found
    assert found.department == "乐昌市人民政府办公室"
    assert found.year == 2023
    assert len(found.items) == 27
    assert sum(item.claimed for item in found.items if item.claimed is not None) == 98
    assert [item.name for item in found.items if item.not_applicable] == ["资金下达合法性"]
    assert outcome.system is not None
    assert outcome.system.id == "guangdong/lechang/department-overall"
