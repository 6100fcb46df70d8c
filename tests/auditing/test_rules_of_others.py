"""R41, R43 and R13: rules of another body, conclusions whose score stands in a table only, last year at the head of a leaf or a list."""

import pytest

from hengji.auditing import audit
from hengji.extracting import extract
from hengji.reading.text import read_text

_REPORT = """石涧县{office}2024年度{kind}
一、基本情况
石涧县{office}内设7个股室。{facts}
二、自评打分
指标\t分值\t年度目标值\t完成值\t得分
走访群众\t60\t120户\t120户\t60
资金管理\t40\t规范\t{managed}\t40
合计\t100\t\t\t100
三、{title}
{conclusion}
四、存在问题
1.巡查制度不细，个别台账缺页。
五、改进措施
1.办公室2025年9月底前修订巡查制度，明确责任人。
"""


def _found(code: str, **words: str) -> list[str]:
    usual = {
        "office": "供销合作社联合社", "kind": "部门整体支出绩效自评报告", "facts": "", "managed": "全年检查未发现问题",
        "title": "自评结论", "conclusion": "自评得分100分，等级为优。",
    }  # fmt: skip
    found = audit(extract(read_text("甲.txt", _REPORT.format(**{**usual, **words}).encode())))
    return [f.quote for f in found.findings if f.code == code]


@pytest.mark.parametrize(
    ("managed", "quotes"),
    [
        ("依照《石涧县气象局固定资产管理办法》逐件落实到人", ["《石涧县气象局固定资产管理办法》"]),
        ("执行《石涧县供销合作社联合社固定资产管理办法》", []),
        ("执行《石涧县财政局差旅费管理办法》和《行政单位财务规则》（财政部令第113号）", []),
        ("执行《中小学校财务制度》", []),
    ],
)
def test_another_bodys_own_rules(managed: str, quotes: list[str]) -> None:
    assert _found("R41", managed=managed) == quotes


def test_the_rules_of_a_part_of_it() -> None:
    facts = "下属石涧县再生资源中心，独立核算。"
    assert _found("R41", facts=facts, managed="执行《石涧县再生资源中心财务管理办法》") == []


_SAYS_NOTHING = "本年度各项资金使用规范，重点工作按计划推进，绩效目标完成情况总体良好。"


@pytest.mark.parametrize("kind", ["部门整体支出绩效自评报告", "合作经济项目支出绩效自评报告"])
def test_a_conclusion_without_score_and_grade(kind: str) -> None:
    assert _found("R43", kind=kind, conclusion=_SAYS_NOTHING) == [_SAYS_NOTHING]


@pytest.mark.parametrize(
    ("title", "conclusion"),
    [
        ("自评结论", "自评得分100分，等级为优。"),
        ("自评结论", _SAYS_NOTHING + "具体得分见表一，等级为优。"),
        ("工作成效", _SAYS_NOTHING),
    ],
)
def test_a_conclusion_that_tells_one(title: str, conclusion: str) -> None:
    assert _found("R43", title=title, conclusion=conclusion) == []


@pytest.mark.parametrize(("year", "quotes"), [("2023", ["2023年"]), ("2024", [])])
def test_last_year_at_the_head_of_a_leaf(year: str, quotes: list[str]) -> None:
    report = f"""石涧县机关事务中心2024年度部门整体支出绩效自评报告
一、自评结论
自评得分100分，等级为优。
二、指标分析
（一）产出（100分）
1.食堂保障（60分）：{year}年机关食堂保障用餐18.6万人次，食品留样抽检24批次，合格24批次，计60分。
2.会议保障（40分）：目标600场，实际638场，计40分。
三、存在问题
1.巡查制度不细，个别台账缺页。
四、改进措施
1.办公室2025年9月底前修订巡查制度，明确责任人。
"""
    found = audit(extract(read_text("甲.txt", report.encode())))
    assert [f.quote for f in found.findings if f.code == "R13"] == quotes


@pytest.mark.parametrize(("paid", "quotes"), [("2023年12月31日", ["截至2023年12月31日"]), ("2024年12月31日", [])])
def test_paid_before_its_budget(paid: str, quotes: list[str]) -> None:
    facts = f"\n2024年项目预算520.80万元，其中县级资金312.48万元。截至{paid}，项目实际支出507.60万元，预算执行率97.47%，结余13.20万元。\n支出507.60万元全部用于助餐。"
    assert _found("R13", kind="合作经济项目支出绩效自评报告", facts=facts) == quotes


def test_a_year_behind_the_number_of_a_list() -> None:
    report = _REPORT.format(
        office="水务局", kind="部门整体支出绩效自评报告", facts="\n1.2023年供水912万吨。\n12.2022年供水880万吨。", managed="无问题", title="自评结论", conclusion="自评得分100分，等级为优。"
    )  # fmt: skip
    read = extract(read_text("甲.txt", report.encode()))
    assert {(q.value, q.year) for q in read.quantities if q.unit == "万吨"} == {("912", 2023), ("880", 2022)}
