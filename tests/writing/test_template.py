"""References in template sentences: every form, and every way of leading nowhere."""

import pytest

from hengji.model.filing import Filing
from hengji.model.scorecard import Scorecard
from hengji.model.system import IndicatorSystem
from hengji.writing.figures import Figures, Gap, official_date, printed, quoted
from hengji.writing.template import Kind, Referable, ReferenceProblem


@pytest.fixture(scope="module")
def referable(system: IndicatorSystem) -> Referable:
    return Referable(system)


@pytest.fixture(scope="module")
def figures(filing: Filing, system: IndicatorSystem, scorecard: Scorecard) -> Figures:
    return Figures(filing, system, scorecard)


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        ("采购预算金额", "50.00万元"),
        ("数:采购预算金额", "50.00"),
        ("累计收入", "1200.50万元"),  # by its alias
        ("编制数", "20人"),
        ("数：编制数", "20"),
        ("=部门预算资金实际支出 / 年度部门预算资金", "90%"),
        ("=采购预算金额 + 实际采购金额", "111.30万元"),
        ("得分:1.1.1", "30分"),
        ("得分:1.1.2", "0分"),
        ("分值:1.1.1", "20分"),
        ("总分", "61.5分"),
        ("基础分", "60分"),
        ("加分", "1.5分"),
        ("扣分", "0分"),
        ("合计分", "61.5分"),
        ("等次", "中"),
        ("年度", "2023"),
        ("上年度", "2022"),
        ("单位", "云溪县粮食和物资储备局"),
        ("封面:填报日期", "2024年6月3日"),
        ("封面:部门名称", "云溪县粮食和物资储备局"),
    ],
)
def test_what_a_reference_prints(referable: Referable, figures: Figures, reference: str, expected: str) -> None:
    assert figures.text(referable.reference(reference)) == expected


def test_a_reason_is_the_official_sentence(referable: Referable, figures: Figures) -> None:
    said = figures.text(referable.reference("依据:1.1.2"))
    assert isinstance(said, str)
    assert "实际采购金额大于采购计划金额" in said
    assert not said.endswith("。")


@pytest.mark.parametrize(
    ("reference", "gap"),
    [
        ("上年:采购预算金额", "2022年采购预算金额"),
        ("满意人数", "满意人数"),
        ("=满意人数 / 满意度调查人数", "满意人数 ÷ 满意度调查人数"),
        ("得分:2.2", "“服务满意度”的得分"),
        ("封面:单位负责人", "单位负责人"),
    ],
)
def test_what_is_missing_is_a_gap_with_a_name(referable: Referable, figures: Figures, reference: str, gap: str) -> None:
    assert figures.text(referable.reference(reference)) == Gap(gap)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{没有这项}", "不是已声明的数据项"),
        ("{得分:7}", "指标编号“7”不在"),
        ("{随便:采购预算金额}", "冒号前应是"),
        ("{上年:没有这项}", "不是已声明的数据项"),
        ("{=采购预算金额 / 没有这项}", "没有这项"),
        ("{=采购预算金额 + 编制数}", "单位不同"),
        ("{}", "不是已声明的数据项"),
        ("一半{", "没有配对"),
        ("一半}", "没有配对"),
    ],
)
def test_what_leads_nowhere_is_said(referable: Referable, text: str, words: str) -> None:
    with pytest.raises(ReferenceProblem) as problem:
        referable.template(text)
    assert words in str(problem.value)


def test_all_wrong_references_of_a_sentence_are_told_together(referable: Referable) -> None:
    with pytest.raises(ReferenceProblem) as problem:
        referable.template("{甲}、{采购预算金额}、{乙}")
    assert len(problem.value.messages) == 2


def test_a_doubled_brace_is_itself(referable: Referable) -> None:
    assert referable.template("{{年度}}").pieces == ("{年度}",)


def test_a_template_keeps_its_text_whole(referable: Referable) -> None:
    pieces = referable.template("预算{采购预算金额}，实际{实际采购金额}。").pieces
    assert [piece if isinstance(piece, str) else piece.kind for piece in pieces] == [
        "预算",
        Kind.ITEM,
        "，实际",
        Kind.ITEM,
        "。",
    ]


def test_dates_and_other_words() -> None:
    assert official_date("2024-05-01") == "2024年5月1日"
    assert official_date("五月") == "五月"
    assert printed(True, "", bare=False) == "是"
    assert quoted("“三公”经费") == "“‘三公’经费”"
